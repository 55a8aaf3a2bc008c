"""Draws a month of marks: one dot a mark, days without one left open, nothing rated.

Position alone carries the meaning; colour only sets marks apart from paper, so the picture reads the same with any
colour vision, and on a phone at arm's length. Plain matplotlib figures without pyplot, which keeps no global state.
"""

import io
from dataclasses import dataclass
from datetime import timedelta

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.care.month import MonthPicture, shown

_INCHES, _DOTS = (5.4, 5.4), 200  # 1080 by 1080 pixels
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of one side. Words and marks stand out from the paper at 7:1 or nearly."""

    paper: str
    ink: str
    rule: str
    mark: str
    thread: str


LIGHT = Paint(paper="#fbf9f5", ink="#3c4149", rule="#e2ded6", mark="#1f5a86", thread="#a9c3d8")
DARK = Paint(paper="#16191d", ink="#d3d7dc", rule="#2b3037", mark="#8ec5ee", thread="#3d5a72")


def draw(picture: MonthPicture) -> bytes:
    """A PNG of 1080 by 1080 pixels. Of an empty month all days are open."""
    figure = figure_of(picture)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=figure.get_facecolor())
    return out.getvalue()


def figure_of(picture: MonthPicture) -> Figure:
    """The drawing before it becomes pixels."""
    paint = DARK if picture.dark else LIGHT
    figure = Figure(figsize=_INCHES, dpi=_DOTS, facecolor=paint.paper)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.235, 0.115, 0.725, 0.745), facecolor=paint.paper)
    _frame(axes, picture, paint)
    _thread(axes, picture, paint)
    days = [(day - picture.first).days for day, _ in picture.marks]
    values = [value for _, value in picture.marks]
    axes.scatter(days, values, s=95, color=paint.mark, zorder=3, linewidths=0)
    figure.text(0.045, 0.93, picture.title, color=paint.ink, fontsize=13.5, va="center")
    return figure


def _frame(axes: Axes, picture: MonthPicture, paint: Paint) -> None:
    """Five level lines with their words, and the date of every Monday."""
    length = (picture.last - picture.first).days
    axes.set_xlim(-0.8, length + 0.8)
    axes.set_ylim(0.5, _LEVELS + 0.5)
    axes.set_yticks(range(1, _LEVELS + 1), picture.levels)
    mondays = [n for n in range(length + 1) if (picture.first + timedelta(days=n)).weekday() == 0]
    axes.set_xticks(mondays, [shown(picture.first + timedelta(days=n)) for n in mondays])
    axes.tick_params(colors=paint.ink, labelsize=13, length=0, pad=7)
    axes.grid(axis="y", color=paint.rule, linewidth=1.2, zorder=0)
    axes.grid(axis="x", color=paint.rule, linewidth=0.7, zorder=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _thread(axes: Axes, picture: MonthPicture, paint: Paint) -> None:
    """A faint line joins marks of days that follow one another; over open days there is none."""
    for (day, value), (later, next_value) in zip(picture.marks, picture.marks[1:], strict=False):
        if (later - day).days <= 1:
            ends = [(day - picture.first).days, (later - picture.first).days]
            axes.plot(ends, [value, next_value], color=paint.thread, linewidth=2.2, zorder=2)
