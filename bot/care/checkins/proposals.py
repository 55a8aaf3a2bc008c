"""A practitioner proposes a plan; the client accepts, changes or declines it. Until then nothing is sent (T-04)."""

from dataclasses import replace
from random import Random

from bot.care.alerts import notes
from bot.care.buttons import rows
from bot.care.checkins import keeping
from bot.care.checkins.given import BadPlanError, check
from bot.care.checkins.plan import Plan, Status, new_plan
from bot.care.checkins.shown import days_in_words, time_in_words
from bot.care.records import TALK, Client, Outgoing, Priority
from bot.care.visit import Room, Visit

MOST_WAITING = 3
SAME = "The same plan waits for their answer already."


async def propose(room: Room, chat: int, plan: Plan, origin: str, tell: int | None = None) -> Plan:
    """Keep `plan` as a proposal of the practitioner `origin` and send its card to the client.

    Days, time and kinds are taken from `plan`; the zone and the quiet hours are the client's own. `tell` is the
    practitioner's chat, which learns the answer. Raises BadPlanError, in one sentence, when there is no such client,
    when the client asked not to be written to, or for a time inside the client's quiet hours.
    """
    async with room.store.work(chat) as work:
        client = await work.client()
        if client is None or not client.consented(TALK):
            raise BadPlanError("This client cannot be written to: there is no consent to talk.")
        if client.settings.paused:
            raise BadPlanError("This client asked not to be written to for now.")
        plans = await work.plans()
        if any(asked_already(one, plan, origin) for one in plans):
            raise BadPlanError(SAME)
        if sum(one.status is Status.PROPOSED for one in plans) >= MOST_WAITING:
            raise BadPlanError("Proposals to this client are still waiting for an answer.")
        own = [one for one in plans if one.status in keeping.LIVE]
        proposal = _proposal(room, plan, client, origin, tell, own)
        check(proposal)
        await work.put_plan(proposal)
        await work.send(_card(room, proposal))
        await work.commit()
    return proposal


def asked_already(waits: Plan, plan: Plan, origin: str) -> bool:
    """Whether proposing `plan` would ask again what waits already, as when a form is sent twice."""
    if waits.status is not Status.PROPOSED or waits.origin != origin:
        return False
    return all(getattr(waits, name) == getattr(plan, name) for name in ("days", "at", "window", "kinds", "until"))


def _proposal(room: Room, plan: Plan, client: Client, origin: str, tell: int | None, own: list[Plan]) -> Plan:
    quiet = own[0].quiet if own else plan.quiet
    values = {"days": plan.days, "at": plan.at, "window": plan.window, "kinds": plan.kinds, "until": plan.until}
    zone = client.settings.zone
    proposal = new_plan(room.clock.now(), zone=zone, quiet=quiet, origin=origin, tell=tell, **values)
    return replace(proposal, status=Status.PROPOSED)


def _card(room: Room, plan: Plan) -> Outgoing:
    slots = {"days": days_in_words(plan.days), "time": time_in_words(plan), "value": room.policy.practice}
    world = {"practice"} if room.policy.practice else set()
    part = room.voice.say("checkin.proposal", Random(plan.id), slots=slots, world=world)  # noqa: S311 - variety
    named = rows(room.voice, ("checkin:accept", "checkin:alter", "checkin:decline"))
    buttons = tuple(tuple(replace(b, data=f"{b.data}:{plan.id}") for b in row) for row in named)
    return Outgoing(part.text, buttons, priority=Priority.NOTE)


async def waiting(visit: Visit, plan_id: str) -> Plan | None:
    """The proposal a button is about, if it still waits for its answer."""
    plan = await keeping.plan_named(visit, plan_id)
    return plan if plan is not None and plan.status is Status.PROPOSED else None


async def decline(visit: Visit, plan: Plan) -> None:
    await visit.work.put_plan(replace(plan, status=Status.DECLINED, changed=visit.now, next=None))
    await tell(visit, plan, "declined")
    visit.answer(visit.say("checkin.proposal-declined"))


async def tell(visit: Visit, plan: Plan, what: str) -> None:
    """The practitioner learns what came of it, and never why; by the name they gave the client, if there is one."""
    if plan.tell is None or visit.client is None:
        return
    links = await visit.room.store.staff.links.of_client(visit.client.id)
    known = next((link.label for link in links if link.member == plan.origin), notes.alias(visit.client))
    slots = {"alias": known, "days": days_in_words(plan.days), "time": time_in_words(plan)}
    text = visit.room.voice.say(f"staff.plan-{what}", visit.random, slots=slots).text
    visit.outgoing.append(Outgoing(text, priority=Priority.NOTE, to=plan.tell))


def card_again(visit: Visit, plan: Plan) -> None:
    """The card, for a client who asks what there is."""
    card = _card(visit.room, plan)
    visit.outgoing.append(replace(card, priority=Priority.REPLY))
