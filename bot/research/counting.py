"""What the report counts, over tables of any size: people behind each number, so that small ones can be hidden.

People are counted in two steps, by person and then over them: that streams, where a count of distinct values would hold
every row.
"""

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
        return rows.filter(~pl.col("participant").is_in(self._tests()))

    def _tests(self) -> list[str]:
        people = pl.scan_parquet(self.folder / "participants.parquet").filter(pl.col("test_account"))
        return [row["participant"] for row in collect(people.select("participant"))]


def collect(rows: pl.LazyFrame) -> list[dict[str, Any]]:
    return rows.collect(engine="streaming").to_dicts()


def by_span(rows: pl.LazyFrame, days: int, *values: pl.Expr) -> list[dict[str, Any]]:
    """`values` for each span of so many days since first contact, with the people behind them."""
    spans = rows.filter(pl.col("day") >= 0).with_columns((pl.col("day") // days).alias("span"))
    people = {row["span"]: row["people"] for row in collect(people_by(spans, "span"))}
    found = collect(spans.group_by("span").agg(pl.len().alias("rows"), *values).sort("span"))
    return [{"people": people[row["span"]], **row} for row in found]


def people_by(rows: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """`people` and `rows` for each value of the columns `by`."""
    each = rows.group_by(*by, "participant").agg(pl.len().alias("rows"))
    return each.group_by(*by).agg(pl.len().alias("people"), pl.col("rows").sum())


def sides_by_span(rows: pl.LazyFrame, inside: pl.Expr, days: int) -> pl.LazyFrame:
    """For each span the people with a row for which `inside` is true, and those with one for which it is not."""
    spans = rows.filter(pl.col("day") >= 0).with_columns((pl.col("day") // days).alias("span"))
    each = spans.group_by("span", "participant").agg(inside.any().alias("inside"), (~inside).any().alias("outside"))
    return each.group_by("span").agg(pl.col("inside").sum(), pl.col("outside").sum())


def words(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """A row for each label of a column with several, once a turn, missing codes left out."""
    told = pl.col(column).str.split(" ").list.unique().alias("word")
    exploded = rows.select("participant", "day", told).explode("word")
    return exploded.filter(~pl.col("word").is_in(_CODES))


def most_named(rows: pl.LazyFrame, column: str, count: int) -> list[str]:
    """The labels that most people have, of those that enough have to be shown."""
    found = people_by(words(rows, column), "word").filter(pl.col("people") >= SMALLEST)
    ordered = found.sort(["people", "word"], descending=[True, False]).head(count)
    return [row["word"] for row in collect(ordered)]


def shares(rows: pl.LazyFrame, column: str, named: Iterable[str], days: int) -> dict[str, dict[int, float | None]]:
    """For each label and span: the share of turns with it; None where 1 to 10 people are behind it."""
    spans = by_span(rows, days, pl.len().alias("turns"))
    totals = {row["span"]: row["turns"] for row in spans}
    thin = {row["span"] for row in spans if row["people"] < SMALLEST}
    span = (pl.col("day") // days).alias("span")
    told = words(rows, column).filter(pl.col("word").is_in(list(named)), pl.col("day") >= 0).with_columns(span)
    counted = collect(people_by(told, "word", "span"))
    found: dict[str, dict[int, float | None]] = {word: dict.fromkeys(totals, 0.0) for word in named}
    for row in counted:
        share = round(100 * row["rows"] / totals[row["span"]], 1)
        found[row["word"]][row["span"]] = share if row["people"] >= SMALLEST else None
    return {word: {span: None if span in thin else v for span, v in values.items()} for word, values in found.items()}


def parts(technique: Iterable[str]) -> pl.Expr:
    """How many parts of replies were of these techniques."""
    return pl.col("techniques").str.split(" ").list.eval(pl.element().is_in(list(technique))).list.sum().sum()
