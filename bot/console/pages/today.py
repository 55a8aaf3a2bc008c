"""The first page: alerts before all else, then who has not answered, who paused, and what waits."""

from dataclasses import dataclass

from starlette.responses import Response

from bot.care.staff import looking
from bot.care.staff.access import Act
from bot.care.staff.records import Code, CodeKind, Link, Standing
from bot.care.staff.totals import state_of
from bot.console.pages import alerts
from bot.console.pages.clients import SINCE
from bot.console.seat import Page, Seat

_SHOWN, _COMING = 12, 5


@dataclass(frozen=True, slots=True)
class Shown:
    """The beginning of a list of clients, and how many more there are."""

    rows: list[tuple[Link, Standing]]
    more: int = 0


async def show(seat: Seat) -> Response:
    mine = seat.may(Act.INVITE_CLIENT)
    book = seat.house.store.staff
    standings = await book.links.standings(seat.member.id, seat.now - SINCE) if mine else {}
    return seat.render(
        "today.html",
        clients=len(standings),
        lists=await _lists(seat, standings),
        codes=await _codes(seat) if mine else [],
        **await alerts.shown(seat),
    )


async def _lists(seat: Seat, standings: dict[str, Standing]) -> dict[str, Shown]:
    """Only the links that are shown are opened; each is a look on the record."""
    all_ = list(standings.items())
    quiet = sorted((one for one in all_ if state_of(one[1]) == "quiet"), key=lambda one: -one[1].unanswered)
    paused = [one for one in all_ if one[1].paused]
    asked = sorted((one for one in all_ if one[1].asked is not None), key=lambda one: (one[1].asked, one[0]))
    due = sorted((s.next, client, s) for client, s in all_ if s.next is not None and not s.paused)
    coming = [(client, standing) for _, client, standing in due[:_COMING]]
    wanted = [client for client, _ in (*quiet[:_SHOWN], *paused[:_SHOWN], *asked[:_SHOWN], *coming)]
    found = await seat.house.store.staff.links.some_of_member(seat.member.id, wanted) if wanted else []
    links = {link.client: link for link in found}
    await looking.record(seat.house.store.staff.looks, seat.member, list(links), looking.LIST, seat.now)

    def shown(ones: list[tuple[str, Standing]]) -> Shown:
        rows = [(links[client], standing) for client, standing in ones[:_SHOWN] if client in links]
        return Shown(rows, max(len(ones) - _SHOWN, 0))

    return {"quiet": shown(quiet), "paused": shown(paused), "coming": shown(coming), "asked": shown(asked)}


async def _codes(seat: Seat) -> list[Code]:
    codes = await seat.house.store.staff.people.codes()
    return [c for c in codes if c.kind is CodeKind.CLIENT and c.member == seat.member.id and c.ends > seat.now]


PAGES = (Page("/", Act.OWN_PAGES, show),)
