"""What a contact of on-call does with an alert: "I have it", hand on, write, call made, close with a reason.

Everything is written in the client's own transaction, so that a second press, or two people pressing at once, change
nothing. The console calls `do` as the buttons do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.care import episode as episodes
from bot.care import relay
from bot.care.alerts import notes, record
from bot.care.alerts.notes import buttons, say
from bot.care.alerts.raising import held_rows, tell, tell_client
from bot.care.alerts.record import REASONS
from bot.care.episode import Episode
from bot.care.incoming import Incoming
from bot.care.ports import Work
from bot.care.records import Alert, AlertState, AlertStep, Button, Client, Outgoing, Priority
from bot.care.rota import Contact, Rota
from bot.care.visit import Room
from responses.voice import Voice

CALLED = "called"
_STAYS_OPEN = frozenset({"no_contact"})  # the alert ends, what was seen of the client does not

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a contact does with one alert, inside the transaction of that alert's client."""

    work: Work
    client: Client | None  # None once erased
    alert: Alert
    contact: Contact
    rota: Rota
    voice: Voice
    now: datetime

    async def step(self, state: AlertState, why: str = "") -> None:
        await self.work.step(AlertStep(self.alert.number, state, self.now, self.contact.code, why))

    async def tell(self, state: str) -> None:
        """The client, of what this contact did: once for each contact."""
        one = self.contact
        await tell_client(self.work, self.voice, state, self.alert.number, self.client, name=one.name, who=one.code)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the contact is told: a moment of the staff shelf, its buttons, a name to fill in."""

    moment: str
    rows: Rows = ()
    name: str = ""
    alias: str = ""  # of the client

    def text(self, voice: Voice, number: int) -> str:
        return say(voice, self.moment, {"alert": str(number), "name": self.name, "alias": self.alias})


async def answer(room: Room, rota: Rota, incoming: Incoming, now: datetime) -> Outgoing:
    """A button below a note: "alert:N:ACTION" or "alert:N:to:CODE". Returns what the contact's chat is told."""
    _, given, *action = incoming.button.split(":")
    number, contact = int(given), rota.who(incoming.chat)
    found = Answer("staff.unknown")
    if contact is not None and await _was_told(room, rota, contact, number):
        found = await do(room, rota, number, contact, action, now)
    return Outgoing(found.text(room.voice, number), found.rows, Priority.ALERT)


async def _was_told(room: Room, rota: Rota, contact: Contact, number: int) -> bool:
    """A colleague who is not on the rota acts on what came to them: handed on, or taken in the console."""
    return contact not in rota.colleagues or record.concerns(await room.store.alert_steps(number), contact.code)


async def do(room: Room, rota: Rota, number: int, contact: Contact, action: Sequence[str], now: datetime) -> Answer:
    """One action in the transaction of the alert's client, whether it comes from a chat or from the console."""
    chat = await room.store.alert_chat(number)
    async with room.store.work(chat or 0) as work:
        alert = await work.alert(number)
        if alert is None:
            return Answer("staff.unknown")
        client = await work.client() if chat is not None else None
        found = await act(Act(work, client, alert, contact, rota, room.voice, now), action)
        await work.commit()
        return replace(found, alias=alert.alias)


async def act(doing: Act, action: Sequence[str]) -> Answer:
    """Do it, if the alert still is where it can be done; returns what the contact is told."""
    what, rest = action[0], action[1:]
    if doing.alert.state is AlertState.CLOSED:
        return Answer("staff.drill" if notes.DRILL in doing.alert.kinds else "staff.closed")
    if what in REASONS:
        return await _close(doing, what)
    match what, rest:
        case "close", []:
            return Answer("staff.close.ask", tuple((b,) for b in _buttons(doing, REASONS)))
        case "hand", []:
            return _ask_whom(doing)
        case "to", [code]:
            return await _hand_on(doing, code)
        case "write", []:
            return await _write(doing)
        case "end", []:
            return await _end(doing)
        case "called", []:
            return await _called(doing)
        case _:
            return await _confirm(doing)


async def _confirm(doing: Act) -> Answer:
    has = record.holder(await doing.work.alert_steps(doing.alert.number))
    if has and has != doing.contact.code:
        return Answer("staff.taken")
    if not has:
        await _take(doing)
    if notes.DRILL in doing.alert.kinds:
        return Answer("staff.drill")
    return Answer("staff.seen", held_rows(doing.voice, doing.alert.number))


async def _take(doing: Act, why: str = "") -> None:
    """The contact has it from here on. The client hears so, unless they are writing with that contact anyway."""
    await doing.step(AlertState.SEEN, why)
    await doing.work.call_off(doing.alert.number)
    if doing.client is not None and why != CALLED and doing.client.relay.get("code") != doing.contact.code:
        await doing.tell("seen")


async def _called(doing: Act) -> Answer:
    await _take(doing, CALLED)
    await doing.tell("called")
    return Answer("staff.called", held_rows(doing.voice, doing.alert.number))


async def _write(doing: Act) -> Answer:
    if doing.client is None:
        return Answer("staff.erased")
    has = record.holder(await doing.work.alert_steps(doing.alert.number))
    if has not in ("", doing.contact.code):
        return Answer("staff.taken")
    await _take(doing, record.WRITING)
    await relay.begin(doing.work, doing.client, doing.alert.number, doing.contact.code)
    return Answer("staff.write", (_buttons(doing, ("end",)),))


async def _end(doing: Act) -> Answer:
    """The contact ends the exchange; the alert stays theirs."""
    await doing.step(doing.alert.state, relay.ENDED)
    if doing.client is not None:
        await relay.stop(doing.work, doing.voice, doing.client)
    return Answer("staff.ended", (_buttons(doing, ("write", "close")),))


def _ask_whom(doing: Act) -> Answer:
    others = [contact for contact in doing.rota.known if contact.code != doing.contact.code]
    if not others:
        return Answer("staff.hand.nobody")
    number = doing.alert.number
    return Answer("staff.hand.ask", tuple((Button(c.name or c.code, f"alert:{number}:to:{c.code}"),) for c in others))


async def _hand_on(doing: Act, code: str) -> Answer:
    other = doing.rota.coded(code)
    if other is None or other == doing.contact:
        return Answer("staff.unknown")
    number = doing.alert.number
    known = {code for code, _ in record.told(await doing.work.alert_steps(number))}
    await doing.step(doing.alert.state, relay.ENDED)
    step = AlertStep(number, AlertState.ESCALATED, doing.now, doing.contact.code, record.to(code))
    await doing.work.step(step, len(known | {code}) - 1)
    given = await notes.shared(doing.work, doing.client)
    await tell(doing.work, doing.voice, doing.alert, other, given, doing.now, {"handed"})
    if doing.client is not None:
        await relay.stop(doing.work, doing.voice, doing.client)
        await doing.tell("handed")
    return Answer("staff.handed", name=other.name or other.code)


async def _close(doing: Act, reason: str) -> Answer:
    number = doing.alert.number
    await doing.step(AlertState.CLOSED, reason)
    await doing.work.call_off(number)
    if doing.client is not None:
        await relay.stop(doing.work, doing.voice, doing.client)
        await tell_client(doing.work, doing.voice, "closed", number, doing.client, how=reason)
        if reason not in _STAYS_OPEN:
            await _close_episode(doing.work, doing.client, number, f"staff:{reason}", doing.now)
    return Answer("staff.closed")


async def _close_episode(work: Work, client: Client, number: int, how: str, now: datetime) -> None:
    episode = Episode.load(client.episode)
    if episode is not None and episode.alert == number and episode.closed is None:
        episodes.close(episode, now, how)
        client.episode = episode.dump()
        await work.save(client)


def _buttons(doing: Act, actions: Sequence[str]) -> tuple[Button, ...]:
    return buttons(doing.voice, doing.alert.number, actions)
