"""Readings for many chats at once: a few threads, and what waits for one is read together.

The ear parses several texts in half the time of one after another. Nothing waits for company: a text that finds a
thread free is read at once, by itself.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from nlp.reading import Reading

AT_ONCE = 2  # threads; the ear is bound by the processor, so more would only add switching
MOST_TOGETHER = 4  # texts: beyond this little is gained, and the first waits for the parse of all

ReadAll = Callable[[Sequence[str]], Iterable[Reading]]


class _Asked(NamedTuple):
    text: str
    answer: asyncio.Future[Reading]


class Hearing:
    """Used from one event loop. `read_all` gives a reading for each text, in their order, each once it is done."""

    def __init__(self, read_all: ReadAll, pool: ThreadPoolExecutor, at_once: int = AT_ONCE) -> None:
        self._read_all, self._pool, self._at_once = read_all, pool, at_once
        self._waiting: deque[_Asked] = deque()
        self._lock = threading.Lock()  # over the two: both are used by the threads too
        self._busy = 0

    async def read(self, text: str) -> Reading:
        """What the ear makes of it, first come first served. Raises what the ear raises."""
        loop = asyncio.get_running_loop()
        asked = _Asked(text, loop.create_future())
        with self._lock:
            self._waiting.append(asked)
            free = self._busy < self._at_once
            self._busy += free
        if free:
            self._pool.submit(self._work, loop)
        return await asked.answer

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread, until nothing waits: it takes its next texts itself, so that it need not wait for the loop."""
        while batch := self._next():
            try:
                for asked, reading in zip(batch, self._read_all([asked.text for asked in batch]), strict=True):
                    loop.call_soon_threadsafe(_answer, asked, reading)
            except BaseException as error:  # noqa: BLE001 - it belongs to those who asked, or they wait for ever
                loop.call_soon_threadsafe(_fail, batch, error)

    def _next(self) -> list[_Asked]:
        """A fair share of what waits and is still wanted; once there is none this thread counts as free."""
        with self._lock:
            wanted = deque(asked for asked in self._waiting if not asked.answer.done())
            share = min(MOST_TOGETHER, -(-len(wanted) // self._at_once))
            batch = [wanted.popleft() for _ in range(share)]
            self._waiting = wanted
            if not batch:
                self._busy -= 1
            return batch


def _answer(asked: _Asked, reading: Reading) -> None:
    if not asked.answer.done():
        asked.answer.set_result(reading)


def _fail(batch: Iterable[_Asked], error: BaseException) -> None:
    """Those of the batch that were not answered before it failed."""
    for asked in batch:
        if not asked.answer.done():
            asked.answer.set_exception(error)
