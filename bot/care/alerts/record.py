"""What the append-only record of an alert tells: who was told, who has it, and what is due next. Pure.

A step says in its reason what was done: "to duty-1" a contact was told, "telegram duty-1" a note arrived there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.records import Alert, AlertState, AlertStep
from bot.care.rota import Contact, Rota
from nlp.labels import Tier

WAIT = {Tier.T3: timedelta(minutes=10), Tier.T2: timedelta(minutes=60)}  # for a confirmation, before the next is told
AGAIN = {Tier.T3: timedelta(minutes=30), Tier.T2: timedelta(hours=4)}  # after everybody was told, before the next round
REMIND = {Tier.T3: timedelta(hours=2), Tier.T2: timedelta(hours=24)}  # of an alert somebody has and has not closed
REASONS = ("spoke", "handed_on", "no_contact", "not_needed")  # for closing
ROUNDS = 4
REMINDERS = 2
NOBODY_LEFT = "nobody left"
NOBODY_ON_DUTY = "nobody on duty"
REMINDED = "reminded"
WRITING = "writing"  # to the client, from here on
_SKEW = timedelta(minutes=1)  # by which the clocks of two machines may differ
_TOLD = (AlertState.OPEN, AlertState.ESCALATED)  # steps with which a contact was told


@dataclass(frozen=True, slots=True)
class Move:
    """What is due: tell `contact` (`again`: in a later round), or tell the client `told`, as nobody is left."""

    contact: Contact | None
    told: str = ""
    again: bool = False


def to(code: str) -> str:
    """The reason of a step with which a contact was told."""
    return f"to {code}"


def told(steps: Sequence[AlertStep]) -> list[tuple[str, datetime]]:
    """(code, when) of each time a contact was told, in order."""
    return [(step.why.rpartition("to ")[2], step.at) for step in steps if step.state in _TOLD and "to " in step.why]


def holder(steps: Sequence[AlertStep]) -> str:
    """The code of who has the alert: who confirmed last, unless it was handed on since; "" for nobody."""
    has = ""
    for step in steps:
        if step.state is AlertState.SEEN and step.who != "clock":
            has = step.who
        elif step.state is AlertState.ESCALATED:
            has = ""
    return has


def concerns(steps: Sequence[AlertStep], code: str) -> bool:
    """Whether the alert ever came to this contact: they were told, or they did something with it."""
    return any(step.who == code for step in steps) or code in {to for to, _ in told(steps)}


def due(alert: Alert, steps: Sequence[AlertStep], rota: Rota, now: datetime) -> Move | None:
    """What an unconfirmed alert needs now; None while its contact still has time, or when all was done.

    A note that failed by every way of its contact does not wait. Who comes on duty later is told then.
    """
    known = told(steps)
    fresh = next((contact for contact in rota.order if contact.code not in {code for code, _ in known}), None)
    ended = [step.at for step in steps if step.why == NOBODY_LEFT]
    if ended:
        return Move(fresh, again=True) if fresh is not None else _next_round(alert, known, ended, rota, now)
    if known and not _is_over(alert, known[-1], steps, rota, now):
        return None
    if fresh is not None:
        return Move(fresh)
    return Move(None, _what_is_so(steps)) if known else None


def _is_over(alert: Alert, last: tuple[str, datetime], steps: Sequence[AlertStep], rota: Rota, now: datetime) -> bool:
    """Whether the contact told last had their time, or cannot be reached by any of their ways."""
    code, at = last
    contact = rota.coded(code)
    ways = len(contact.ways) if contact is not None else 1
    failed = sum(step.state is AlertState.FAILED and step.at >= at for step in steps)
    lost = alert.state is AlertState.FAILED and failed >= ways
    set_back = at - now > _SKEW  # the machine's clock was; how long ago it was is not known, so nobody waits
    return lost or set_back or now - at >= WAIT.get(alert.tier, WAIT[Tier.T2])


def _next_round(
    alert: Alert, known: Sequence[tuple[str, datetime]], ended: Sequence[datetime], rota: Rota, now: datetime
) -> Move | None:
    if len(ended) >= ROUNDS or not rota.order:
        return None
    codes = {code for code, at in known if at >= ended[-1]}
    left = [contact for contact in rota.order if contact.code not in codes]
    wait = AGAIN if not codes else WAIT
    since = now - max([*ended, *(at for _, at in known)])
    if since < wait.get(alert.tier, wait[Tier.T2]):
        return None
    return Move(left[0], again=True) if left else Move(None, "unanswered")


def _what_is_so(steps: Sequence[AlertStep]) -> str:
    return "unanswered" if any(step.state is AlertState.SENT for step in steps) else "failed"


def reminder_due(alert: Alert, steps: Sequence[AlertStep], now: datetime) -> str:
    """The code of the one to remind that the alert is still theirs; "" for nobody yet."""
    code = holder(steps)
    reminded = sum(step.why == REMINDED for step in steps)
    last = max((step.at for step in steps), default=alert.raised)
    late = now - last >= REMIND.get(alert.tier, REMIND[Tier.T2])
    return code if late and reminded < REMINDERS else ""
