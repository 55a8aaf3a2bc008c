"""Raw bytes: a person's words, name and Telegram id stand nowhere in clear, and after /forget not even sealed."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.care.ports import RawUpdate
from bot.care.records import Client, Outgoing, Settings, Turn
from bot.store.errors import StoreError
from bot.store.tables import metadata
from nlp.labels import Tier
from tests.bot.store.conftest import NOW, Place

CHAT = 6_543_210_987
SAID = "nobody would notice if I were gone"
NAME = "Marguerite"
NEEDLES = (
    SAID.encode(),
    NAME.encode(),
    b"grief",
    b"trail.rule",
    str(CHAT).encode(),
    CHAT.to_bytes(5, "big"),
    CHAT.to_bytes(5, "little"),
)


def raw_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("warmline.db*")))


async def live(place: Place, client: str = "k3v9k3v9") -> None:
    store = await place.open()
    body = f'{{"id": {CHAT}, "text": "{SAID}"}}'.encode()
    await store.inbox.accept([RawUpdate(n, CHAT, n, body, NOW) for n in range(4)])
    rows = await store.inbox.waiting(CHAT)
    await store.inbox.starting([row.id for row in rows])
    await store.inbox.set_aside([rows[3].id], "odd")
    async with store.work(CHAT) as work:
        await work.add_client(Client(client, NOW, settings=Settings(name=NAME), memory={"phrases": [SAID]}))
        await work.add_turn(Turn(NOW, SAID, SAID, Tier.T2, {"feelings": ["grief"]}, ("trail.rule",), ("e",), ("t",)))
        for _ in range(3):
            await work.send(Outgoing(f"{NAME}: {SAID}"))
        alert = await work.raise_alert(Tier.T2, ["passive_wish"], "client-1", NOW)
        await work.send(Outgoing(f"{NAME}: {SAID}", to=-77, alert=alert.number))
        await work.handled([row.id for row in rows[:2]])
        await work.commit()
    [row] = await store.outbox.claim(NOW, 1)
    await store.outbox.sent(row.id, 4711, NOW)


async def test_nothing_stands_in_clear_while_it_is_in_use(sqlite_place: Place, tmp_path: Path) -> None:
    await live(sqlite_place)
    found = raw_bytes(tmp_path)
    assert b"k3v9k3v9" in found  # the right files were looked at
    assert [needle for needle in NEEDLES if needle in found] == []


async def test_nothing_stands_in_clear_on_postgres(postgres_place: Place) -> None:
    await live(postgres_place)
    store = postgres_place.opened[0]
    for table in metadata.sorted_tables:
        rows = await store.engine.read(lambda c, name=table.name: c.execute(text(f"SELECT * FROM {name}")).all())
        found = repr([tuple(row) for row in rows]).encode() + b"".join(
            value for row in rows for value in row if isinstance(value, bytes)
        )
        assert [needle for needle in NEEDLES if needle in found] == []


async def test_after_forget_not_even_the_sealed_bytes_are_left(sqlite_place: Place, tmp_path: Path) -> None:
    await live(sqlite_place)
    store = sqlite_place.opened[0]
    sealed = await store.engine.read(_sealed)
    before = raw_bytes(tmp_path)
    assert all(value in before for value in sealed)
    async with store.work(CHAT) as work:
        await work.unlink_alerts()
        await work.erase()
        await work.commit()
    after = raw_bytes(tmp_path)
    assert [needle for needle in (*NEEDLES, b"k3v9k3v9", *sealed) if needle in after] == []
    assert len(await store.alert_steps(1)) == 0
    await store.close()
    assert [needle for needle in (*NEEDLES, b"k3v9k3v9", *sealed) if needle in raw_bytes(tmp_path)] == []


def _sealed(connection: Connection) -> list[bytes]:
    columns = {
        "clients": "data_key, record, who, chat",
        "turns": "words, notes",
        "inbox": "body, who",
        "outbox": "body, who",
    }
    queries = [text(f"SELECT {names} FROM {table}") for table, names in columns.items()]
    return [value for query in queries for row in connection.execute(query) for value in row if value]


async def test_words_past_their_days_leave_no_bytes(sqlite_place: Place, tmp_path: Path) -> None:
    await live(sqlite_place)
    store = sqlite_place.opened[0]
    [words] = await store.engine.read(lambda c: [row.words for row in c.execute(text("SELECT words FROM turns"))])
    assert words in raw_bytes(tmp_path)
    assert await store.purge(NOW.replace(year=NOW.year + 1), 30) == 1
    assert words not in raw_bytes(tmp_path)


async def test_two_people_who_say_the_same_leave_different_bytes(sqlite_place: Place) -> None:
    store = await sqlite_place.open()
    for chat in (1, 2):
        async with store.work(chat) as work:
            await work.add_client(Client(f"client{chat}", NOW))
            await work.add_turn(Turn(NOW, SAID, SAID, Tier.T0, {}, (), (), ()))
            await work.commit()
    rows = await store.engine.read(lambda c: [bytes(row.words) for row in c.execute(text("SELECT words FROM turns"))])
    assert len({hashlib.sha256(row).digest() for row in rows}) == 2


async def test_rows_cannot_be_swapped(lasting: Place) -> None:
    """Someone who may write to the database but has no key cannot give one client's words to another."""
    store = await lasting.open()
    for chat in (1, 2):
        async with store.work(chat) as work:
            await work.add_client(Client(f"client{chat}", NOW, settings=Settings(name=f"name {chat}")))
            await work.commit()
    swap = (
        "UPDATE clients SET record = (SELECT record FROM clients WHERE id = 'client1'), "
        "data_key = (SELECT data_key FROM clients WHERE id = 'client1') WHERE id = 'client2'"
    )
    await store.engine.write(lambda c: c.execute(text(swap)))
    async with store.work(2) as work:
        with pytest.raises(StoreError, match="sealed row cannot be opened"):
            await work.client()
