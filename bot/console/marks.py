"""A client's marks as a picture drawn into the page: dots over days, gaps left as gaps, no line that would judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.staff.view import MARKS_FOR, Mark

WIDTH, HEIGHT = 480, 200  # small, so that its words stay readable on a phone
_LEFT, _RIGHT, _TOP, _BOTTOM = 92, 22, 16, 34
WORDS = {1: "very hard", 2: "hard", 3: "so-so", 4: "all right", 5: "good"}


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    value: int
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    at: float
    said: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Numbers for the template. `rows` are the same for who does not see it."""

    dots: list[Dot]
    levels: list[Line]
    weeks: list[Line]
    rows: list[tuple[str, str]]
    summary: str
    width: int = WIDTH
    height: int = HEIGHT


def picture(marks: Sequence[Mark], now: datetime, zone: ZoneInfo) -> Picture:
    """The last six weeks in the client's own days."""
    last = now.astimezone(zone).date()
    days = MARKS_FOR.days
    first = last - timedelta(days=days - 1)
    step = (WIDTH - _LEFT - _RIGHT) / (days - 1)

    def across(ago: int) -> float:
        return round(_LEFT + step * ago, 1)

    dots, rows = [], []
    for mark in sorted(marks, key=lambda mark: mark.at):
        local = mark.at.astimezone(zone)
        said = f"{local:%a} {local.day} {local:%b}: {WORDS[mark.value]}"
        dots.append(Dot(across((local.date() - first).days), _height(mark.value), mark.value, said))
        rows.append((f"{local:%a} {local.day} {local:%b}, {local:%H:%M}", WORDS[mark.value]))
    mondays = [first + timedelta(days=n) for n in range(days) if (first + timedelta(days=n)).weekday() == 0]
    weeks = [Line(across((monday - first).days), f"{monday.day} {monday:%b}") for monday in mondays]
    levels = [Line(_height(value), WORDS[value]) for value in sorted(WORDS)]
    count = "One mark" if len(rows) == 1 else f"{len(rows)} marks"
    return Picture(dots, levels, weeks, rows[::-1], f"{count} in the last six weeks, on a scale from very hard to good")


def _height(value: int) -> float:
    return round(_TOP + (5 - value) * (HEIGHT - _TOP - _BOTTOM) / 4, 1)
