"""Readings for many at once: none waits for company, what waits goes together, each gets its own."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.hearing import MOST_TOGETHER, Hearing
from nlp.reading import Reading


class Ear:
    """Holds every batch until it is let go, and notes what came together."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.go = threading.Event()
        self._came = threading.Semaphore(0)

    def read_all(self, texts: Sequence[str]) -> Iterator[Reading]:
        self.batches.append(list(texts))
        self._came.release()
        assert self.go.wait(10)
        for text in texts:
            if text == "broken":
                raise RuntimeError
            yield Reading(text)

    async def taken(self, batches: int) -> None:
        """Until so many more batches are in hand."""
        for _ in range(batches):
            assert await asyncio.to_thread(self._came.acquire, timeout=10)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as made:
        yield made


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    made = Ear()
    yield made
    made.go.set()


def asked(hearing: Hearing, *texts: str) -> list[asyncio.Task[Reading]]:
    return [asyncio.create_task(hearing.read(text)) for text in texts]


async def test_a_text_that_finds_a_thread_free_is_read_by_itself(ear: Ear, pool: ThreadPoolExecutor) -> None:
    ear.go.set()
    hearing = Hearing(ear.read_all, pool)
    assert [(await hearing.read(text)).text for text in "abc"] == ["a", "b", "c"]
    assert ear.batches == [["a"], ["b"], ["c"]]


async def test_what_waits_is_read_together_and_each_gets_its_own(ear: Ear, pool: ThreadPoolExecutor) -> None:
    hearing = Hearing(ear.read_all, pool, at_once=1)
    first = asked(hearing, "first")
    await ear.taken(1)
    texts = [str(number) for number in range(MOST_TOGETHER + 2)]
    rest = asked(hearing, *texts)
    await asyncio.sleep(0)
    ear.go.set()
    assert [reading.text for reading in await asyncio.gather(*first, *rest)] == ["first", *texts]
    assert ear.batches == [["first"], texts[:MOST_TOGETHER], texts[MOST_TOGETHER:]]


async def test_two_threads_share_what_waits(ear: Ear, pool: ThreadPoolExecutor) -> None:
    hearing = Hearing(ear.read_all, pool)
    tasks = asked(hearing, "a", "b")
    await ear.taken(2)
    tasks += asked(hearing, "c", "d")
    await asyncio.sleep(0)
    ear.go.set()
    assert [reading.text for reading in await asyncio.gather(*tasks)] == ["a", "b", "c", "d"]
    assert sorted(ear.batches) == [["a"], ["b"], ["c"], ["d"]]


async def test_a_fault_reaches_those_not_yet_answered_and_no_others(ear: Ear, pool: ThreadPoolExecutor) -> None:
    hearing = Hearing(ear.read_all, pool, at_once=1)
    tasks = asked(hearing, "first")
    await ear.taken(1)
    tasks += asked(hearing, "before", "broken", "after")
    await asyncio.sleep(0)
    ear.go.set()
    first, before, broken, after = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, before) == (Reading("first"), Reading("before"))
    assert isinstance(broken, RuntimeError)
    assert isinstance(after, RuntimeError)
    assert (await hearing.read("next")).text == "next"


async def test_who_gave_up_is_not_read_and_keeps_nobody_waiting(ear: Ear, pool: ThreadPoolExecutor) -> None:
    hearing = Hearing(ear.read_all, pool, at_once=1)
    first, gone, stays = asked(hearing, "first", "gone", "stays")
    await ear.taken(1)
    gone.cancel()
    await asyncio.sleep(0)
    ear.go.set()
    assert [(await one).text for one in (first, stays)] == ["first", "stays"]
    assert ear.batches == [["first"], ["stays"]]
