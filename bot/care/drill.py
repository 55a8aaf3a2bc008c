"""A test alert through the whole rota: everyone on it, on duty or not, by every way they have, marked as a drill.

Each contact gets an alert of their own, so that its record says what became of theirs. A drill names no client.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care import alerts
from bot.care.alerts import notes, raising
from bot.care.alerts.notes import Shared
from bot.care.ports import Store
from bot.care.records import Alert, AlertState, AlertStep, Letter, Outgoing
from bot.care.rota import TELEGRAM, Contact, Rota
from nlp.labels import Tier
from responses.voice import Voice

_HOW = frozenset({notes.DRILL})
_OVER = "drill over"


@dataclass(frozen=True, slots=True)
class Test:
    """What was begun for one contact."""

    contact: Contact
    alert: Alert


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one way to one contact."""

    contact: str  # code
    way: str
    seconds: float | None = None  # from the alert to the other side's taking it; None: it did not
    why: str = ""  # a rule name when it is known to have failed


async def begin(store: Store, rota: Rota, voice: Voice, now: datetime, *, queue: bool) -> list[Test]:
    """Raise them all. With `queue` the notes wait for the running program; without, whoever asked sends them."""
    tests = []
    for contact in rota.everyone:
        async with store.work(0) as work:
            alert = await work.raise_alert(Tier.T2, (notes.DRILL,), notes.DRILL, now)
            await work.step(AlertStep(alert.number, AlertState.OPEN, now, "operator", f"drill to {contact.code}"))
            if queue:
                await raising.tell(work, voice, alert, contact, Shared(), now, _HOW)
            await work.commit()
        tests.append(Test(contact, alert))
    return tests


def note(voice: Voice, test: Test) -> Outgoing | None:
    """For the contact's chat; None when they have none."""
    chat = test.contact.chat
    return None if chat is None else notes.note(voice, test.alert, chat, Shared(), _HOW)


def letters(voice: Voice, test: Test) -> list[Letter]:
    """For their mail and webhook."""
    return notes.letters(voice, test.alert, test.contact, None, _HOW)


async def settled(store: Store, voice: Voice, test: Test, way: str, why: str, now: datetime) -> None:
    """Write down what became of a note that was sent past the queue; `why` "" when it was taken."""
    if not why:
        await alerts.delivered(store, voice, test.alert.number, test.contact.code, way, now)
        return
    async with store.work(0) as work:
        await work.step(AlertStep(test.alert.number, AlertState.FAILED, now, "clock", f"{way}: {why}"))
        await work.commit()


async def found(store: Store, test: Test) -> list[Found]:
    """What the record says of each way so far."""
    steps = await store.alert_steps(test.alert.number)
    return [_of(way, test, steps) for way in test.contact.ways]


def _of(way: str, test: Test, steps: Sequence[AlertStep]) -> Found:
    code = test.contact.code
    for step in steps:
        if step.why == f"{way} {code}":  # whatever state the alert was in by then
            return Found(code, way, (step.at - test.alert.raised).total_seconds())
        if step.state is AlertState.FAILED and _way_of(step.why) == way:
            return Found(code, way, None, step.why)
    return Found(code, way)


def _way_of(why: str) -> str:
    """Failures of letters are named after their way; those of Telegram after what it said."""
    name = why.split(":")[0].split("_")[0]
    return name if name in ("mail", "webhook") else TELEGRAM


async def confirmed(store: Store, test: Test) -> float | None:
    """Seconds until the contact pressed "I have it"; None as long as they did not."""
    steps = await store.alert_steps(test.alert.number)
    seen = next((s.at for s in steps if s.state is AlertState.SEEN and s.who == test.contact.code), None)
    return None if seen is None else (seen - test.alert.raised).total_seconds()


async def end(store: Store, tests: Sequence[Test], now: datetime) -> None:
    """Close them, so that none counts as open; a late "I have it" is still thanked for."""
    for test in tests:
        async with store.work(0) as work:
            await work.step(AlertStep(test.alert.number, AlertState.CLOSED, now, "operator", _OVER))
            await work.call_off(test.alert.number)
            await work.commit()
