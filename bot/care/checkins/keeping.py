"""What changes a client's plans: keeping, pausing, snoozing, ending. Editing never brings back the past."""

from dataclasses import replace
from datetime import date, timedelta

from bot.care.checkins.plan import Plan, Status
from bot.care.checkins.schedule import local_date, next_occurrence
from bot.care.visit import Visit

SNOOZE = timedelta(days=7)
LIVE = (Status.ACCEPTED, Status.PAUSED)


async def live_plans(visit: Visit) -> list[Plan]:
    """Those that send or will send again."""
    return [plan for plan in await visit.work.plans() if plan.status in LIVE]


async def plan_named(visit: Visit, plan_id: str) -> Plan | None:
    return next((plan for plan in await visit.work.plans() if plan.id == plan_id), None)


async def keep(visit: Visit, plan: Plan) -> Plan | None:
    """Accept a plan as it is now; None when it would never send. A day that had its check-in is not asked again."""
    taken = {slot.day for slot in await visit.work.slots() if slot.number == 0}
    found = next_occurrence(plan, visit.now, taken)
    if found is None or visit.client is None:
        return None
    plan = replace(plan, status=Status.ACCEPTED, changed=visit.now, next=found)
    await visit.work.put_plan(plan)
    settings = visit.client.settings
    settings.paused = False  # who sets up check-ins wants them
    if settings.zone != plan.zone:
        settings.zone = plan.zone
        await _move(visit, plan, taken)
    return plan


async def _move(visit: Visit, kept: Plan, taken: set[date]) -> None:
    """A client has one clock: their other plans follow it."""
    for plan in await live_plans(visit):
        if plan.id != kept.id:
            moved = replace(plan, zone=kept.zone)
            found = next_occurrence(moved, visit.now, taken) if plan.status is Status.ACCEPTED else None
            await visit.work.put_plan(replace(moved, next=found))


async def pause(visit: Visit, plan: Plan) -> None:
    await visit.work.put_plan(replace(plan, status=Status.PAUSED, changed=visit.now, next=None))
    await visit.work.withdraw("paused")


async def snooze(visit: Visit, plan: Plan) -> date:
    """Nothing for a week; returns the first day that counts again."""
    first = local_date(plan, visit.now) + SNOOZE
    await visit.work.put_plan(replace(plan, snoozed=first, changed=visit.now))
    await visit.work.withdraw("snoozed")
    return first


async def end(visit: Visit, plan: Plan) -> None:
    await visit.work.put_plan(replace(plan, status=Status.ENDED, changed=visit.now, next=None))
    await visit.work.withdraw("ended")
