"""A note to a human: who is told, when the next one is, and what the client is told of it, which is what happened.

The notes hold a number, how pressing it is, the time, a reason and an alias: no name and none of the client's words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from bot.care import episode as episodes
from bot.care.crisis_routes import first_of
from bot.care.crisis_words import help_row
from bot.care.episode import Episode
from bot.care.ports import Store, Work
from bot.care.records import Alert, AlertState, AlertStep, Button, Client, Outgoing, Priority
from nlp.labels import Tier
from responses.voice import Voice

if TYPE_CHECKING:  # a visit's room holds a rota
    from bot.care.incoming import Incoming
    from bot.care.visit import Visit

WAIT = {Tier.T3: timedelta(minutes=10), Tier.T2: timedelta(minutes=60)}  # for a confirmation, before the next is told
REASONS = ("spoke", "handed_on", "no_contact", "not_needed")  # for closing
NOBODY_LEFT = "nobody left"
_TOLD_STATES = (AlertState.OPEN, AlertState.ESCALATED)  # steps with which a contact was told


@dataclass(frozen=True, slots=True)
class Contact:
    code: str  # what the record says instead of a name
    chat: int


@dataclass(frozen=True, slots=True)
class Rota:
    """Who is told, in this order; the operator last."""

    contacts: tuple[Contact, ...] = ()
    operator: Contact | None = None

    @property
    def order(self) -> tuple[Contact, ...]:
        last = (self.operator,) if self.operator is not None else ()
        return tuple(dict.fromkeys((*self.contacts, *last)))

    def at(self, chat: int) -> Contact | None:
        return next((contact for contact in self.order if contact.chat == chat), None)


@dataclass(frozen=True, slots=True)
class Move:
    """What is due for an alert: tell the contact at `level`, or (None) tell the client `told`, as nobody is left."""

    level: int | None
    told: str = ""


def alias(client: Client) -> str:
    """What staff see instead of an identity: made from the random id, the same in every alert of a client."""
    return f"client-{client.id[:4]}"


def note(voice: Voice, alert: Alert, contact: Contact, *, escalated: bool = False) -> Outgoing:
    """The note about an alert, with buttons to confirm and to close."""
    slots = {
        "alert": str(alert.number),
        "tier": _words(voice, f"staff.tier.t{int(alert.tier)}"),
        "alias": alert.alias,
        "reason": _words(voice, f"staff.reason.{first_of(alert.kinds)}"),
        "time": alert.raised.strftime("%H:%M UTC, %d.%m.%Y"),
    }
    text = _words(voice, "staff.note", slots, {"escalated"} if escalated else set())
    rows = (_buttons(voice, alert.number, ("seen", "close")),)
    return Outgoing(text, rows, Priority.ALERT, to=contact.chat, alert=alert.number)


def due(alert: Alert, steps: Sequence[AlertStep], rota: Rota, now: datetime) -> Move | None:
    """What an unconfirmed alert needs now; None while its contact still has time, or when all was done.

    A note that could not be delivered does not wait. Steps are in the order they were taken.
    """
    told = [step.at for step in steps if step.state in _TOLD_STATES]
    failed = sum(step.state is AlertState.FAILED for step in steps)
    if any(step.why == NOBODY_LEFT for step in steps):
        return None
    since = now - max(told, default=alert.raised)
    if alert.state is not AlertState.FAILED and since < WAIT.get(alert.tier, WAIT[Tier.T2]):
        return None
    if alert.level + 1 < len(rota.order):
        return Move(alert.level + 1)
    return Move(None, "failed" if failed >= len(told) else "unanswered")


async def raise_alert(
    work: Work, rota: Rota, voice: Voice, client: Client, tier: Tier, kinds: Sequence[str], now: datetime
) -> Alert | None:
    """Raise an alert in the client's own transaction and tell the first contact; None when there is nobody to tell.

    One that is still open for this client is closed in favour of the new one.
    """
    if not rota.order:
        return None
    before = await work.open_alert()
    alert = await work.raise_alert(tier, kinds, alias(client), now)
    if before is not None:
        await work.step(AlertStep(before.number, AlertState.CLOSED, now, "clock", f"raised again as {alert.number}"))
    await work.step(AlertStep(alert.number, AlertState.OPEN, now, "client", tier.name))
    await work.send(note(voice, alert, rota.order[0]))
    if client.episode:
        client.episode["alert"] = alert.number
    return alert


async def escalate_due(store: Store, rota: Rota, voice: Voice, now: datetime) -> int:
    """Tell the next contact of every alert that nobody confirmed in time; returns how many words were queued."""
    queued = 0
    for chat, alert in await store.unacknowledged(now):
        move = due(alert, await store.alert_steps(alert.number), rota, now)
        if move is None:
            continue
        async with store.work(chat) as work:
            queued += await _move(work, alert, move, rota, voice, now)
            await work.commit()
    return queued


async def _move(work: Work, alert: Alert, move: Move, rota: Rota, voice: Voice, now: datetime) -> int:
    fresh = await work.alert(alert.number)
    if fresh is None or fresh.state != alert.state:
        return 0  # somebody acted in between
    if move.level is not None:
        contact = rota.order[move.level]
        await work.step(AlertStep(alert.number, AlertState.ESCALATED, now, "clock", f"to {contact.code}"), move.level)
        await work.send(note(voice, alert, contact, escalated=True))
        return 1
    await work.step(AlertStep(alert.number, AlertState.ESCALATED, now, "clock", NOBODY_LEFT))
    return await tell_client(work, voice, move.told, alert.number)


async def delivered(store: Store, voice: Voice, number: int, now: datetime) -> None:
    """The note of an alert was really sent: on the record, and the client is told once."""
    chat = await store.alert_chat(number)
    if chat is None:
        return
    async with store.work(chat) as work:
        alert = await work.alert(number)
        if alert is None or alert.state not in _TOLD_STATES:
            return
        await work.step(AlertStep(number, AlertState.SENT, now, "clock"))
        await tell_client(work, voice, "sent", number)
        await work.commit()


async def tell_client(work: Work, voice: Voice, state: str, number: int, client: Client | None = None) -> int:
    """Tell the client what became of the note: "sent", "seen", "failed" or "unanswered", once each an episode.

    Returns how many messages were queued. Without an episode of that alert nothing is said.
    """
    owner = client or await work.client()
    episode = Episode.load(owner.episode) if owner is not None else None
    if owner is None or episode is None or episode.alert != number or f"{number}:{state}" in episode.told:
        return 0
    episode.told.append(f"{number}:{state}")
    owner.episode = episode.dump()
    await work.save(owner)
    text = _words(voice, f"crisis.alert.{state}", world={f"alert_{state}"}, seed=number)
    await work.send(Outgoing(text, (help_row(voice),), Priority.ALERT, silent=state == "sent"))
    return 1


async def client_erased(work: Work, rota: Rota, voice: Voice, now: datetime) -> None:
    """The client erased their data: open alerts end, and everyone who was told learns that, and no more."""
    while (alert := await work.open_alert()) is not None:
        await work.step(AlertStep(alert.number, AlertState.CLOSED, now, "client", "erased"))
        text = _words(voice, "staff.erased", {"alert": str(alert.number)})
        for contact in rota.order[: alert.level + 1]:
            await work.send(Outgoing(text, priority=Priority.ALERT, to=contact.chat, alert=alert.number))


async def answer_staff(visit: "Visit", incoming: "Incoming") -> None:
    """A button below a note: "alert:N:seen", "alert:N:close" and then one of REASONS."""
    _, number, action = incoming.button.split(":")
    voice, contact = visit.room.voice, visit.room.rota.at(incoming.chat)
    alert = await visit.work.alert(int(number))
    rows: tuple[tuple[Button, ...], ...] = ()
    if alert is None or contact is None:
        text = "staff.unknown"
    elif action == "close":
        text, rows = "staff.close.ask", tuple((b,) for b in _buttons(voice, alert.number, REASONS))
    else:
        text = await acknowledge(visit, alert, contact, action)
        rows = (_buttons(voice, alert.number, ("close",)),) if text == "staff.seen" else ()
    visit.outgoing.append(Outgoing(_words(voice, text, {"alert": number}), rows, Priority.ALERT))


async def acknowledge(visit: "Visit", alert: Alert, contact: Contact, action: str) -> str:
    """A contact confirms ("seen") or closes (one of REASONS); returns the moment to answer them with.

    It is written in the client's own transaction, so that a second press changes nothing.
    """
    chat = await visit.room.store.alert_chat(alert.number)
    if chat is None or chat == visit.chat:
        return await _act(visit, visit.work, visit.client if chat else None, alert, contact, action)
    async with visit.room.store.work(chat) as work:
        moment = await _act(visit, work, await work.client(), alert, contact, action)
        await work.commit()
        return moment


async def _act(visit: "Visit", work: Work, client: Client | None, alert: Alert, contact: Contact, action: str) -> str:
    state = (await work.alert(alert.number) or alert).state
    if action in REASONS and state is not AlertState.CLOSED:
        await work.step(AlertStep(alert.number, AlertState.CLOSED, visit.now, contact.code, action))
        await _close_episode(work, client, alert.number, f"staff:{action}", visit.now)
    elif action == "seen" and state is AlertState.SEEN:
        seen = [step.who for step in await visit.room.store.alert_steps(alert.number) if step.state is AlertState.SEEN]
        return "staff.seen" if contact.code in seen else "staff.taken"
    elif action == "seen" and state is not AlertState.CLOSED:
        await work.step(AlertStep(alert.number, AlertState.SEEN, visit.now, contact.code))
        if client is not None:
            await tell_client(work, visit.room.voice, "seen", alert.number, client)
        return "staff.seen"
    return "staff.closed"


async def _close_episode(work: Work, client: Client | None, number: int, how: str, now: datetime) -> None:
    episode = Episode.load(client.episode) if client is not None else None
    if client is not None and episode is not None and episode.alert == number and episode.closed is None:
        episodes.close(episode, now, how)
        client.episode = episode.dump()
        await work.save(client)


def _buttons(voice: Voice, number: int, actions: Sequence[str]) -> tuple[Button, ...]:
    return tuple(Button(_words(voice, f"staff.buttons.{action}"), f"alert:{number}:{action}") for action in actions)


def _words(
    voice: Voice, moment: str, slots: dict[str, str] | None = None, world: set[str] | None = None, seed: int = 0
) -> str:
    return voice.say(moment, Random(seed), slots=slots, world=world or set()).text  # noqa: S311 - variety only
