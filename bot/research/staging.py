"""The first pass: label rows of one person after the other, from the store into files, in memory that stays bounded.

What is staged has study ids and no dates already. It is deleted once the tables are made of it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from bot.care.research.ports import Research
from bot.care.research.profile import COLUMNS, Profile, tell
from bot.care.research.records import Study
from bot.care.research.rows import NONE, Known, Row
from bot.care.research.standing import Standing, gives_text, new_codes, standing
from bot.research.codebook import Table

PEOPLE_AT_ONCE = 200
ROWS_IN_A_PART = 100_000
TYPES: Mapping[str, Any] = {"string": pl.String, "integer": pl.Int32, "boolean": pl.Boolean}
# Columns whose values are named only when enough people have them.
NAMED = {
    "turns": ("kinds", "feelings", "situations", "acts", "self_talk", "techniques", "entries", "reading_version"),
    "check_ins": ("kind", "state", "why"),
    "practices": ("practice", "ended", "after"),
    "marks": ("source",),
    "episodes": ("kinds", "closed_how"),
}

Label = tuple[str, str, str]  # table, column, value


@dataclass(slots=True)
class Staged:
    """What the first pass found."""

    folder: Path
    parts: dict[str, list[Path]] = field(default_factory=dict)
    profiles: list[Profile] = field(default_factory=list)  # by study id
    people_with: Counter[Label] = field(default_factory=Counter)
    standing: Counter[str] = field(default_factory=Counter)  # everybody the store knows, by Standing
    text_givers: frozenset[str] = frozenset()  # study ids of those who agreed to text as well
    silent: int = 0  # in the study, without a row in its period


def frame(table: Table, rows: list[Row]) -> pl.DataFrame:
    """Rows in the order of the table's columns."""
    types = {column.name: TYPES[column.type] for column in table.columns}
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    return pl.DataFrame(
        [pl.Series(name, values, dtype=kind) for (name, kind), values in zip(types.items(), columns, strict=True)]
    )


async def stage(
    research: Research, study: Study, known: Known, tables: Mapping[str, Table], regions: Mapping[str, str],
    folder: Path, done: Callable[[int, int], None],
) -> Staged:  # fmt: skip
    """Read everybody who is in the study, by study id; `done` hears how many of how many."""
    staged = Staged(folder, {name: [] for name in COLUMNS})
    order = await members(research, study, staged)
    buffers: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for begin in range(0, len(order), PEOPLE_AT_ONCE):
        for life in await research.lives(study.name, order[begin : begin + PEOPLE_AT_ONCE]):
            if standing(life.person) is not Standing.IN:  # taken back since the list was made
                continue
            told = tell(life, study, known, regions)
            if told is None:
                staged.silent += 1
                continue
            staged.profiles.append(told[0])
            _count(staged.people_with, told[1], 0 if told[0].test else 1)
            for name, rows in told[1].items():
                buffers[name] += rows
                if len(buffers[name]) >= ROWS_IN_A_PART:
                    _flush(staged, tables[name], buffers[name])
        done(min(begin + PEOPLE_AT_ONCE, len(order)), len(order))
    for name, rows in buffers.items():
        _flush(staged, tables[name], rows)
    return staged


async def members(research: Research, study: Study, staged: Staged) -> list[str]:
    """Handles of those in the study, in the order of their study ids, which are given here to who has none."""
    codes: dict[str, str] = {}
    fresh: list[str] = []
    givers: list[str] = []
    after = ""
    while page := await research.people(study.name, after, PEOPLE_AT_ONCE):
        after = page[-1].handle
        for person in page:
            place = standing(person)
            staged.standing[place.value] += 1
            if gives_text(person):
                givers.append(person.handle)
            if place is Standing.IN and person.code is not None:
                codes[person.handle] = person.code
            elif place is Standing.IN:
                fresh.append(person.handle)
    given = new_codes(fresh, set(codes.values()))
    for begin in range(0, len(fresh), PEOPLE_AT_ONCE):
        some = fresh[begin : begin + PEOPLE_AT_ONCE]
        await research.give_codes(study.name, {handle: given[handle] for handle in some})
    codes |= given
    staged.text_givers = frozenset(codes[handle] for handle in givers)
    return sorted(codes, key=lambda handle: codes[handle])


def _flush(staged: Staged, table: Table, rows: list[Row]) -> None:
    if rows or not staged.parts[table.name]:
        path = staged.folder / f"{table.name}-{len(staged.parts[table.name]):05}.parquet"
        frame(table, rows).write_parquet(path)
        staged.parts[table.name].append(path)
        rows.clear()


def _count(people_with: Counter[Label], found: Mapping[str, list[Row]], one: int) -> None:
    """Test accounts have values (`one` 0) and are no people."""
    for table, columns in NAMED.items():
        for column in columns:
            place = COLUMNS[table].index(column)
            values = {value for value in {row[place] for row in found[table]} if value not in (None, NONE)}
            for word in {word for value in values for word in value.split()}:
                people_with[table, column, word] += one
