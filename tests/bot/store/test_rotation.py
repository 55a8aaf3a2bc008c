"""A new master key: all that was readable stays readable under it, and only under it, whenever one is interrupted."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.care.ports import RawUpdate
from bot.care.records import Client, Outgoing, Turn
from bot.store import rotation
from bot.store.errors import StoreError
from bot.store.keys import load_key, write_key
from bot.store.opening import open_store
from bot.store.rotation import rotate, rotate_key_file
from nlp.labels import Tier
from tests.bot.store.conftest import KEY, NOW, Place

NEW = bytes(range(32, 64))
TURN = Turn(NOW, "heard", "said", Tier.T0, {}, (), (), ())


async def fill(place: Place, clients: int = 3) -> None:
    store = await place.open()
    for chat in range(1, clients + 1):
        async with store.work(chat) as work:
            await work.add_client(Client(f"client{chat}", NOW))
            await work.add_turn(TURN)
            await work.send(Outgoing(f"hello {chat}"))
            await work.commit()
    await store.inbox.accept([RawUpdate(n, n, n, b"body", NOW) for n in (1, 2)])
    await store.inbox.seal([row.id for row in await store.inbox.waiting(2)])
    await store.close()


async def all_is_there(place: Place, key: bytes, clients: int = 3) -> None:
    store = await open_store(place.url, key)
    place.opened.append(store)
    for chat in range(1, clients + 1):
        async with store.work(chat) as work:
            assert (await work.client()).id == f"client{chat}"
            assert await work.turns() == [TURN]
    assert [row.out.text for row in await store.outbox.claim(NOW, 2000)] == [
        f"hello {n}" for n in range(1, clients + 1)
    ]
    assert [row.body for row in await store.inbox.waiting(1)] == [b"body"]
    assert await store.inbox.accept([RawUpdate(9, 2, 2, b"again", NOW)]) == 0
    assert await store.outbox.recover(NOW) == {"resent": clients, "unknown": 0}
    await store.close()


def sealed(connection: Connection) -> set[bytes]:
    queries = ("SELECT data_key, who FROM clients", "SELECT body, who FROM inbox", "SELECT body, who FROM outbox")
    return {bytes(value) for query in queries for row in connection.execute(text(query)) for value in row if value}


async def test_everything_opens_under_the_new_key_only(lasting: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "_PAGE", 2)
    await fill(lasting)
    assert await rotate(lasting.url, KEY, NEW) == 7
    await all_is_there(lasting, NEW)
    with pytest.raises(StoreError, match="key does not fit"):
        await open_store(lasting.url, KEY)
    assert await rotate(lasting.url, KEY, NEW) == 0


async def test_no_seal_of_the_old_key_is_left(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place)
    store = await sqlite_place.open()
    before = await store.engine.read(sealed)
    await store.close()
    await rotate(sqlite_place.url, KEY, NEW)
    store = await open_store(sqlite_place.url, NEW)
    after = await store.engine.read(sealed)
    await store.close()
    assert len(before) == len(after) == 14
    assert not before & after


async def test_a_wrong_old_key_changes_nothing(lasting: Place) -> None:
    await fill(lasting)
    with pytest.raises(StoreError, match="key does not fit"):
        await rotate(lasting.url, bytes(32), NEW)
    await all_is_there(lasting, KEY)


async def test_interrupted_it_left_everything_as_it_was(lasting: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(lasting)
    done = []

    def dies(*args: object) -> bytes:
        done.append(args)
        if len(done) == 6:
            raise RuntimeError("power cut")
        return again(*args)  # type: ignore[arg-type]

    again = rotation._again
    monkeypatch.setattr(rotation, "_again", dies)
    with pytest.raises(RuntimeError):
        await rotate(lasting.url, KEY, NEW)
    monkeypatch.setattr(rotation, "_again", again)
    await all_is_there(lasting, KEY)
    assert await rotate(lasting.url, KEY, NEW) == 7


async def test_a_running_program_never_writes_under_the_old_key(sqlite_place: Place) -> None:
    await fill(sqlite_place)
    running = await sqlite_place.open()
    await running.inbox.accept([RawUpdate(50, 1, None, b"before", NOW)])
    await rotate(sqlite_place.url, KEY, NEW)
    for _ in range(2):
        with pytest.raises(StoreError, match="key does not fit"):
            await running.inbox.accept([RawUpdate(51, 1, None, b"after", NOW)])
    other = await open_store(sqlite_place.url, NEW)
    sqlite_place.opened.append(other)
    assert [row.body for row in await other.inbox.waiting(1)] == [b"body", b"before"]


async def test_refused_on_postgres_while_a_program_runs(postgres_place: Place) -> None:
    running = await postgres_place.open()
    with pytest.raises(StoreError, match="stop every running program"):
        await rotate(postgres_place.url, KEY, NEW)
    await running.close()
    assert await rotate(postgres_place.url, KEY, NEW) == 0


async def test_the_key_file_changes_with_the_database(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place)
    path = tmp_path / "keys" / "key"
    write_key(path, KEY)
    assert await rotate_key_file(sqlite_place.url, path) == 7
    new = load_key(path)
    assert new != KEY
    [kept] = path.parent.glob("key.old-*")
    assert load_key(kept) == KEY
    assert not path.with_name("key.new").exists()
    await all_is_there(sqlite_place, new)


@pytest.mark.parametrize("at", ["before the database", "after the database"])
async def test_a_change_of_the_key_file_that_was_cut_is_finished(sqlite_place: Place, tmp_path: Path, at: str) -> None:
    await fill(sqlite_place)
    path = tmp_path / "keys" / "key"
    write_key(path, KEY)
    write_key(path.with_name("key.new"), NEW)
    if at == "after the database":
        await rotate(sqlite_place.url, KEY, NEW)
    await rotate_key_file(sqlite_place.url, path)
    assert load_key(path) == NEW
    await all_is_there(sqlite_place, NEW)
