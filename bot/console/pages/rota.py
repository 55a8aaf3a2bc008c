"""Who is on call: order, hours, who is away, holidays. For leads and operators."""

from dataclasses import replace
from datetime import date, datetime

from starlette.responses import Response

from bot.care.staff import duty
from bot.care.staff.access import Act
from bot.care.staff.duty import PracticeRota, Row
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Member
from bot.console.seat import Page, Seat
from bot.console.shown import zones

_MOST_HOLIDAYS = 60


async def show(seat: Seat, given: PracticeRota | None = None, sentence: str = "", holidays: str = "") -> Response:
    """`given` and `holidays` as they were typed, beside the sentence that says what is wrong with them."""
    book, room = seat.house.store.staff, seat.house.room
    kept = given or await duty.kept(book) or PracticeRota(seat.member.zone)
    members = [member for member in await book.people.all() if member.active]
    places = {row.member: number for number, row in enumerate(kept.rows, 1)}
    rows = {row.member: row for row in kept.rows}
    now = await room.rota.at(seat.now)
    return seat.render(
        "rota.html",
        status=400 if sentence else 200,
        rota=kept,
        holidays=holidays or ", ".join(map(str, kept.holidays)),
        members=sorted(members, key=lambda member: (places.get(member.id, 999), member.name.casefold())),
        places=places,
        rows={member.id: rows.get(member.id, Row(member.id)) for member in members},
        on=[contact.name or contact.code for contact in now.contacts],
        operator=now.operator.name or now.operator.code if now.operator else "",
        zones=zones(),
        sentence=sentence,
    )


async def save(seat: Seat) -> Response:
    members = [member for member in await seat.house.store.staff.people.all() if member.active]
    typed = _typed(seat, members, await duty.kept(seat.house.store.staff))
    holidays = seat.one("holidays", 1000)
    try:
        await duty.keep(seat.house.store.staff, replace(typed, holidays=_holidays(holidays)))
    except StaffError as refused:
        return await show(seat, typed, str(refused), holidays)
    seat.house.room.rota.changed()
    return seat.to("/rota", "rota")


def _typed(seat: Seat, members: list[Member], before: PracticeRota | None) -> PracticeRota:
    """Without the holidays. Hours are checked when it is kept."""
    zone = seat.one("zone", 64)
    if zone not in zones():
        raise StaffError("That is not the name of a time zone, such as Europe/Berlin.")
    stepped = {row.member for row in before.rows if not row.back} if before is not None else set()
    placed = []
    for member in members:
        if seat.one(f"on-{member.id}"):
            row = Row(member.id, _hours(seat, member.id), member.id not in stepped, _away(seat, member))
            placed.append((_place(seat.one(f"place-{member.id}", 6)), member.name, row))
    rows = tuple(row for _, _, row in sorted(placed, key=lambda one: one[:2]))
    return PracticeRota(zone, rows)


def _place(given: str) -> int:
    return int(given) if given.isdecimal() else 999


def _hours(seat: Seat, member: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in seat.one(f"hours-{member}", 300).split(";") if part.strip())


def _away(seat: Seat, member: Member) -> date | None:
    return _day(given) if (given := seat.one(f"away-{member.id}", 10)) else None


def _day(given: str) -> date:
    try:
        return datetime.strptime(given, "%Y-%m-%d").date()  # noqa: DTZ007 - a date of the calendar
    except ValueError:
        raise StaffError(f"'{given[:20]}' is not a date such as 2026-12-24.") from None


def _holidays(given: str) -> tuple[date, ...]:
    days = tuple(sorted({_day(part) for part in given.replace(",", " ").split()}))
    if len(days) > _MOST_HOLIDAYS:
        raise StaffError(f"At most {_MOST_HOLIDAYS} holidays can be kept.")
    return days


async def back(seat: Seat) -> Response:
    """Somebody who stepped back in the chat is put on again."""
    member = await seat.house.store.staff.people.member(seat.one("member", 32))
    rota = await duty.kept(seat.house.store.staff)
    if member is None or rota is None:
        raise StaffError("There is nobody of that name on the rota.")
    rows = tuple(replace(row, back=True) if row.member == member.id else row for row in rota.rows)
    await duty.keep(seat.house.store.staff, replace(rota, rows=rows))
    seat.house.room.rota.changed()
    return seat.to("/rota", "rota")


PAGES = (
    Page("/rota", Act.ROTA, show),
    Page("/rota", Act.ROTA, save, "POST"),
    Page("/rota/back", Act.ROTA, back, "POST"),
)
