"""What both databases offer the rest of this room: units of work over one synchronous SQLAlchemy connection."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Row

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


class ChatLocks:
    """One lock for each chat in use; those not in use vanish."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, chat: bytes) -> AsyncIterator[None]:
        lock = self._locks.get(chat)
        if lock is None:
            self._locks[chat] = lock = asyncio.Lock()
        async with lock:
            yield
