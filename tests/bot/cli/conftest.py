"""Commands run in this process, with the ear loaded once: the entry point as `.venv/bin/warmline` calls it."""

import asyncio
import io
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import wiring
from bot.cli import checkup
from bot.cli.main import run
from nlp.ear import Ear
from responses.library import Library
from tests.fakes.bot_api import FakeBotApi
from tests.loaded import findings, loaded


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """One for each "\\n", whatever else a line holds."""
        return self.out.split("\n")[:-1]


Warmline = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own WARMLINE_HOME, no other setting, and a folder to stand in that has no config.yaml."""
    for name in [name for name in os.environ if name.startswith("WARMLINE_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("WARMLINE_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def warmline(home: Path, ear: Ear, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warmline]:
    """`warmline("read", stdin=b"...")`; logging is put back afterwards.

    Nothing compiles all rules, which takes ten seconds: tests/nlp does that once.
    """
    monkeypatch.setattr(wiring, "load_ear", lambda cache: ear)
    monkeypatch.setattr(Ear, "warm", lambda self: None)
    library, load = loaded(Library), Library.load
    monkeypatch.setattr(Library, "load", lambda *where: load(*where) if where else library)
    monkeypatch.setattr(checkup, "check", findings)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield lambda *arguments, stdin=b"": _called(monkeypatch, arguments, stdin)
    root.handlers[:] = handlers
    root.setLevel(level)


def _called(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], stdin: bytes) -> Outcome:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["warmline", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            run()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        out.flush()
        err.flush()
    return Outcome(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]


@pytest.fixture
def bot_api() -> Iterator[FakeBotApi]:
    """A Bot API in a thread with a loop of its own, for commands that have theirs."""
    loop, api = asyncio.new_event_loop(), FakeBotApi()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(api.start(), loop).result(10)
    yield api
    asyncio.run_coroutine_threadsafe(api.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()
