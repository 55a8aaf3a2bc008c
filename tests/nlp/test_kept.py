"""What is worked out of the rules is kept, and never met by other rules or in a damaged form."""

import logging
from pathlib import Path

import pytest

from nlp.kept import NOTHING, Kept, Ways
from nlp.pieces import Needs
from tests.loaded import loaded

SOURCES = ["my (?:mum|dad) (?:died|passed)", "café|naïve", "[a-z]"]
WAYS: Ways = [Needs().ways(source) for source in SOURCES]


def never() -> Ways:
    raise AssertionError("it was kept already")


def test_it_is_worked_out_once(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "cache")
    assert kept.ways("one", SOURCES, lambda: WAYS) == WAYS
    assert Kept(tmp_path / "cache").ways("one", iter(SOURCES), never) == WAYS


@pytest.mark.parametrize("other", [SOURCES[:2], [*SOURCES, ""], ["".join(SOURCES)], [s.upper() for s in SOURCES]])
def test_other_rules_are_worked_out_anew(tmp_path: Path, other: list[str]) -> None:
    kept = Kept(tmp_path)
    kept.ways("one", SOURCES, lambda: WAYS)
    assert kept.ways("one", other, lambda: []) == []
    assert kept.ways("one", other, never) == []


def test_other_code_works_it_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "pieces.py"
    monkeypatch.setattr("nlp.kept._CODE", (code,))
    code.write_text("one way", encoding="utf-8")
    Kept(tmp_path).ways("one", SOURCES, lambda: WAYS)
    code.write_text("another", encoding="utf-8")
    assert Kept(tmp_path).ways("one", SOURCES, lambda: []) == []


@pytest.mark.parametrize("damage", ["", "\n", "half", "a letter", "bytes"])
def test_what_is_damaged_is_not_used(tmp_path: Path, damage: str) -> None:
    Kept(tmp_path).ways("one", SOURCES, lambda: WAYS)
    file = next(tmp_path.iterdir())
    whole = file.read_bytes()
    broken = {"half": whole[: len(whole) // 2], "a letter": whole.replace(b"died", b"dyed"), "bytes": b"\xff" + whole}
    file.write_bytes(broken.get(damage, damage.encode()))
    assert Kept(tmp_path).ways("one", SOURCES, lambda: WAYS[:1]) == WAYS[:1]


def test_a_folder_that_cannot_be_is_no_fault(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert Kept(tmp_path / "file").ways("one", SOURCES, lambda: WAYS) == WAYS
    assert "could not be kept" in caplog.text
    assert NOTHING.ways("one", SOURCES, lambda: WAYS) == WAYS


def test_the_real_rules_are_woken_alike(tmp_path: Path) -> None:
    """Every message of the lines that the speed is measured with wakes the same patterns, kept or worked out."""
    from nlp.crisis import CrisisReader

    fresh = CrisisReader.load()
    CrisisReader.load(kept=Kept(tmp_path))
    again = CrisisReader.load(kept=Kept(tmp_path))
    lines = (Path(__file__).parents[1] / "bench" / "lines.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert again.rules.waking.places(line) == fresh.rules.waking.places(line)
    assert again.rules.waking.always == loaded(CrisisReader).rules.waking.always
