"""Time as a study may see it: days since first contact and blocks of six hours, in the person's own zone (R-03)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.care.memory import SESSION_GAP

BLOCKS = ("night", "morning", "afternoon", "evening")  # from 0, 6, 12 and 18 o'clock
ENROLMENT_BLOCK = 28  # days


@lru_cache(maxsize=1024)
def zone_of(name: str) -> tzinfo:
    """UTC when the zone is not known."""
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


@dataclass(slots=True)
class Calendar:
    """One person's days within a study's period."""

    enrolled: datetime
    zone: str
    start: date | None = None
    end: date | None = None
    _zone: tzinfo = field(init=False)
    _first: date = field(init=False)

    def __post_init__(self) -> None:
        self._zone = zone_of(self.zone)
        self._first = self.enrolled.astimezone(self._zone).date()

    def place(self, at: datetime) -> tuple[int, str] | None:
        """(day, block of day), day 0 being that of first contact; None outside the study's period."""
        local = at.astimezone(self._zone)
        day = local.date()
        if (self.start is not None and day < self.start) or (self.end is not None and day > self.end):
            return None
        return (day - self._first).days, BLOCKS[local.hour // 6]

    def enrolment_block(self, origin: date) -> int:
        """Number of the block of 28 days, counted from `origin`, in which first contact was; may be negative."""
        return (self._first - origin).days // ENROLMENT_BLOCK


def sessions(times: Sequence[datetime]) -> list[int]:
    """For each of `times`, oldest first, the number of its session from 1 on."""
    found: list[int] = []
    for number, at in enumerate(times):
        fresh = number == 0 or at - times[number - 1] > SESSION_GAP
        found.append((found[-1] if found else 0) + fresh)
    return found
