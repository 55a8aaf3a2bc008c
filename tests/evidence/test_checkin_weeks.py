"""Weeks of check-ins under kill -9, a database that goes away and a Telegram that is often out: none twice, all told.

A thousand client-weeks with twenty kills. What a kill does to one slot is a test of the store as well.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.care.checkins.plan import DAYS, KINDS, Plan, SlotState, new_plan
from bot.care.checkins.schedule import next_occurrence
from bot.care.records import TALK, Client, Consent
from bot.store.opening import open_store
from tests.fakes import checkin_weeks as weeks

ROOT = Path(__file__).parents[2]
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo")
END = weeks.BEGIN + weeks.STEPS * weeks.STEP


def a_plan(rng: random.Random) -> Plan:
    days = tuple(sorted(rng.sample(DAYS, 3), key=DAYS.index))
    when: dict[str, Any] = {"at": time(rng.randint(9, 20), rng.choice([0, 30]))}
    if rng.random() < 0.5:
        when = {"window": (time(rng.choice([9, 17])), time(rng.choice([18, 20])))}
    if "window" in when and when["window"][0] >= when["window"][1]:
        when = {"at": time(18)}
    plan = new_plan(weeks.BEGIN, zone=rng.choice(ZONES), days=days, kinds=KINDS, **when)
    return replace(plan, next=next_occurrence(plan, weeks.BEGIN))


async def settle(store: Any, clients: int, rng: random.Random) -> dict[int, list[Plan]]:
    """Clients with one plan or two; a few paused, a few whose consent was taken back."""
    made: dict[int, list[Plan]] = {}
    for chat in range(1, clients + 1):
        consent = [Consent(TALK, chat % 40 != 0, "1", weeks.BEGIN)]
        client = Client(f"c{chat}", weeks.BEGIN, consents=consent)
        client.settings.paused = chat % 25 == 0
        made[chat] = [a_plan(rng) for _ in range(2 if chat % 10 == 0 else 1)]
        async with store.work(chat) as work:
            await work.add_client(client)
            for plan in made[chat]:
                await work.put_plan(plan)
            await work.commit()
    return made


async def lived(home: Path, kills: int, rng: random.Random) -> int:
    """The process until its weeks are over, killed on the way; returns how many sends were in the air at kills."""
    in_flight = 0
    for life in range(1000):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.checkin_weeks", str(home), str(life)),
            cwd=ROOT,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stderr is not None
        in_flight += json.loads(await process.stderr.readline())["unknown"]
        assert await process.stderr.readline() == b"ready\n"
        reading = asyncio.create_task(process.stderr.read())
        if life < kills:
            await asyncio.sleep(rng.uniform(0.05, 1.5))
            if process.returncode is None:
                process.kill()
            await process.wait()
            await reading
        else:
            assert await process.wait() == 0, (await reading).decode()[-2000:]
            return in_flight
    raise AssertionError


def sent_slots(home: Path) -> Counter[str]:
    """How often each slot's message reached Telegram. Its buttons name the slot."""
    found: Counter[str] = Counter()
    path = home / "telegram"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        found[json.loads(line)["said"].split("checkin:skip:")[1][:16]] += 1
    return found


async def check(tmp_path: Path, clients: int, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    store = await open_store(f"sqlite:///{tmp_path}/warmline.db", weeks.KEY)
    made = await settle(store, clients, rng)
    await store.close()
    in_flight = await lived(tmp_path, kills, rng)
    arrived = sent_slots(tmp_path)
    assert set(arrived.values()) <= {1}, "a check-in was sent twice"
    store = await open_store(f"sqlite:///{tmp_path}/warmline.db", weeks.KEY)
    states: Counter[str] = Counter()
    for chat, plans in made.items():
        async with store.work(chat) as work:
            slots = await work.slots()
        for slot in slots:
            states[f"{slot.state}{' ' + slot.why if slot.why else ''}"] += 1
            assert (slot.state is SlotState.SENT) <= (arrived[slot.id] == 1)
            assert (slot.state is SlotState.SKIPPED) <= (arrived[slot.id] == 0 and slot.why != "")
            assert slot.state in (SlotState.SENT, SlotState.SKIPPED, SlotState.UNKNOWN), slot
        for plan in plans:
            assert {s.day for s in slots if s.plan == plan.id} >= {o.day for o in expected(plan)}
        messages = Counter(slot.day for slot in slots if slot.number == 0)
        assert set(messages.values()) <= {1}
    counts = await store.counts()
    await store.close()
    unknown = sum(number for state, number in states.items() if state.startswith("unknown"))
    killed = states["unknown killed"]
    assert killed == in_flight
    assert counts.outbox_unknown == unknown
    print(f"{clients} clients, {len(arrived)} arrived, {kills} kills, 0 twice, {killed} in the air at kills")
    print(dict(states))


def expected(plan: Plan) -> list[Any]:
    """What the week should hold, less its last hours."""
    found, after = [], weeks.BEGIN
    while (occurrence := next_occurrence(plan, after)) is not None and occurrence.at < END - timedelta(hours=3):
        found.append(occurrence)
        after = occurrence.at
    return found


@pytest.mark.evidence
async def test_a_thousand_client_weeks_and_twenty_kills(tmp_path: Path) -> None:
    await check(tmp_path, clients=1000, kills=20, seed=2)


def test_the_week_holds_a_change_of_the_clocks() -> None:
    assert weeks.BEGIN < datetime(2026, 3, 29, 1, tzinfo=UTC) < END
