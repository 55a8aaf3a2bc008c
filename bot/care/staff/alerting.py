"""Alerts as the pages show them: age, who has it, who is told next and when. What is done with one: alert_acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care import relay
from bot.care.alerts import notes, record
from bot.care.alerts.notes import Shared
from bot.care.alerts.record import WAIT
from bot.care.crisis_routes import first_of
from bot.care.records import Alert, AlertState, AlertStep
from bot.care.rota import Contact, Rota
from bot.care.staff import duty, looking
from bot.care.staff.access import Act, may
from bot.care.staff.records import Link, Member, Role
from bot.care.visit import Room
from nlp.labels import Tier

_ANSWERS, _TURNS = 6, 40  # of the newest exchange shown; how far back it is looked for


@dataclass(frozen=True, slots=True)
class Heard:
    """What a client answered to the person who writes to them."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """What only the one who has an alert sees of its client, as the note in their chat would show it."""

    given: Shared
    answers: Sequence[Heard] = ()  # oldest first
    writing: bool = False  # words go to and fro
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One alert. `link` only for the practitioner whose client it is about, `held` only for who has it."""

    number: int
    urgent: bool
    reason: str
    alias: str
    raised: datetime
    held_by: str  # a name or code; "" when nobody has it
    next_at: datetime | None  # when the next contact is told, if nobody takes it
    next_name: str
    failed: bool  # the last note could not be delivered
    client: str  # "" once erased
    others: Sequence[Contact]  # whom it can be handed on to
    link: Link | None = None
    held: Held | None = None

    @property
    def mine(self) -> bool:
        return self.held is not None


@dataclass(frozen=True, slots=True)
class Looker:
    """A member, with what decides which alerts are theirs to see."""

    room: Room
    member: Member
    rota: Rota
    links: Mapping[str, Link]  # by client

    @classmethod
    async def of(cls, room: Room, member: Member, now: datetime) -> "Looker":
        links = await room.store.staff.links.of_member(member.id)
        return cls(room, member, await room.rota.at(now), {link.client: link for link in links})

    @property
    def contact(self) -> Contact:
        """Who the record says acted: the member's place on the rota, else a code of their own."""
        code = duty.code_of(self.member)
        return self.rota.who(self.member.chat) or Contact(code, self.member.chat, name=self.member.name)

    def concerns(self, alert: Alert) -> bool:
        """On call at some hour, a lead, or about a client of theirs."""
        if not may(self.member, Act.ALERTS) or notes.DRILL in alert.kinds:
            return False
        on_rota = any(contact.chat == self.member.chat for contact in self.rota.everyone)
        return on_rota or self.member.role is Role.LEAD or alert.client in self.links


async def open_for(room: Room, member: Member, now: datetime) -> list[Shown]:
    """Alerts that are not closed and concern this member; nobody's first, then urgent ones, then by age."""
    unclosed = await room.store.unclosed()
    if not unclosed:
        return []  # as on most days, and asked for every second
    looker = await Looker.of(room, member, now)
    found = []
    for _, alert in unclosed:
        steps = await room.store.alert_steps(alert.number)
        if looker.concerns(alert) or record.concerns(steps, looker.contact.code):
            found.append(await _shown(looker, alert, steps))
    await _put_on_record(looker, found, now)
    return sorted(found, key=lambda one: (bool(one.held_by), not one.urgent, one.raised))


async def _put_on_record(looker: Looker, found: Sequence[Shown], now: datetime) -> None:
    seen = [one.client for one in found if one.client]
    read = [one.client for one in found if one.client and one.held and (one.held.given.words or one.held.answers)]
    for what, clients in ((looking.ALERT, seen), (looking.WORDS, read)):
        await looking.record(looker.room.store.staff.looks, looker.member, clients, what, now)


async def _shown(looker: Looker, alert: Alert, steps: Sequence[AlertStep]) -> Shown:
    room, rota = looker.room, looker.rota
    has, told = record.holder(steps), record.told(steps)
    last = max((at for _, at in told), default=alert.raised)
    known = {code for code, _ in told}
    following = next((contact for contact in rota.order if contact.code not in known), None)
    mine = has == looker.contact.code
    return Shown(
        number=alert.number,
        urgent=alert.tier is Tier.T3,
        reason=room.voice.line(f"staff.reason.{first_of(alert.kinds)}"),
        alias=alert.alias,
        raised=alert.raised,
        held_by=_name(rota, has),
        next_at=None if has or following is None else last + WAIT.get(alert.tier, WAIT[Tier.T2]),
        next_name="" if following is None else _name(rota, following.code),
        failed=alert.state is AlertState.FAILED,
        client=alert.client or "",
        others=[contact for contact in rota.known if contact.code != looker.contact.code],
        link=looker.links.get(alert.client or ""),
        held=await _held(room, alert, looker.contact) if mine else None,
    )


def _name(rota: Rota, code: str) -> str:
    contact = rota.coded(code)
    return (contact.name if contact is not None else "") or code


async def _held(room: Room, alert: Alert, contact: Contact) -> Held:
    chat = await room.store.alert_chat(alert.number)
    if chat is None:
        return Held(Shared(), erased=True)
    async with room.store.work(chat) as work:
        client = await work.client()
        given = await notes.shared(work, client)
        turns = await work.turns(_TURNS)
    said = [Heard(turn.at, turn.heard) for turn in turns if relay.PASSED_ON in turn.trail and turn.at >= alert.raised]
    writing = client is not None and client.relay.get("code") == contact.code
    return Held(given, said[-_ANSWERS:], writing)
