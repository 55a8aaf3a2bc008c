"""The house rules that can be counted: layers, sizes, docstrings, what must not stand in any file."""

import ast
import logging
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "nlp", "responses")
OURS = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MOST_LINES, MOST_IN_A_FUNCTION = 250, 40
LOCKS = ("requirements.lock", "requirements-dev.lock")
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".csv", ".lock", ".txt", ".mako", ".json", ""}

# Where the code was written and what helped to write it is no part of it. Pieced together, so that this file passes.
_MACHINE = re.compile("|".join(("/work" + "/", "/root" + "/", "/Users" + "/", r"\.library" + "/")))
_SESSION = re.compile(
    r"\b(" + "|".join(("Cl" + "aude", "Anthr" + "opic", "Chat" + "GPT", "Co" + "pilot", "sub" + "agent")) + r")\b", re.I
)
_PEOPLES_WORDS = {".yaml", ".txt"}  # people may well ask whether this is one of those
_LATER = re.compile(r"\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b")


@cache
def tracked() -> tuple[Path, ...]:
    """Text files under version control; every file below the root where there is no git."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return tuple(path for path in paths if path.is_file() and path.suffix in TEXT)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(_text(path))


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_tree(path)))


def test_layers_hold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The arrows of pyproject.toml, by import-linter, in this process."""
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    monkeypatch.chdir(ROOT)
    try:
        assert lint_imports() == EXIT_STATUS_SUCCESS, capsys.readouterr().out
    finally:
        for logger in logging.root.manager.loggerDict.values():  # it switches off every logger it did not make
            if isinstance(logger, logging.Logger):
                logger.disabled = False


def test_our_responses_are_the_ones_imported() -> None:
    """A mocking library has the same name as our library of words."""
    import responses

    assert Path(str(responses.__file__)).parent == ROOT / "responses"


def test_a_file_is_short_and_its_functions_too() -> None:
    long = [named(path) for path in OURS if _text(path).count("\n") > MOST_LINES]
    for path in OURS:
        if "migrations" in path.parts:
            continue  # one step of the tables is one function
        functions = [node for node in _nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        too_long = [node for node in functions if (node.end_lineno or 0) - node.lineno >= MOST_IN_A_FUNCTION]
        long += [f"{named(path)}: {node.name}" for node in too_long]
    assert long == []


def test_a_module_says_its_reason_or_is_empty() -> None:
    """It begins with its docstring; an `__init__` at most hands on names."""
    wrong = []
    for path in (*OURS, *(ROOT / "tools").glob("*.py")):
        if path.name == "__init__.py":
            only = [n for n in _tree(path).body if not isinstance(n, ast.Import | ast.ImportFrom | ast.Assign)]
            wrong += [named(path)] if not all(isinstance(node, ast.Expr) for node in only) else []
        elif not ast.get_docstring(_tree(path)):
            wrong.append(named(path))
    assert wrong == []


def test_nothing_is_printed_and_nothing_is_put_off() -> None:
    wrong = [f"{named(path)}: {found[0]}" for path in OURS if (found := _LATER.search(_text(path)))]
    for path in OURS:
        for node in _nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in ("print", "breakpoint", "eval", "exec"):
                    wrong.append(f"{named(path)}: {node.func.id}")
            elif isinstance(node, ast.Global):
                wrong.append(f"{named(path)}: global")
    assert wrong == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_everything_and_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[\w,-]+\])?==", text, re.M)
    starts = re.findall(r"^(?![\s#-])(\S+)", text, re.M)
    assert len(pins) == len(starts) > 30
    assert text.count("--hash=sha256:") >= len(pins)
    assert "responses" not in pins


def test_no_file_tells_where_or_with_what_it_was_written() -> None:
    found = [
        f"{named(path)}: {match[0]}"
        for path in tracked()
        for pattern in ((_MACHINE,) if path.suffix in _PEOPLES_WORDS else (_MACHINE, _SESSION))
        if (match := pattern.search(_text(path)))
    ]
    assert not found


def _strings(found: object) -> list[str]:
    if isinstance(found, dict):
        return [text for value in found.values() for text in _strings(value)]
    if isinstance(found, list):
        return [text for value in found for text in _strings(value)]
    return [found] if isinstance(found, str) else []


def test_no_em_dash_in_words_that_people_see() -> None:
    for path in (ROOT / "responses" / "en").rglob("*.yaml"):
        shown = _strings(yaml.load(_text(path), getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        assert not [text for text in shown if "—" in text], named(path)
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "config.yaml"]:
        assert "—" not in _text(path), named(path)
    for path in (ROOT / "bot").rglob("*.py"):
        texts = [n.value for n in _nodes(path) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        assert not [text for text in texts if "—" in text], named(path)
