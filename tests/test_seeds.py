"""Every idea of the two source documents is real somewhere: docs/seeds.md against library, commands and tests."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot.care.commands import COMMANDS
from responses.library import Library
from tests.loaded import loaded

ROOT = Path(__file__).parents[1]
IDS = [*(f"A{n}" for n in range(1, 35)), *(f"B{n}" for n in range(1, 28))]
ROWS = {
    row[0]: row[2]
    for row in re.findall(r"^\| ([AB]\d+) \| ([^|]+) \| ([^|]+) \|$", (ROOT / "docs/seeds.md").read_text("utf-8"), re.M)
}
LIBRARY = loaded(Library)
# Named here with the reason when something they rest on is not built yet; strict, so that building it shows.
NOT_YET: dict[str, str] = {}


def test_each_idea_stands_once_and_no_other() -> None:
    text = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([AB]\d+) \|", text, re.M) == IDS
    assert list(ROWS) == IDS


def test_every_tag_in_the_library_is_an_idea() -> None:
    tags = {tag for entry in LIBRARY.live for tag in entry.seed if re.fullmatch(r"[AB]\d+", tag)}
    assert tags <= set(IDS)


@pytest.mark.parametrize(
    "idea",
    [pytest.param(i, marks=pytest.mark.xfail(reason=NOT_YET[i], strict=True)) if i in NOT_YET else i for i in IDS],
)
def test_what_makes_an_idea_real_is_there(idea: str) -> None:
    named = re.findall(r"`([^`]+)`", ROWS[idea])
    for proof in named:
        assert is_there(proof), f"{idea}: {proof} is not there"
    assert any(proof.startswith("tests/") for proof in named), "an idea is real when a test holds it"
    assert len(named) > 1 or idea in ("A22", "A23", "A26"), "and when something shows it"


def is_there(proof: str) -> bool:
    if proof.startswith("/"):
        return proof[1:] in {*COMMANDS, "help_now"}
    if proof.startswith("tests/"):
        path, _, test = proof.partition("::")
        return (ROOT / path).is_file() and (not test or test in named_in(path))
    return any(entry.id.startswith(proof) for entry in LIBRARY.live)


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
