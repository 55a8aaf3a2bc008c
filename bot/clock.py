"""Time: what `now` is, and ticks that call care at an interval. What is due lives in the store's rows, not here."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Tick = Callable[[], Awaitable[object]]


class SystemClock:
    """The machine's own, aware and in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Ticks:
    """Calls at an interval, never the same one twice at once; ticks missed in between are not made up for."""

    def __init__(self) -> None:
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
