"""Kills a serving process with SIGKILL under load, again and again, and says what became of every message."""

import asyncio
import json
import os
import random
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.telegram_world import World

ROOT = Path(__file__).parents[2]
QUIET = 8.0  # seconds without a word after which nothing more is expected
BACKLOG = 60  # updates kept waiting at Telegram's end, so that a kill always hits work


@dataclass
class Load:
    """Numbered messages from many people: each says m0, m1, m2 ..."""

    world: World
    chats: list[int]
    total: int
    said: dict[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.said.values())

    async def run(self, rng: random.Random) -> None:
        while self.count < self.total:
            if len(self.world.updates) < BACKLOG:
                chat = rng.choice(self.chats)
                number = self.said.get(chat, 0)
                self.world.client(chat).says(f"m{number}")
                self.said[chat] = number + 1
            await asyncio.sleep(0 if len(self.world.updates) < BACKLOG // 2 else 0.002)


@dataclass
class Served:
    """One life of the serving process."""

    process: asyncio.subprocess.Process
    ready: asyncio.Event
    lines: list[str]
    reading: asyncio.Task[None]

    async def until_ready(self, seconds: float = 180.0) -> None:
        waiting = asyncio.create_task(self.ready.wait())
        await asyncio.wait({waiting, self.reading}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        assert self.ready.is_set(), f"not ready; the last it said: {self.lines[-3:]}"

    def resent(self) -> int:
        """Sends that were in flight when the process before was killed, as this one found them."""
        found = [json.loads(line) for line in self.lines if '"recovered the outbox"' in line]
        return sum(line.get("counts", {}).get("resent", 0) for line in found)

    def safe_entries(self) -> int:
        return sum("answered with the safe entry" in line for line in self.lines)


async def start(command: list[str], environment: dict[str, str]) -> Served:
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **environment}, cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    ready, lines = asyncio.Event(), list[str]()

    async def read() -> None:
        assert process.stderr is not None
        async for raw in process.stderr:
            lines.append(raw.decode().rstrip())
            if lines[-1] == "ready":
                ready.set()

    return Served(process, ready, lines, asyncio.create_task(read()))


async def end(served: Served, hard: bool) -> int:
    """Kill (hard) or ask to stop; returns the exit code."""
    if hard:
        served.process.kill()
    else:
        served.process.terminate()
    code = await asyncio.wait_for(served.process.wait(), 30)
    await served.reading
    return code


@dataclass
class Outcome:
    messages: int = 0
    kills: int = 0
    in_flight: int = 0  # sends in flight at the kills
    safe_entries: int = 0  # batches that two kills in a row interrupted
    exit_code: int = -1
    answered: dict[int, list[str]] = field(default_factory=dict)  # what each person was sent, in order


def environment(api: FakeBotApi, home: Path, webhook: bool) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chosen = {
        "WARMLINE_HOME": str(home),
        "WARMLINE_TELEGRAM__TOKEN": api.world.token,
        "WARMLINE_TELEGRAM__API_BASE": api.url,
        "WARMLINE_TELEGRAM__RATE_LIMITS": "false",
        "WARMLINE_BURST__SETTLE_SECONDS": "0",
        "WARMLINE_SERVER__PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    if webhook:
        chosen["WARMLINE_TELEGRAM__WEBHOOK__URL"] = f"https://127.0.0.1:{port}/telegram"
        chosen["WARMLINE_TELEGRAM__WEBHOOK__SECRET"] = "a-secret-of-this-test"
    return chosen


async def kill_often(
    api: FakeBotApi, command: list[str], env: dict[str, str], kills: int, load: Load, rng: random.Random
) -> Outcome:
    """`kills` lives that end by SIGKILL at random moments, a tenth of them before ready, then one that drains all."""
    outcome = Outcome(kills=kills)
    loading = asyncio.create_task(load.run(rng))
    for _ in range(kills):
        served = await start(command, env)
        if rng.random() < 0.1:
            await asyncio.sleep(rng.uniform(0.1, 1.0))
        else:
            await served.until_ready()
            await asyncio.sleep(rng.uniform(0.02, 0.8))
        await end(served, hard=True)
        outcome.in_flight += served.resent()
        outcome.safe_entries += served.safe_entries()
    await _drain(await start(command, env), loading, api, load, outcome)
    return outcome


async def _drain(served: Served, loading: asyncio.Task[None], api: FakeBotApi, load: Load, outcome: Outcome) -> None:
    await served.until_ready()
    await asyncio.wait_for(loading, 300)
    quiet_since, seen = time.monotonic(), -1
    while time.monotonic() - quiet_since < (QUIET if len(api.world.sent) < load.count else QUIET / 4):
        if (now := len(api.world.sent) + len(api.world.updates)) != seen:
            quiet_since, seen = time.monotonic(), now
        await asyncio.sleep(0.05)
    outcome.exit_code = await end(served, hard=False)
    outcome.in_flight += served.resent()
    outcome.safe_entries += served.safe_entries()
    outcome.messages = load.count
    outcome.answered = {chat: api.world.texts(chat) for chat in load.chats}
