"""Documents and code say the same: commands, settings, labels, links, targets, numbers."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from bot.care.commands import COMMANDS, MENU
from bot.cli.main import tree
from bot.settings import PREFIX, Settings
from bot.wiring import load_means, policy_of
from nlp import labels
from responses.model import Technique

ROOT = Path(__file__).parents[1]
VOICE = cache(lambda: load_means().voice)
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CONTRACTS = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
LABELS = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """("library check", the command) for every command of the tree."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


ALL = dict(commands(typer.main.get_command(tree())))


@pytest.mark.parametrize("name", ALL)
def test_every_command_is_in_the_contracts_and_has_an_example(name: str) -> None:
    assert re.search(rf"^\| `{name}[` ]", CONTRACTS, re.M)
    assert "Example: " in (ALL[name].help or "")
    assert f"warmline {name}" in (ALL[name].help or "")


def test_the_contracts_name_no_command_that_is_not_there() -> None:
    table = CONTRACTS.split("## All commands")[1].split("## JSON Lines")[0]
    rows = re.findall(r"^\| `([^`]+)`", table, re.M)
    assert {" ".join(re.findall(r"(?:^| )([a-z][a-z-]*)(?= |$)", row)) for row in rows} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_option_is_explained(name: str) -> None:
    for option in ALL[name].params:
        assert option.name == "help" or getattr(option, "help", None), f"{name}: {option.name} has no help"


def _environment(model: BaseModel, prefix: str = PREFIX) -> Iterator[str]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _environment(value, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


def test_every_setting_is_in_the_contracts() -> None:
    listed = set(re.findall(r"^\| `(WARMLINE_\w+)`", CONTRACTS, re.M))
    assert listed == {*_environment(Settings()), "WARMLINE_HOME"}


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = {*_environment(Settings()), "WARMLINE_HOME"}
    for path in [*DOCS, ROOT / "config.yaml", ROOT / "docker-compose.yml", ROOT / "Dockerfile"]:
        for name in re.findall(r"\bWARMLINE_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8")):
            assert name in known, f"{named(path)}: {name}"


def _section(title: str) -> set[str]:
    body = LABELS.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([A-Za-z0-9_]+)`", body))


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Tiers", {tier.name for tier in labels.Tier}),
        ("Kinds", set(labels.Kind)),
        ("Statuses", set(labels.Status)),
        ("Moods", set(labels.Mood)),
        ("Intensities", set(labels.Intensity)),
        ("Feelings", labels.FEELINGS),
        ("Acts", labels.ACTS),
        ("What is asked", labels.ASKED),
        ("Self-talk", labels.SELF_TALK),
        ("Situations", labels.SITUATIONS),
    ],
)
def test_the_labels_are_those_of_the_ear(title: str, known: set[str]) -> None:
    assert _section(title) == set(known)


def test_techniques_are_those_of_the_voice() -> None:
    body = CONTRACTS.split("\n## Techniques\n")[1].split("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", body)) == set(Technique)


def test_commands_of_the_chat_are_those_it_answers() -> None:
    body = CONTRACTS.split("\n## In a chat\n")[1]
    assert set(re.findall(r"`/(\w+)`", body)) == {*COMMANDS, "help_now", "quit"}
    assert set(MENU) <= {*COMMANDS, "help_now"}


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), target
            continue
        file, _, heading = target.partition("#")
        found = (path.parent / file) if file else path
        assert found.exists(), target
        if heading:
            anchors = {
                re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")
                for title in re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.M)
            }
            assert heading in anchors, target


def test_every_document_is_reached_from_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in DOCS:
        assert path.name == "README.md" or named(path) in text, f"README does not lead to {named(path)}"


@pytest.mark.parametrize("path", [*DOCS, ROOT / ".ci" / "run"], ids=named)
def test_every_make_target_that_is_named_is_there(path: Path) -> None:
    targets = set(re.findall(r"^([a-z.]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for name in re.findall(r"(?:^ {4}|`|exec )make ([a-z.]+)", path.read_text(encoding="utf-8"), re.M):
        assert name in targets, name


def test_the_readme_begins_with_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:20]
    assert "    make chat" in first
    assert "    make test" in first


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in MENU if f"`/{name}`" not in text] == []
    told = set(re.findall(r"[a-z]+", text[text.index("`warmline --help`") : text.index("## What it is not")]))
    assert {name.split()[0] for name in ALL} <= told


def test_help_names_commands_that_are_there() -> None:
    """The longest answer of its kind: what most people look for, and nothing that is not answered."""
    text = VOICE().say("system.help", Random(1)).text
    assert all(line.startswith("/") for line in text.splitlines()[1:])
    named_there = re.findall(r"^/([a-z_]+)", text, re.M)
    assert set(named_there) <= {*COMMANDS, "help_now"}
    assert {"help_now", "checkins", "soothe", "hopes", "month", "card", "me", "pause", "forget"} <= set(named_there)


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert len(targets) > 5
    assert all(f"make {name}" in listed for name in targets)


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_documents_name_commands_that_exist(path: Path) -> None:
    for line in re.findall(r"^\s*(?:\S*/)?warmline ([a-z].*)$", path.read_text(encoding="utf-8"), re.M):
        assert any(line == name or line.startswith(f"{name} ") for name in ALL), line


@pytest.mark.parametrize("days", [30, 7])
def test_privacy_says_the_number_that_is_set(days: int) -> None:
    policy = policy_of(Settings.model_validate({"retention": {"text_days": days}}))
    voice = VOICE()
    for moment in ("system.privacy", "consent.notice", "consent.notice-first"):
        said = voice.say(moment, Random(1), slots={"days": str(policy.text_days)}).text
        assert f"{days} days" in said


def test_the_number_of_days_in_the_documents_is_the_default() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert f"{Settings().retention.text_days} days (`retention.text_days`)" in text


_CLAIMS = re.compile(
    r"\b(warmline|it|this bot) (is|offers|provides|gives) (a )?(therap\w+|counsell?ing|treatment|diagnos\w+)\b", re.I
)


@pytest.mark.parametrize("path", [*DOCS, ROOT / "pyproject.toml"], ids=named)
def test_nobody_claims_therapy(path: Path) -> None:
    assert not _CLAIMS.search(path.read_text(encoding="utf-8"))
