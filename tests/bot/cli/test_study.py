"""demo, study, export as commands: from an empty folder to a study, and one clear sentence when it cannot be."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.research import report
from bot.research.papers import hashes
from tests.bot.cli.conftest import Warmline

DEMO = ("demo", "--clients", "30", "--days", "20", "--until", "2026-06-30")


@pytest.fixture(autouse=True)
def undrawn() -> Iterator[None]:
    """The report has tests of its own."""
    with patch.object(report, "write"):
        yield


def test_from_nothing_to_a_study(warmline: Warmline, home: Path, tmp_path: Path) -> None:
    made = warmline(*DEMO)
    assert made.code == 0, made.err
    assert made.out.startswith("30 clients, ")
    assert "invented" not in made.err
    again = warmline(*DEMO)
    assert (again.code, again.out) == (1, "")
    assert again.err == "The database is not empty; a demo is only put into an empty one (set WARMLINE_HOME).\n"

    spring = ("study", "create", "spring", "--from", "2026-06-15", "--purpose", "to see", "--pronouns")
    assert warmline(*spring).code == 0
    assert "already" in warmline("study", "create", "spring").err
    out = tmp_path / "out"
    done = warmline("export", "--study", "all", "--out", str(out), "--who", "me", "--why", "a look", "--attack")
    assert done.code == 0, done.err
    assert done.out.startswith(f"{out}: ")
    assert "Of everybody: " in done.err
    assert "**Invented data.**" in (out / "README.md").read_text()
    assert "There is something at" in warmline("export", "--study", "all", "--out", str(out)).err

    listed = warmline("study", "list").out
    assert "spring  2026-06-15 to now  with pronouns  to see" in listed
    assert "  me  " in listed
    assert "participants  a look\n" in listed
    twin = tmp_path / "twin"
    assert warmline("export", "--study", "all", "--out", str(twin), "--attack").code == 0
    assert hashes(out) == hashes(twin)
    assert "links between people and their ids in all are gone" in warmline("study", "unlink", "all").out
    fresh = tmp_path / "fresh"
    assert warmline("export", "--study", "all", "--out", str(fresh)).code == 0
    assert (fresh / "participants.csv").read_bytes() != (out / "participants.csv").read_bytes()


def test_the_same_seed_invents_the_same_people(warmline: Warmline, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = (*DEMO, "--clients", "4")
    first = warmline(*few).out
    for seed, same in (("1", True), ("2", False)):
        monkeypatch.setenv("WARMLINE_HOME", str(home / seed))
        assert (warmline(*few, "--seed", seed).out == first) is same


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (("export", "--study", "x", "--out", "o"), "There is no database yet; it is made at the first start.\n"),
        (("study", "create", "a/b"), "A study's name has 1 to 64 letters, digits, spaces, - and _.\n"),
        (("study", "create", "a", "--from", "2026-02-01", "--to", "2026-01-01"), "The study ends before it begins.\n"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(warmline: Warmline, call: tuple[str, ...], says: str) -> None:
    found = warmline(*call)
    assert (found.code, found.out, found.err) == (1, "", says)


def test_without_the_parts_for_research_it_says_so(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    found = warmline("export", "--study", "x", "--out", "o")
    assert found.code == 1
    assert found.err == "Parts for research are missing; install them with: pip install 'warmline[research]'\n"
