"""The store over SQL: what is asked of it outside a single chat, and the way into one. See bot.care.ports.Store."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import insert

from bot.care.ports import Counts, Work
from bot.care.records import Alert, AlertStep
from bot.store import alerts, upkeep
from bot.store.checkins import SqlDuePlans
from bot.store.engine import Engine
from bot.store.errors import StoreError
from bot.store.ground import SqlGround
from bot.store.inbox import SqlInbox
from bot.store.letters import SqlLetters
from bot.store.outbox import SqlOutbox
from bot.store.research import SqlResearch
from bot.store.seals import open_chat
from bot.store.staff.book import SqlStaffBook
from bot.store.tables import meta
from bot.store.vault import Vault, read_meta
from bot.store.work import ChatWork

Now = Callable[[], datetime]


class SqlStore:
    """Made by bot.store.opening.open_store. Its methods raise StoreError, with one plain sentence, and nothing else."""

    def __init__(self, engine: Engine, vault: Vault, now: Now) -> None:
        self.engine = engine
        self.inbox = SqlInbox(engine, vault)
        self.outbox = SqlOutbox(engine, vault)
        self.staff = SqlStaffBook(engine, vault)
        self.due_plans = SqlDuePlans(engine, vault)
        self.letters = SqlLetters(engine, vault)
        self._vault = vault
        self._now = now

    @asynccontextmanager
    async def work(self, chat: int) -> AsyncIterator[Work]:
        async with self.engine.hold(self._vault.finder.chat(chat)) as held:
            yield ChatWork(SqlGround(self.engine, held, self._vault, chat, self._now()))

    async def unclosed(self) -> list[tuple[int, Alert]]:
        rows = await self.engine.read(alerts.all_unclosed)
        return [(0 if who is None else self._chat(who, alert.client), alert) for who, alert in rows]

    def _chat(self, who: bytes, client: str | None) -> int:
        return open_chat(self._vault.master.box, who, f"client {client}")

    async def alert_steps(self, number: int) -> list[AlertStep]:
        return await self.engine.read(lambda connection: alerts.steps(connection, number))

    async def last_step(self, who: str, whys: Sequence[str]) -> AlertStep | None:
        return await self.engine.read(lambda connection: alerts.last_step(connection, who, whys))

    async def tallies(self) -> dict[str, int]:
        return await self.engine.read(upkeep.tallies)

    async def alert_chat(self, number: int) -> int | None:
        row = await self.engine.read(lambda connection: alerts.client_of(connection, number))
        return None if row is None else self._chat(row.who, row.id)

    async def purge(self, now: datetime, text_days: int) -> int:
        """See the port. What the inbox and outbox no longer need to know goes as well."""
        emptied = await self.engine.write(lambda connection: upkeep.purge(connection, now, text_days))
        await self.engine.tidy()
        return emptied

    async def counts(self) -> Counts:
        return await self.engine.read(upkeep.counts)

    async def try_writing(self) -> None:
        await self.engine.write(lambda connection: None)

    async def mark(self, name: str) -> bytes | None:
        """A mark on the database, such as "demo"; None when it is not there."""
        return await self.engine.read(lambda connection: read_meta(connection, name))

    async def set_mark(self, name: str, value: bytes) -> None:
        """Set once. Raises StoreError when the mark is there already."""
        if await self.mark(name) is not None:
            raise StoreError(f"The database is marked {name} already.")
        await self.engine.write(lambda connection: connection.execute(insert(meta), {"name": name, "value": value}))

    def research(self, staff: Iterable[int] = ()) -> SqlResearch:
        """What an export stands on; clients in `staff` chats are test accounts."""
        return SqlResearch(self.engine, self._vault, staff)

    async def close(self) -> None:
        await self.engine.close()
