"""The contracts of `read`, `reply` and `replay`: fields, order, bad lines, exit codes, seeds."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.labels import ACTS, FEELINGS, SELF_TALK, SITUATIONS, Intensity, Kind, Status, Tier
from responses.model import Technique
from tests.bot.cli.conftest import Outcome, Warmline

READ_FIELDS = (
    "id tier kinds signals feelings sentiment acts situations self_talk language understood".split()
)  # in this order
MISSING = "I miss my sister so much, I feel lonely"


def packed(*rows: Any) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def rows(found: Outcome) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.lines]


def test_read_answers_with_every_field_in_order(warmline: Warmline) -> None:
    found = warmline("read", stdin=packed({"id": "a", "text": MISSING}, {"id": 7, "text": "I want to die"}))
    assert (found.code, found.err) == (0, "")
    first, second = rows(found)
    assert list(first) == list(second) == READ_FIELDS
    assert (first["id"], second["id"]) == ("a", 7)
    assert first["tier"] == "T0"
    assert second["tier"] in ("T2", "T3")
    assert first["language"] == "en"
    assert first["understood"] is True


def test_read_uses_only_known_labels_and_spans_of_the_original(warmline: Warmline) -> None:
    texts = [MISSING, "😭  I’m sooo ashamed, i want to kill myself", "my boss fired me and I'm furious!!"]
    found = warmline("read", stdin=packed(*({"id": n, "text": t} for n, t in enumerate(texts))))
    for row, text in zip(rows(found), texts, strict=True):
        assert row["tier"] in Tier.__members__
        assert set(row["kinds"]) <= set(Kind)
        assert -1 <= row["sentiment"] <= 1
        assert set(row["acts"]) <= ACTS
        assert set(row["situations"]) <= SITUATIONS
        assert set(row["self_talk"]) <= SELF_TALK
        for signal in row["signals"]:
            assert set(signal) == {"kind", "status", "rule", "span"}
            assert signal["status"] in set(Status)
        for feeling in row["feelings"]:
            assert set(feeling) == {"name", "intensity", "holder", "span"}
            assert feeling["name"] in FEELINGS
            assert feeling["intensity"] in set(Intensity)
        for start, end in [f["span"] for f in (*row["signals"], *row["feelings"])]:
            assert 0 <= start <= end <= len(text)


BAD = b"""
{"id": "a", "text": "hello"}
not json
[1, 2]
{"id": "b"}
{"id": "c", "text": 5}

{"id": "d", "text": "bye"}
"""


def test_bad_lines_get_an_error_and_stop_nothing(warmline: Warmline) -> None:
    found = warmline("read", stdin=BAD)
    assert found.code == 0
    assert found.err == "4 bad lines\n"
    answers = rows(found)
    assert [row["id"] for row in answers] == ["a", None, None, "b", "c", "d"]
    assert [set(row) == {"id", "error"} for row in answers] == [False, True, True, True, True, False]


@pytest.mark.parametrize(
    "line",
    [b"[" * 50_000, b'{"id": 1e999, "text": ', b'{"text": "\xff\xfe"}', b'{"id": "x", "text": "\\ud800 alone"}', b'"'],
)
def test_no_line_ends_the_command(warmline: Warmline, line: bytes) -> None:
    found = warmline("read", stdin=line + b"\n" + packed({"id": "next", "text": "hello"}))
    assert found.code == 0
    assert len(found.lines) == 2
    assert rows(found)[1]["id"] == "next"


def test_a_mark_at_the_start_of_the_file_is_no_fault(warmline: Warmline, tmp_path: Path) -> None:
    file = tmp_path / "from-windows.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + packed({"id": "a", "text": "hello"}).replace(b"\n", b"\r\n"))
    assert rows(warmline("read", str(file)))[0]["tier"] == "T0"


def test_a_file_that_is_not_there_is_one_sentence(warmline: Warmline) -> None:
    found = warmline("read", "none.jsonl")
    assert (found.code, found.out) == (1, "")
    assert found.err == "No such file or directory: none.jsonl.\n"


HISTORY = [
    {"role": "client", "text": "I got a new flat"},
    {"role": "listener", "text": "A place of your own."},
    {"role": "client", "text": MISSING},
]


def test_reply_answers_with_every_field(warmline: Warmline) -> None:
    (row,) = rows(warmline("reply", stdin=packed({"id": "r", "history": HISTORY, "client": MISSING})))
    assert list(row) == ["id", "reply", "parts", "tier", "trail"]
    assert row["tier"] == "T0"
    assert row["parts"]
    for part in row["parts"]:
        assert list(part) == ["entry", "technique", "text"]
        assert part["technique"] in set(Technique)
        assert part["text"] in row["reply"]
    assert all(isinstance(step, str) for step in row["trail"])


def test_reply_takes_a_history_with_or_without_the_last_message(warmline: Warmline) -> None:
    given = packed(
        {"id": 1, "history": HISTORY, "client": MISSING}, {"id": 1, "history": HISTORY[:2], "client": MISSING}
    )
    first, second = warmline("reply", stdin=given).lines
    assert first == second


def test_reply_reads_risk_from_the_history(warmline: Warmline) -> None:
    """Lines do not know of one another, but an episode in a line's own history holds."""
    risky = [{"role": "client", "text": "I want to kill myself"}, {"role": "listener", "text": "Thank you."}]
    calm, after = rows(
        warmline("reply", stdin=packed({"id": 1, "client": "hello again"}, {"id": 2, "history": risky, "client": "ok"}))
    )
    assert calm["tier"] == "T0"
    assert not any(part["entry"].startswith("listening.situations") for part in after["parts"])


@pytest.mark.parametrize(
    "row",
    [
        {"id": "x"},
        {"id": "x", "client": 3},
        {"id": "x", "client": "hi", "history": "none"},
        {"id": "x", "client": "hi", "history": [{"role": "bot", "text": "a"}]},
        {"id": "x", "client": "hi", "history": [{"role": "client"}]},
    ],
)
def test_reply_names_what_a_line_lacks(warmline: Warmline, row: dict[str, Any]) -> None:
    found = warmline("reply", stdin=packed(row))
    (answer,) = rows(found)
    assert (found.code, answer["id"], found.err) == (0, "x", "1 bad line\n")
    assert answer["error"]


def test_the_same_seed_gives_the_same_words(warmline: Warmline) -> None:
    given = packed(*({"id": n, "client": MISSING} for n in range(3)))
    assert warmline("reply", "--seed", "5", stdin=given).out == warmline("reply", "--seed", "5", stdin=given).out
    said = {warmline("reply", "--seed", str(seed), stdin=given).out for seed in range(6)}
    assert len(said) > 1


def test_replay_keeps_every_turn_and_sums_up_on_stderr(warmline: Warmline) -> None:
    talk = ["hi", "I lost my job today", "I feel so ashamed", "yeah", "thanks, bye"]
    found = warmline("replay", stdin=packed({"id": "t", "turns": [{"client": text} for text in talk]}, {"id": "e"}))
    assert found.code == 0
    whole, bad = rows(found)
    assert list(whole) == ["id", "turns"]
    assert [turn["client"] for turn in whole["turns"]] == talk
    for turn in whole["turns"]:
        assert list(turn) == ["client", "reply", "parts", "tier"]
        assert turn["reply"]
    assert set(bad) == {"id", "error"}
    assert "conversations: 1\n" in found.err
    assert "1 bad line\n" in found.err


@pytest.mark.parametrize("turns", [None, 3, "hi", [3], [{"client": None}], [{}]])
def test_replay_names_bad_turns(warmline: Warmline, turns: object) -> None:
    (row,) = rows(warmline("replay", stdin=packed({"id": "x", "turns": turns})))
    assert set(row) == {"id", "error"}
