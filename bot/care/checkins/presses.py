"""Buttons of check-ins, of the wizard and of a proposal's card; their data begins with "checkin:"."""

from dataclasses import replace
from datetime import time

from bot.care import flows
from bot.care.checkins import answers, keeping, proposals, wizard
from bot.care.checkins.given import BadPlanError
from bot.care.checkins.given import zone as known_zone
from bot.care.checkins.plan import DAYS, KINDS, Plan, Span, Status
from bot.care.checkins.shown import date_in_words, day_rows, described, kind_rows
from bot.care.checkins.wizard import FLOW, draft, redraft, review
from bot.care.records import Outgoing
from bot.care.visit import Visit

WINDOWS: dict[str, Span] = {
    "morning": (time(9), time(11, 30)),
    "midday": (time(12), time(14)),
    "afternoon": (time(14), time(17)),
    "evening": (time(17, 30), time(20, 30)),
}
_ASKED = ("ask-time", "ask-quiet")
_ANSWERS = ("mark", "skip")


async def pressed(visit: Visit, data: str) -> None:
    """Whatever it is: an old button shows how things stand now, and nothing happens twice."""
    if visit.client is None:
        visit.answer(visit.say("system.old-button"))
        return
    name, _, value = data.removeprefix("checkin:").partition(":")
    if name in _ANSWERS:
        await answers.pressed(visit, data)
    elif value and name in ("accept", "alter", "decline"):
        await _proposal(visit, name, value)
    elif value and name in ("change", "pause", "resume", "snooze", "end"):
        await _plan(visit, name, value)
    elif not flows.step_of(visit, FLOW):
        await wizard.show(visit)
    else:
        await _draft(visit, name, value)


async def _proposal(visit: Visit, name: str, plan_id: str) -> None:
    plan = await proposals.waiting(visit, plan_id)
    if plan is None:
        visit.answer(visit.say("checkin.proposal-gone"))
    elif name == "decline":
        await proposals.decline(visit, plan)
    else:
        assert visit.client is not None
        plan = replace(plan, zone=plan.zone or visit.client.settings.zone)
        if name == "accept" and plan.zone:
            await wizard.accept(visit, plan)
        else:
            await wizard.begin(visit, plan)


async def _plan(visit: Visit, name: str, plan_id: str) -> None:
    plan = await keeping.plan_named(visit, plan_id)
    if plan is None or (plan.status not in keeping.LIVE):
        await wizard.show(visit)
        return
    if name == "change":
        await wizard.begin(visit, plan)
    elif name == "resume":
        await _resume(visit, plan)
    elif name == "snooze":
        first = await keeping.snooze(visit, plan)
        visit.answer(visit.say("checkin.snoozed", slots={"value": date_in_words(first)}))
    elif name == "pause":
        await keeping.pause(visit, plan)
        visit.answer(visit.say("checkin.paused"))
    else:
        await keeping.end(visit, plan)
        visit.answer(visit.say("checkin.ended"))


async def _resume(visit: Visit, plan: Plan) -> None:
    kept = await keeping.keep(visit, replace(plan, snoozed=None))
    if kept is None:
        await wizard.begin(visit, replace(plan, until=None))
        return
    visit.answer(described(visit, "checkin.resumed", kept))


async def _draft(visit: Visit, name: str, value: str) -> None:
    """A button of the wizard, while it is under way."""
    plan = draft(visit)
    if name == "save":
        await wizard.save(visit)
    elif name == "no":
        wizard.leave(visit)
    elif name == "review":
        review(visit)
    elif name in ("days", "day", "kinds", "kind"):
        _choose(visit, plan, name, value)
    elif name == "at" and value in WINDOWS:
        redraft(visit, replace(plan, at=None, window=WINDOWS[value]))
        review(visit)
    elif name == "open":
        redraft(visit, replace(plan, until=None))
        review(visit)
    elif name == "place":
        await wizard.ask_place(visit)
    elif name == "zone":
        await _zone(visit, value)
    elif f"ask-{name}" in _ASKED:
        flows.move(visit, name)
        visit.answer(described(visit, f"checkin.ask-{name}", plan))
    else:
        visit.answer(visit.say("system.old-button"))


async def _zone(visit: Visit, value: str) -> None:
    try:
        zone = known_zone(value)
    except BadPlanError:
        await wizard.ask_place(visit)
        return
    await wizard.chose_zone(visit, zone)


_SETS = {"all": DAYS, "week": DAYS[:5]}


def _choose(visit: Visit, plan: Plan, name: str, value: str) -> None:
    """Days and kinds, ticked on and off in the same message. The last one stays: a plan without any is no plan."""
    if name == "days":
        plan = replace(plan, days=_SETS.get(value, plan.days))
    elif name == "day" and value in DAYS:
        plan = replace(plan, days=_toggled(plan.days, value, DAYS))
    elif name == "kind" and value in KINDS:
        plan = replace(plan, kinds=_toggled(plan.kinds, value, KINDS))
    step = "days" if name in ("days", "day") else "kinds"
    redraft(visit, plan, step)
    rows = day_rows(visit, plan.days) if step == "days" else kind_rows(visit, plan.kinds)
    reply = described(visit, f"checkin.ask-{step}", plan, rows)
    edit = visit.message if name in ("day", "kind") or value else None
    visit.outgoing.append(Outgoing(reply.text, reply.buttons, edit=edit))


def _toggled(chosen: tuple[str, ...], one: str, order: tuple[str, ...]) -> tuple[str, ...]:
    kept = set(chosen) ^ {one}
    return tuple(name for name in order if name in (kept or {one}))


async def stop_in_words(visit: Visit) -> None:
    """ "Stop the check-ins", in any state: no reason asked, nothing else changes."""
    flows.end(visit)
    for plan in await visit.work.plans():
        if plan.status in (*keeping.LIVE, Status.PROPOSED):
            await keeping.end(visit, plan)
    visit.answer(visit.say("checkin.ended"))


async def snooze_in_words(visit: Visit) -> None:
    plans = [plan for plan in await keeping.live_plans(visit) if plan.status is Status.ACCEPTED]
    if not plans:
        await wizard.show(visit)
        return
    first = [await keeping.snooze(visit, plan) for plan in plans]
    visit.answer(visit.say("checkin.snoozed", slots={"value": date_in_words(max(first))}))
