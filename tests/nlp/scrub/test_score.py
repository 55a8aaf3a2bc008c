"""Scoring: what counts as found, the halves, and rows that are wrong."""

import json
from pathlib import Path

import pytest

from nlp.evaluate import wilson
from nlp.scrub.kinds import Found, RowError
from nlp.scrub.score import passes, read_rows, score

ROWS = [
    {"id": "r-1", "text": "aunty bisi rang", "spans": [{"start": 0, "end": 10, "type": "name"}]},
    {"id": "r-2", "text": "ring 555-0134", "spans": [{"start": 5, "end": 13, "type": "phone"}]},
    {"id": "r-3", "text": "nothing here", "spans": []},
    {"id": "r-4", "text": "leeds", "spans": [{"start": 0, "end": 5, "type": "place"}]},
]


def find(text: str) -> tuple[Found, ...]:
    at = {"aunty bisi rang": (6, 10), "ring 555-0134": (5, 9), "nothing here": (0, 7)}.get(text)
    return (Found(*at, "name", 1.0, "x"),) if at else ()


def test_whole_part_and_needless_are_told_apart() -> None:
    found = score(ROWS, find)
    assert found["all"]["names"] == wilson(1, 1)  # a word of kin stays on purpose
    assert found["all"]["structured"] == wilson(0, 1)
    assert found["all"]["touched_structured"] == wilson(1, 1)
    assert found["all"]["quasi"] == wilson(0, 1)
    assert found["all"]["harmless_changed"] == wilson(1, 1)
    assert found["odd"]["names"].of == 1
    assert found["even"]["names"].of == 0
    assert found["even"]["structured"].of == 1
    assert found["even"]["harmless_changed"].of == 0


def test_bars_need_all_groups() -> None:
    good = {"structured": wilson(50, 50), "names": wilson(48, 50), "quasi": wilson(45, 50)}
    good["harmless_changed"] = wilson(1, 40)
    assert passes(good)
    for name, rate in (("structured", wilson(49, 50)), ("names", wilson(0, 0)), ("harmless_changed", wilson(4, 40))):
        assert not passes({**good, name: rate})


@pytest.mark.parametrize(
    "row",
    [
        "nonsense",
        "[]",
        '{"id": 1, "text": "a"}',
        json.dumps({"id": 1, "text": "secret", "spans": [{"start": 0, "end": 9, "type": "name"}]}),
        json.dumps({"id": 1, "text": "secret", "spans": [{"start": 0, "end": 3, "type": "shoe"}]}),
    ],
)
def test_a_wrong_row_is_named_by_number_only(tmp_path: Path, row: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(RowError, match=r"^row 2: ") as told:
        read_rows(path)
    assert "secret" not in str(told.value)
