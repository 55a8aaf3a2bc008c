"""The second pass: staged rows into Parquet and CSV, with what could tell people apart hidden or left unnamed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bot.care.research.anonymity import HIDDEN, Masked, mask
from bot.care.research.profile import COLUMNS, Profile, patterns, quasi
from bot.care.research.rows import NONE
from bot.research.codebook import Table
from bot.research.staging import NAMED, TYPES, Label, Staged

RARE = "rare"
_CRISIS_ENTRIES, _CRISIS_TECHNIQUE = "crisis.", "safety"
_ALERT_COLUMNS = ("minutes_to_sent", "minutes_to_seen", "minutes_to_closed", "escalations", "failures", "alerts")


@dataclass(frozen=True, slots=True)
class Protected:
    """What is hidden in this export, and what that came to."""

    k: int
    masked: Masked
    rare: Mapping[tuple[str, str], frozenset[str]]  # (table, column) -> values that are not named
    hidden: Mapping[str, int]  # quasi-identifier -> people for whom it is hidden

    @property
    def tiers_shown(self) -> bool:
        return not self.masked.open_fields or self.masked.open_fields[0]

    @property
    def alerts_shown(self) -> bool:
        return not self.masked.open_fields or self.masked.open_fields[1]


def protect(staged: Staged, k: int) -> Protected:
    """Decide what is hidden so that k and l hold. Nobody is left when there are fewer than `k` people."""
    origin = min((profile.enrolled for profile in staged.profiles), default=0)
    asked = any(profile.pronouns is not None for profile in staged.profiles)
    masked = mask([profile.identity(origin) for profile in staged.profiles], k, patterns(pronouns=asked))
    names = quasi(pronouns=asked)
    hidden = {name: sum(shown[n] == HIDDEN for shown in masked.shown.values()) for n, name in enumerate(names)}
    return Protected(k, masked, _rare(staged.people_with, k), hidden)


def _rare(people_with: Mapping[Label, int], k: int) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for (table, column, value), people in people_with.items():
        if people < k:
            found.setdefault((table, column), set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def participants(staged: Staged, protected: Protected, table: Table) -> pl.DataFrame:
    """By study id."""
    rows = [_participant(profile, protected) for profile in staged.profiles if profile.code in protected.masked.shown]
    types = {column.name: TYPES[column.type] for column in table.columns}
    return pl.DataFrame(rows, schema=types).sort("participant")


def _participant(profile: Profile, protected: Protected) -> dict[str, Any]:
    return {
        "participant": profile.code,
        **dict(zip(protected.hidden, protected.masked.shown[profile.code], strict=True)),
        "test_account": profile.test,
        **profile.facts,
        "highest_tier": profile.highest_tier if protected.tiers_shown else HIDDEN,
        **({} if protected.tiers_shown else {"episodes": None}),
    }


def write(table: Table, parts: Sequence[Path], protected: Protected, folder: Path, *, partition: bool) -> int:
    """`table`.csv, and `table`.parquet or a folder of parts of that name. Returns the number of rows."""
    made, count = folder / f"{table.name}.parts", 0
    made.mkdir()
    with (folder / f"{table.name}.csv").open("wb") as file:
        for number, part in enumerate(parts):
            some = guarded(pl.read_parquet(part), table.name, protected)
            some.write_csv(file, include_header=number == 0)
            some.write_parquet(made / f"part-{number:05}.parquet")
            count += some.height
    if partition:
        made.rename(folder / f"{table.name}.parquet")
    else:
        pl.scan_parquet(made / "*.parquet").sink_parquet(folder / f"{table.name}.parquet")
        for path in made.iterdir():
            path.unlink()
        made.rmdir()
    return count


def write_whole(name: str, whole: pl.DataFrame, folder: Path) -> int:
    """A table that is small enough to be held."""
    whole.write_csv(folder / f"{name}.csv")
    whole.write_parquet(folder / f"{name}.parquet")
    return whole.height


def guarded(rows: pl.DataFrame, table: str, protected: Protected) -> pl.DataFrame:
    """Staged rows as they may be seen."""
    if protected.masked.left_out:
        rows = rows.filter(~pl.col("participant").is_in(list(protected.masked.left_out)))
    if not protected.tiers_shown:
        rows = _without_tiers(rows, table)
    if not protected.alerts_shown and table == "episodes":
        kinds = {column: rows.schema[column] for column in (*_ALERT_COLUMNS, "closed_how")}
        rows = rows.with_columns(pl.lit(None, dtype=kind).alias(column) for column, kind in kinds.items())
    return rows.with_columns(
        _renamed(column, words) for (name, column), words in sorted(protected.rare.items()) if name == table
    )


def _without_tiers(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    if table == "episodes":
        return rows.clear()
    if table != "turns":
        return rows
    crisis = pl.element().str.starts_with(_CRISIS_ENTRIES) | (pl.element() == _CRISIS_TECHNIQUE)
    safe = pl.when(crisis).then(pl.lit(HIDDEN)).otherwise(pl.element())
    return rows.with_columns(
        pl.lit(HIDDEN).alias("tier"),
        pl.lit(HIDDEN).alias("kinds"),
        *(pl.col(name).str.split(" ").list.eval(safe).list.join(" ") for name in ("techniques", "entries")),
    )


def _renamed(column: str, rare: frozenset[str]) -> pl.Expr:
    named = pl.when(pl.element().is_in(sorted(rare))).then(pl.lit(RARE)).otherwise(pl.element())
    words = pl.col(column).str.split(" ").list.eval(named)
    if column not in ("techniques", "entries"):  # those two are parallel, part by part
        words = words.list.unique(maintain_order=True)
    return words.list.join(" ").alias(column)


__all__ = ["COLUMNS", "NAMED", "NONE", "Protected", "guarded", "participants", "protect", "write", "write_whole"]
