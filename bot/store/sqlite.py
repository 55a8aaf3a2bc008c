"""SQLite: one writing connection and one reading connection, each in its own thread.

Measured on two cores, a turn through the asynchronous driver cost 5.8 ms of CPU and through these threads 0.9, because
a whole unit of work crosses threads once instead of once a statement. Units waiting for the writer share one commit, so
one flush to the disk serves several chats.
"""

import asyncio
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.store import tables
from bot.store.engine import ChatLocks, Gathered, Unit
from bot.store.errors import LOCKED, StoreError, plain, plainly
from bot.store.quick import driver

T = TypeVar("T")

BUSY_SECONDS = 5.0
_CACHE = "cache_size=-32000"  # KB, taken only as needed: a tick reads some 3,000 pages of a large database at random


class Lane:
    """One connection that lives in one thread."""

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)
        event.listen(self._engine, "connect", _settle(busy_seconds))
        self._connection: Connection | None = None
        self._closed = False

    async def run(self, work: Callable[[Connection], T]) -> T:
        """`work` in the thread of this lane; it begins and ends its transaction itself."""
        if self._closed:
            raise StoreError("The store is closed.")
        with plainly():
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work)

    def _work(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
        return work(self._connection)

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await asyncio.get_running_loop().run_in_executor(self._thread, self._shut)
            self._thread.shutdown()

    def _shut(self) -> None:
        with suppress(SQLAlchemyError):
            if self._connection is not None:
                self._connection.close()
        self._engine.dispose()


def _settle(busy_seconds: float) -> Callable[[sqlite3.Connection, Any], None]:
    def settle(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", _CACHE):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return settle


def _driver(connection: Connection) -> sqlite3.Connection:
    raw = driver(connection)
    assert raw is not None
    return raw


def _end(connection: Connection) -> None:
    """Roll back, whether or not SQLAlchemy knows of the transaction: statements may go past it (bot.store.quick)."""
    connection.rollback()
    _driver(connection).rollback()


def _reading(unit: Unit[T]) -> Unit[T]:
    def run(connection: Connection) -> T:
        _driver(connection).execute("BEGIN")
        try:
            return unit(connection)
        finally:
            _end(connection)

    return run


def _alone(connection: Connection, unit: Unit[T], check: Unit[None]) -> T:
    raw = _driver(connection)
    raw.execute("BEGIN IMMEDIATE")
    try:
        check(connection)
        done = unit(connection)
        connection.commit()  # does nothing if SQLAlchemy knows of no transaction
        raw.commit()
    except BaseException:
        _end(connection)
        raise
    return done


def _together(connection: Connection, units: list[Unit[Any]], check: Unit[None]) -> list[Any]:
    """One commit for all. If any fails, each is run again by itself, so that it fails alone; results or errors."""
    if len(units) > 1:
        outcome = _outcome(connection, lambda c: [unit(c) for unit in units], check)
        if isinstance(outcome, list):
            return outcome
        if str(outcome) == LOCKED:  # each alone would only wait as long again
            return [outcome] * len(units)
    return [_outcome(connection, unit, check) for unit in units]


def _outcome(connection: Connection, unit: Unit[Any], check: Unit[None]) -> Any:
    """What `unit` returned, or the error: a fault of one unit belongs to its caller, not to the batch."""
    try:
        return _alone(connection, unit, check)
    except (StoreError, SQLAlchemyError, sqlite3.Error, OSError) as error:
        return plain(error)
    except Exception as error:  # noqa: BLE001
        return error


class SqliteEngine:
    """See bot.store.engine.Engine."""

    def __init__(self, url: URL, busy_seconds: float = BUSY_SECONDS) -> None:
        self.taker = secrets.randbits(62)
        self._writer = Lane(url, busy_seconds)
        self._reader = Lane(url, busy_seconds)
        self._locks = ChatLocks()
        self._gathered = Gathered(self._commit)
        self._last_id = 0
        self._check: Unit[None] | None = None
        self._version: int | None = None

    async def read(self, unit: Unit[T]) -> T:
        return await self._reader.run(_reading(unit))

    async def write(self, unit: Unit[T]) -> T:
        return await self._gathered.run(unit)

    async def _commit(self, units: list[Unit[Any]]) -> list[Any]:
        return await self._writer.run(lambda connection: _together(connection, units, self._recheck))

    @asynccontextmanager
    async def hold(self, chat: bytes) -> AsyncIterator["SqliteHeld"]:
        async with self._locks.hold(chat):
            yield SqliteHeld(self)

    async def new_outbox_id(self) -> int:
        """From the clock, so that an erased number is not given again; never lower than the last one."""
        if not self._last_id:
            kept = await self.read(lambda c: c.scalar(select(func.max(tables.outbox.c.id)))) or 1
            self._last_id = max(self._last_id, kept)
        self._last_id = max(self._last_id + 1, time.time_ns() // 1000)
        return self._last_id

    async def guard(self, check: Unit[None]) -> None:
        self._check = check

    def _recheck(self, connection: Connection) -> None:
        # Changes only when another connection has written, which is rare: then the key may be another.
        version = _driver(connection).execute("PRAGMA data_version").fetchone()[0]
        if version != self._version and self._check is not None:
            self._check(connection)
        self._version = version

    async def alive(self, takers: set[int]) -> set[int]:
        """None: only one program sends from a SQLite database."""
        return set()

    async def tidy(self) -> None:
        """Write the log back and cut it to nothing; secure_delete has overwritten the rows themselves."""

        def checkpoint(connection: Connection) -> None:
            _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

        await self._writer.run(checkpoint)

    async def close(self) -> None:
        await self._gathered.finish()
        await self._reader.close()
        await self._writer.close()


class SqliteHeld:
    """Reads see what is committed; nothing is locked for writing until `commit`, so that the ear may take its time."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine

    async def read(self, unit: Unit[T]) -> T:
        return await self._engine.read(unit)

    async def outbox_id(self) -> int:
        return await self._engine.new_outbox_id()

    async def commit(self, unit: Unit[T]) -> T:
        return await self._engine.write(unit)
