"""A process that lives through weeks of check-ins at its own speed, to be killed often: the real tick, store, outbox
and messenger, a clock that is moved by hand and kept on disk, and a Telegram that is a file, often away.

    python -m tests.fakes.checkin_weeks HOME SEED
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from bot.care.checkins.sending import send_due
from bot.care.rota import Rota
from bot.care.visit import Policy, Room
from bot.store.errors import StoreError
from bot.store.opening import open_store
from bot.telegram.messenger import Messenger
from bot.telegram.ports import DoorSettings
from bot.telegram.tally import Tally
from bot.telegram.transport import LostAnswerError, NotSentError
from nlp.reading import Reading
from responses.helplines import Helplines
from responses.library import Library
from responses.voice import Voice
from tests.loaded import loaded

KEY = b"k" * 32
BEGIN = datetime(2026, 3, 23, 6, 0, tzinfo=UTC)  # the clocks of Europe change on the 29th
STEP = timedelta(minutes=10)
STEPS = 8 * 24 * 6
AWAY, LOST, BROKEN = 0.06, 0.004, 0.03  # of the steps Telegram is away, of the calls the answer is lost, of the steps


class HandClock:
    time = BEGIN

    def now(self) -> datetime:
        return self.time


class FileTelegram:
    """Appends what it is sent to a file, as the world outside: that outlives any kill."""

    def __init__(self, path: Path, random: Random) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._random = random
        self.away = False
        self.lost = 0

    async def post(self, url: str, data: Any) -> dict[str, int]:
        if self.away:
            raise NotSentError
        words = json.loads(data.json_payload)
        await asyncio.sleep(0.0005)
        self._file.write(json.dumps({"chat": words["chat_id"], "said": json.dumps(words)}) + "\n")
        self._file.flush()
        await asyncio.sleep(0.0005)  # between Telegram's taking it and our knowing of it: where kills hurt
        if self._random.random() < LOST:
            self.lost += 1
            raise LostAnswerError("no answer")
        return {"message_id": 1}


class NoCare:
    async def client_blocked(self, chat: int) -> None:
        raise AssertionError

    async def alert_delivered(self, number: int) -> None:
        raise AssertionError


async def no_reading(text: str) -> Reading:
    return Reading(text)


def broken(write: Callable[..., Awaitable[Any]], calls: int) -> Callable[..., Awaitable[Any]]:
    """A database that is away for the next few writes."""
    left = [calls]

    async def run(unit: Any) -> Any:
        if left[0] > 0:
            left[0] -= 1
            raise StoreError("The database is away.")
        return await write(unit)

    return run


async def live(home: Path, seed: int) -> None:
    random, clock, kept = Random(seed), HandClock(), home / "step"
    store = await open_store(f"sqlite:///{home}/warmline.db", KEY, now=clock.now)
    telegram = FileTelegram(home / "telegram", random)
    room = Room(
        store=store,
        read=no_reading,
        floor=Reading,
        voice=Voice(loaded(Library)),
        helplines=loaded(Helplines),
        clock=clock,
        rota=Rota(),
        policy=Policy(),
    )
    bot: Any = SimpleNamespace(request=telegram, base_url="file")
    settings = DoorSettings(token="", rate_limits=False)
    messenger = Messenger(bot, store.outbox, NoCare(), clock, settings, Tally())  # type: ignore[arg-type]
    first = int(kept.read_text()) if kept.exists() else 0
    clock.time = BEGIN + first * STEP
    unknown = (await messenger.recover())["unknown"]
    sys.stderr.write(json.dumps({"unknown": unknown}) + "\nready\n")
    sys.stderr.flush()
    running = asyncio.create_task(messenger.run())
    write = store.engine.write
    for step in range(first, STEPS):
        clock.time = BEGIN + step * STEP
        telegram.away = random.random() < AWAY
        store.engine.write = broken(write, random.randrange(1, 9) if random.random() < BROKEN else 0)
        with suppress(StoreError):  # as the clock's tick does: the next one finds what is due
            await send_due(room)
        messenger.wake()
        await asyncio.sleep(0.002)
        await messenger.idle()
        partial = home / "step.part"
        partial.write_text(str(step + 1))
        partial.replace(kept)
    store.engine.write = write
    telegram.away = False
    clock.time += timedelta(hours=2)  # what still waits is too late by now
    for _ in range(400):
        messenger.wake()
        await asyncio.sleep(0.2)
        await messenger.idle()
        if not (await store.counts()).outbox_pending:
            break
    await messenger.stop()
    await running
    await store.close()


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), int(sys.argv[2])))
