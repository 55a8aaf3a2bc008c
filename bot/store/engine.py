"""What both databases offer the rest of this room: units of work over one synchronous SQLAlchemy connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Row

from bot.store.errors import StoreError

T = TypeVar("T")
Unit = Callable[[Connection], T]
AnyRow = Row[*tuple[Any, ...]]


class Held(Protocol):
    """A chat held for one turn."""

    async def read(self, unit: Unit[T]) -> T: ...

    async def outbox_id(self) -> int:
        """A new number, higher than every earlier one of this chat."""

    async def commit(self, unit: Unit[T]) -> T:
        """Run `unit` and commit. At most once."""


class Engine(Protocol):
    """Raises StoreError, and nothing of the driver's, from every method."""

    taker: int  # this running program among those that share the database

    async def read(self, unit: Unit[T]) -> T: ...

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a transaction and commit. It may be run again from the start, so it changes nothing else."""

    def hold(self, chat: bytes) -> AbstractAsyncContextManager[Held]:
        """Turns of one chat never overlap. Rolls back what was not committed."""

    async def guard(self, check: Unit[None]) -> None:
        """Show that this program runs. `check` is made before a write whenever another may have changed the keys."""

    async def alive(self, takers: set[int]) -> set[int]:
        """Those of the other `takers` that still run."""

    async def tidy(self) -> None:
        """After an erasure: leave no bytes of it behind where the database lets us."""

    async def close(self) -> None: ...


# The lock books of which this task holds a chat now.
_HOLDING: ContextVar[frozenset[int]] = ContextVar("holding", default=frozenset())


class ChatLocks:
    """One lock for each chat in use; those not in use vanish.

    Whoever holds a chat may not wait for a second one: two turns that want each other's would wait for ever.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, chat: bytes) -> AsyncIterator[None]:
        held = _HOLDING.get()
        if id(self) in held:
            raise StoreError("A turn that holds one chat may not open another.")
        lock = self._locks.get(chat)
        if lock is None:
            self._locks[chat] = lock = asyncio.Lock()
        async with lock:
            _HOLDING.set(held | {id(self)})
            try:
                yield
            finally:
                _HOLDING.set(held)


class Gathered:
    """Units that wait while others are written go together, so that one commit serves several chats."""

    def __init__(self, commit: Callable[[list[Unit[Any]]], Awaitable[list[Any]]]) -> None:
        self._commit = commit  # results or exceptions, in the order of the units
        self._waiting: list[tuple[Unit[Any], asyncio.Future[Any]]] = []
        self._draining: asyncio.Task[None] | None = None

    async def run(self, unit: Unit[T]) -> T:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((unit, future))
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain())
        return await future

    async def finish(self) -> None:
        if self._draining is not None:
            await self._draining

    async def _drain(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                # A caller that was cancelled while waiting does not want its unit any more.
                await self._flush([(unit, future) for unit, future in batch if not future.done()])
        finally:
            self._draining = None

    async def _flush(self, batch: list[tuple[Unit[Any], asyncio.Future[Any]]]) -> None:
        try:
            outcomes = await self._commit([unit for unit, _ in batch])
        except Exception as error:  # noqa: BLE001 - every caller must hear of it, or it waits for ever
            outcomes = [error] * len(batch)
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if future.done():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
