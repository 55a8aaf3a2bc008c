"""What becomes of an occurrence: every reason against sending, backing off by itself, and the end of it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.care.checkins.decide import Standing, What, decide, free_number, unanswered
from bot.care.checkins.plan import LAST_NOTE, Plan, Slot, SlotState, new_plan, new_slot
from bot.care.checkins.schedule import next_occurrence

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLAN = replace(new_plan(BEGIN, zone="Europe/Berlin", at=time(18, 30)), days=("mon", "wed", "fri"))
PLAN = replace(PLAN, next=next_occurrence(PLAN, BEGIN))
CALM = Standing(consented=True, paused=False, episode=False, last_heard=None, since=BEGIN, slots=())


def due(plan: Plan = PLAN) -> datetime:
    assert plan.next is not None
    return plan.next.at


def history(*states: SlotState, why: str = "", plan: Plan = PLAN) -> list[Slot]:
    """Slots on days before the plan's next one, oldest first."""
    found = []
    for number, state in enumerate(states):
        back = timedelta(days=len(states) - number)
        assert plan.next is not None
        earlier = replace(plan, next=replace(plan.next, day=plan.next.day - back, at=plan.next.at - back))
        found.append(new_slot(earlier, 0 if state is not SlotState.SKIPPED else 1, "body", state, BEGIN, why))
    return found


def at(standing: Standing, now: datetime | None = None, plan: Plan = PLAN) -> tuple[What, str]:
    found = decide(plan, standing, now or due(plan))
    return found.what, found.why


def old(standing: Standing, *states: SlotState) -> Standing:
    return replace(standing, slots=history(*states), since=BEGIN - timedelta(days=99))


def test_in_calm_it_asks() -> None:
    assert at(CALM) == (What.ASK, "")


@pytest.mark.parametrize(
    ("change", "why"),
    [({"consented": False}, "no_consent"), ({"paused": True}, "paused"), ({"episode": True}, "episode")],
)
def test_reasons_of_the_client(change: dict[str, bool], why: str) -> None:
    assert at(replace(CALM, **change)) == (What.SKIP, why)  # type: ignore[arg-type]


def test_late_is_dropped_and_never_at_night() -> None:
    assert at(CALM, due() + timedelta(minutes=60)) == (What.ASK, "")
    assert at(CALM, due() + timedelta(minutes=60, seconds=1)) == (What.SKIP, "late")
    assert PLAN.next is not None
    patient = replace(PLAN, next=replace(PLAN.next, until=due() + timedelta(hours=9)))
    assert at(CALM, due() + timedelta(hours=4), patient) == (What.SKIP, "quiet")


def test_one_a_day_whatever_the_sources() -> None:
    sent = new_slot(PLAN, 0, "body", SlotState.SENT, BEGIN)
    assert at(replace(CALM, slots=[sent])) == (What.SKIP, "one_a_day")
    skipped = new_slot(PLAN, 1, "body", SlotState.SKIPPED, BEGIN, "late")
    assert at(replace(CALM, slots=[skipped])) == (What.ASK, "")
    assert free_number([sent, skipped], PLAN) == 2


def test_a_snooze_skips_until_its_day() -> None:
    assert PLAN.next is not None
    day = PLAN.next.day
    assert at(CALM, plan=replace(PLAN, snoozed=day + timedelta(days=1))) == (What.SKIP, "snoozed")
    assert at(CALM, plan=replace(PLAN, snoozed=day)) == (What.ASK, "")


def test_who_is_talking_is_not_interrupted() -> None:
    talking = replace(CALM, last_heard=due() - timedelta(seconds=30))
    found = decide(PLAN, talking, due())
    assert found.what is What.WAIT and found.until == due() + timedelta(seconds=90)
    late = replace(CALM, last_heard=due() + timedelta(minutes=59))
    assert at(late, due() + timedelta(minutes=59, seconds=30)) == (What.SKIP, "talking")


SENT, ANSWERED, SKIPPED, UNKNOWN = SlotState.SENT, SlotState.ANSWERED, SlotState.SKIPPED, SlotState.UNKNOWN


def test_three_without_an_answer_halve_the_rate() -> None:
    assert at(old(CALM, SENT, SENT)) == (What.ASK, "")
    silent = old(CALM, SENT, SENT, SENT)
    assert at(silent) == (What.SKIP, "slowed")
    slowed = replace(silent, slots=[*silent.slots, history(SKIPPED, why="slowed")[0]])
    assert at(slowed) == (What.ASK, "")


def test_five_without_an_answer_end_it_with_one_line() -> None:
    assert at(old(CALM, *[SENT] * 5)) == (What.LAST_NOTE, "")


def test_an_answer_starts_the_count_anew() -> None:
    assert at(old(CALM, *[SENT] * 4, ANSWERED, SENT, SENT)) == (What.ASK, "")


def test_what_may_not_have_arrived_is_not_held_against_anyone() -> None:
    assert at(old(CALM, SENT, UNKNOWN, SENT, UNKNOWN)) == (What.ASK, "")


def test_silence_before_the_client_touched_the_plan_does_not_count() -> None:
    slots = history(*[SENT] * 5)
    assert unanswered(slots, BEGIN - timedelta(days=99)) == 5
    assert unanswered(slots, due()) == 0
    last = [*slots, replace(slots[-1], kind=LAST_NOTE)]
    assert unanswered(last, BEGIN - timedelta(days=99)) == 5
