"""A copy while in use, and the way back."""

import stat
from pathlib import Path

import pytest

from bot.care.records import Client, Outgoing
from bot.store.backup import backup, restore
from bot.store.errors import StoreError
from bot.store.opening import open_store
from tests.bot.store.conftest import KEY, NOW, Place


async def fill(place: Place, chats: range) -> None:
    store = await place.open()
    for chat in chats:
        async with store.work(chat) as work:
            await work.add_client(Client(f"client{chat}", NOW))
            await work.commit()


def folder_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_there_and_back_while_in_use(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place, range(5))
    copy = tmp_path / "copy.db"
    backup(sqlite_place.url, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    await fill(sqlite_place, range(5, 9))
    running = sqlite_place.opened[0]
    assert (await running.counts()).clients == 9
    restore(copy, sqlite_place.url, replace=True)
    assert (await running.counts()).clients == 5
    async with running.work(77) as work:
        await work.send(Outgoing("still at work"))
        await work.commit()
    assert len(await running.outbox.claim(NOW, 9)) == 1


async def test_to_a_new_place(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place, range(5))
    backup(sqlite_place.url, tmp_path / "copy.db")
    url = f"sqlite:///{tmp_path / 'elsewhere' / 'warmline.db'}"
    restore(tmp_path / "copy.db", url)
    store = await open_store(url, KEY)
    assert (await store.counts()).clients == 5
    await store.close()


async def test_nothing_is_written_over(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place, range(1))
    backup(sqlite_place.url, tmp_path / "copy.db")
    with pytest.raises(StoreError, match="already"):
        backup(sqlite_place.url, tmp_path / "copy.db")
    with pytest.raises(StoreError, match="already"):
        restore(tmp_path / "copy.db", sqlite_place.url)


async def test_what_is_not_there_or_no_backup_is_refused(sqlite_place: Place, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nothing.db'}"
    with pytest.raises(StoreError, match="no database"):
        backup(url, tmp_path / "copy.db")
    with pytest.raises(StoreError, match="no backup"):
        restore(tmp_path / "copy.db", url)
    odd = tmp_path / "odd.db"
    for written in (b"", b"this is no database" * 100):
        odd.write_bytes(written)
        with pytest.raises(StoreError, match="damaged"):
            restore(odd, sqlite_place.url, replace=True)
        with pytest.raises(StoreError, match="damaged"):
            backup(f"sqlite:///{odd}", tmp_path / "copy.db")
    found = {path.name for path in folder_of(tmp_path)}
    assert not found & {"copy.db", "copy.db.part"}


def test_postgres_is_sent_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        backup("postgresql://w@x/y", tmp_path / "copy.db")
