"""The whole house in one process, as `serve` puts it together, with a clock that jumps and parts that can be broken.

Real: store, room, Telegram's door, the courier with its mail, the clock's ticks. Fake: Telegram and the mail server.
Pauses between tries are cut short, so that an outage of half an hour takes seconds.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from bot import ticking, wiring
from bot.care.ports import Store
from bot.care.visit import Room
from bot.channels.courier import Courier
from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.opening import open_store
from bot.telegram.door import TelegramDoor
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.breaking import JumpingClock
from tests.fakes.mail import Mailbox

KEY = bytes(range(32))
ANNA, BEN, OPERATOR, CLIENT = 901, 902, 903, 501
T3 = "I'm going to kill myself tonight"
_BRIEF = 0.02  # seconds that a pause takes here at most


@dataclass
class House:
    api: FakeBotApi
    store: Store
    room: Room
    door: TelegramDoor
    courier: Courier
    clock: JumpingClock
    mailbox: Mailbox

    def heard(self, chat: int = CLIENT) -> list[str]:
        return self.api.world.texts(chat)

    def says(self, text: str, chat: int = CLIENT) -> None:
        self.api.world.client(chat).says(text)

    async def agrees(self, chat: int = CLIENT) -> None:
        before = len(self.heard(chat))
        self.api.world.client(chat).presses("consent:talk")
        await until(lambda: len(self.heard(chat)) > before, "the welcome")

    def notes(self, chat: int) -> list[int]:
        """Numbers of the alerts whose note reached this contact."""
        shown = [sent.buttons for sent in self.api.world.to_chat.get(chat, [])]
        data = [pressed for rows in shown for row in rows for _, pressed in row]
        return [int(pressed.split(":")[1]) for pressed in data if pressed.endswith(":seen")]

    def takes(self, chat: int, alert: int) -> None:
        self.api.world.client(chat).presses(f"alert:{alert}:seen")

    async def pass_(self, minutes: float, steps: int = 10) -> None:
        """Time goes by in a few steps, and everything that looks at the clock looks at it after each."""
        for _ in range(steps):
            self.clock.goes_by(minutes=minutes / steps)
            await asyncio.sleep(0.12)


async def until(true: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    """Let the loop run until `true()`; a test that never gets there fails instead of hanging."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, f"{what} did not happen"
        await asyncio.sleep(0.01)


def chosen(api: FakeBotApi, mailbox: Mailbox, limits: bool, changes: Mapping[str, Any]) -> Settings:
    known: dict[str, Any] = {
        "telegram": {"token": api.world.token, "api_base": api.url, "rate_limits": limits},
        "burst": {"settle_seconds": 0},
        "on_call": {
            "contacts": [
                {"code": "anna", "chat": ANNA, "name": "Anna", "mail": "anna@example.org"},
                {"code": "ben", "chat": BEN, "mail": "ben@example.org"},
            ],
            "operator": {"code": "operator", "chat": OPERATOR, "mail": "operator@example.org"},
        },
        "channels": {
            "mail": {
                "host": "127.0.0.1",
                "port": mailbox.port,
                "security": "none",
                "sender": "warmline@example.org",
            }
        },
    }
    return Settings.model_validate({**known, **changes})


async def _brief(seconds: float) -> None:
    await asyncio.sleep(min(seconds, _BRIEF))


@asynccontextmanager
async def house(
    url: str,
    ear: Any,
    mailbox: Mailbox | None = None,
    busy_seconds: float = 0.2,
    began: float = 0.0,
    limits: bool = False,
    **changes: Any,
) -> AsyncIterator[House]:
    """`began`: seconds by which the machine's clock is ahead. `limits`: keep to Telegram's.

    `changes` replace sections of the settings. The mail server is not started here: without, it is away.
    """
    wall, mailbox = JumpingClock(began), mailbox or Mailbox()
    clock = SystemClock(wall.now, wall.steady)
    with ExitStack() as shorter:
        for name, value in (
            ("bot.telegram.messenger.LONGEST_PAUSE", _BRIEF),
            ("bot.telegram.intake.LONGEST_PAUSE", _BRIEF),
            ("bot.channels.courier.LOOK_EVERY", 0.05),
            ("bot.ticking.LOOK_AFTER_EVERY", timedelta(seconds=0.05)),
            ("bot.ticking.WATCH_EVERY", timedelta(seconds=0.05)),
            ("bot.ticking.CHECK_IN_EVERY", timedelta(seconds=0.1)),
        ):
            shorter.enter_context(patch(name, value))
        async with FakeBotApi() as api:
            for chat in (ANNA, BEN, OPERATOR, CLIENT):
                api.world.client(chat)
            settings = chosen(api, mailbox, limits, changes)
            store = await open_store(url, KEY, now=clock.now, busy_seconds=busy_seconds)
            try:
                async with wiring.open_room(settings, ear, store, clock) as room:
                    door = TelegramDoor(
                        store, wiring.RoomCare(room), clock, wiring.door_settings(settings, room), _brief
                    )
                    courier = wiring.make_courier(settings, room)
                    assert courier is not None
                    ticks = ticking.make_ticks(room, door, courier)
                    async with door:
                        await courier.start()
                        ticks.start()
                        try:
                            yield House(api, store, room, door, courier, wall, mailbox)
                        finally:
                            ticks.stop()
                            await courier.stop(2)
            finally:
                with contextlib.suppress(Exception):
                    await store.close()
