"""What the clock does for alerts: the next contact, the next round, who came on duty, reminders, lost exchanges."""

from collections.abc import Sequence
from datetime import datetime

from bot.care.alerts import notes, record
from bot.care.alerts.raising import held_rows, tell, tell_client
from bot.care.alerts.record import Move
from bot.care.ports import Store, Work
from bot.care.records import Alert, AlertState, AlertStep, Outgoing, Priority
from bot.care.rota import Rota
from responses.voice import Voice


async def look_after(store: Store, rota: Rota, voice: Voice, now: datetime) -> int:
    """Do what is due for every alert that is not closed; returns how many notes and words were queued.

    `rota` as it holds now. Each alert is moved in its client's own transaction, and only if nobody acted meanwhile.
    """
    queued = 0
    for chat, alert in await store.unclosed():
        if notes.DRILL in alert.kinds:
            continue
        async with store.work(chat) as work:
            fresh = await work.alert(alert.number)
            if fresh is None or fresh.state is AlertState.CLOSED:
                continue
            moved = await _look_after(work, fresh, rota, voice, now)
            queued += moved
            if moved:
                await work.commit()
    return queued


async def _look_after(work: Work, alert: Alert, rota: Rota, voice: Voice, now: datetime) -> int:
    steps = await work.alert_steps(alert.number)
    if alert.state is AlertState.SEEN and await _exchange_lost(work, steps):
        return await _after_loss(work, alert, steps, rota, voice, now)
    if alert.state is AlertState.SEEN:
        return await _remind(work, alert, record.reminder_due(alert, steps, now), rota, voice, now)
    move = record.due(alert, steps, rota, now)
    return await _move(work, alert, move, rota, voice, now) if move is not None else 0


async def _move(work: Work, alert: Alert, move: Move, rota: Rota, voice: Voice, now: datetime) -> int:
    steps = await work.alert_steps(alert.number)
    if move.contact is None:
        await work.step(AlertStep(alert.number, AlertState.ESCALATED, now, "clock", record.NOBODY_LEFT))
        return 1 + await tell_client(work, voice, move.told, alert.number)
    known = record.told(steps)
    how = {"escalated"} if known else {"waited"}
    if known and not any(step.state is AlertState.SENT for step in steps):
        how.add("no_telegram")
    if move.again and move.contact.code in {code for code, _ in known}:
        how = {*how - {"escalated"}, "again"}
    level = len({code for code, _ in known} | {move.contact.code}) - 1
    await work.step(AlertStep(alert.number, AlertState.ESCALATED, now, "clock", record.to(move.contact.code)), level)
    given = await notes.shared(work, await work.client())
    return await tell(work, voice, alert, move.contact, given, now, how)


async def _remind(work: Work, alert: Alert, code: str, rota: Rota, voice: Voice, now: datetime) -> int:
    contact = rota.coded(code) if code else None
    if contact is None or contact.chat is None:
        return 0
    await work.step(AlertStep(alert.number, AlertState.SEEN, now, "clock", record.REMINDED))
    text = notes.say(voice, "staff.reminder", {"alert": str(alert.number), "alias": alert.alias})
    rows = held_rows(voice, alert.number)
    await work.send(Outgoing(text, rows, Priority.ALERT, to=contact.chat, alert=alert.number))
    return 1


async def _exchange_lost(work: Work, steps: Sequence[AlertStep]) -> bool:
    """Whether a client's words to the person who has the alert could not be delivered."""
    client = await work.client()
    return client is not None and bool(client.relay) and steps[-1].state is AlertState.FAILED


async def _after_loss(
    work: Work, alert: Alert, steps: Sequence[AlertStep], rota: Rota, voice: Voice, now: datetime
) -> int:
    """The next contact is told, and the client that their words did not arrive."""
    has, client = record.holder(steps), await work.client()
    other = next((contact for contact in rota.order if contact.code != has), None)
    why = record.to(other.code) if other is not None else record.NOBODY_LEFT
    await work.step(AlertStep(alert.number, AlertState.ESCALATED, now, "clock", why))
    if client is not None:
        client.relay = {}
        await work.save(client)
    queued = await tell_client(work, voice, "lost" if other is not None else "failed", alert.number)
    if other is not None:
        queued += await tell(work, voice, alert, other, await notes.shared(work, client), now, {"escalated"})
    return 1 + queued
