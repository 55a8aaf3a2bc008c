"""What an outsider could try on an export, tried out: standing out, linking, patterns of days, rare values, traces.

An attack that succeeds is `failed`: such a study is not written. What no anonymisation of rows in order can prevent is
measured and said (`notes`), and is what the agreement with researchers has to forbid.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from bot.care.research.anonymity import L
from bot.care.research.profile import SENSITIVE, quasi
from bot.research.browse import pages
from bot.research.codebook import TEXTS, Table
from bot.research.staging import NAMED

POINTS = (1, 2, 3)  # days that an outsider is supposed to know somebody wrote on
TRIED = 400  # people on whom patterns are tried
_PLACED = ("clock_changed", "clock_changes", "utc_offset", "summer_time")
_NO_NOTES = pl.DataFrame(schema={"participant": pl.String, "alerts": pl.Int64})
_CODES = ("none", "hidden", "rare", "unlisted", "unknown")
# A date, a clock time, or a number as long as a Telegram id. Hashes and versions stand in other files than tables.
_TRACE = re.compile(r"\b\d{4}-\d\d-\d\d|\b\d\d?:\d\d(:\d\d)?\b|\b\d{7,}\b|@\w+|https?:")


@dataclass(slots=True)
class Findings:
    failed: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def check(self, text: str, fine: bool) -> None:
        self.lines.append(f"- {'held' if fine else '**FAILED**'}: {text}")
        if not fine:
            self.failed.append(text)

    def note(self, text: str) -> None:
        self.lines.append(f"- measured: {text}")

    def as_markdown(self) -> str:
        said = "This study would not be written." if self.failed else "Nothing that would stop this study was found."
        return "\n".join(["# Re-identification tried out", "", said, "", *self.lines, ""])


def attack(folder: Path, tables: Mapping[str, Table], k: int, against: Sequence[Path] = ()) -> Findings:
    """Try everything. `against`: folders of earlier exports."""
    found = Findings()
    people = _people(folder)
    _standing_out(found, _with_notes(folder, people), k)
    _calendar(found, tables)
    _clock(found, people)
    for other in against:
        _linking(found, folder, other, k)
    _days(found, folder, people)
    _rare_values(found, folder, people, k)
    _traces(found, folder, {name: table for name, table in tables.items() if name != TEXTS})
    if TEXTS in tables:
        found.note("texts were not tried here: what scrubbing misses is in PRIVACY.md, and a human read each")
    return found


def _people(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "participants.parquet").filter(~pl.col("test_account"))


def _quasi(people: pl.DataFrame) -> tuple[str, ...]:
    return quasi(pronouns="pronouns" in people.columns)


def _looks(people: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    return {row["participant"]: tuple(row[name] for name in _quasi(people)) for row in people.to_dicts()}


def _standing_out(found: Findings, people: pl.DataFrame, k: int) -> None:
    groups = people.group_by(_quasi(people)).agg(pl.len(), *(pl.col(name).n_unique() for name in SENSITIVE)).sort("len")
    smallest = int(groups["len"][0]) if groups.height else 0
    found.check(
        f"the smallest group that looks alike in {', '.join(_quasi(people))} has {smallest} people (at least {k})",
        smallest >= k,
    )
    found.note(f"{groups.height} groups; picking the right person out of a group succeeds in 1 of {smallest} at best")
    for name in SENSITIVE:
        if set(people[name]) != {"hidden"}:
            fewest = int(groups[name].min() or 0)  # type: ignore[arg-type]
            found.check(f"each group has at least {L} values of {name} (fewest: {fewest})", fewest >= L)


def _with_notes(folder: Path, people: pl.DataFrame) -> pl.DataFrame:
    """`note`: whether the people on call were told of somebody, as whoever holds the table of episodes can see."""
    notes = pl.concat([rows.select("participant", "alerts") for rows in pages(folder, "episodes")] or [_NO_NOTES])
    told = notes.filter(pl.col("alerts") > 0)["participant"].implode()
    note = pl.when(pl.col("participant").is_in(told)).then(pl.lit("yes")).otherwise(pl.lit("no"))
    return people.with_columns((note if notes["alerts"].count() else pl.lit("hidden")).alias("note"))


# What would undo what is hidden


def _calendar(found: Findings, tables: Mapping[str, Table]) -> None:
    """A change of the clocks falls on a known date: told of many people it gives away the date of everybody's day 0."""
    placed = [f"{t.name}.{column}" for t in tables.values() for column in t.names if column in _PLACED]
    found.check(
        f"{len(placed)} columns say where the clocks changed, which is a date {', '.join(placed)}".strip(), not placed
    )


def _clock(found: Findings, people: pl.DataFrame) -> None:
    undone = people.filter((pl.col("region") == "hidden") & (pl.col("clock_known") != "hidden")).height
    found.check(f"{undone} people have a hidden region that their clock tells of", undone == 0)


# Linking two exports


def _linking(found: Findings, folder: Path, other: Path, k: int) -> None:
    mine, theirs = _people(folder), _people(other)
    shared = set(mine["participant"]) & set(theirs["participant"])
    same_study = _name(folder) == _name(other)
    found.check(f"{len(shared)} study ids are the same as in {other.name}", same_study or not shared)
    pairs = _linked(_fingerprints(folder), _fingerprints(other))
    found.note(
        f"by their days and labels, {len(pairs)} of {mine.height} people can be matched with rows in {other.name}: "
        "the agreement has to forbid putting two exports together"
    )
    looks = {**_looks(mine), **_looks(theirs)}
    both: Counter[tuple[Any, ...]] = Counter()
    for one, two in pairs:
        together = (looks[one], looks[two])
        both[together] += 1
    # People of the same looks in one export who were not matched still hide those who were.
    smallest = min((_crowd(pair, both, looks, mine) for pair in both), default=k)
    found.check(
        f"matched people still share what both exports show of them with {smallest} people (at least {k})",
        smallest >= k,
    )


def _crowd(pair: tuple[Any, ...], both: Counter[tuple[Any, ...]], looks: Mapping[str, Any], mine: pl.DataFrame) -> int:
    matched_alike: int = sum(count for other, count in both.items() if other[0] == pair[0])
    alike: int = sum(looks[code] == pair[0] for code in mine["participant"])
    return both[pair] + (alike - matched_alike)


def _name(folder: Path) -> str:
    title = (folder / "README.md").read_text(encoding="utf-8").splitlines()[0]
    return title.partition(":")[0]


def _fingerprints(folder: Path) -> dict[str, set[int]]:
    """For each person, marks of their turns as they stand."""
    found: dict[str, set[int]] = {}
    for rows in pages(folder, "turns"):
        marks = rows.select("participant", pl.struct("day", "block", "entries", "client_length").hash(1).alias("mark"))
        for code, mark in marks.iter_rows():
            found.setdefault(code, set()).add(mark)
    return found


def _linked(mine: Mapping[str, set[int]], theirs: Mapping[str, set[int]]) -> list[tuple[str, str]]:
    """Pairs with the most in common, where one other stands out."""
    holders: dict[int, list[str]] = {}
    for code, marks in theirs.items():
        for mark in marks:
            holders.setdefault(mark, []).append(code)
    found = []
    for code, marks in sorted(mine.items()):
        common: dict[str, int] = {}
        for mark in marks:
            for other in holders.get(mark, ()):
                common[other] = common.get(other, 0) + 1
        ranked = sorted(common.items(), key=lambda item: (-item[1], item[0]))
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            found.append((code, ranked[0][0]))
    return found


# Patterns of days


def _days(found: Findings, folder: Path, people: pl.DataFrame) -> None:
    """Somebody knows dates on which a person wrote: whom do the distances between those days single out?"""
    active: dict[str, set[int]] = {code: set() for code in people["participant"]}
    for rows in pages(folder, "turns"):
        for code, day in rows.select("participant", "day").unique().iter_rows():
            if code in active:
                active[code].add(day)
    looks = _looks(people)
    for points in POINTS:
        share, tried = _singled_out(active, looks, points)
        if tried:
            found.note(
                f"knowing {points} day{'s' if points > 1 else ''} on which somebody wrote, and all of "
                f"{', '.join(_quasi(people))}, singles out {share:.0%} of {tried} people"
            )
            if points == 1:
                found.check("one known day singles nobody out", share == 0)


def _singled_out(active: Mapping[str, set[int]], looks: Mapping[str, Any], points: int) -> tuple[float, int]:
    random = Random(points)  # noqa: S311 - the same tries each time
    able = sorted(code for code, days in active.items() if len(days) >= points)
    tried = random.sample(able, min(TRIED, len(able)))
    alone = 0
    for code in tried:
        known = sorted(random.sample(sorted(active[code]), points))
        gaps = [day - known[0] for day in known]
        like = (other for other in able if looks[other] == looks[code])
        alone += sum(_fits(active[other], gaps) for other in like) == 1
    return (alone / len(tried) if tried else 0.0), len(tried)


def _fits(days: set[int], gaps: Sequence[int]) -> bool:
    return any(all(day + gap in days for gap in gaps) for day in days)


# Rare values and traces


def _rare_values(found: Findings, folder: Path, people: pl.DataFrame, k: int) -> None:
    everyone = set(people["participant"])
    fewest: tuple[int, str] = (len(everyone), "")
    for table, columns in NAMED.items():
        for column in columns:
            holders: dict[str, set[str]] = {}
            for rows in pages(folder, table):
                for code, cell in rows.select("participant", column).drop_nulls().iter_rows():
                    for word in cell.split() if code in everyone else ():
                        holders.setdefault(word, set()).add(code)
            for word, codes in holders.items():
                if word not in _CODES:
                    fewest = min(fewest, (len(codes), f"{table}.{column}"))
    found.check(
        f"no label, entry or reason is named that fewer than {k} people have (fewest: {fewest[0]})", fewest[0] >= k
    )


def _traces(found: Findings, folder: Path, tables: Mapping[str, Table]) -> None:
    seen = [name for name in tables for line in _lines(folder / f"{name}.csv") if _TRACE.search(line)]
    places = ", ".join(sorted(set(seen)))
    found.check(f"{len(seen)} rows hold a date, a clock time, an address or a long number {places}".strip(), not seen)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file
