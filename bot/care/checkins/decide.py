"""What becomes of a plan's occurrence once its time has come: pure, from what is known of the client.

Every occurrence ends in a message or in a reason why there was none. Nothing is made up for later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.care.checkins.plan import LAST_NOTE, Plan, Slot, SlotState
from bot.care.checkins.schedule import is_night

HALVE_AFTER, END_AFTER = 3, 5  # check-ins without an answer (S-11)
TALKING = timedelta(minutes=2)  # after the client's last words: they are being heard already


class What(StrEnum):
    ASK = "ask"
    LAST_NOTE = "last_note"  # the one kind line, and the plan ends
    SKIP = "skip"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Decision:
    what: What
    why: str = ""  # a rule name, for a skip
    until: datetime | None = None  # for a wait


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the client at the moment."""

    consented: bool
    paused: bool
    episode: bool  # risk is raised: check-ins stop (S-07)
    last_heard: datetime | None
    since: datetime  # when the client last agreed to or changed a plan: silence before that does not count
    slots: Sequence[Slot]  # newest last


def decide(plan: Plan, standing: Standing, now: datetime) -> Decision:
    """For an accepted plan whose `next` is due at `now`."""
    why = _reason(plan, standing, now)
    if why:
        return Decision(What.SKIP, why)
    talked = standing.last_heard
    if talked is not None and now - talked < TALKING:
        assert plan.next is not None
        fits = talked + TALKING <= plan.next.until
        return Decision(What.WAIT, until=talked + TALKING) if fits else Decision(What.SKIP, "talking")
    silent = unanswered(standing.slots, standing.since)
    if silent >= END_AFTER:
        return Decision(What.LAST_NOTE)
    if silent >= HALVE_AFTER and not _slowed_last(plan, standing.slots):
        return Decision(What.SKIP, "slowed")
    return Decision(What.ASK)


def _reason(plan: Plan, standing: Standing, now: datetime) -> str:
    """Why nothing may be sent now; "" if something may."""
    assert plan.next is not None
    day = plan.next.day
    reasons = (
        ("no_consent", not standing.consented),
        ("paused", standing.paused),
        ("episode", standing.episode),
        ("snoozed", plan.snoozed is not None and day < plan.snoozed),
        ("late", now > plan.next.until),
        ("quiet", is_night(plan, now)),
        ("one_a_day", any(slot.day == day and slot.number == 0 for slot in standing.slots)),
    )
    return next((name for name, holds in reasons if holds), "")


def unanswered(slots: Sequence[Slot], since: datetime) -> int:
    """How many check-ins in a row, the newest ones, arrived after `since` and got no answer of any kind."""
    count = 0
    for slot in reversed(slots):
        if slot.due <= since or slot.state is SlotState.ANSWERED:
            break
        count += slot.state is SlotState.SENT and slot.kind != LAST_NOTE
    return count


def _slowed_last(plan: Plan, slots: Sequence[Slot]) -> bool:
    mine = [slot for slot in slots if slot.plan == plan.id]
    return bool(mine) and mine[-1].why == "slowed"


def free_number(slots: Sequence[Slot], plan: Plan) -> int:
    """The next number for something skipped on the occurrence's day."""
    assert plan.next is not None
    return max((slot.number for slot in slots if slot.day == plan.next.day), default=0) + 1
