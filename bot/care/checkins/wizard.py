"""`/checkins`: one plan shown, set up or changed, by buttons and by words. Nothing is kept before it was shown.

One step is one question. Words are understood at every step ("tuesdays at 7pm", "evenings", "Berlin"); what is no
answer is listened to instead.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.care import episode as episodes
from bot.care import flows
from bot.care.checkins import keeping, proposals
from bot.care.checkins.clock_words import quiet_span
from bot.care.checkins.drafts import draft_of, merged, new_draft, plan_of
from bot.care.checkins.plan import Plan, Status, new_plan
from bot.care.checkins.schedule import local_date, sends
from bot.care.checkins.shown import described, joined, label, place_rows, review_rows, zone_rows
from bot.care.checkins.wishes import applied, is_at_night, wish_of
from bot.care.checkins.zones import named_in, zone_from
from bot.care.crisis import help_row
from bot.care.flows import Heard
from bot.care.visit import Visit

FLOW = "checkins"
_YES = re.compile(
    r"\W*(yes|yeah|yep|ok|okay|sure|save( it)?|keep( it)?|good|that works|fine|perfect|do it)( please| thanks)?\W*",
    re.I,
)
_NO = re.compile(r"\W*(no|nope|not now|no thanks?|no thank you|cancel|never ?mind|later|forget it|leave it)\W*", re.I)
_PLACE_WORDS = 5  # a longer text is no place


async def show(visit: Visit) -> None:
    """What there is, with its next dates; or, where there is nothing yet, a sensible beginning."""
    if visit.client is None or not visit.talk:
        visit.answer(visit.say("consent.notice"))
        return
    if episodes.current(visit.client.episode, visit.now) is not None:
        visit.answer(replace(visit.say("checkin.resting"), buttons=(help_row(visit.room.voice),)))
        return
    flows.end(visit)
    plans = await visit.work.plans()
    for proposal in (plan for plan in plans if plan.status is Status.PROPOSED):
        proposals.card_again(visit, proposal)
    live = [plan for plan in plans if plan.status in keeping.LIVE]
    for plan in live:
        _current(visit, plan)
    if not live and not any(plan.status is Status.PROPOSED for plan in plans):
        ended = [plan for plan in plans if plan.status is Status.ENDED]
        await begin(visit, replace(ended[-1], until=None) if ended else new_draft(visit.client.settings.zone))


def _current(visit: Visit, plan: Plan) -> None:
    paused = plan.status is Status.PAUSED or (visit.client is not None and visit.client.settings.paused)
    names = ("change", "resume", "end") if paused else ("change", "snooze", "pause", "end")
    buttons = [label(visit, f"checkin:{name}", f"checkin:{name}:{plan.id}") for name in names]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    visit.answer(described(visit, "checkin.current-paused" if paused else "checkin.current", plan, rows))


async def begin(visit: Visit, plan: Plan) -> None:
    """Set a plan up, or change it: where the client's clock is comes first, once."""
    flows.begin(visit, FLOW, "review", draft=draft_of(plan))
    if plan.zone:
        review(visit)
    else:
        await ask_place(visit, "checkin.offer")


async def accept(visit: Visit, plan: Plan) -> None:
    """Keep a proposal as it is: the client saw its card."""
    flows.begin(visit, FLOW, "review", draft=draft_of(plan))
    await save(visit)


def draft(visit: Visit) -> Plan:
    return plan_of(flows.values_of(visit)["draft"])


def redraft(visit: Visit, plan: Plan, step: str = "review") -> None:
    flows.move(visit, step, draft=draft_of(plan))


def review(visit: Visit, *before: str) -> None:
    """The draft with its next seven sends in the client's time, before anything is kept."""
    flows.move(visit, "review")
    plan = draft(visit)
    if is_at_night(plan):
        flows.move(visit, "time")
        visit.answer(described(visit, "checkin.at-night", plan))
        return
    if not sends(plan, visit.now, 1):
        visit.answer(described(visit, "checkin.none-left", replace(plan, until=None)))
        return
    visit.answer(
        joined(*(visit.say(moment) for moment in before), described(visit, "checkin.review", plan, review_rows(visit)))
    )


async def ask_place(visit: Visit, moment: str = "checkin.ask-place") -> None:
    flows.move(visit, "place")
    country = visit.client.settings.country if visit.client else ""
    zones = list(await visit.room.places.zones_of(country))[:3] if country else []
    rows = (*zone_rows(visit, zones), (label(visit, "checkin:no", "checkin:no"),))
    visit.answer(replace(visit.say(moment), buttons=rows))


async def chose_zone(visit: Visit, zone: str, *, fixed: bool = False) -> None:
    redraft(visit, replace(draft(visit), zone=zone))
    review(visit, *(["checkin.place-fixed"] if fixed else []))


async def located(visit: Visit, latitude: float, longitude: float) -> bool:
    """A shared point, where the place was asked; it is turned into a time zone and not kept."""
    if flows.step_of(visit, FLOW) != "place":
        return False
    zone = await visit.room.places.zone_at(latitude, longitude)
    if zone:
        await chose_zone(visit, zone)
    else:
        visit.answer(visit.say("checkin.place-unknown"))
    return True


async def save(visit: Visit) -> None:
    """Keep the draft as the plan it was made from, or as a new one."""
    chosen = draft(visit)
    before = await keeping.plan_named(visit, chosen.id) if chosen.id else None
    plan = merged(before if before is not None else new_plan(visit.now), chosen)
    kept = await keeping.keep(visit, replace(plan, snoozed=None))
    if kept is None:
        visit.answer(described(visit, "checkin.none-left", replace(plan, until=None)))
        return
    flows.end(visit)
    if before is not None:
        await proposals.tell(visit, kept, "changed" if _differs(before, kept) else "accepted")
    visit.answer(described(visit, "checkin.saved", kept))


def _differs(before: Plan, kept: Plan) -> bool:
    return before.status is not Status.PROPOSED or (before.days, before.at, before.window) != (
        kept.days,
        kept.at,
        kept.window,
    )


def leave(visit: Visit) -> None:
    flows.end(visit)
    visit.answer(visit.say("checkin.not-now"))


# -- words


async def step(visit: Visit, heard: Heard) -> bool:
    """The client's words to the flow; False when they are no answer."""
    if _NO.fullmatch(heard.text):
        leave(visit)
        return True
    return await _STEPS.get(flows.step_of(visit, FLOW), _words)(visit, heard)


async def _place(visit: Visit, heard: Heard) -> bool:
    found = await zone_from(heard.text, visit.room.places)
    if found.zone:
        await chose_zone(visit, found.zone, fixed=found.fixed)
    elif found.places:
        visit.answer(replace(visit.say("checkin.place-which"), buttons=place_rows(visit, found.places)))
    elif await _words(visit, heard):
        return True
    elif len(heard.text.split()) > _PLACE_WORDS or heard.reading.feelings:
        return False
    else:
        visit.answer(visit.say("checkin.place-unknown"))
    return True


async def _quiet(visit: Visit, heard: Heard) -> bool:
    span = quiet_span(heard.text)
    if span is None:
        return await _words(visit, heard)
    redraft(visit, replace(draft(visit), quiet=span))
    review(visit)
    return True


async def _words(visit: Visit, heard: Heard) -> bool:
    if flows.step_of(visit, FLOW) == "review" and _YES.fullmatch(heard.text):
        await save(visit)
        return True
    plan = draft(visit)
    today = local_date(plan, visit.now) if plan.zone else visit.now.date()
    wish = wish_of(heard.text, plan.quiet, today)
    if wish.problem:
        visit.answer(visit.say(f"checkin.no-such-{wish.problem}"))
        return True
    if not wish:
        return await _named_place(visit, heard)
    redraft(visit, applied(plan, wish))
    if plan.zone:
        review(visit)
    else:
        await ask_place(visit)
    return True


async def _named_place(visit: Visit, heard: Heard) -> bool:
    """Where they are, said at another step."""
    if len(heard.text.split()) > _PLACE_WORDS or heard.reading.feelings:
        return False
    found = await named_in(heard.text, visit.room.places)
    if found.zone:
        await chose_zone(visit, found.zone, fixed=found.fixed)
    elif found.places:
        flows.move(visit, "place")
        visit.answer(replace(visit.say("checkin.place-which"), buttons=place_rows(visit, found.places)))
    return bool(found.zone or found.places)


_STEPS: dict[str, Callable[[Visit, Heard], Awaitable[bool]]] = {"place": _place, "quiet": _quiet}
