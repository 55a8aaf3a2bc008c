"""The table for the reviewer: everything found, everything doubtful that was kept, and when it counts as done."""

import csv
import io
from pathlib import Path

import pytest

from nlp.scrub.document import Scrubber
from nlp.scrub.review import COLUMNS, ReviewWriter, items, mark_of, read_review

TEXT = "my boss keisha and the Zorblatt thing. order 77120 =1+1"


def table(scrubber: Scrubber, text: str = TEXT) -> list[dict[str, str]]:
    out = io.StringIO()
    ReviewWriter(out).add("1", text, items(text, scrubber.scrub(text), scrubber.finder.dictionary))
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def filled(scrubber: Scrubber, path: Path, verdicts: dict[str, str], text: str = TEXT) -> Path:
    rows = table(scrubber, text)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({**row, "verdict": verdicts.get(row["words"], "ok")} for row in rows)
    return path


def test_found_and_doubtful_words_are_listed(scrubber: Scrubber) -> None:
    rows = table(scrubber)
    listed = {row["words"]: row for row in rows}
    assert listed["keisha"]["what"] == "found"
    assert listed["keisha"]["surrogate"] not in ("", "keisha")
    assert listed["keisha"]["before"].endswith("my boss ")
    assert any("Zorblatt" in words for words in listed)
    assert any("77120" in words for words in listed)
    assert not {"my", "boss", "and", "thing"} & set(listed)
    assert all(row["verdict"] == "" for row in rows)
    assert [int(row["item"]) for row in rows] == list(range(1, len(rows) + 1))


def test_a_cell_is_no_formula(scrubber: Scrubber) -> None:
    rows = table(scrubber, "=cmd() told keisha")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_text_may_leave_only_when_every_item_is_ok(scrubber: Scrubber, tmp_path: Path) -> None:
    done = read_review([filled(scrubber, tmp_path / "a.csv", {})])
    assert done.complete
    assert done.may_leave(TEXT)
    assert not done.may_leave(TEXT + " ")
    half = read_review([filled(scrubber, tmp_path / "b.csv", {"keisha": ""})])
    assert not half.complete
    assert half.open_items == 1
    assert not half.may_leave(TEXT)
    hidden = read_review([filled(scrubber, tmp_path / "c.csv", {"keisha": "hide"})])
    assert hidden.complete
    assert hidden.held_back == {mark_of(TEXT)}
    assert not hidden.may_leave(TEXT)


def test_an_unknown_verdict_is_refused_with_its_line(scrubber: Scrubber, tmp_path: Path) -> None:
    path = filled(scrubber, tmp_path / "a.csv", {"keisha": "maybe"})
    with pytest.raises(ValueError, match=r"a\.csv:\d+: a verdict is ok, hide or empty"):
        read_review([path])


def test_another_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not those of a review"):
        read_review([tmp_path / "x.csv"])
