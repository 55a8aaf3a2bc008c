"""How often somebody may fail to sign in before they have to wait. Held in memory: a restart forgives."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

MOST, WITHIN = 10, timedelta(minutes=5)
_REMEMBERED = 4096


class Limit:
    """Failures by address."""

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most, self._within = most, within
        self._failed: OrderedDict[str, deque[datetime]] = OrderedDict()

    def count(self, where: str, now: datetime) -> None:
        times = self._failed.setdefault(where, deque(maxlen=self._most))
        times.append(now)
        self._failed.move_to_end(where)
        while len(self._failed) > _REMEMBERED:
            self._failed.popitem(last=False)

    def reached(self, where: str, now: datetime) -> bool:
        times = self._failed.get(where, deque())
        return len(times) == self._most and now - times[0] < self._within
