"""Messages a second and the time from an update to its reply, over the fake Bot API, load driver included.

`python -m tests.bench.whole_path` prints one JSON object. It runs the real `warmline serve` and the plain bot beside
it, each as a process of its own against a fake Bot API in this one. Closed loop: every chat writes again as soon as it
was answered; then half that rate, open loop, for the tail of the delay.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.bot_api import FakeBotApi

SERVE = (str(Path(sys.executable).with_name("warmline")), "serve")
PLAIN = (sys.executable, "-m", "tests.bench.plain_bot")
TOKEN = "1000:TEST"
LINES = tuple((Path(__file__).parent / "lines.txt").read_text(encoding="utf-8").splitlines())
# One of these after a line makes a text that was not read before: a text the ear remembers would cost it less.
TAILS = ("", " today", " again", " tonight", " lately", " still", " these days", " this week", " now", " all day")
CHATS = 24


@dataclass
class Run:
    """Delays in milliseconds, and how many messages a second."""

    per_second: float = 0.0
    delays: list[float] = field(default_factory=list)
    ready_seconds: float = 0.0
    memory_mb: float = 0.0
    cpu_ms: float = 0.0  # of the bot alone for one message: what a busy machine changes least

    def shown(self) -> dict[str, float]:
        cuts = statistics.quantiles(self.delays, n=100)
        return {
            "messages_per_second": round(self.per_second, 1),
            "delay_p50_ms": round(cuts[49], 1),
            "delay_p95_ms": round(cuts[94], 1),
            "delay_p99_ms": round(cuts[98], 1),
            "ready_seconds": round(self.ready_seconds, 1),
            "memory_mb": round(self.memory_mb),
            "cpu_ms_per_message": round(self.cpu_ms, 1),
        }


class Load:
    """Writes for every chat and notes when each was answered."""

    def __init__(self, api: FakeBotApi, chats: Sequence[int]) -> None:
        self.world, self.chats = api.world, chats
        self.delays: list[float] = []
        self._written = 0

    async def consent(self) -> None:
        welcomed = [self.world.next_to(chat) for chat in self.chats]
        for chat in self.chats:
            self.world.client(chat).presses("consent:talk")
        await asyncio.wait_for(asyncio.gather(*welcomed), 30)

    async def closed(self, messages: int) -> float:
        """Every chat writes again once answered; returns messages a second."""
        each = messages // len(self.chats)
        began = time.perf_counter()
        await asyncio.gather(*(self._talk(chat, each) for chat in self.chats))
        return each * len(self.chats) / (time.perf_counter() - began)

    async def open(self, rate: float, messages: int) -> None:
        """A message each 1/rate seconds, chats in turn, whether or not the last was answered."""
        began = time.perf_counter()
        waiting = []
        for number in range(messages):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            waiting.append(asyncio.create_task(self._one(self.chats[number % len(self.chats)])))
        await asyncio.gather(*waiting)

    async def _talk(self, chat: int, messages: int) -> None:
        for _ in range(messages):
            await self._one(chat)

    async def _one(self, chat: int) -> None:
        """Waits for the answer without looking again and again: the driver shares the processor with the bot."""
        self._written += 1
        began, answered = time.perf_counter(), self.world.next_to(chat)
        self.world.client(chat).says(_line(self._written))
        await asyncio.wait_for(answered, 60)
        self.delays.append((time.perf_counter() - began) * 1000)


def _line(number: int) -> str:
    return LINES[number % len(LINES)] + TAILS[number // len(LINES) % len(TAILS)]


async def measure(command: Sequence[str], messages: int, consent: bool, database: str = "") -> Run:
    run = Run()
    with tempfile.TemporaryDirectory() as home:
        await _first_start(command, home)
        async with FakeBotApi() as api:
            began = time.perf_counter()
            env = _environment(api.url, home, database)
            target = await asyncio.create_subprocess_exec(*command, env=env, stderr=asyncio.subprocess.PIPE)
            try:
                await _ready(target)
                run.ready_seconds = time.perf_counter() - began
                load = Load(api, range(1, CHATS + 1))
                if consent:
                    await load.consent()
                await load.closed(len(LINES))  # rules and models that load when first needed are loaded
                spent = _cpu_seconds(target.pid)
                run.per_second = await load.closed(messages)
                run.cpu_ms = (_cpu_seconds(target.pid) - spent) * 1000 / messages
                load.delays.clear()
                await load.open(run.per_second / 2, messages // 2)
                run.delays = load.delays
                run.memory_mb = _memory_mb(target.pid)
            finally:
                target.terminate()
                await target.wait()
    return run


async def _first_start(command: Sequence[str], home: str) -> None:
    """What only the very first start does (tables, key, the quantised model) is not what is measured."""
    async with FakeBotApi() as api:
        target = await asyncio.create_subprocess_exec(
            *command, env=_environment(api.url, home, ""), stderr=asyncio.subprocess.PIPE
        )
        await _ready(target)
        target.terminate()
        await target.wait()


def _environment(url: str, home: str, database: str) -> dict[str, str]:
    made = {
        "WARMLINE_TELEGRAM__TOKEN": TOKEN,
        "WARMLINE_TELEGRAM__API_BASE": url,
        "WARMLINE_HOME": home,
        "WARMLINE_BURST__SETTLE_SECONDS": "0",
        "WARMLINE_TELEGRAM__RATE_LIMITS": "false",
        "WARMLINE_LOG__LEVEL": "error",
        "WARMLINE_SERVER__PORT": "18473",
    }
    if database:
        made["WARMLINE_DATABASE__URL"] = database
    return {**os.environ, **made}


async def _ready(target: asyncio.subprocess.Process) -> None:
    assert target.stderr is not None
    last = b""
    async with asyncio.timeout(120):
        while line := await target.stderr.readline():
            if line.strip() == b"ready":
                asyncio.get_running_loop().create_task(_drain(target.stderr))
                return
            last = line
    raise RuntimeError(f"the process ended before it was ready: {last.decode().strip()}")


async def _drain(stream: asyncio.StreamReader) -> None:
    while await stream.readline():
        pass


def _cpu_seconds(pid: int) -> float:
    """Processor time of the process so far, where the kernel tells; else nothing."""
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    """Largest resident size so far, from the kernel where it tells, else of all children."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


async def both(messages: int, plain: bool, database: str) -> dict[str, object]:
    run = await measure(SERVE, messages, True, database)
    found: dict[str, object] = {"warmline": run.shown()}
    if plain:
        beside = (await measure(PLAIN, messages, False)).shown()
        found["plain"] = beside
        found["ratio_to_plain"] = round(run.per_second / beside["messages_per_second"], 2)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1200)
    parser.add_argument("--no-plain", action="store_true")
    parser.add_argument("--database", default="")
    args = parser.parse_args()
    print(json.dumps(asyncio.run(both(args.messages, not args.no_plain, args.database))))


if __name__ == "__main__":
    main()
