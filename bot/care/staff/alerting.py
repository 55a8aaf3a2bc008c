"""Alerts as the pages show them: age, who has it, who is told next and when. What is done with one: alert_acts."""

from collections.abc import Collection, Mapping, Sequence
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

OWN, ON_ROTA, LEAD, TOLD = "own", "rota", "lead", "told"
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
    next_mine: bool  # the one who looks is told next
    may_leave: bool  # it is about a colleague's client, the one who looks was not told of it, and somebody else will be
    failed: bool  # the last note could not be delivered
    client: str  # "" once erased
    others: Sequence[Contact]  # whom it can be handed on to
    why: str  # the one who looks sees it: one of OWN, ON_ROTA, LEAD, TOLD
    whose: Sequence[str] = ()  # names of those whose client it is about, when it is none of one's own
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

    def why(self, alert: Alert, steps: Sequence[AlertStep]) -> str:
        """Why an alert is theirs to see: about their own client, on call at some hour, a lead, or told; else ""."""
        if may(self.member, Act.ALERTS) and notes.DRILL not in alert.kinds:
            if alert.client in self.links:
                return OWN
            if any(contact.chat == self.member.chat for contact in self.rota.everyone):
                return ON_ROTA
            if self.member.role is Role.LEAD:
                return LEAD
        return TOLD if record.concerns(steps, self.contact.code) else ""


async def open_for(room: Room, member: Member, now: datetime) -> list[Shown]:
    """Alerts that are not closed and concern this member; those a colleague has come last.

    Before them the urgent ones, then the others; of each, nobody's first, then one's own clients', then by age.
    """
    unclosed = await room.store.unclosed()
    if not unclosed:
        return []  # as on most days, and asked for every second
    looker = await Looker.of(room, member, now)
    found = []
    for _, alert in unclosed:
        steps = await room.store.alert_steps(alert.number)
        if why := looker.why(alert, steps):
            found.append(await _shown(looker, alert, steps, why, now))
    await _put_on_record(looker, found, now)
    return sorted(found, key=_pressing)


def _pressing(one: Shown) -> tuple[object, ...]:
    return (bool(one.held_by) and not one.mine, not one.urgent, one.mine, one.link is None, one.raised)


async def open_about(room: Room, member: Member, clients: Collection[str], now: datetime) -> dict[str, str]:
    """Which of a member's own clients an open alert is about, and who has it: "you" or a name, "" for nobody.

    Of several about one client the one that nobody has counts. To see it is a look at those clients.
    """
    unclosed = [alert for _, alert in await room.store.unclosed() if notes.DRILL not in alert.kinds]
    concerned = [alert for alert in unclosed if alert.client and alert.client in clients]
    found: dict[str, str] = {}
    if concerned:
        looker = Looker(room, member, await room.rota.at(now), {})
        for alert in concerned:
            has = record.holder(await room.store.alert_steps(alert.number))
            name = "you" if has == looker.contact.code else has and _name(looker.rota, has)
            found[str(alert.client)] = name and found.get(str(alert.client), name)
        await looking.record(room.store.staff.looks, member, sorted(found), looking.ALERT, now)
    return found


async def _put_on_record(looker: Looker, found: Sequence[Shown], now: datetime) -> None:
    seen = [one.client for one in found if one.client]
    read = [one.client for one in found if one.client and one.held and (one.held.given.words or one.held.answers)]
    for what, clients in ((looking.ALERT, seen), (looking.WORDS, read)):
        await looking.record(looker.room.store.staff.looks, looker.member, clients, what, now)


async def _shown(looker: Looker, alert: Alert, steps: Sequence[AlertStep], why: str, now: datetime) -> Shown:
    room, rota = looker.room, looker.rota
    has, told = record.holder(steps), record.told(steps)
    last = max((at for _, at in told), default=alert.raised)
    due = last + WAIT.get(alert.tier, WAIT[Tier.T2])
    following = None if has else await _following(looker, {code for code, _ in told}, due, now)
    mine = has == looker.contact.code
    next_mine = following is not None and following.code == looker.contact.code
    failed = alert.state is AlertState.FAILED
    concerned = failed or alert.client in looker.links or record.concerns(steps, looker.contact.code)
    return Shown(
        number=alert.number,
        urgent=alert.tier is Tier.T3,
        reason=room.voice.line(f"staff.reason.{first_of(alert.kinds)}"),
        alias=alert.alias,
        raised=alert.raised,
        held_by=_name(rota, has),
        next_at=None if following is None else due,
        next_name="" if following is None else _name(rota, following.code),
        next_mine=next_mine,
        may_leave=following is not None and not next_mine and not concerned,
        failed=failed,
        client=alert.client or "",
        others=[contact for contact in rota.known if contact.code != looker.contact.code],
        why=why,
        whose=await _whose(looker, alert),
        link=looker.links.get(alert.client or ""),
        held=await _held(room, alert, looker.contact) if mine else None,
    )


async def _following(looker: Looker, told: Collection[str], due: datetime, now: datetime) -> Contact | None:
    """Who is told when nobody takes it: the first who was not told yet, by the rota of the minute when it is due."""
    rota = await looker.room.rota.at(due) if due > now else looker.rota
    return next((contact for contact in rota.order if contact.code not in told), None)


async def _whose(looker: Looker, alert: Alert) -> list[str]:
    """Whom to ask about a client that is none of one's own."""
    if not alert.client or alert.client in looker.links:
        return []
    book = looker.room.store.staff
    found = [await book.people.member(link.member) for link in await book.links.of_client(alert.client)]
    return sorted(member.name for member in found if member is not None and member.active)


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
