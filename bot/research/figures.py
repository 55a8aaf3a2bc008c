"""The figures of a report on use: who is in it, how they come back, check-ins, marks."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import polars as pl
from matplotlib.axes import Axes

from bot.care.research.bins import WAITS
from bot.care.research.stages import beside
from bot.research.counting import WEEK, Source, by_span, collect, sides_by_span
from bot.research.figure import COLOURS, Cell, Figure, column, draw, enough, lines, tell, whole_steps
from bot.research.papers import Export
from nlp.evaluate import wilson

_Z = 1.96


def all_of_use(export: Export, source: Source) -> list[Figure]:
    return [flow(export), use(source), answers(source), waits(source), marks(source)]


def flow(export: Export) -> Figure:
    """From everybody known to those in the tables."""
    steps = export.flow()
    rows: list[tuple[Cell, ...]] = [(text, number) for text, number in steps]
    (_, total), *left, (_, kept) = steps
    beside = "\n".join(f"{_n(number)} {text}" for text, number in left)

    def paint(axes: Axes) -> None:
        axes.axis("off")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        for text, y in ((f"{_n(total)} known to Warmline", 0.93), (f"{_n(kept)} in the tables", 0.07)):
            box = {"boxstyle": "round,pad=0.6", "facecolor": "none", "edgecolor": COLOURS[0]}
            axes.text(0.02, y, text, va="center", fontweight="bold", bbox=box)
        axes.annotate("", (0.08, 0.17), (0.08, 0.83), arrowprops={"arrowstyle": "->", "color": COLOURS[0]})
        axes.annotate("", (0.18, 0.5), (0.08, 0.5), arrowprops={"arrowstyle": "->", "color": COLOURS[1]})
        axes.text(0.2, 0.5, beside, va="center", linespacing=1.9)

    caption = "People known to Warmline, why some are not in the tables, and how many are."
    return Figure("flow", "Flow of participants", caption, ("step", "people"), rows, draw("flow", paint))


def _n(number: int | None) -> str:
    return "hidden" if number is None else f"{number:,}"


def use(source: Source) -> Figure:
    """People who wrote in each week since first contact."""
    turns = source.table("turns").filter(pl.col("day") >= 0).with_columns((pl.col("day") // WEEK).alias("span"))
    numbers = pl.col("session").max() - pl.col("session").min() + 1  # they follow one another
    a_person = turns.group_by("span", "participant").agg(numbers.alias("sessions"), pl.len().alias("turns"))
    sums = (pl.len().alias("people"), pl.col("sessions").sum(), pl.col("turns").sum())
    found = collect(a_person.group_by("span").agg(*sums).sort("span"))
    rows: list[tuple[Cell, ...]] = []
    for row in found:
        fine = enough(row["people"])
        each = [round(row[name] / row["people"], 1) for name in ("sessions", "turns")]
        rows.append((row["span"], row["people"] if fine else None, *(each if fine else (None, None))))
    head = ("week since first contact", "people who wrote", "sessions a person", "turns a person")

    def paint(axes: Axes) -> None:
        known = [row for row in rows if row[1] is not None]
        axes.bar(column(known, 0), column(known, 1), color=COLOURS[0], width=0.8)
        whole_steps(axes, head[0])
        axes.set_ylabel(head[1])

    caption = (
        "People with at least one turn in each week since their own first contact. People who came late in the period "
        "could not yet reach the later weeks, so this is not a curve of staying. Weeks with 1 to 10 people are "
        "left out."
    )
    return Figure("use", "Use over the weeks", caption, head, rows, _drawn("use", paint, rows))


def answers(source: Source) -> Figure:
    """Share of check-ins answered, with Wilson's interval."""
    left = source.table("check_ins").filter(pl.col("state").is_in(["sent", "answered", "unknown"]))
    is_answered = pl.col("state") == "answered"
    found = by_span(left, WEEK, pl.len().alias("sent"), is_answered.sum().alias("answered"))
    sides = {row["span"]: row for row in collect(sides_by_span(left, is_answered, WEEK))}
    few = {span for span, row in sides.items() if not (enough(row["inside"]) and enough(row["outside"]))}
    thin = _thin(found, "answered")
    rows: list[tuple[Cell, ...]] = []
    for row in found:
        counts = (row["people"], row["sent"]) if row["span"] not in thin else (None, None)
        found_share = wilson(row["answered"], row["sent"])
        share = [round(100 * value, 1) for value in (found_share.rate, found_share.low, found_share.high)]
        rows.append((row["span"], *counts, *(share if row["span"] not in thin | few else (None,) * 3)))
    head = ("week since first contact", "people", "check-ins sent", "answered, %", "lower, %", "upper, %")

    def paint(axes: Axes) -> None:
        lines(axes, column(rows, 0), {"answered": column(rows, 3)})
        _band(axes, rows, 3)
        axes.set_ylim(0, 100)
        whole_steps(axes, head[0])
        axes.set_ylabel("check-ins answered, %")

    caption = (
        "Share of the check-ins that left which were answered, with 95 % intervals (Wilson). Check-ins of one person "
        "are not independent, so the intervals are too narrow. Unanswered check-ins thin out and end by design. A "
        "share with 1 to 10 people on one side of it is hidden."
    )
    return Figure("answers", "Response to check-ins", caption, head, rows, _drawn("answers", paint, rows))


def waits(source: Source) -> Figure:
    """How long answers took."""
    answered = source.table("check_ins").filter(pl.col("hours_to_answer").is_not_null())
    counted = answered.group_by("hours_to_answer").agg(pl.len(), pl.col("participant").n_unique().alias("people"))
    known = {row["hours_to_answer"]: row for row in collect(counted)}
    found = [{"span": name, "len": 0, "people": 0, **known.get(name, {})} for name in WAITS]
    thin = _thin(found, "len")
    rows: list[tuple[Cell, ...]] = [
        (row["span"], *((None, None) if row["span"] in thin else (row["people"], row["len"]))) for row in found
    ]

    def paint(axes: Axes) -> None:
        names = [str(row[0]).removesuffix(" h") for row in rows]
        axes.bar(names, [float(row[2] or 0) for row in rows], color=COLOURS[1])
        tell(axes, column(rows, 2))
        axes.set_ylabel("answers")
        axes.set_xlabel("hours from check-in to answer")

    caption = (
        "Time from when a check-in was due to its answer. A bin with 1 to 10 people behind it is hidden, and others "
        "with it where totals would give it away."
    )
    return Figure(
        "waits", "Time to an answer", caption, ("time", "people", "answers"), rows, _drawn("waits", paint, rows)
    )


def marks(source: Source) -> Figure:
    """Mean mark by week."""
    value = pl.col("value").cast(pl.Float64)
    found = by_span(
        source.table("marks"), WEEK, value.mean().alias("mean"), value.std().alias("sd"), pl.len().alias("n")
    )
    rows: list[tuple[Cell, ...]] = []
    for row in found:
        if enough(row["people"]) and row["sd"] is not None:
            half = _Z * row["sd"] / sqrt(row["n"])
            values = (round(v, 2) for v in (row["mean"], row["mean"] - half, row["mean"] + half))
            rows.append((row["span"], row["people"], row["n"], *values))
        else:
            rows.append((row["span"], None, None, None, None, None))
    head = ("week since first contact", "people", "marks", "mean", "lower", "upper")

    def paint(axes: Axes) -> None:
        lines(axes, column(rows, 0), {"mean mark": column(rows, 3)})
        _band(axes, rows, 3)
        axes.set_ylim(1, 5)
        whole_steps(axes, head[0])
        axes.set_ylabel("mark, 1 very low to 5 very good")

    caption = (
        "Mean of the mood marks given in each week, with 95 % intervals. Who gives marks changes from week to week, so "
        "a rise can come from who stayed."
    )
    return Figure("marks", "Mood marks", caption, head, rows, _drawn("marks", paint, rows))


def _thin(found: Sequence[Mapping[str, Any]], size: str) -> set[Any]:
    """Spans to hide: those of few people, and others with them, as the same answers are added up in two figures."""
    few = [place for place, row in enumerate(found) if not enough(row["people"])]
    return {found[place]["span"] for place in beside([row[size] for row in found], few)}


def _band(axes: Axes, rows: list[tuple[Cell, ...]], place: int) -> None:
    """The interval in the two columns after the one that is drawn."""
    known = [row for row in rows if row[place] is not None]
    ends = column(known, place + 1), column(known, place + 2)
    axes.fill_between(column(known, 0), *ends, color=COLOURS[0], alpha=0.2, linewidth=0)


def _drawn(name: str, paint: Any, rows: list[tuple[Cell, ...]]) -> str:
    """Nothing is drawn when every number is hidden or there is none."""
    return draw(name, paint) if any(row[1] is not None and row[1] != 0 for row in rows) else ""
