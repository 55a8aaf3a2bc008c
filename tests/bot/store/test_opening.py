"""Opening a database, and what is said when it cannot be."""

import asyncio
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.care.ports import RawUpdate
from bot.care.records import Outgoing
from bot.store.errors import StoreError
from bot.store.opening import open_store
from tests.bot.store.conftest import KEY, NOW, Place


async def test_made_when_absent_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "warmline.db"
    with pytest.raises(StoreError, match="no database"):
        await open_store(f"sqlite:///{path}", KEY, create=False)
    assert not path.parent.exists()
    store = await open_store(f"sqlite+aiosqlite:///{path}", KEY)
    await store.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store = await open_store(f"sqlite:///{path}", KEY, create=False)
    await store.close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://x:secret@y/z", "sqlite://", "sqlite:///:memory:", "postgresql://user:secret@"]
)
async def test_an_address_that_cannot_be_used_is_not_repeated(url: str) -> None:
    with pytest.raises(StoreError) as error:
        await open_store(url, KEY)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("url", ["postgresql://w:secret@127.0.0.1:1/w", "postgres:///w?host=/nowhere/at/all"])
async def test_a_server_that_does_not_answer(url: str) -> None:
    with pytest.raises(StoreError, match="cannot be opened") as error:
        await open_store(url, KEY)
    assert "secret" not in str(error.value)


async def test_the_wrong_key(lasting: Place) -> None:
    await (await lasting.open()).close()
    with pytest.raises(StoreError, match="key does not fit"):
        await open_store(lasting.url, bytes(32))


async def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        await open_store(f"sqlite:///{path}", KEY)
    assert path.read_bytes().startswith(b"this is no database")


async def test_damage_found_later_is_one_sentence(sqlite_place: Place, tmp_path: Path) -> None:
    store = await sqlite_place.open()
    await store.inbox.accept([RawUpdate(n, 5, None, os.urandom(3000), NOW) for n in range(20)])
    await store.close()
    path = tmp_path / "warmline.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="damaged"):
        store = await sqlite_place.open()
        await store.inbox.waiting_chats()


async def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        await open_store(f"sqlite:///{tmp_path}/file/warmline.db", KEY)


async def test_locked_by_another_program_it_waits_then_says_so(sqlite_place: Place, tmp_path: Path) -> None:
    store = await sqlite_place.open(busy_seconds=0.05)
    other = sqlite3.connect(tmp_path / "warmline.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    raw = [RawUpdate(1, 5, None, b"x", NOW)]
    outcomes = await asyncio.gather(*[store.inbox.accept(raw) for _ in range(3)], return_exceptions=True)
    assert {str(outcome) for outcome in outcomes} == {
        "The database is in use by another program and did not come free in time."
    }
    other.execute("ROLLBACK")
    other.close()
    assert await store.inbox.accept(raw) == 1


async def test_what_waits_for_a_lock_gets_it(sqlite_place: Place, tmp_path: Path) -> None:
    store = await sqlite_place.open(busy_seconds=5)
    other = sqlite3.connect(tmp_path / "warmline.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(store.inbox.accept([RawUpdate(1, 5, None, b"x", NOW)]))
    await asyncio.sleep(0)
    assert await store.inbox.waiting_chats() == []  # reading goes on meanwhile
    other.execute("ROLLBACK")
    other.close()
    assert await waiting == 1


async def test_a_full_disk_keeps_what_was_kept_and_goes_on_when_there_is_room(sqlite_place: Place) -> None:
    store = await sqlite_place.open()
    pages = await store.engine.write(lambda c: c.execute(text("PRAGMA page_count")).scalar())
    await store.engine.write(lambda c: c.execute(text(f"PRAGMA max_page_count = {pages + 4}")))
    big = [RawUpdate(n, 5, None, bytes(20_000), NOW) for n in range(3)]
    with pytest.raises(StoreError, match="disk of the database is full"):
        await store.inbox.accept(big)
    async with store.work(5) as work:
        await work.send(Outgoing("x" * 100_000))
        with pytest.raises(StoreError, match="full"):
            await work.commit()
    assert await store.inbox.waiting(5) == []
    await store.engine.write(lambda c: c.execute(text("PRAGMA max_page_count = 1000000")))
    assert await store.inbox.accept(big) == 3


async def test_two_programs_may_make_the_same_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'warmline.db'}"
    stores = await asyncio.gather(*[open_store(url, KEY) for _ in range(2)])
    await stores[0].inbox.accept([RawUpdate(1, 5, None, b"x", NOW)])
    assert [row.body for row in await stores[1].inbox.waiting(5)] == [b"x"]
    for store in stores:
        await store.close()
