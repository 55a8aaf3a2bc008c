"""Breaks one part at a time, for the tests that show what a client, a person on call and the operator then see.

A clock that jumps, a wire to the database that is cut or swallows answers, a database that somebody else holds, an ear
of which nothing is left but the word floor, and one whose parts raise.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from nlp.crisis import tier_of
from nlp.ear import Ear
from nlp.floor import Floor
from nlp.reading import Reading
from tests.loaded import loaded

BEGIN = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


class JumpingClock:
    """A machine's clock: goes on by itself from `BEGIN`, time passes when told, and it is set when told."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._began = time.monotonic()
        self.offset = timedelta(seconds=seconds)
        self._passed = 0.0

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=time.monotonic() - self._began) + self.offset

    def steady(self) -> float:
        return time.monotonic() + self._passed

    def jump(self, **span: float) -> None:
        """Somebody sets it."""
        self.offset += timedelta(**span)

    def goes_by(self, **span: float) -> None:
        self.jump(**span)
        self._passed += timedelta(**span).total_seconds()


class FileClock:
    """The machine's own, moved by as many seconds as a file says: a test moves it for a process of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        moved = float(self._path.read_text() or 0) if self._path.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=moved)

    def jump(self, **span: float) -> None:
        moved = self.now() - datetime.now(UTC) + timedelta(**span)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(str(moved.total_seconds()))
        fresh.replace(self._path)  # never seen half written


class FloorEar:
    """All that is left when everything else of the ear is broken: quick to load, and it hears plain words."""

    faults = ("parser", "embedding")

    def __init__(self) -> None:
        self._floor = loaded(Floor)

    def read(self, text: str) -> Reading:
        signals = self._floor.read(text)
        return Reading(text, tier_of(signals), signals, language="en")

    floor = read

    def read_all(self, texts: Sequence[str]) -> Iterator[Reading]:
        return map(self.read, texts)

    def warm(self) -> None:
        """Nothing is left to do."""


class _Raises:
    """Stands in for any part of the ear."""

    def __getattr__(self, name: str) -> Any:
        def call(*_args: object, **_more: object) -> Any:
            raise RuntimeError("a person's words")

        return call

    def __call__(self, *_args: object, **_more: object) -> Any:
        raise RuntimeError("a person's words")


def break_ear(ear: Ear, *parts: str) -> Ear:
    """Another ear over the same parts, of which some raise: "parser", "embedding", or one of `Parts` ("crisis")."""
    whole = {"parser": ear._parser, "embedding": ear._embedding}
    inner = {name: _Raises() for name in parts if name not in whole}
    kept = {name: getattr(ear._parts, name) for name in ear._parts.__dataclass_fields__}
    return Ear(
        type(ear._parts)(**{**kept, **inner}),
        _Raises() if "parser" in parts else ear._parser,
        _Raises() if "embedding" in parts else ear._embedding,  # type: ignore[arg-type]
        ear._heads,
        ear._risk_head,
    )


class Wire:
    """A wire to PostgreSQL that can be cut, mended, or made to swallow what the server answers."""

    def __init__(self, url: str) -> None:
        self._to = make_url(url)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._down = False
        self.deaf = False  # the server does what it is asked, and its answer is lost
        self.url = ""

    async def __aenter__(self) -> "Wire":
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = self._to.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.cut()
        assert self._server is not None
        self._server.close()
        await asyncio.sleep(0.05)

    def cut(self) -> None:
        """Every connection ends, and none is taken, until `mend`."""
        self._down = True
        for writer in list(self._open):
            writer.close()

    def mend(self) -> None:
        self._down = self.deaf = False

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._down:
            writer.close()
            return
        socket = f"{self._to.query['host']}/.s.PGSQL.{self._to.port or 5432}"
        there, out = await asyncio.open_unix_connection(socket)
        self._open |= {writer, out}
        try:
            await asyncio.gather(self._pass(reader, out), self._pass(there, writer, answers=True))
        finally:
            self._open -= {writer, out}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: bool = False) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(65536):
                if answers and self.deaf:
                    break
                writer.write(chunk)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def held(path: Path) -> AsyncIterator[None]:
    """SQLite's file is in somebody else's hands: nothing can be written to it."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA busy_timeout=5000")
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
