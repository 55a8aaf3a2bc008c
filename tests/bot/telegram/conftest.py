"""What the tests of the door share: a clock that is handed in, rows, a care that echoes."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.care.ports import InboxRow, Store
from bot.store.opening import open_store
from bot.telegram.door import TelegramDoor
from bot.telegram.ports import DoorSettings
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.echo_care import EchoCare

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class HandClock:
    """Moves only when told."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def row(body: bytes, number: int = 1, attempts: int = 0) -> InboxRow:
    return InboxRow(number, number, 7, body, NOON, attempts)


def message(text: str | None = "hi", chat: int = 7, kind: str = "private", **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"message_id": 5, "chat": {"id": chat, "type": kind}, "date": 1, **more}
    return body if text is None else body | {"text": text}


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def store(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Store]:
    shutil.copy(sqlite_template, tmp_path / "w.db")
    opened = await open_store(f"sqlite:///{tmp_path}/w.db", b"k" * 32)
    yield opened
    await opened.close()


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
def care(store: Store) -> EchoCare:
    return EchoCare(store)


class Pauses:
    """Stands in for sleeping: remembers how long, and only lets others run."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


async def until(true: Callable[[], object], what: str = "what was waited for") -> None:
    """Let the loop run until `true()`; a test that never gets there fails instead of hanging."""
    for _ in range(5000):
        if true():
            return
        await asyncio.sleep(0.002)
    raise AssertionError(f"{what} did not happen")


OpenDoor = Callable[..., AbstractAsyncContextManager[TelegramDoor]]


@pytest.fixture
def open_door(api: FakeBotApi, store: Store, care: EchoCare, clock: HandClock, pauses: Pauses) -> OpenDoor:
    """A door on the fake Bot API: no settle time and no rate limits unless told."""

    def opened(**changes: Any) -> TelegramDoor:
        known: dict[str, Any] = {"token": api.world.token, "api_base": api.url, "settle_seconds": 0.0}
        settings = DoorSettings(**{**known, "rate_limits": False, **changes})
        return TelegramDoor(store, care, clock, settings, pauses)

    return opened
