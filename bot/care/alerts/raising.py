"""Raising an alert, telling contacts by all their ways, and telling the client what became of it: what is so."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.care.alerts import notes, record
from bot.care.alerts.notes import Shared, buttons, say
from bot.care.crisis_words import help_row
from bot.care.episode import Episode
from bot.care.ports import Store, Work
from bot.care.records import Alert, AlertState, AlertStep, Button, Client, Outgoing, Priority
from bot.care.rota import TELEGRAM, Contact, Rota
from nlp.labels import Tier
from responses.voice import Voice

ARMED = {Tier.T3: timedelta(minutes=2), Tier.T2: timedelta(minutes=10)}  # before mail and webhook follow Telegram
_WAITING = (AlertState.OPEN, AlertState.ESCALATED, AlertState.FAILED)  # nobody is known to have got it
_AT_ONCE = ("drill", "no_telegram")  # worlds in which no way waits for another


async def raise_alert(
    work: Work,
    rota: Rota,
    voice: Voice,
    client: Client,
    tier: Tier,
    kinds: Sequence[str],
    now: datetime,
    said: str = "",
) -> Alert | None:
    """Raise an alert in the client's own transaction and tell who is first; None when there is nobody at any hour.

    One that is still open for this client is closed in favour of the new one; who had that hears of the new one too.
    `said`: the message in hand, for the note of a client who agreed to that.
    """
    if not rota.staffed:
        return None
    before = await work.open_alert()
    alert = await work.raise_alert(tier, kinds, notes.alias(client), now)
    await work.count(f"year:{now.year}:alerts")
    given = await notes.shared(work, client, said)
    first = rota.order[0] if rota.order else None
    why = record.to(first.code) if first is not None else record.NOBODY_ON_DUTY
    await work.step(AlertStep(alert.number, AlertState.OPEN, now, "client", f"{tier.name} {why}"))
    if first is not None:
        await tell(work, voice, alert, first, given, now)
    if before is not None:
        await _replace(work, rota, voice, before, alert, given, now)
        await _go_on_writing(work, client, before, alert, now)
    if client.episode:
        client.episode["alert"] = alert.number
    return alert


async def _replace(
    work: Work, rota: Rota, voice: Voice, before: Alert, alert: Alert, given: Shared, now: datetime
) -> None:
    had = rota.coded(str(record.holder(await work.alert_steps(before.number))))
    await work.step(AlertStep(before.number, AlertState.CLOSED, now, "clock", f"raised again as {alert.number}"))
    await work.call_off(before.number)
    if had is not None and had not in rota.order[:1]:
        await work.step(AlertStep(alert.number, AlertState.ESCALATED, now, "clock", record.to(had.code)))
        await tell(work, voice, alert, had, given, now, {"raised"})


async def _go_on_writing(work: Work, client: Client, before: Alert, alert: Alert, now: datetime) -> None:
    """Words between the client and a person go on under the new number; confirmed it is not by that."""
    if client.relay.get("alert") == before.number:
        client.relay["alert"] = alert.number
        await work.step(AlertStep(alert.number, alert.state, now, str(client.relay["code"]), record.WRITING))


async def tell(
    work: Work, voice: Voice, alert: Alert, contact: Contact, given: Shared, now: datetime, how: Collection[str] = ()
) -> int:
    """A note by Telegram at once; mail and webhook follow if it was not delivered there in time (`ARMED`).

    "no_telegram" in `how`: nothing arrived by Telegram so far, so nothing waits for it. Returns how many notes.
    """
    known = frozenset(how)
    if contact.chat is not None:
        await work.send(notes.note(voice, alert, contact.chat, given, known))
    at_once = contact.chat is None or not known.isdisjoint(_AT_ONCE)
    later = None if at_once else now + ARMED.get(alert.tier, ARMED[Tier.T2])
    written = notes.letters(voice, alert, contact, later, known)
    for letter in written:
        await work.post(letter)
    return len(written) + (contact.chat is not None)


async def delivered(store: Store, voice: Voice, number: int, contact: str, way: str, now: datetime) -> None:
    """A note really left by one way: on the record, the other ways are called off, and the client is told once."""
    async with store.work(await store.alert_chat(number) or 0) as work:
        alert = await work.alert(number)
        if alert is None:
            return
        drill = notes.DRILL in alert.kinds
        if way == TELEGRAM and not drill:
            await work.call_off(number, contact)
        if alert.state in _WAITING or drill:
            state = AlertState.SENT if alert.state in _WAITING else alert.state
            await work.step(AlertStep(number, state, now, "clock", f"{way} {contact}"))
            client = await work.client()
            if client is not None and not client.relay:  # who is writing with a person knows that somebody is there
                await tell_client(work, voice, "sent", number, client)
        await work.commit()


async def tell_client(
    work: Work,
    voice: Voice,
    state: str,
    number: int,
    client: Client | None = None,
    *,
    name: str = "",
    how: str = "",
    who: str = "",
) -> int:
    """Tell the client what became of the note ("sent", "seen", "handed", "called", "closed", "failed", "unanswered").

    Each is said once an alert, or once for each contact `who`. `name` of the person, `how` it was closed. Returns how
    many messages were queued. Without an episode of that alert nothing is said.
    """
    owner, mark = client or await work.client(), ":".join(filter(None, (str(number), state, who)))
    episode = Episode.load(owner.episode) if owner is not None else None
    if owner is None or episode is None or episode.alert != number or mark in episode.told:
        return 0
    episode.told.append(mark)
    owner.episode = episode.dump()
    await work.save(owner)
    world = {f"alert_{state}", how} | ({"named"} if name else set())
    text = say(voice, f"crisis.alert.{state}", {"name": name}, world, seed=number)
    quiet = state in ("sent", "closed")
    await work.send(Outgoing(text, (help_row(voice),), Priority.ALERT, silent=quiet))
    return 1


async def client_erased(work: Work, rota: Rota, voice: Voice, now: datetime) -> None:
    """The client erased their data: open alerts end, and everyone who was told learns that, and no more."""
    while (alert := await work.open_alert()) is not None:
        known = dict.fromkeys(code for code, _ in record.told(await work.alert_steps(alert.number)))
        await work.step(AlertStep(alert.number, AlertState.CLOSED, now, "client", "erased"))
        await work.call_off(alert.number)
        text = say(voice, "staff.erased", {"alert": str(alert.number)})
        for contact in filter(None, (rota.coded(code) for code in known)):
            await _tell_of_erasure(work, voice, alert, contact, text)


async def _tell_of_erasure(work: Work, voice: Voice, alert: Alert, contact: Contact, text: str) -> None:
    if contact.chat is not None:
        await work.send(Outgoing(text, priority=Priority.ALERT, to=contact.chat, alert=alert.number))
        return
    for letter in notes.erased_letters(voice, alert, contact, text):
        await work.post(letter)


def held_rows(voice: Voice, number: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons for whoever has the alert."""
    return tuple(buttons(voice, number, row) for row in notes.HELD_ROWS)
