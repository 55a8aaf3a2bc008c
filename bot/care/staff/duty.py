"""The rota that the practice keeps itself: who is on call, in which order and hours, who stepped back, who is away.

The settings' own contacts come after the practice's. They hold alone while the practice keeps none or the store fails.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.care.rota import Contact, Duties, Duty, Hours, Rota
from bot.care.staff.access import Act, may
from bot.care.staff.joining import StaffError
from bot.care.staff.ports import StaffBook
from bot.care.staff.records import Member

log = logging.getLogger(__name__)
_FRESH = timedelta(seconds=3)  # a change elsewhere is seen after that


@dataclass(frozen=True, slots=True)
class Row:
    """One member's place; rows are in the order in which people are told."""

    member: str
    hours: tuple[str, ...] = ()  # as Hours.parse takes them; none: always
    back: bool = True  # False: stepped back for now
    away: date | None = None  # until then, inclusive


@dataclass(frozen=True, slots=True)
class PracticeRota:
    zone: str
    rows: tuple[Row, ...] = ()
    holidays: tuple[date, ...] = ()

    def dump(self) -> dict[str, Any]:
        """For JSON."""
        rows = [
            {"member": r.member, "hours": list(r.hours), "back": r.back, "away": r.away and r.away.isoformat()}
            for r in self.rows
        ]
        return {"zone": self.zone, "rows": rows, "holidays": [day.isoformat() for day in self.holidays]}

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> "PracticeRota":
        rows = tuple(
            Row(r["member"], tuple(r["hours"]), r["back"], date.fromisoformat(r["away"]) if r["away"] else None)
            for r in raw["rows"]
        )
        return cls(raw["zone"], rows, tuple(date.fromisoformat(day) for day in raw["holidays"]))


class BaseBook(Protocol):
    """The rota of the settings."""

    async def at(self, now: datetime) -> Rota: ...


async def kept(book: StaffBook) -> PracticeRota | None:
    """None as long as the practice keeps no rota of its own."""
    raw = await book.rota.load()
    return None if raw is None else PracticeRota.load(raw)


async def keep(book: StaffBook, rota: PracticeRota) -> None:
    """Raises StaffError when hours cannot be read."""
    for row in rota.rows:
        hours_of(row.hours)
    await book.rota.save(rota.dump())


def hours_of(said: Iterable[str]) -> tuple[Hours, ...]:
    try:
        return tuple(Hours.parse(one) for one in said)
    except ValueError as wrong:
        sentence = str(wrong)
        raise StaffError(f"{sentence[:1].upper()}{sentence[1:]}.") from None


def code_of(member: Member) -> str:
    """What the record of an alert says instead of a member's name."""
    return f"member-{member.id[:8]}"


async def step(book: StaffBook, member: Member, *, back: bool) -> bool:
    """A member steps back from being on call, or is back; False when they have no place on the rota."""
    rota = await kept(book)
    if rota is None or all(row.member != member.id for row in rota.rows):
        return False
    rows = tuple(replace(row, back=back) if row.member == member.id else row for row in rota.rows)
    await keep(book, replace(rota, rows=rows))
    return True


@dataclass(slots=True)
class KeptRota:
    """See bot.care.rota.RotaBook: the practice's rota before the settings'."""

    base: BaseBook
    book: StaffBook
    _seen: tuple[datetime, PracticeRota | None, dict[str, Member]] | None = field(default=None)

    async def at(self, now: datetime) -> Rota:
        base = await self.base.at(now)
        try:
            rota, members = await self._known(now)
        except Exception as fault:  # noqa: BLE001 - whoever is to be told must be told, whatever the store's fault
            log.error("rota not read: %s", type(fault).__name__)
            return base
        return _with_colleagues(base if rota is None else merged(rota, members, base, now), members)

    async def _known(self, now: datetime) -> tuple[PracticeRota | None, dict[str, Member]]:
        if self._seen is None or not timedelta() <= now - self._seen[0] < _FRESH:
            members = {member.id: member for member in await self.book.people.all()}
            self._seen = (now, await kept(self.book), members)
        return self._seen[1], self._seen[2]

    def changed(self) -> None:
        """Look again at the next question."""
        self._seen = None


def merged(rota: PracticeRota, members: Mapping[str, Member], base: Rota, now: datetime) -> Rota:
    """The practice's people first, then the settings' contacts; who is both stands where the practice put them."""
    zone = ZoneInfo(rota.zone)
    today = now.astimezone(zone).date()
    duties, off = [], []
    for row in rota.rows:
        member = members.get(row.member)
        if member is None or not member.chat:
            continue
        contact = replace(_contact(member, base), name=member.name)
        if row.back and (row.away is None or row.away < today):
            duties.append(Duty(contact, hours_of(row.hours)))
        else:
            off.append(contact)
    own = Duties(tuple(duties), base.operator, zone, frozenset(rota.holidays)).rota(now)
    chats = {contact.chat for contact in (*own.contacts, *own.off_duty, *off)}
    rest = tuple(contact for contact in base.contacts if contact.chat not in chats)
    resting = tuple(contact for contact in base.off_duty if contact.chat not in chats)
    on = (*own.contacts, *rest)
    return Rota(on, base.operator, (*own.off_duty, *off, *resting), own.hours if not on and duties else base.hours)


def _with_colleagues(rota: Rota, members: Mapping[str, Member]) -> Rota:
    """Members without a place: their buttons and words count for alerts that were handed to them or that they took.

    Contacts of the settings who are members go by the name that clients and colleagues know.
    """
    if not members:
        return rota
    names = {m.chat: m.name for m in members.values() if m.active and m.chat}

    def named(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
        return tuple(replace(c, name=c.name or names.get(c.chat or 0, "")) for c in contacts)

    chats = {contact.chat for contact in rota.everyone}
    mine = [m for m in members.values() if m.active and m.chat and m.chat not in chats and may(m, Act.ALERTS)]
    others = tuple(Contact(code_of(m), m.chat, name=m.name) for m in mine)
    return replace(rota, contacts=named(rota.contacts), off_duty=named(rota.off_duty), colleagues=others)


def _contact(member: Member, base: Rota) -> Contact:
    return base.who(member.chat) or Contact(code_of(member), member.chat)
