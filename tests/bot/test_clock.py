"""Ticks go on whatever one of them does."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SystemClock, Ticks


def test_now_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


async def test_a_failing_tick_is_logged_without_words_and_ticks_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    seen: list[int] = []
    twice = asyncio.Event()

    async def tick() -> None:
        seen.append(1)
        if len(seen) == 1:
            raise RuntimeError("a person's words")
        twice.set()

    ticks = Ticks()
    ticks.every(timedelta(seconds=0.02), tick, "test", at_start=True)
    ticks.start()
    await asyncio.wait_for(twice.wait(), 5)
    ticks.stop()
    assert "tick test failed: RuntimeError" in caplog.text
    assert "person's" not in caplog.text


async def test_one_tick_is_never_twice_at_once() -> None:
    running, most, done = 0, 0, asyncio.Event()

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        done.set()

    ticks = Ticks()
    ticks.every(timedelta(seconds=0.02), slow, "slow", at_start=True)
    ticks.start()
    await asyncio.wait_for(done.wait(), 5)
    ticks.stop()
    assert most == 1


def test_stop_before_start_is_harmless() -> None:
    Ticks().stop()


class Machine:
    """A wall clock that may be set, and a steady one."""

    def __init__(self) -> None:
        self.at, self.seconds = datetime(2026, 3, 2, 18, 0, tzinfo=UTC), 0.0

    def clock(self) -> SystemClock:
        return SystemClock(lambda: self.at, lambda: self.seconds)

    def goes_by(self, **span: float) -> None:
        self.at += timedelta(**span)
        self.seconds += timedelta(**span).total_seconds()


def test_the_clock_never_goes_back_and_never_stands_still() -> None:
    machine = Machine()
    clock, began = machine.clock(), machine.at
    machine.goes_by(minutes=5)
    assert clock.now() == began + timedelta(minutes=5)
    machine.at -= timedelta(hours=1)
    assert clock.now() == began + timedelta(minutes=5)
    machine.goes_by(minutes=20)
    assert clock.now() == began + timedelta(minutes=15)
    for _ in range(12):
        machine.goes_by(minutes=10)
        clock.now()
    assert clock.now() == machine.at  # caught up


def test_the_clock_follows_a_jump_forward() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.at += timedelta(hours=3)
    assert clock.now() == machine.at
