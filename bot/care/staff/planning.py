"""A practitioner's plans: written once, shown as each client would get it, proposed to one or several, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.care.checkins.given import BadPlanError, plan_from
from bot.care.checkins.plan import OWN, Plan, Status
from bot.care.checkins.proposals import SAME, asked_already, propose
from bot.care.checkins.schedule import Send, sends
from bot.care.records import TALK
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Link, Member
from bot.care.visit import Room

MOST_AT_ONCE = 100
SHOWN = 5


def plan_of(given: Mapping[str, Any]) -> Plan:
    """A plan from what was filled in, without a zone: each client has their own. Raises StaffError in one sentence."""
    try:
        return replace(plan_from({**given, "zone": "UTC"}), zone="")
    except BadPlanError as refused:
        raise StaffError(str(refused)) from None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan would come to for one client; `zone` is "" as long as the client was not asked where they are."""

    link: Link
    zone: str
    coming: list[Send]
    against: str = ""  # why it cannot be proposed to this client now
    waiting: datetime | None = None  # since when a proposal of the practice waits for their answer


async def outlook(room: Room, plan: Plan, links: Sequence[Link]) -> list[Outlook]:
    """The next sends for each client, in their own zone."""
    return [await _outlook(room, plan, link) for link in links[:MOST_AT_ONCE]]


async def _outlook(room: Room, plan: Plan, link: Link) -> Outlook:
    chat = await room.store.staff.links.chat(link.client)
    if chat is None:
        return Outlook(link, "", [], "Their data is gone.")
    async with room.store.work(chat) as work:
        client, plans = await work.client(), await work.plans()
    if client is None or not client.consented(TALK):
        return Outlook(link, "", [], "They do not talk with the bot now.")
    waiting = min((one.made for one in plans if one.status is Status.PROPOSED and one.origin != OWN), default=None)
    zone = client.settings.zone
    coming = sends(replace(plan, zone=zone), room.clock.now(), SHOWN) if zone else []
    against = "They asked not to be written to for now." if link.paused else ""
    if any(asked_already(one, plan, link.member) for one in plans):
        against = against or SAME
    return Outlook(link, zone, coming, against, waiting)


@dataclass(frozen=True, slots=True)
class Outcome:
    link: Link
    against: str = ""  # one sentence; "" when it was proposed


async def propose_to(room: Room, member: Member, plan: Plan, links: Sequence[Link]) -> list[Outcome]:
    """Send the proposal to each client by itself; one that cannot be sent does not hold up the others."""
    found = []
    for link in links[:MOST_AT_ONCE]:
        chat = await room.store.staff.links.chat(link.client)
        against = "Their data is gone."
        if chat is not None:
            try:
                await propose(room, chat, plan, member.id, member.chat)
                against = ""
            except BadPlanError as refused:
                against = str(refused)
        found.append(Outcome(link, against))
    return found


async def stop(room: Room, link: Link, plan_id: str) -> bool:
    """Take back a proposal, or end a plan that the practice proposed; True when it was live and the client is to hear.

    Raises StaffError for a plan that the client made: that is theirs.
    """
    chat = await room.store.staff.links.chat(link.client)
    if chat is None:
        raise StaffError("This client's data is gone.")
    async with room.store.work(chat) as work:
        await work.client()
        plan = next((plan for plan in await work.plans() if plan.id == plan_id), None)
        if plan is None or plan.status in (Status.ENDED, Status.DECLINED):
            raise StaffError("This plan has ended already.")
        if plan.origin == OWN:
            raise StaffError("This plan is the client's own; only they can change it.")
        await work.put_plan(replace(plan, status=Status.ENDED, changed=room.clock.now(), next=None))
        await work.withdraw("ended")
        await work.commit()
    return plan.status is not Status.PROPOSED
