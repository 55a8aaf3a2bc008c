"""Who looked at what: one's own looks, or for a lead those of the whole practice. Clients see theirs in /me."""

from starlette.responses import Response

from bot.care.staff.access import Act
from bot.console.seat import Page, Seat

_SHOWN = 200


async def show(seat: Seat) -> Response:
    """A lead sees who looked and when, but the label of a client only if the client is their own."""
    everyone = seat.may(Act.PRACTICE)
    looks = await seat.house.store.staff.looks.of_practice("" if everyone else seat.member.id, _SHOWN)
    return seat.render("audit.html", looks=looks, everyone=everyone)


PAGES = (Page("/audit", Act.OWN_PAGES, show),)
