"""When a burst is over: which of the waiting messages are answered now, and how long to wait for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    at: datetime
    at_once: bool  # a command, a button, or words that cannot wait


def ready(
    waiting: Sequence[Arrival], now: datetime, settle_seconds: float, longest_seconds: float
) -> tuple[int, float]:
    """(how many of `waiting`, from the front, to answer now; seconds to wait when that is none).

    One that must be answered at once takes those before it along; otherwise all, once there was silence for
    `settle_seconds` or the first is older than `longest_seconds`.
    """
    if not waiting:
        return 0, 0.0
    for number, arrival in enumerate(waiting, start=1):
        if arrival.at_once:
            return number, 0.0
    if (waiting[-1].at - now).total_seconds() > longest_seconds:  # the machine's clock was set back since
        return len(waiting), 0.0
    silence = settle_seconds - (now - waiting[-1].at).total_seconds()
    patience = longest_seconds - (now - waiting[0].at).total_seconds()
    left = min(silence, patience, settle_seconds)
    return (len(waiting), 0.0) if left <= 0 else (0, left)
