"""A million plans, a thousand of them due: what a tick's claim costs in SQLite and in PostgreSQL, and how it grows.

The rows are put in past the store, as the store would seal them; what is timed is the store's own claim.
"""

import resource
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.care.checkins.ports import Due
from bot.store.checkin_tables import leases, plans
from bot.store.codec import micros
from bot.store.opening import open_store
from bot.store.seals import seal_chat
from bot.store.tables import clients
from tests.bot.store.conftest import KEY, NOW, Place

DUE = 1000
_CHUNK = 20_000
_TURNS = 25  # the quickest is judged: other programs on the machine are not the store's
_BODY = b"x" * 300  # about the size of a sealed plan


def rows(store: Any, first: int, last: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    box = store._vault.master.box
    later = micros(NOW + timedelta(hours=1))
    for number in range(first, last):
        name = f"{number * 2654435761 % 2**32:08x}{number:024x}"  # random ids fall anywhere in an index
        who = seal_chat(box, number + 1, f"client {name}")
        client = {
            "id": name,
            "chat": name.encode(),
            "who": who,
            "data_key": b"",
            "record": b"",
            "turns": 0,
            "version": 1,
        }
        yield client, {"client": name, "id": "p", "due": later + number % 604_800 * 1_000_000, "body": _BODY}


async def fill(store: Any, first: int, last: int) -> None:
    for begin in range(first, last, _CHUNK):
        chunk = list(rows(store, begin, min(begin + _CHUNK, last)))

        def put(connection: Connection, chunk: list[Any] = chunk) -> None:
            connection.execute(insert(clients), [client for client, _ in chunk])
            connection.execute(insert(plans), [plan for _, plan in chunk])

        await store.engine.write(put)


async def make_due(store: Any, turn: int, total: int) -> None:
    """A thousand, spread over all of them. Those of before were looked at and have their next time."""
    first = await store.engine.read(lambda c: c.scalar(select(func.min(plans.c.number))))
    gap = total // DUE
    numbers = [first + turn % gap + step * gap for step in range(DUE)]
    at, later = micros(NOW + timedelta(minutes=turn)), micros(NOW + timedelta(days=9))

    def change(connection: Connection) -> None:
        connection.execute(plans.update().where(plans.c.number.in_(select(leases.c.number))).values(due=later))
        connection.execute(leases.delete())
        connection.execute(plans.update().where(plans.c.number.in_(numbers)).values(due=at))

    await store.engine.write(change)


async def claim(store: Any, turn: int) -> tuple[float, float, list[Due]]:
    """Milliseconds by the clock, and of this process's processor time (in which PostgreSQL's server is not)."""
    now = NOW + timedelta(minutes=turn)
    begun, worked = time.perf_counter(), time.process_time()
    due = await store.due_plans.claim(now, DUE, now + timedelta(days=30))
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000, list(due)


async def measured(store: Any, total: int, say: Callable[[str], None]) -> float:
    took, worked = [], []
    for turn in range(_TURNS):
        await make_due(store, turn, total)
        milliseconds, processor, due = await claim(store, turn)
        assert len(due) == DUE == len({one.chat for one in due})
        took.append(milliseconds)
        worked.append(processor)
    *_, nothing = await claim(store, _TURNS - 1)
    assert nothing == []
    middle = sorted(took)[len(took) // 2]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    own = sorted(worked)[len(worked) // 2]
    say(
        f"{total:9,} plans: {DUE} claimed in {middle:.1f} ms ({min(took):.1f} to {max(took):.1f}), "
        f"{own:.1f} ms of processor time, {memory} MB"
    )
    return min(took)


async def grown(place: Place, limit: float, capsys: pytest.CaptureFixture[str]) -> None:
    store = await open_store(place.url, KEY, now=lambda: NOW)
    place.opened.append(store)
    best, done = 0.0, 0
    for total in (10_000, 100_000, 1_000_000):
        await fill(store, done, total)
        done = total
        assert await store.engine.read(lambda c: c.scalar(select(func.count()).select_from(plans))) == total

        def say(line: str) -> None:
            with capsys.disabled():
                print(f"{place.name:9} {line}")

        best = await measured(store, total, say)
    assert best < limit


@pytest.mark.evidence
async def test_a_million_plans_in_sqlite(sqlite_place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    await grown(sqlite_place, 50.0, capsys)


@pytest.mark.evidence
async def test_a_million_plans_in_postgresql(postgres_place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    await grown(postgres_place, 80.0, capsys)
