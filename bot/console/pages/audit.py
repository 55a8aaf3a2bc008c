"""Who looked at what: one's own looks, or for a lead those of the whole practice. Clients see theirs in /me."""

from dataclasses import dataclass
from itertools import groupby

from starlette.responses import Response

from bot.care.staff.access import Act
from bot.care.staff.looking import LIST
from bot.care.staff.records import Look
from bot.console.seat import Page, Seat

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """Looks of one person within a minute, at one client (opening a page is several) or at a list of clients."""

    look: Look  # the newest of them
    what: list[str]
    clients: int


async def show(seat: Seat) -> Response:
    """A lead sees who looked and when, but the label of a client only if the client is their own."""
    everyone = seat.may(Act.PRACTICE)
    looks = await seat.house.store.staff.looks.of_practice("" if everyone else seat.member.id, _SHOWN)
    visits = [_visit(list(group)) for _, group in groupby(looks, key=_together)]
    return seat.render("audit.html", visits=visits, everyone=everyone)


def _together(look: Look) -> tuple[object, ...]:
    minute = look.at.replace(second=0, microsecond=0)
    return minute, look.member, LIST if look.what == LIST else look.link


def _visit(looks: list[Look]) -> Visit:
    return Visit(looks[0], list(dict.fromkeys(look.what for look in reversed(looks))), len({k.link for k in looks}))


PAGES = (Page("/audit", Act.OWN_PAGES, show),)
