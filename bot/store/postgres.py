"""PostgreSQL through asyncpg, shared by several running programs.

An advisory lock holds a chat for one turn across all of them; another, held for as long as a program runs, tells the
others that it does.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import bindparam, event, func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction, create_async_engine

from bot.store import tables
from bot.store.engine import ChatLocks, Gathered, Unit
from bot.store.errors import StoreError, plainly

T = TypeVar("T")

IN_USE = 7302742  # held shared by every running program, alone by a change of keys
_POOL = 20
_TURNS = 12  # fewer than connections, so that what a turn asks besides its own transaction always finds one

_LOCK_CHAT = select(func.pg_advisory_xact_lock(bindparam("key")))
_HOLD = select(func.pg_advisory_lock(bindparam("key")))
_IN_USE = select(func.pg_advisory_lock_shared(bindparam("key")))
_TRY = select(func.pg_try_advisory_lock(bindparam("key")))
_LET_GO = select(func.pg_advisory_unlock(bindparam("key")))
_NEXT = select(tables.outbox_numbers.next_value())


class PostgresEngine:
    """See bot.store.engine.Engine."""

    def __init__(self, url: URL) -> None:
        self.taker = secrets.randbits(62)
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            pool_size=_POOL,
            max_overflow=0,
            hide_parameters=True,
        )
        self._plain = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._locks = ChatLocks()
        self._gathered = Gathered(self._commit)
        self._turns = asyncio.Semaphore(_TURNS)
        self._sign: AsyncConnection | None = None
        self._sign_lost = False
        # A connection that broke says that the server went away, and with it every lock that shows that this runs.
        event.listen(self._engine.sync_engine, "invalidate", self._note_loss)

    def _note_loss(self, *_about: object) -> None:
        self._sign_lost = True

    async def _still_here(self) -> None:
        """Show again that this program runs, once the server is back. While the old lock still shows it, let it."""
        if not self._sign_lost or self._sign is None:
            return
        self._sign_lost = False
        fresh = await self._plain.connect()
        if await fresh.scalar(_TRY, {"key": self.taker}):
            await fresh.execute(_IN_USE, {"key": IN_USE})
            old, self._sign = self._sign, fresh
        else:
            old, self._sign_lost = fresh, True
        with suppress(SQLAlchemyError, OSError):
            await old.close()

    async def read(self, unit: Unit[T]) -> T:
        with plainly():
            async with self._plain.connect() as connection:
                return await connection.run_sync(unit)

    async def write(self, unit: Unit[T]) -> T:
        return await self._gathered.run(unit)

    async def _commit(self, units: list[Unit[Any]]) -> list[Any]:
        """All in one transaction, or, if any fails, each in its own."""
        if len(units) > 1:
            with suppress(Exception):
                return await self._alone(lambda connection: [unit(connection) for unit in units])
        outcomes: list[Any] = []
        for unit in units:
            try:
                outcomes.append(await self._alone(unit))
            except Exception as error:  # noqa: BLE001 - a fault of one unit belongs to its caller, not to the batch
                outcomes.append(error)
        return outcomes

    async def _alone(self, unit: Unit[T]) -> T:
        with plainly():
            await self._still_here()
            async with self._engine.begin() as connection:
                return await connection.run_sync(unit)

    @asynccontextmanager
    async def hold(self, chat: bytes) -> AsyncIterator["PostgresHeld"]:
        async with self._locks.hold(chat), self._turns:
            with plainly():
                connection = await self._engine.connect()
            try:
                with plainly():
                    transaction = await connection.begin()
                    await connection.execute(_LOCK_CHAT, {"key": _lock_number(chat)})
                yield PostgresHeld(connection, transaction)
            finally:
                with plainly():
                    await connection.close()  # rolls back what is open

    async def guard(self, check: Unit[None]) -> None:
        """Locks show the others that this program runs, until it is closed or dies; so keys are not changed under it.

        The check is made once, after the lock is held.
        """
        with plainly():
            if self._sign is None:
                self._sign = await self._plain.connect()
            await self._sign.execute(_HOLD, {"key": self.taker})
            await self._sign.execute(_IN_USE, {"key": IN_USE})
        await self.read(check)

    async def alive(self, takers: set[int]) -> set[int]:
        living: set[int] = set()
        with plainly():
            async with self._plain.connect() as connection:
                for taker in takers - {self.taker}:
                    if await connection.scalar(_TRY, {"key": taker}):
                        await connection.execute(_LET_GO, {"key": taker})
                    else:
                        living.add(taker)
        return living

    async def tidy(self) -> None:
        """Nothing: dead rows are sealed, and the server's own vacuum takes them."""

    async def close(self) -> None:
        await self._gathered.finish()
        if self._sign is not None:
            await self._sign.close()
            self._sign = None
        await self._engine.dispose()


class PostgresHeld:
    def __init__(self, connection: AsyncConnection, transaction: AsyncTransaction) -> None:
        self._connection = connection
        self._transaction = transaction

    async def read(self, unit: Unit[T]) -> T:
        with plainly():
            return await self._connection.run_sync(unit)

    async def outbox_id(self) -> int:
        number = await self.read(lambda connection: connection.scalar(_NEXT))
        if number is None:
            raise StoreError("The database gave no number.")
        return int(number)

    async def commit(self, unit: Unit[T]) -> T:
        with plainly():
            done = await self._connection.run_sync(unit)
            await self._transaction.commit()
        return done


def _lock_number(chat: bytes) -> int:
    return int.from_bytes(chat[:8], "big", signed=True)
