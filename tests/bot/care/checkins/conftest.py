"""A client with check-ins, over a room whose clock is set by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.checkins.plan import Plan, Slot
from bot.care.checkins.ports import Place
from bot.care.checkins.sending import send_due
from bot.care.ports import OutboxRow
from tests.bot.care.conftest import Chat, make_chat

NAMESAKES = [
    Place("Birmingham", "GB", "Europe/London", 1_157_603),
    Place("Birmingham", "US", "America/Chicago", 196_357, "AL"),
]


class SmallAtlas:
    """A handful of places."""

    async def find(self, name: str) -> Sequence[Place]:
        known = {
            "berlin": [Place("Berlin", "DE", "Europe/Berlin", 3_000_000)],
            "nice": [Place("Nice", "FR", "Europe/Paris", 342_000)],
            "birmingham": NAMESAKES,
        }
        return known.get(name.lower(), [])

    async def zone_at(self, latitude: float, longitude: float) -> str:
        return "Europe/Berlin" if latitude > 0 else ""

    async def zones_of(self, country: str) -> Sequence[str]:
        return {"DE": ["Europe/Berlin"]}.get(country, [])


@pytest.fixture
def chat() -> Chat:
    made = make_chat()
    made.room = replace(made.room, places=SmallAtlas())
    return made


async def plans(chat: Chat) -> list[Plan]:
    async with chat.room.store.work(chat.number) as work:
        return await work.plans()


async def slots(chat: Chat) -> list[Slot]:
    async with chat.room.store.work(chat.number) as work:
        return await work.slots()


async def set_up(chat: Chat) -> Plan:
    """Three evenings a week in Berlin, as offered."""
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("Berlin")
    await chat.presses("checkin:save")
    (plan,) = await plans(chat)
    return plan


async def tick(chat: Chat) -> list[OutboxRow]:
    """What the clock would send now."""
    await send_due(chat.room)
    return await chat.sent()


async def until_sent(chat: Chat, days: int = 14) -> list[OutboxRow]:
    """Let time go by until the next check-in arrives."""
    for _ in range(days * 24 * 4):
        chat.clock.pass_(minutes=15)
        rows = await tick(chat)
        if rows:
            return rows
    return []


async def on_to(chat: Chat, plan: Plan, **more: float) -> None:
    """To the plan's next occurrence."""
    assert plan.next is not None
    chat.clock.time = plan.next.at + timedelta(**more)
