"""`warmline bench`: how long each stage of a turn takes, and in a checkout the whole path beside a plain bot."""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import settings, wiring
from bot.care.rehearsal import Rehearsal
from bot.cli.evaluate import AsJson, print_figures
from bot.cli.failures import CommandError
from bot.cli.terminal import Terminal
from nlp.ear import Ear

ROOT = Path(__file__).resolve().parents[2]
_LINES = ROOT / "tests" / "bench" / "lines.txt"
_ROUNDS = 200


def add_to(app: typer.Typer) -> None:
    app.command()(bench)


def bench(
    as_json: AsJson = False,
    messages: Annotated[int, typer.Option(help="messages over the whole path; 0 leaves it out")] = 1200,
    plain: Annotated[bool, typer.Option(help="measure a plain bot beside it")] = True,
    database: Annotated[str, typer.Option(help="SQLAlchemy address for the whole path; SQLite when left out")] = "",
) -> None:
    """Stages (milliseconds, p50/p95/p99), memory, and messages a second over a fake Bot API with rate limits off.

    Example: warmline bench --json
    """
    if not _LINES.exists():
        raise CommandError("bench needs Warmline's source tree: its load and its fake Bot API live under tests/.")
    lines = _LINES.read_text(encoding="utf-8").splitlines()
    found: dict[str, Any] = {"stages": _stages(lines), "memory_mb": _memory_mb()}
    if messages:
        found |= _whole_path(messages, plain, database)
    print_figures(found, as_json)


def _stages(lines: list[str]) -> dict[str, dict[str, float]]:
    began = time.perf_counter()
    ear = wiring.load_ear(settings.home())
    loaded = time.perf_counter() - began
    means = wiring.load_means()
    reading = [_timed(lambda text=text: ear.read(text)) for text in lines[:_ROUNDS]]  # type: ignore[misc]
    floor = [_timed(lambda text=text: ear.floor(text)) for text in lines[:_ROUNDS]]  # type: ignore[misc]
    talk = Rehearsal(means, ear.read, 0)
    answering = [_timed(lambda text=text: talk.answer(text)) for text in lines[:_ROUNDS]]  # type: ignore[misc]
    turns = asyncio.run(_turns(ear, lines[:_ROUNDS]))
    return {
        "load": {"seconds": round(loaded, 2)},
        "word_floor": _quantiles(floor),
        "read": _quantiles(reading),
        "read_and_answer": _quantiles(answering),
        "whole_turn_on_sqlite": _quantiles(turns),
    }


async def _turns(ear: Ear, lines: list[str]) -> list[tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.Settings()
        store = await wiring.open_room_store(chosen, Path(folder))
        try:
            async with wiring.open_room(chosen, ear, store) as room:
                terminal = Terminal(room)
                await terminal.consent()
                return [await _timed_async(lambda text=text: terminal.say(text)) for text in lines]  # type: ignore[misc]
        finally:
            await store.close()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """(wall, processor) milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


async def _timed_async(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    await work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _quantiles(times: list[tuple[float, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, values in (("wall", [w for w, _ in times]), ("cpu", [c for _, c in times])):
        cuts = statistics.quantiles(values, n=100)
        found |= {f"{name}_p50_ms": round(cuts[49], 2), f"{name}_p95_ms": round(cuts[94], 2)}
        found[f"{name}_p99_ms"] = round(cuts[98], 2)
    return found


def _memory_mb() -> int:
    """Largest resident size of this process so far."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(size / (1024 if sys.platform != "darwin" else 1024 * 1024))


def _whole_path(messages: int, plain: bool, database: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.whole_path", "--messages", str(messages), "--database", database]
    done = subprocess.run(  # noqa: S603 - our own module
        [*command, *([] if plain else ["--no-plain"])], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"The whole path could not be measured: {done.stderr.strip().splitlines()[-1]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
