"""The first page: alerts before all else, then who has not answered, who paused, and what waits."""

from starlette.responses import Response

from bot.care.staff import looking
from bot.care.staff.access import Act
from bot.care.staff.records import CodeKind, Link, Standing
from bot.care.staff.totals import state_of
from bot.console.pages import alerts
from bot.console.pages.clients import SINCE
from bot.console.seat import Page, Seat

_SHOWN = 12


async def show(seat: Seat) -> Response:
    book = seat.house.store.staff
    links = await book.links.of_member(seat.member.id) if seat.may(Act.INVITE_CLIENT) else []
    standings = await book.links.standings(seat.member.id, seat.now - SINCE) if links else {}
    rows = [(link, standings.get(link.client, Standing())) for link in links]
    quiet = sorted((row for row in rows if state_of(*row) == "quiet"), key=lambda row: -row[1].unanswered)
    paused = [row for row in rows if row[0].paused]
    codes = [code for code in await book.people.codes() if code.member == seat.member.id and code.ends > seat.now]
    await _looked(seat, [*quiet[:_SHOWN], *paused[:_SHOWN]])
    return seat.render(
        "today.html",
        quiet=quiet[:_SHOWN],
        quiet_more=max(len(quiet) - _SHOWN, 0),
        paused=paused[:_SHOWN],
        paused_more=max(len(paused) - _SHOWN, 0),
        clients=len(links),
        coming=_coming(rows),
        codes=[code for code in codes if code.kind is CodeKind.CLIENT],
        **await alerts.shown(seat),
    )


def _coming(rows: list[tuple[Link, Standing]]) -> list[tuple[Link, Standing]]:
    """The next check-ins to leave."""
    due = [row for row in rows if row[1].next is not None and not row[0].paused]
    return sorted(due, key=lambda row: (row[1].next is None, row[1].next))[:5]


async def _looked(seat: Seat, rows: list[tuple[Link, Standing]]) -> None:
    clients = [link.client for link, _ in rows]
    await looking.record(seat.house.store.staff.looks, seat.member, clients, looking.LIST, seat.now)


PAGES = (Page("/", Act.OWN_PAGES, show),)
