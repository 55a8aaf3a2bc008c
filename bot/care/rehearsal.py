"""A talk without store or messenger: what `reply`, `replay` and the evaluations run. Nothing is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from bot.care.memory import Memory
from bot.care.records import TALK, Client, Consent
from bot.care.turn import Answered, Means, answer_calm, going_back, watch
from nlp.reading import Reading

_BEGIN = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)  # a fixed clock: the same input gives the same reply
_PACE = timedelta(minutes=1)


class Rehearsal:
    """One client's talk from the beginning. `seed` fixes every choice."""

    def __init__(self, means: Means, read: Callable[[str], Reading], seed: int = 0) -> None:
        self._means, self._read, self._seed = means, read, seed
        self._now = _BEGIN
        self._client = Client("rehearsal", _BEGIN, [Consent(TALK, True, "1", _BEGIN)])
        self._memory = Memory()
        self._before = Reading("")  # of the message before

    def overhear_client(self, text: str) -> None:
        """A client's message that somebody else already answered: remembered, not answered."""
        self._now += _PACE
        reading = self._read(text)
        random = Random(f"{self._seed}:{self._memory.turn}")  # noqa: S311
        self._memory.open_turn(self._now)
        self._before = reading
        if watch(self._means, self._client, reading, "", True, self._now, random).answered is None:
            self._memory.hear(reading, self._now)

    def overhear_listener(self, text: str) -> None:
        self._memory.overhear(text)

    def answer(self, text: str) -> tuple[Reading, Answered]:
        """What Warmline would say now."""
        self._now += _PACE
        reading = self._read(text)
        random = Random(f"{self._seed}:{self._memory.turn}:{len(text)}")  # noqa: S311
        seen = watch(self._means, self._client, reading, "", True, self._now, random)
        before, self._before = self._before, reading
        if seen.answered is not None:
            self._memory.open_turn(self._now)
            answered = seen.answered
            if answered.back:
                answered = going_back(self._means, self._client, self._memory, before, answered, self._now, random)
            return reading, answered
        calm = answer_calm(self._means, self._client, self._memory, reading, self._now, random, limited=seen.limited)
        return reading, calm
