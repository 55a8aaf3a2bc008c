"""What the report counts, over tables of any size: people behind each number, so that small ones can be hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bot.care.research.cells import SMALLEST

WEEK, MONTH = 7, 28  # days
REFLECTIONS = ("simple_reflection", "complex_reflection", "double_sided_reflection", "summary")
COMPLEX = ("complex_reflection", "double_sided_reflection", "summary")
QUESTIONS = ("open_question", "closed_question")
_CODES = ("none", "hidden", "rare", "unlisted")


@dataclass(frozen=True, slots=True)
class Source:
    """The tables of one export, without test accounts."""

    folder: Path

    def table(self, name: str) -> pl.LazyFrame:
        path = self.folder / f"{name}.parquet"
        rows = pl.scan_parquet(path / "*.parquet" if path.is_dir() else path)
        if name == "participants":
            return rows.filter(~pl.col("test_account"))
        return rows.join(self._tests(), on="participant", how="anti", maintain_order="left")

    def _tests(self) -> pl.LazyFrame:
        people = pl.scan_parquet(self.folder / "participants.parquet")
        return people.filter(pl.col("test_account")).select("participant")


def collect(rows: pl.LazyFrame) -> list[dict[str, Any]]:
    return rows.collect(engine="streaming").to_dicts()


def by_span(rows: pl.LazyFrame, days: int, *values: pl.Expr) -> list[dict[str, Any]]:
    """`values` for each span of so many days since first contact, with the people behind them."""
    span = (pl.col("day") // days).alias("span")
    grouped = rows.filter(pl.col("day") >= 0).group_by(span)
    return collect(grouped.agg(pl.col("participant").n_unique().alias("people"), *values).sort("span"))


def words(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """A row for each label of a column with several, missing codes left out."""
    exploded = rows.select("participant", "turn", "day", pl.col(column).str.split(" ").alias("word")).explode("word")
    return exploded.filter(~pl.col("word").is_in(_CODES))


def most_named(rows: pl.LazyFrame, column: str, count: int) -> list[str]:
    """The labels that most people have, of those that enough have to be shown."""
    people = pl.col("participant").n_unique().alias("people")
    found = words(rows, column).group_by("word").agg(people).filter(pl.col("people") >= SMALLEST)
    ordered = found.sort(["people", "word"], descending=[True, False]).head(count)
    return [row["word"] for row in collect(ordered)]


def shares(rows: pl.LazyFrame, column: str, named: Iterable[str], days: int) -> dict[str, dict[int, float | None]]:
    """For each label and span: the share of turns with it; None where 1 to 10 people are behind it."""
    spans = by_span(rows, days, pl.len().alias("turns"))
    totals = {row["span"]: row["turns"] for row in spans}
    thin = {row["span"] for row in spans if row["people"] < SMALLEST}
    span = (pl.col("day") // days).alias("span")
    grouped = words(rows, column).filter(pl.col("word").is_in(list(named)), pl.col("day") >= 0).group_by("word", span)
    counted = collect(
        grouped.agg(
            pl.struct("participant", "turn").n_unique().alias("turns"), pl.col("participant").n_unique().alias("people")
        )
    )
    found: dict[str, dict[int, float | None]] = {word: dict.fromkeys(totals, 0.0) for word in named}
    for row in counted:
        share = round(100 * row["turns"] / totals[row["span"]], 1)
        found[row["word"]][row["span"]] = share if row["people"] >= SMALLEST else None
    return {word: {span: None if span in thin else v for span, v in values.items()} for word, values in found.items()}


def parts(technique: Iterable[str]) -> pl.Expr:
    """How many parts of replies were of these techniques."""
    return pl.col("techniques").str.split(" ").list.eval(pl.element().is_in(list(technique))).list.sum().sum()
