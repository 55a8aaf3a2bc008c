"""Several programs, several chats, one database: nothing twice, nothing lost, also when one is killed."""

import asyncio
import signal
import sys
import textwrap
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.care.ports import RawUpdate
from bot.care.records import Client, Delivery, Outgoing
from bot.store.errors import ConflictError, StoreError
from bot.store.outbox import _DUE
from tests.bot.store.conftest import KEY, NOW, Place

KEEPS_WRITING = """
    import asyncio, sys
    from datetime import UTC, datetime
    from bot.care.ports import RawUpdate
    from bot.care.records import Outgoing
    from bot.store.opening import open_store

    async def run(url, key):
        store = await open_store(url, key)
        now = datetime.now(UTC)
        for number in range(1, 10_000):
            await store.inbox.accept([RawUpdate(number, number, None, b"x", now)])
            async with store.work(number) as work:
                await work.send(Outgoing(str(number)))
                await work.commit()
            await store.outbox.claim(now, 1)
            print(number, flush=True)

    asyncio.run(run(sys.argv[1], bytes.fromhex(sys.argv[2])))
"""


async def test_what_was_confirmed_outlives_kill_9(lasting: Place) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", textwrap.dedent(KEEPS_WRITING), lasting.url, KEY.hex(), stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    while (confirmed := int(await program.stdout.readline())) < 12:
        pass
    program.send_signal(signal.SIGKILL)
    rest = (await program.stdout.read()).split()
    await program.wait()
    confirmed = int(rest[-1]) if rest else confirmed
    store = await lasting.open()
    chats = await store.inbox.waiting_chats()
    assert chats[:confirmed] == list(range(1, confirmed + 1))
    assert len(chats) <= confirmed + 1
    for _ in range(50):  # a server needs a moment to see that the other end is gone
        recovered = await store.outbox.recover(NOW, own=False)
        if recovered["resent"]:
            break
        await asyncio.sleep(0.02)
    assert confirmed <= recovered["resent"] <= confirmed + 1
    rows = await store.outbox.claim(max(row.received for row in await store.inbox.waiting(1)), 10_000)
    assert [row.out.text for row in rows][:confirmed] == [str(n) for n in range(1, confirmed + 1)]


async def test_two_programs_never_claim_the_same_row(lasting: Place) -> None:
    one, other = await lasting.open(), await lasting.open()
    for chat in range(60):
        async with one.work(chat) as work:
            await work.send(Outgoing("first"))
            await work.send(Outgoing("second"))
            await work.commit()

    async def empty(store: Any) -> list[tuple[int, str]]:
        done = []
        while rows := await store.outbox.claim(NOW, 7):
            for row in rows:
                done.append((row.chat, row.out.text))
                await store.outbox.sent(row.id, 1, NOW)
        return done

    parts = await asyncio.gather(empty(one), empty(other), empty(one), empty(other))
    done = [item for part in parts for item in part] + await empty(one)
    assert sorted(done) == sorted((chat, which) for chat in range(60) for which in ("first", "second"))


async def test_one_chat_is_held_by_one_program_at_a_time(postgres_place: Place) -> None:
    stores = [await postgres_place.open(), await postgres_place.open()]
    inside = 0

    async def one(store: Any) -> None:
        nonlocal inside
        async with store.work(5) as work:
            inside += 1
            assert inside == 1
            known = await work.client()
            if known is None:
                await work.add_client(Client("c", NOW, memory={"n": 1}))
            else:
                known.memory["n"] += 1
                await work.save(known)
            await asyncio.sleep(0)
            inside -= 1
            await work.commit()

    await asyncio.gather(*[one(stores[n % 2]) for n in range(10)])
    async with stores[0].work(5) as work:
        assert (await work.client()).memory == {"n": 10}


async def test_more_turns_than_connections(postgres_place: Place) -> None:
    """A turn may use inbox, outbox and alert numbers, which take a connection of their own."""
    store = await postgres_place.open()

    async def one(chat: int) -> None:
        async with store.work(chat) as work:
            await store.inbox.accept([RawUpdate(chat, chat, None, b"x", NOW)])
            await work.raise_alert(1, [], "a", NOW)  # type: ignore[arg-type]
            await work.commit()

    await asyncio.wait_for(asyncio.gather(*[one(chat) for chat in range(1, 80)]), 20)
    assert (await store.counts()).alerts_open == 79


async def test_a_living_program_keeps_what_it_has_in_hand(postgres_place: Place) -> None:
    one, other = await postgres_place.open(), await postgres_place.open()
    async with one.work(1) as work:
        await work.send(Outgoing("a"))
        await work.commit()
    async with one.work(2) as work:
        await work.send(Outgoing("b", delivery=Delivery.AT_MOST_ONCE))
        await work.commit()
    assert len(await one.outbox.claim(NOW, 9)) == 2
    assert await other.outbox.recover(NOW) == {"resent": 0, "unknown": 0}
    assert await one.outbox.recover(NOW, own=False) == {"resent": 0, "unknown": 0}
    await one.close()
    assert await other.outbox.recover(NOW, own=False) == {"resent": 1, "unknown": 1}


async def test_a_client_changed_by_another_program_meanwhile(sqlite_place: Place) -> None:
    one, other = await sqlite_place.open(), await sqlite_place.open()
    async with one.work(5) as work:
        await work.add_client(Client("c", NOW))
        await work.commit()
    async with one.work(5) as work, other.work(5) as late:
        await late.save(await late.client())
        await work.client()
        await work.erase()
        await work.commit()
        with pytest.raises(ConflictError):
            await late.commit()
    assert (await one.counts()).clients == 0


async def test_units_that_wait_share_one_commit(sqlite_place: Place) -> None:
    store = await sqlite_place.open()
    commits = 0

    def count(connection: Connection) -> None:
        nonlocal commits
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(seen)

    def seen(statement: str) -> None:
        nonlocal commits
        commits += statement == "COMMIT"

    await store.engine.write(count)
    await asyncio.gather(*[store.inbox.accept([RawUpdate(n, n, None, b"x", NOW)]) for n in range(40)])
    assert len(await store.inbox.waiting_chats()) == 40
    assert commits <= 4


async def test_a_caller_that_is_cancelled_holds_up_nobody(place: Place) -> None:
    store = await place.open()

    async def one(chat: int) -> None:
        async with store.work(chat) as work:
            await work.send(Outgoing(str(chat)))
            await work.commit()

    tasks = [asyncio.create_task(one(chat % 5)) for chat in range(30)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(outcome is None for outcome in outcomes[1::2])
    await one(9)
    assert (await store.counts()).outbox_pending >= 16


async def test_after_closing_it_says_so(sqlite_place: Place) -> None:
    store = await sqlite_place.open()
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.counts()
    with pytest.raises(StoreError, match="closed"):
        await store.inbox.seal([1])


async def test_claiming_uses_the_partial_indexes(sqlite_place: Place) -> None:
    store = await sqlite_place.open()

    def plan(connection: Connection) -> str:
        sql = (
            _DUE.params(now=0, most=1, busy=[b"a"])
            .compile(connection, compile_kwargs={"render_postcompile": True})
            .string
        )
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (0,) * sql.count("?")).all()
        return " ".join(str(row[-1]) for row in rows)

    found = await store.engine.read(plan)
    assert "outbox_due" in found
    assert "outbox_open" in found


async def end_all_connections(url: str) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    ours = "pid != pg_backend_pid() AND backend_type = 'client backend'"
    async with engine.begin() as connection:
        await connection.execute(text(f"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE {ours}"))
    await engine.dispose()


async def test_a_server_that_was_restarted_is_found_again(postgres_place: Place) -> None:
    store = await postgres_place.open()
    await store.inbox.accept([RawUpdate(1, 5, None, b"x", NOW)])
    await store.inbox.waiting(5)
    await end_all_connections(postgres_place.url)
    with pytest.raises(StoreError):
        await store.inbox.waiting(5)
    assert await store.inbox.accept([RawUpdate(2, 5, None, b"y", NOW)]) == 1
    assert [row.body for row in await store.inbox.waiting(5)] == [b"x", b"y"]
