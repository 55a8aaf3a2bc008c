"""Scores the scrubber on rows with known identifiers: shares found with Wilson 95 % intervals, odd and even ids apart.

An identifier is found when every letter and digit of it lies in what was found, but for an article, a title or a
word of kin at its front, which stay in the text on purpose. `touched` counts those found in part as well.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.evaluate import Rate, is_odd, wilson
from nlp.scrub.kinds import GROUPS, MOST_CHANGED, NEEDED, TYPES, Found, RowError
from nlp.scrub.wordlists import data, split

Row = Mapping[str, Any]
Figures = dict[str, dict[str, Rate]]
Find = Callable[[str], Sequence[Found]]
_FIRST = re.compile(r"[^\W\d_]+\.?")


@dataclass(frozen=True, slots=True)
class _Scored:
    odd: bool
    gold: tuple[tuple[str, bool, bool], ...]  # type, found whole, found in part
    changed: bool
    beside: int  # findings that touch no identifier


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file. RowError if one is not of the form."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            rows.append(_checked(line, number))
    if not rows:
        raise RowError(f"{path.name} holds no rows to score.")
    return rows


def _checked(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        fits = isinstance(row["text"], str) and all(
            0 <= span["start"] < span["end"] <= len(row["text"]) and span["type"] in TYPES for span in row["spans"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise RowError(f"row {number}: expected id, text and spans with start, end and a known type") from error
    if not fits or "id" not in row:
        raise RowError(f"row {number}: expected id, text and spans with start, end and a known type")
    found: dict[str, Any] = row
    return found


def score(rows: Iterable[Row], find: Find) -> Figures:
    """Rates for `all`, `odd` and `even` rows; each text is read once.

    Keys: each type, `structured`, `names`, `quasi`, `touched_...` of the three, and `harmless_changed` (rows without an
    identifier in which something was found).
    """
    stays = _staying()
    scored = [_scored(row, tuple(find(str(row["text"]))), stays) for row in rows]
    halves = {"all": scored, "odd": [one for one in scored if one.odd], "even": [one for one in scored if not one.odd]}
    return {name: _rates(half) for name, half in halves.items()}


def passes(figures: Mapping[str, Rate]) -> bool:
    """Whether the bars that text export needs are reached."""
    found = all(figures[name].of and figures[name].rate >= needed for name, needed in NEEDED.items())
    return found and figures["harmless_changed"].rate <= MOST_CHANGED


def _staying() -> frozenset[str]:
    people = data("people")
    return split(people["kin"]) | split(people["titles"]) | frozenset({"the", "a", "an"})


def _scored(row: Row, found: Sequence[Found], stays: frozenset[str]) -> _Scored:
    text, spans = str(row["text"]), row["spans"]
    covered = {at for one in found for at in range(one.start, one.end)}
    gold = []
    for span in spans:
        start, end = span["start"], span["end"]
        first = _FIRST.match(text, start, end)
        needed = first.end() if first and first.end() < end and first.group().lower().rstrip(".") in stays else start
        whole = all(at in covered for at in range(needed, end) if text[at].isalnum())
        gold.append((str(span["type"]), whole, any(at in covered for at in range(start, end))))
    beside = sum(not any(one.start < span["end"] and span["start"] < one.end for span in spans) for one in found)
    return _Scored(is_odd(row), tuple(gold), bool(found) and not spans, beside)


def _rates(rows: Sequence[_Scored]) -> dict[str, Rate]:
    gold = [one for row in rows for one in row.gold]
    rates = {
        kind: wilson(sum(whole for _, whole, _ in of), len(of))
        for kind in sorted({kind for kind, _, _ in gold})
        for of in ([one for one in gold if one[0] == kind],)
    }
    for name, kinds in GROUPS.items():
        of = [one for one in gold if one[0] in kinds]
        rates[name] = wilson(sum(whole for _, whole, _ in of), len(of))
        rates[f"touched_{name}"] = wilson(sum(part for _, _, part in of), len(of))
    harmless = [row for row in rows if not row.gold]
    rates["harmless_changed"] = wilson(sum(row.changed for row in harmless), len(harmless))
    return rates
