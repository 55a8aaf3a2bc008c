"""`warmline serve` as it is, to be killed often: a file moves its clock, and of the ear there is the word floor alone.

Every life is a process of its own, forked from a server that has imported everything, so that it is up in a moment. Its
stderr goes to a file, one a life.
"""

import asyncio
import json
import multiprocessing
import os
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import ticking, wiring
from bot.cli.serve import serve
from responses.library import Library
from tests.fakes.breaking import FileClock, FloorEar
from tests.loaded import loaded

_FORKS = multiprocessing.get_context("forkserver")


def words() -> Library:
    library: Library = loaded(Library)
    return library


words()  # in the server, before it forks


def live(environment: Mapping[str, str], clock: Path, said: Path) -> None:
    """One life, until it is asked to end or is killed."""
    os.environ.update(environment)
    file = os.open(said, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(file, 2)
    library = words()
    Library.load = classmethod(lambda cls, *args: library)  # type: ignore[assignment,method-assign]
    changed: dict[str, Any] = {"load_ear": lambda home: FloorEar(), "SystemClock": lambda: FileClock(clock)}
    for name, value in changed.items():
        setattr(wiring, name, value)
    ticking.LOOK_AFTER_EVERY = timedelta(seconds=0.3)
    serve(None)


class Life:
    """A running `live`, and what it said."""

    def __init__(self, environment: Mapping[str, str], clock: Path, said: Path) -> None:
        _FORKS.set_forkserver_preload([__name__])
        self._said = said
        self._process = _FORKS.Process(target=live, args=(dict(environment), clock, said), daemon=True)
        self._process.start()

    @property
    def lines(self) -> list[str]:
        return self._said.read_text(encoding="utf-8").splitlines() if self._said.exists() else []

    async def until_ready(self, seconds: float = 120.0) -> None:
        ends = time.monotonic() + seconds
        while "ready" not in self.lines:
            assert self._process.is_alive() and time.monotonic() < ends, f"not ready: {self.lines[-3:]}"
            await asyncio.sleep(0.02)

    async def end(self, hard: bool) -> int:
        """Kill (hard) or ask to stop; returns the exit code."""
        if hard:
            self._process.kill()
        else:
            self._process.terminate()
        await asyncio.to_thread(self._process.join, 30)
        assert self._process.exitcode is not None
        return self._process.exitcode

    def resent(self) -> int:
        """Sends that were in flight when the life before was killed, as this one found them."""
        found = [json.loads(line) for line in self.lines if '"recovered the outbox"' in line]
        return sum(line.get("counts", {}).get("resent", 0) for line in found)
