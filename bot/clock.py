"""Time: what `now` is, and ticks that call care at an interval. What is due lives in the store's rows, not here."""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]


def _wall() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The machine's own, aware and in UTC, that never goes back.

    While the machine's has been set back, this one goes on at half its pace until the other has caught up: a time-out
    then takes twice as long at most, where it would have waited for the hour to come round again.
    """

    def __init__(self, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._steady = wall, steady
        self._last, self._mark = wall(), steady()

    def now(self) -> datetime:
        wall, mark = self._wall(), self._steady()
        slow = self._last + timedelta(seconds=(mark - self._mark) / 2)
        self._last, self._mark = max(wall, slow), mark
        return self._last


class Ticks:
    """Calls at an interval, never the same one twice at once; ticks missed in between are not made up for."""

    def __init__(self) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # a terminal needs the clock and no ticks

        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def every(self, interval: timedelta, do: Tick, name: str, at_start: bool = False) -> None:
        """Call `do` each `interval`, the first time at once if `at_start`. What it raises is logged by its type."""
        first = {"next_run_time": datetime.now(UTC)} if at_start else {}
        self._scheduler.add_job(
            _guarded(do, name),
            "interval",
            seconds=interval.total_seconds(),
            id=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            **first,
        )

    def start(self) -> None:
        """Inside the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """No tick begins after this; one that runs is left to finish."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _guarded(do: Tick, name: str) -> Callable[[], Awaitable[None]]:
    """The scheduler would log an exception with its message, which may hold what a person wrote."""

    async def tick() -> None:
        try:
            await do()
        except Exception as fault:  # noqa: BLE001 - one failed tick must not end the ticking
            log.error("tick %s failed: %s", name, type(fault).__name__)

    return tick
