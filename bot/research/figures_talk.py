"""The figures of a report on talk: feelings, techniques, reflections to questions, crises, use of the library."""

from collections import Counter

import polars as pl
from matplotlib.axes import Axes

from bot.care.research.cells import SMALLEST, hide_row
from bot.care.research.stages import people, tellable
from bot.research.counting import (
    COMPLEX,
    MONTH,
    QUESTIONS,
    REFLECTIONS,
    Source,
    by_span,
    collect,
    most_named,
    parts,
    shares,
    words,
)  # fmt: skip
from bot.research.figure import COLOURS, LINES, Cell, Figure, column, draw, enough, lines, tell, whole_steps
from bot.research.papers import Export

_SPAN = "4 weeks since first contact"
_MITI_GOOD, _MITI_FAIR = 2.0, 1.0


def all_of_talk(export: Export, source: Source) -> list[Figure]:
    return [
        over_time(source, "feelings", "Feelings over time", "turns that named it, %"),
        over_time(source, "techniques", "Techniques over time", "replies with it, %"),
        reflections(source),
        tiers(export, source),
        hand_over(source),
        coverage(export, source),
    ]


def over_time(source: Source, column: str, title: str, unit: str) -> Figure:
    """The labels most people have, as shares of turns."""
    turns = source.table("turns")
    named = most_named(turns, column, 6)
    found = shares(turns, column, named, MONTH)
    spans = sorted({span for values in found.values() for span in values})
    rows: list[tuple[Cell, ...]] = [(span, *(found[word][span] for word in named)) for span in spans]

    def paint(axes: Axes) -> None:
        lines(axes, spans, {word.replace("_", " "): [found[word][span] for span in spans] for word in named})
        axes.set_ylim(bottom=0)
        whole_steps(axes, _SPAN)
        axes.set_ylabel(unit)

    caption = (
        f"The six {column} that most people have, as a share of all turns in each four weeks since the person's first "
        "contact. A turn may have several. A point with 1 to 10 people behind it is left out."
    )
    svg = draw(column, paint, (4.7, 4.2)) if named and spans else ""
    return Figure(column, title, caption, (_SPAN, *named), rows, svg)


def reflections(source: Source) -> Figure:
    """Reflections to questions and the share of complex ones, against MITI."""
    kinds = {"reflections": REFLECTIONS, "complex": COMPLEX, "questions": QUESTIONS}
    found = by_span(source.table("turns"), MONTH, *(parts(named).alias(name) for name, named in kinds.items()))
    rows: list[tuple[Cell, ...]] = []
    for row in found:
        fine = enough(row["people"]) and row["questions"] and row["reflections"]
        ratio = round(row["reflections"] / row["questions"], 2) if fine else None
        share = round(100 * row["complex"] / row["reflections"], 1) if fine else None
        rows.append((row["span"], row["people"] if enough(row["people"]) else None, ratio, share))
    head = (_SPAN, "people", "reflections to a question", "complex reflections, %")

    def paint(axes: Axes) -> None:
        lines(axes, column(rows, 0), {"Warmline": column(rows, 2)})
        for at, text, style in ((_MITI_GOOD, "MITI good", LINES[1]), (_MITI_FAIR, "MITI fair", LINES[3])):
            axes.axhline(at, color=COLOURS[1], linestyle=style, linewidth=1.2)
            axes.annotate(
                text, (1, at), (0, 2), xycoords=("axes fraction", "data"), textcoords="offset points",
                ha="right", va="bottom", fontsize=10,
            )  # fmt: skip
        axes.set_ylim(bottom=0)
        whole_steps(axes, _SPAN)
        axes.set_ylabel("reflections to a question")

    caption = (
        "Reflections (with summaries) for each question, by Warmline's own tags, beside the MITI 4 thresholds for "
        "counsellors: 2:1 good, 1:1 fair; for complex reflections 50 % good, 40 % fair. MITI is rated by people "
        "from recordings; tags of a program are not that."
    )
    svg = draw("reflections", paint) if any(row[2] is not None for row in rows) else ""
    return Figure("reflections", "Reflections and questions", caption, head, rows, svg)


def tiers(export: Export, source: Source) -> Figure:
    """People by the highest tier they reached."""
    order = ("T0", "T1", "T2", "T3")
    counted = {
        row["highest_tier"]: row["len"] for row in collect(source.table("participants").group_by("highest_tier").len())
    }
    if not export.protected.tiers_shown:
        order, counted = (), {}  # type: ignore[assignment]
    cells, total = hide_row([counted.get(tier, 0) for tier in order])
    rows: list[tuple[Cell, ...]] = [*zip(order, cells, strict=True), *([("all", total)] if order else [])]

    def paint(axes: Axes) -> None:
        axes.bar(list(order), [cell or 0 for cell in cells], color=COLOURS[4])
        tell(axes, cells)
        axes.set_xlabel("highest tier reached")
        axes.set_ylabel("people")

    caption = (
        "People by the highest tier of any of their messages: T0 no sign, T1 concern, T2 ideation, self-harm or "
        "danger, "
        "T3 imminent. Detections of a program, not diagnoses. Numbers from 1 to 10 are hidden, and others with them."
    )
    svg = draw("tiers", paint) if any(cell for cell in cells) else ""
    return Figure("tiers", "Crisis detections", caption, ("highest tier", "people"), rows, svg)


_STEPS = (("minutes_to_sent", "sent"), ("minutes_to_seen", "seen by a human"), ("minutes_to_closed", "closed"))


def hand_over(source: Source) -> Figure:
    """Minutes from an alert to each of its states, by tier. Numbers that would tell a small one by subtraction go."""
    everyone = source.table("episodes")
    rows: list[tuple[Cell, ...]] = []
    drawn: dict[str, list[tuple[float, float]]] = {}
    for tier in ("T2", "T3"):
        mine = everyone.filter(pl.col("tier") == tier)
        reached = [_items(mine.filter(pl.col(minutes).is_not_null())) for minutes, _ in _STEPS]
        for (minutes, text), items, told in zip(_STEPS, reached, tellable(_items(mine), reached), strict=True):
            (row,) = collect(_quantiles(mine, minutes))
            fine = len(people(items)) >= SMALLEST
            counts = (len(people(items)), len(items)) if fine and told else (None, None)
            rows.append((tier, text, *counts, *((row["q1"], row["q2"], row["q3"]) if fine else (None,) * 3)))
            if fine and minutes == "minutes_to_seen":
                drawn[tier] = _curve(mine)
    head = ("tier", "state", "people", "episodes", "first quarter, min", "half, min", "three quarters, min")

    def paint(axes: Axes) -> None:
        for number, (tier, points) in enumerate(drawn.items()):
            axes.step(
                [x for x, _ in points], [y for _, y in points], where="post", label=tier, color=COLOURS[number],
                linestyle=LINES[number],
            )  # fmt: skip
        axes.set_xscale("symlog", linthresh=10)
        axes.set_xticks([1, 5, 10, 60, 600], ["1", "5", "10", "60", "600"])
        axes.set_ylim(0, 100)
        axes.set_xlabel("minutes since the alert")
        axes.set_ylabel("% of the episodes that were seen")
        axes.legend()

    caption = (
        "Episodes whose note to the people on call was confirmed by a human, by the minutes it took; those never seen "
        "are not in the curve. The next contact is told after 10 minutes (T3) or 60 (T2). The curve is of tenths, so "
        "that no single episode shows. Counts are hidden that are from 1 to 10 or would tell such a number, one taken "
        "from another."
    )
    svg = draw("handover", paint) if drawn else ""
    return Figure("handover", "Hand-over to a human", caption, head, rows, svg)


def _items(rows: pl.LazyFrame) -> frozenset[tuple[str, int]]:
    return frozenset((row["participant"], row["episode"]) for row in collect(rows.select("participant", "episode")))


def _quantiles(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    value = pl.col(column)
    return rows.select(value.quantile(q / 4, "nearest").cast(pl.Int64).alias(f"q{q}") for q in (1, 2, 3))


def _curve(rows: pl.LazyFrame) -> list[tuple[float, float]]:
    """Deciles among the episodes that were seen: a curve that ends below 100 would tell how many were not."""
    value = pl.col("minutes_to_seen")
    (row,) = collect(rows.select(value.quantile(q / 10, "nearest").alias(f"d{q}") for q in range(1, 10)))
    points = [(float(row[f"d{q}"]), 10.0 * q) for q in range(1, 10)]
    return [(0.0, 0.0), *points, (points[-1][0] * 2, points[-1][1])]


def coverage(export: Export, source: Source) -> Figure:
    """How much of the library was used."""
    there = Counter(export.program.library.values())
    used = Counter(
        export.program.library.get(row["word"], "")
        for row in collect(words(source.table("turns"), "entries").select("word").unique())
    )
    techniques = sorted(there, key=lambda name: (-there[name], name))
    rows: list[tuple[Cell, ...]] = [(name, there[name], used[name]) for name in techniques]

    def paint(axes: Axes) -> None:
        names = [name.replace("_", " ") for name in reversed(techniques)]
        axes.barh(
            names, [there[name] for name in reversed(techniques)], color=COLOURS[0], alpha=0.35, label="in the library"
        )
        axes.barh(names, [used[name] for name in reversed(techniques)], color=COLOURS[0], label="used", height=0.5)
        for place, name in enumerate(reversed(techniques)):
            axes.annotate(f" {used[name]} of {there[name]:,}", (there[name], place), va="center", fontsize=9)
        axes.margins(x=0.3)
        axes.set_xlabel("entries")
        axes.legend(loc="lower right")

    caption = (
        f"Entries of the library by technique, and those of them that at least {export.protected.k} people here were "
        "answered with. An entry counts once, under its own technique; a question it carries is in figures 7 and 8."
    )
    svg = draw("coverage", paint, (4.7, 4.2)) if techniques else ""
    return Figure("coverage", "Use of the library", caption, ("technique", "entries", "used"), rows, svg)
