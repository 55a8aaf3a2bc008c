"""Blind judging: sheets of shuffled replies, and what the scores come to (eval rubric, scales U W N S I and a rank).

Which letter is which system lies in a key of its own, opened only when the scores are complete. One item in twenty is
on the sheet twice, to see whether a judge agrees with themselves.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean
from typing import Any

from bot.care.agreement import AGAIN, TWICE, interval

SCALES = ("U", "W", "N", "S", "I")
_VETO = ("U", "N", "S")  # a 1 on one of these
_SUM_DECIDES = 3  # tied ranks whose score sums differ by this much are not tied

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    items: tuple[dict[str, Any], ...]  # {"item", "history", "client", "replies": {"A": text, ..}}
    key: dict[str, dict[str, str]]  # item -> letter -> system


def sheet_of(rows: Sequence[Row], systems: Mapping[str, Mapping[str, str]], seed: int) -> Sheet:
    """Shuffled items. `systems` is name -> row id -> reply; `rows` hold id, history and client."""
    random = Random(seed)  # noqa: S311 - a shuffle to be repeated
    again = random.sample(range(len(rows)), max(1, len(rows) // TWICE)) if rows else []
    order = [(row, "") for row in rows] + [(rows[i], AGAIN) for i in again]
    random.shuffle(order)
    items, key = [], {}
    for row, mark in order:
        names = list(systems)
        random.shuffle(names)
        letters = dict(zip("ABCDEFGH", names, strict=False))
        item = f"{row['id']}{mark}"
        key[item] = letters
        replies = {letter: plain(systems[name][str(row["id"])]) for letter, name in letters.items()}
        items.append({"item": item, "history": row.get("history", []), "client": row["client"], "replies": replies})
    return Sheet(tuple(items), key)


def plain(reply: str) -> str:
    """Without what gives a system away: line breaks, emoji, trailing spaces. Words stay."""
    return " ".join(re.sub(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]", "", reply).split())


def results(scores: Iterable[Row], key: Mapping[str, Mapping[str, str]], ours: str, seed: int = 0) -> dict[str, Any]:
    """Means and vetoes of each system, and `ours` against each other one: wins, ties, losses, rate, 95 % interval."""
    judged = [_named(row, key[row["item"]]) for row in scores if row["item"] in key and not row.get("X")]
    once = [row for row in judged if not row["item"].endswith(AGAIN)]
    found: dict[str, Any] = {"items": len({row["item"] for row in once})}
    for system in sorted({name for row in once for name in row["scores"]}):
        mine = [row["scores"][system] for row in once]
        found[system] = {scale: round(mean(s[scale] for s in mine), 2) for scale in SCALES}
        found[system]["vetoes"] = round(mean(any(s[scale] == 1 for scale in _VETO) for s in mine), 3)
        if system != ours:
            found[f"{ours} against {system}"] = _against(once, ours, system, seed)
    found["within_one_on_repeats"] = _consistency(judged)
    return found


def _named(row: Row, letters: Mapping[str, str]) -> dict[str, Any]:
    scores = {letters[letter]: {k: int(v) for k, v in given.items()} for letter, given in row["scores"].items()}
    rank = {letters[letter]: float(place) for letter, place in row["rank"].items()}
    return {"item": row["item"], "scores": scores, "rank": rank}


def _against(rows: Sequence[dict[str, Any]], ours: str, other: str, seed: int) -> dict[str, Any]:
    by_item: dict[str, list[float]] = {}
    for row in rows:
        by_item.setdefault(row["item"], []).append(_outcome(row, ours, other))
    points = [mean(values) for values in by_item.values()]
    low, high = interval(points, mean, seed)
    return {
        "wins": sum(p > 0.5 for p in points),
        "ties": sum(p == 0.5 for p in points),
        "losses": sum(p < 0.5 for p in points),
        "rate": round(mean(points), 3),
        "interval": [round(low, 3), round(high, 3)],
    }


def _outcome(row: dict[str, Any], ours: str, other: str) -> float:
    """1 a win, 0.5 a tie, 0 a loss; a vetoed reply cannot win against one without a veto."""
    mine, theirs = row["scores"][ours], row["scores"][other]
    vetoed = [any(s[scale] == 1 for scale in _VETO) for s in (mine, theirs)]
    if vetoed[0] != vetoed[1]:
        return 0.0 if vetoed[0] else 1.0
    ahead = row["rank"][other] - row["rank"][ours]
    if ahead == 0:
        gap = sum(mine.values()) - sum(theirs.values())
        ahead = gap if abs(gap) >= _SUM_DECIDES else 0
    return 1.0 if ahead > 0 else 0.0 if ahead < 0 else 0.5


def _consistency(judged: Sequence[dict[str, Any]]) -> float:
    first = {row["item"]: row for row in judged if not row["item"].endswith(AGAIN)}
    pairs = [
        (first[row["item"].removesuffix(AGAIN)], row)
        for row in judged
        if row["item"].endswith(AGAIN) and row["item"].removesuffix(AGAIN) in first
    ]
    close = [abs(a["scores"][s][k] - b["scores"][s][k]) <= 1 for a, b in pairs for s in a["scores"] for k in SCALES]
    return round(mean(close), 3) if close else 0.0
