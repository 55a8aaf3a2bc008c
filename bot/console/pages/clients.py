"""The list of one's clients, and the codes by which new ones come."""

from datetime import timedelta

from starlette.responses import Response

from bot.care.staff import alerting, joining, looking
from bot.care.staff.access import Act
from bot.care.staff.records import CodeKind, Standing
from bot.console.seat import Page, Seat

SINCE = timedelta(days=14)  # how far back check-ins are looked at: more than it takes until they end by themselves
_PAGE = 50


async def show(seat: Seat) -> Response:
    book = seat.house.store.staff
    wanted = seat.request.query_params.get("q", "").strip()[:60]
    everyone = await book.links.of_member(seat.member.id)
    links = [link for link in everyone if wanted.casefold() in link.label.casefold()]
    page = _page(seat.request.query_params.get("page", ""))
    shown = links[page * _PAGE : (page + 1) * _PAGE]
    seen = [link.client for link in shown]
    standings = await book.links.standings(seat.member.id, seat.now - SINCE, seen)
    codes = [code for code in await book.people.codes() if code.member == seat.member.id and code.ends > seat.now]
    await looking.record(book.looks, seat.member, seen, looking.LIST, seat.now)
    return seat.render(
        "clients.html",
        rows=[(link, standings.get(link.client, Standing())) for link in shown],
        total=len(everyone),
        found=len(links),
        page=page,
        pages=-(-len(links) // _PAGE),
        q=wanted,
        codes=[code for code in codes if code.kind is CodeKind.CLIENT],
        alerted=await alerting.open_about(seat.house.room, seat.member, seen, seat.now),
    )


def _page(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 6 else 0


async def make_code(seat: Seat) -> Response:
    """Shown once, on the answer itself; only its hash is kept."""
    label = joining.clean_name(seat.one("label"))
    code = await joining.client_code(seat.house.store.staff, seat.member, label, seat.now)
    bot = seat.house.policy.bot
    address = f"https://t.me/{bot}?start={code.replace('-', '')}" if bot else ""
    return seat.render("code.html", label=label, code=code, address=address)


async def drop_code(seat: Seat) -> Response:
    wanted = seat.one("code", 64)
    mine = [code.hash for code in await seat.house.store.staff.people.codes() if code.member == seat.member.id]
    if wanted in mine:
        await seat.house.store.staff.people.drop_code(wanted)
    return seat.to("/clients", "code-dropped")


PAGES = (
    Page("/clients", Act.INVITE_CLIENT, show),
    Page("/clients/code", Act.INVITE_CLIENT, make_code, "POST"),
    Page("/clients/drop-code", Act.INVITE_CLIENT, drop_code, "POST"),
)
