"""Scoring of risk: Wilson intervals, halves apart, borderline rows."""

import json
from pathlib import Path

import pytest

from nlp.evaluate import POOLED, is_odd, read_rows, score_crisis, score_kinds, wilson
from nlp.labels import Tier

ROWS = [
    {"id": "d01", "text": "t2", "label": "crisis"},
    {"id": "d02", "text": "t1", "label": "crisis"},
    {"id": "d03", "text": "t1", "label": "crisis", "also_ok": ["concern"]},
    {"id": "d04", "text": "t0", "label": "concern"},
    {"id": "d05", "text": "t1", "label": "none", "note": "idiom"},
    {"id": "d06", "text": "t0", "label": "none"},
    {"id": "d07", "text": "t1", "label": "none", "also_ok": ["concern"]},
]


def tier_of_text(text: str) -> Tier:
    return Tier(int(text[1]))


def test_rates_of_all_rows() -> None:
    rates = score_crisis(ROWS, tier_of_text)["all"]
    assert {name: (rate.hits, rate.of) for name, rate in rates.items()} == {
        "crisis_t2": (2, 3),
        "crisis_t1": (3, 3),
        "risk_t1": (3, 4),
        "false_ordinary_t1": (0, 2),
        "false_hard_t1": (1, 1),
        "false_ordinary_t2": (0, 2),
        "false_hard_t2": (0, 1),
    }


def test_kinds_are_scored_by_what_their_label_asks_and_small_ones_pooled() -> None:
    many = [{"id": f"m{at}", "text": "t2" if at else "t1", "label": "crisis", "tier": "wish_dead"} for at in range(15)]
    past = {"id": "f1", "text": "t1", "label": "concern", "tier": "past"}
    few = [past, {"id": "f2", "text": "t0", "label": "crisis"}]
    rates = score_kinds([*many, *few, *({**row, "label": "none"} for row in few)], tier_of_text)
    assert {name: (rate.hits, rate.of) for name, rate in rates.items()} == {
        "wish_dead (crisis)": (14, 15),
        POOLED: (1, 2),
    }


def test_halves_are_kept_apart() -> None:
    scores = score_crisis(ROWS, tier_of_text)
    assert scores["odd"]["crisis_t2"].of == 2
    assert scores["even"]["crisis_t2"].hits == 0
    assert is_odd({"id": "d-ct-003"})
    assert not is_odd({"id": "dev-12"})


def test_wilson_interval() -> None:
    rate = wilson(8, 10)
    assert rate.rate == 0.8
    assert rate.low == pytest.approx(0.490, abs=0.001)
    assert rate.high == pytest.approx(0.943, abs=0.001)
    assert wilson(0, 0) == (0, 0, 0.0, 0.0, 1.0)


def test_rows_without_a_known_label_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in [*ROWS, {"id": "x1", "text": "t0"}]), encoding="utf-8")
    assert len(read_rows(path)) == len(ROWS)
