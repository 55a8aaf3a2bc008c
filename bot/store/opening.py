"""Opening a database: where it is, whether its tables are of this version, and whether the key fits."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store import schema
from bot.store.engine import Engine
from bot.store.errors import StoreError, plainly
from bot.store.sqlite import BUSY_SECONDS, SqliteEngine
from bot.store.store import Now, SqlStore
from bot.store.vault import Vault, check_key, unlock


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def open_store(
    url: str,
    key: bytes,
    *,
    create: bool = True,
    upgrade: bool = False,
    busy_seconds: float = BUSY_SECONDS,
    now: Now = _utc_now,
) -> SqlStore:
    """The store at `url` ("sqlite:///path", "postgresql://...", a driver's name may stand in it) under its master key.

    An empty database gets its tables. With `create` False a SQLite file that is not there is refused; one of an older
    version is refused unless `upgrade`. Raises StoreError.
    """
    parsed = parse(url)
    _prepare(parsed, create)
    engine = _engine(parsed, busy_seconds)
    try:
        vault = await engine.write(lambda connection: _ready(connection, key, upgrade))
        await engine.guard(lambda connection: check_key(connection, vault.master))
    except BaseException:
        await engine.close()
        raise
    return SqlStore(engine, vault, now)


async def upgrade(url: str) -> str:
    """Bring the database to this version's tables; returns the version. Raises StoreError."""
    parsed = parse(url)
    _prepare(parsed, create=True)
    async with opened(parsed) as engine:
        return await engine.write(schema.migrate)


@asynccontextmanager
async def opened(url: URL, busy_seconds: float = BUSY_SECONDS) -> AsyncIterator[Engine]:
    engine = _engine(url, busy_seconds)
    try:
        yield engine
    finally:
        await engine.close()


def parse(url: str) -> URL:
    """Raises StoreError, which does not repeat the address: it may hold a password."""
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        raise StoreError("The address of the database cannot be read; give a SQLAlchemy URL.") from None
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise StoreError("The database must be SQLite or PostgreSQL.")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError("A SQLite database needs a file, such as sqlite:///warmline.db.")
    return parsed


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _prepare(url: URL, create: bool) -> None:
    path = sqlite_path(url)
    if path is None or path.exists():
        return
    if not create:
        raise StoreError("There is no database at the given place.")
    with plainly():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # readable by its owner alone from the first byte


def _engine(url: URL, busy_seconds: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        return SqliteEngine(url, busy_seconds)
    from bot.store.postgres import PostgresEngine  # what it stands on takes half a second to load

    return PostgresEngine(url)


def _ready(connection: Connection, key: bytes, bring_up: bool) -> Vault:
    if bring_up or schema.check(connection) is None:
        schema.migrate(connection)
    return unlock(connection, key)
