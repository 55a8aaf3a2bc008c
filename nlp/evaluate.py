"""Scores a reader of risk against labelled rows: rates with Wilson 95 % intervals, odd and even ids apart.

A row has `id`, `text`, `label` (crisis, concern or none), and may have `note` (on a harmless row: a hard
look-alike) and `also_ok` (labels that are not wrong either).
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nlp.labels import Tier

Row = Mapping[str, Any]
_Z = 1.959964  # two-sided 95 %
_FEWEST = 15  # rows of one kind, below which its rate says too little by itself
POOLED = "kinds under 15 rows, pooled"
_LABELS = ("crisis", "concern", "none")
_NUMBER = re.compile(r"\d+")


class Rate(NamedTuple):
    """`hits` of `of`, with the bounds of the Wilson 95 % interval; an empty rate is 0 within 0 to 1."""

    hits: int
    of: int
    rate: float
    low: float
    high: float


def wilson(hits: int, of: int) -> Rate:
    """The share of `hits` in `of` and its Wilson score interval (Wilson 1927) at 95 %."""
    if not of:
        return Rate(0, 0, 0.0, 0.0, 1.0)
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return Rate(hits, of, share, max(0.0, middle - half), min(1.0, middle + half))


def rows_in(path: Path) -> list[Any]:
    """What stands on each line of a JSON Lines file that is not blank. ValueError if a line is not JSON."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The labelled rows of a JSON Lines file; rows without a known label are left out. ValueError if not JSON."""
    return [row for row in rows_in(path) if row.get("label") in _LABELS]


def is_odd(row: Row) -> bool:
    """Whether the number in the row's id is odd: the half that may be read and learned from."""
    found = _NUMBER.findall(str(row["id"]))
    return bool(found) and int(found[-1]) % 2 == 1


def score_crisis(rows: Sequence[Row], tier_of_text: Callable[[str], Tier]) -> dict[str, dict[str, Rate]]:
    """Rates for `all`, `odd` and `even` rows; each text is read once."""
    read = [(row, tier_of_text(str(row["text"]))) for row in rows]
    halves = {
        "all": read,
        "odd": [pair for pair in read if is_odd(pair[0])],
        "even": [pair for pair in read if not is_odd(pair[0])],
    }
    return {name: _rates(pairs) for name, pairs in halves.items()}


def score_kinds(rows: Sequence[Row], tier_of_text: Callable[[str], Tier]) -> dict[str, Rate]:
    """Of each kind of risk (a row's `tier`), the share noticed at the tier its label asks for; small kinds pooled."""
    read = [(row, tier_of_text(str(row["text"]))) for row in rows if row["label"] != "none"]
    sizes = Counter(_kind(row) for row, _ in read)
    found: dict[str, list[bool]] = {}
    for row, tier in read:
        name = _kind(row) if sizes[_kind(row)] >= _FEWEST else POOLED
        found.setdefault(name, []).append(_noticed(row, tier, Tier.T2 if row["label"] == "crisis" else Tier.T1))
    return {name: wilson(sum(hits), len(hits)) for name, hits in sorted(found.items())}


def _kind(row: Row) -> str:
    return f"{row.get('tier') or 'unnamed'} ({row['label']})"


def _rates(read: Sequence[tuple[Row, Tier]]) -> dict[str, Rate]:
    crisis = [(row, tier) for row, tier in read if row["label"] == "crisis"]
    risk = [(row, tier) for row, tier in read if row["label"] in ("crisis", "concern")]
    harmless = [(row, tier) for row, tier in read if row["label"] == "none"]
    hard = [(row, tier) for row, tier in harmless if row.get("note")]
    ordinary = [(row, tier) for row, tier in harmless if not row.get("note")]
    return {
        "crisis_t2": _share(_noticed(row, tier, Tier.T2) for row, tier in crisis),
        "crisis_t1": _share(_noticed(row, tier, Tier.T1) for row, tier in crisis),
        "risk_t1": _share(_noticed(row, tier, Tier.T1) for row, tier in risk),
        "false_ordinary_t1": _share(_alarmed(row, tier, Tier.T1) for row, tier in ordinary),
        "false_hard_t1": _share(_alarmed(row, tier, Tier.T1) for row, tier in hard),
        "false_ordinary_t2": _share(_alarmed(row, tier, Tier.T2) for row, tier in ordinary),
        "false_hard_t2": _share(_alarmed(row, tier, Tier.T2) for row, tier in hard),
    }


def _noticed(row: Row, tier: Tier, needed: Tier) -> bool:
    """A borderline row is not missed when it got a tier that one of its `also_ok` labels allows."""
    allowed = set(row.get("also_ok") or ())
    if "none" in allowed:
        return True
    return tier >= (min(needed, Tier.T1) if "concern" in allowed else needed)


def _alarmed(row: Row, tier: Tier, floor: Tier) -> bool:
    """A borderline harmless row raises no false alarm at a tier that one of its `also_ok` labels allows."""
    allowed = set(row.get("also_ok") or ())
    if "crisis" in allowed:
        return False
    return tier >= (max(floor, Tier.T2) if "concern" in allowed else floor)


def _share(hits: Iterable[bool]) -> Rate:
    found = list(hits)
    return wilson(sum(found), len(found))
