"""kill -9 between a message of danger and its acknowledgement: a person is told each time, and in time.

Clients write; at a random moment the serving process dies; it comes up again; somebody on call presses "I have it", or
stays silent until the next is told. Two rounds run with the other tests; `make evidence` runs a hundred on each.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.care.alerts.record import WAIT
from bot.care.records import AlertState
from bot.store.keys import load_key
from bot.store.opening import open_store
from nlp.labels import Tier
from tests.bot.store.conftest import Place
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.breaking import FileClock
from tests.fakes.house import T3, until
from tests.fakes.killing import environment
from tests.fakes.loop_serve import Life

ANNA, BEN = 901, 902
LATE = timedelta(seconds=60)  # by the clock of the test, from ready to a note: far more than it takes on a busy machine
MOMENTS = ("arriving", "answering", "told", "silent", "pressed")
CALM = ("good evening", "are you still there")


@dataclass
class Night:
    """The people around the process, and what became of them."""

    api: FakeBotApi
    folder: Path
    clock: FileClock
    env: dict[str, str]
    rng: random.Random
    life: Life | None = None
    lives: int = 0
    in_flight: int = 0
    waits: list[timedelta] = field(default_factory=list)  # from a message (or a time-out) to a note, without downtime
    kills: Counter[str] = field(default_factory=Counter)

    async def begin(self) -> None:
        self.lives += 1
        self.life = Life(self.env, self.folder / "clock", self.folder / f"life-{self.lives}")
        await self.life.until_ready()

    async def end(self, hard: bool) -> int:
        assert self.life is not None
        code = await self.life.end(hard)
        self.in_flight += self.life.resent()
        return code

    def noted(self, contact: int) -> list[int]:
        rows = [row for sent in self.api.world.to_chat.get(contact, []) for row in sent.buttons]
        return [int(data.split(":")[1]) for row in rows for _, data in row if data.endswith(":seen")]

    async def round(self, number: int) -> None:
        """One client's danger, one kill."""
        world, chat = self.api.world, 1000 + number
        moment = MOMENTS[number % len(MOMENTS)]
        before = {contact: set(self.noted(contact)) for contact in (ANNA, BEN)}

        def fresh(contact: int) -> set[int]:
            return set(self.noted(contact)) - before[contact]

        client, fetched = world.client(chat), len(world.calls)
        for text in (CALM[0], T3, CALM[1]):
            client.says(text)
        if moment == "arriving":
            await asyncio.sleep(self.rng.uniform(0, 0.1))
        elif moment == "answering":
            await until(lambda: len(world.calls) > fetched, "any call")
            await asyncio.sleep(self.rng.uniform(0, 0.3))
        else:
            await until(lambda: fresh(ANNA), "a note to the first", 60)
            await self._later(moment, fresh, before)
        await self.end(hard=True)
        self.kills[moment] += 1
        await self.begin()
        ready = self.clock.now()
        contact = BEN if moment == "silent" else ANNA
        await until(lambda: fresh(contact), f"round {number}, {moment}: a note", 90)
        self.waits.append(self.clock.now() - ready)
        (alert,) = fresh(contact)
        heard = len(client.heard())
        if moment != "pressed":
            world.client(contact).presses(f"alert:{alert}:seen")
            await until(lambda: len(client.heard()) > heard, "the client hears of it", 60)

    async def _later(self, moment: str, fresh: Callable[[int], set[int]], before: dict[int, set[int]]) -> None:
        if moment == "silent":
            self.clock.jump(seconds=WAIT[Tier.T3].total_seconds())
        if moment == "pressed":
            (alert,) = fresh(ANNA)
            self.api.world.client(ANNA).presses(f"alert:{alert}:seen")
        await asyncio.sleep(self.rng.uniform(0, 0.4))


async def a_night(folder: Path, url: str, kills: int, seed: int) -> None:
    clock = FileClock(folder / "clock")
    async with FakeBotApi() as api:
        env = environment(api, folder, webhook=False) | {
            "WARMLINE_DATABASE__URL": url,
            "WARMLINE_ON_CALL__CONTACTS": f'[{{"code": "anna", "chat": {ANNA}}}, {{"code": "ben", "chat": {BEN}}}]',
        }
        night = Night(api, folder, clock, env, random.Random(seed))
        for contact in (ANNA, BEN):
            api.world.client(contact)
        chats = [1000 + number for number in range(kills)]
        for chat in chats:
            api.world.client(chat).says("/start")
            api.world.client(chat).says("yes")
        await night.begin()
        await until(lambda: all(len(api.world.texts(chat)) == 2 for chat in chats), "everybody's welcome", 120)
        welcomes = {chat: len(api.world.texts(chat)) for chat in chats}
        began = time.monotonic()
        for number in range(kills):
            await night.round(number)
        await quiet(api)
        assert await night.end(hard=False) == 0
        assert not api.world.updates
    await check(night, folder, url, welcomes)
    longest = max(night.waits).total_seconds()
    print(
        f"{kills} kills ({dict(night.kills)}): {kills} alerts reached a person, the last {longest:.1f} s after ready;"
    )
    print(f"{night.in_flight} sends in flight at the kills; {time.monotonic() - began:.0f} s")


async def quiet(api: FakeBotApi) -> None:
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < 2:
        if (now := len(api.world.sent) + len(api.world.updates)) != seen:
            seen, since = now, time.monotonic()
        await asyncio.sleep(0.05)


async def check(night: Night, folder: Path, url: str, welcomes: dict[int, int]) -> None:
    world = night.api.world
    assert max(night.waits) < LATE
    key = load_key(folder / "key", make=False, database=folder / "warmline.db")
    store = await open_store(url, key, create=False)
    doubles = 0
    try:
        for chat in welcomes:
            async with store.work(chat) as work:
                turns = await work.turns()
            assert [turn.heard for turn in turns] == [CALM[0], T3, CALM[1]], f"chat {chat}: lost, twice or out of order"
            sent = [message.text for message in world.to_chat[chat]]
            assert in_order(sent, [turn.said for turn in turns if turn.tier is Tier.T0])
            assert sum(turn.tier is Tier.T3 for turn in turns) == 1
            doubles += sum(count - 1 for count in Counter(sent).values())
        unclosed = await store.unclosed()
        assert len(unclosed) == len(welcomes)
        assert {alert.state for _, alert in unclosed} == {AlertState.SEEN}
        for contact in (ANNA, BEN):
            doubles += sum(count - 1 for count in Counter(night.noted(contact)).values())
        counts = await store.counts()
        assert (counts.inbox_waiting, counts.inbox_aside, counts.outbox_pending, counts.outbox_failed) == (0, 0, 0, 0)
    finally:
        await store.close()
    assert doubles <= night.in_flight, "more doubles than sends in flight at the kills"
    print(f"{doubles} doubled,", end=" ")


def in_order(sent: list[str], replies: list[str]) -> bool:
    """Whether each reply was sent, first in the order of the turns."""
    return all(reply in sent for reply in replies) and sorted(replies, key=sent.index) == replies


async def test_two_kills(tmp_path: Path) -> None:
    await a_night(tmp_path, f"sqlite:///{tmp_path}/warmline.db", kills=2, seed=1)


@pytest.mark.evidence
async def test_a_hundred_kills_on_sqlite(tmp_path: Path) -> None:
    await a_night(tmp_path, f"sqlite:///{tmp_path}/warmline.db", kills=100, seed=2)


@pytest.mark.evidence
async def test_a_hundred_kills_on_postgres(tmp_path: Path, postgres_place: Place) -> None:
    await a_night(tmp_path, postgres_place.url, kills=100, seed=3)


def test_the_order_is_looked_at() -> None:
    assert in_order(["a", "x", "b", "a"], ["a", "b"])
    assert not in_order(["b", "a"], ["a", "b"])
    assert not in_order(["a"], ["a", "b"])
