"""One figure of a report: its drawing, its words, and the data under it."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from bot.care.research.cells import SMALLEST

Cell = str | int | float | None
# Middle tones: each stands out on white and on nearly black alike (3:1 and more); lines and marks tell them apart too.
COLOURS = ("#3b7dc4", "#c8691c", "#2e8f5b", "#9466c4", "#d0504f", "#7d7d32")
LINES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))
MARKS = ("o", "s", "^", "D", "v", "P")
_INK = "#010203"  # stands for the colour of the page's text
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "warmline", "font.family": "sans-serif", "font.size": 11,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "axes.axisbelow": True,
    "grid.linewidth": 0.5, "grid.alpha": 0.25, "text.color": _INK, "axes.labelcolor": _INK, "axes.edgecolor": _INK,
    "xtick.color": _INK, "ytick.color": _INK, "grid.color": _INK, "legend.frameon": False, "figure.dpi": 72,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """`rows` are what was drawn, a None for every number that is hidden."""

    name: str
    title: str
    caption: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    svg: str = ""  # "" when there is too little to draw


def draw(name: str, paint: Callable[[Axes], None], size: tuple[float, float] = (4.7, 3.2)) -> str:
    """An SVG without a background, its text as text in the colour of the page. The same each time."""
    with mpl.rc_context(_STYLE):
        canvas = Canvas(figsize=size, layout="constrained")
        paint(canvas.subplots())
        out = io.StringIO()
        canvas.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :].replace(_INK, "currentColor")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' width="[\d.]+pt"', "", re.sub(r' height="[\d.]+pt"', "", svg, count=1), count=1)
    svg = re.sub(r"font: ([^;\"]*?)px '[^;\"]*", r"font: \1px system-ui, sans-serif", svg)
    return _unique(svg, name)


def _unique(svg: str, name: str) -> str:
    """Ids of several drawings on one page may not meet."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-labelledby="{name}-title" ', 1)


def lines(axes: Axes, xs: Sequence[float], series: Mapping[str, Sequence[float | None]]) -> None:
    """A line for each series, broken where a number is hidden."""
    for number, (label, values) in enumerate(series.items()):
        known = [float("nan") if value is None else value for value in values]
        style = LINES[number % len(LINES)]
        axes.plot(
            xs, known, color=COLOURS[number % len(COLOURS)], linestyle=style, marker=MARKS[number % len(MARKS)],
            markersize=4, linewidth=1.6, label=label,
        )  # fmt: skip
    if len(series) > 1:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2, fontsize=10)


def tell(axes: Axes, cells: Sequence[int | None]) -> None:
    """The number over each bar, or that it is hidden."""
    for place, cell in enumerate(cells):
        text = "hidden" if cell is None else f"{cell:,}"
        axes.annotate(text, (place, cell or 0), ha="center", va="bottom", fontsize=10)


def whole_steps(axes: Axes, label: str) -> None:
    """An axis of weeks or months: whole numbers only."""
    axes.set_xlabel(label)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def column(rows: Sequence[Sequence[Cell]], place: int) -> list[Any]:
    return [row[place] for row in rows]


def enough(people: int | None) -> bool:
    """Whether so many people may be spoken of."""
    return people is not None and (people == 0 or people >= SMALLEST)
