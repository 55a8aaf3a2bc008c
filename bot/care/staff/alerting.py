"""Alerts as the pages show them: age, who has it, who is told next and when; and what a member does with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.alerts import answers, record
from bot.care.alerts.record import REASONS, WAIT
from bot.care.crisis_routes import first_of
from bot.care.records import Alert, AlertState, AlertStep
from bot.care.rota import Contact, Rota
from bot.care.staff import duty
from bot.care.staff.access import Act, may
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Link, Member, Role
from bot.care.visit import Room
from nlp.labels import Tier

ACTIONS = ("seen", "called", *REASONS)
_UNKNOWN = "There is no such alert any more, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Shown:
    """One alert. `link` only for the practitioner whose client it is about."""

    number: int
    urgent: bool
    tier: str
    reason: str
    alias: str
    raised: datetime
    held_by: str  # a name or code; "" when nobody has it
    mine: bool  # this member has it
    next_at: datetime | None  # when the next contact is told, if nobody takes it
    next_name: str
    failed: bool  # the last note could not be delivered
    link: Link | None = None


def contact_of(rota: Rota, member: Member) -> Contact:
    """Who the record says acted: the member's place on the rota, else a code of their own."""
    return rota.who(member.chat) or Contact(duty.code_of(member), member.chat, name=member.name)


async def open_for(room: Room, member: Member, now: datetime) -> list[Shown]:
    """Alerts that are not closed and concern this member: on call, lead, or about a client of theirs. Urgent first."""
    unclosed = await room.store.unclosed()
    if not unclosed:
        return []  # as on most days, and asked for every second
    mine = {link.client: link for link in await room.store.staff.links.of_member(member.id)}
    rota = await room.rota.at(now)
    names = {contact_of(rota, m).code: m.name for m in await room.store.staff.people.all() if m.chat}
    found = []
    for _, alert in unclosed:
        if _concerns(rota, member, alert, mine):
            steps = await room.store.alert_steps(alert.number)
            found.append(_shown(room, rota, member, alert, steps, mine, names))
    return sorted(found, key=lambda one: (bool(one.held_by), not one.urgent, one.raised))


def _concerns(rota: Rota, member: Member, alert: Alert, mine: dict[str, Link]) -> bool:
    if not may(member, Act.ALERTS):
        return False
    return member.role is Role.LEAD or rota.who(member.chat) is not None or alert.client in mine


def _shown(
    room: Room,
    rota: Rota,
    member: Member,
    alert: Alert,
    steps: Sequence[AlertStep],
    mine: dict[str, Link],
    names: dict[str, str],
) -> Shown:
    has, told = record.holder(steps), record.told(steps)
    last = max((at for _, at in told), default=alert.raised)
    known = {code for code, _ in told}
    following = next((contact for contact in rota.order if contact.code not in known), None)
    return Shown(
        number=alert.number,
        urgent=alert.tier is Tier.T3,
        tier=room.voice.line(f"staff.tier.t{int(alert.tier)}"),
        reason=room.voice.line(f"staff.reason.{first_of(alert.kinds)}"),
        alias=alert.alias,
        raised=alert.raised,
        held_by=names.get(has, has),
        mine=has == contact_of(rota, member).code,
        next_at=None if has or following is None else last + WAIT.get(alert.tier, WAIT[Tier.T2]),
        next_name="" if following is None else names.get(following.code, following.code),
        failed=alert.state is AlertState.FAILED,
        link=mine.get(alert.client or ""),
    )


async def act(room: Room, member: Member, number: int, action: str, now: datetime) -> str:
    """Confirm or close an alert as a button below its note would; returns what is said. Raises StaffError."""
    mine = {link.client: link for link in await room.store.staff.links.of_member(member.id)}
    rota = await room.rota.at(now)
    found = next((alert for _, alert in await room.store.unclosed() if alert.number == number), None)
    if found is None or action not in ACTIONS or not _concerns(rota, member, found, mine):
        raise StaffError(_UNKNOWN)
    moment = await answers.do(room, rota, found, contact_of(rota, member), (action,), now)
    return room.voice.line(moment, {"alert": str(number), "alias": found.alias})
