"""The practice in numbers: how check-ins stand by practitioner, small cells hidden so that nobody is singled out."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.research.cells import hide
from bot.care.staff.ports import StaffBook
from bot.care.staff.records import Standing

COLUMNS = ("answering", "quiet", "paused", "none")
_QUIET_FROM = 2  # check-ins in a row without an answer


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows of practitioners and, last, of all; columns as COLUMNS and, last, the sum. None: hidden, 1 to 10."""

    names: list[str]
    rows: list[list[int | None]]


async def practice(book: StaffBook, since: datetime) -> Totals:
    names, counts = [], []
    for member in await book.people.all():
        standings = await book.links.standings(member.id, since)
        if standings:
            states = [state_of(standing) for standing in standings.values()]
            names.append(member.name)
            counts.append([states.count(column) for column in COLUMNS])
    return Totals([*names, "Everyone"], _with_all(hide(counts))) if counts else Totals([], [])


def _with_all(rows: list[list[int | None]]) -> list[list[int | None]]:
    return rows if len(rows) > 1 else [*rows, *rows]


def state_of(standing: Standing) -> str:
    """One of COLUMNS: how check-ins stand with a client."""
    if standing.paused:
        return "paused"
    if standing.sent is None and standing.next is None:
        return "none"
    return "quiet" if standing.unanswered >= _QUIET_FROM else "answering"
