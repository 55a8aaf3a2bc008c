"""Ten thousand check-ins and one message of danger in the same second: the words that matter leave first."""

import asyncio
import time as machine
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.care.checkins.plan import KINDS, new_plan
from bot.care.checkins.schedule import next_occurrence
from bot.care.records import TALK, Client, Consent
from bot.store.opening import open_store
from responses.library import Library
from tests.bot.store.conftest import Place
from tests.fakes.breaking import BEGIN, FloorEar
from tests.fakes.house import ANNA, CLIENT, KEY, T3, house, until
from tests.loaded import loaded

pytestmark = pytest.mark.evidence  # takes long; run by make evidence

EARLY = 120.0  # seconds before the check-ins are due
FIRST = 10_000  # the lowest of their chats
URGENT = {text.split("{")[0] for entry in loaded(Library).at("crisis.urgent.act") for text in entry.say}


async def filled(url: str, many: int) -> None:
    """Clients whose check-in is due at `BEGIN`."""
    before = BEGIN - timedelta(days=3)
    store = await open_store(url, KEY, now=lambda: before)

    async def one(number: int) -> None:
        plan = new_plan(before, zone="Europe/Berlin", days=("mon", "thu"), kinds=KINDS, at=time(19))
        async with store.work(FIRST + number) as work:
            await work.add_client(Client(f"c{number}", before, consents=[Consent(TALK, True, "1", before)]))
            await work.put_plan(replace(plan, next=next_occurrence(plan, BEGIN - timedelta(hours=1))))
            await work.commit()

    for start in range(0, many, 50):
        await asyncio.gather(*(one(number) for number in range(start, min(start + 50, many))))
    await store.close()


async def same_second(url: str, many: int) -> None:
    await filled(url, many)
    async with house(url, FloorEar(), began=-EARLY, limits=True) as here:
        world = here.api.world
        for number in range(many):
            world.client(FIRST + number)
        await here.agrees()
        await asyncio.sleep(3)  # Telegram's limits have forgotten the welcome
        world.enforce_rates = True
        mark, began = len(world.sent), machine.monotonic()
        here.clock.goes_by(seconds=EARLY)
        here.says(T3)
        await until(lambda: here.notes(ANNA) == [1], "the note", 60)
        reply = next(sent for sent in world.sent[mark:] if sent.chat == CLIENT)
        note = next(sent for sent in world.sent[mark:] if sent.chat == ANNA)
        await until(lambda: sum(sent.chat >= FIRST for sent in world.sent) >= min(many, 60), "check-ins", 90)
        assert any(reply.text.startswith(said) for said in URGENT)
        before = [sent for sent in world.sent[mark:] if sent.at < reply.at and sent.chat >= FIRST]
        assert reply.at - began < 3.0
        assert not before, f"{len(before)} check-ins left before the reply"
        assert world.peak() <= 30
        print(f"{many} check-ins due: the reply left first, after {reply.at - began:.2f} s,", end=" ")
        print(f"the note to a person after {note.at - began:.2f} s")


async def test_a_few_hundred(sqlite_url: str) -> None:
    await same_second(sqlite_url, 300)


@pytest.mark.evidence
async def test_ten_thousand_on_sqlite(sqlite_url: str) -> None:
    await same_second(sqlite_url, 10_000)


@pytest.mark.evidence
async def test_ten_thousand_on_postgres(postgres_place: Place) -> None:
    await same_second(postgres_place.url, 10_000)
