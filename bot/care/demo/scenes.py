"""Talks of invented people, answered once by the real engine and then used for many of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.care.conversation import labels
from bot.care.episode import Episode
from bot.care.memory import Memory
from bot.care.records import TALK, Client, Consent, Settings, Turn
from bot.care.turn import Answered, Means, answer_calm, going_back, watch
from nlp.labels import Tier
from nlp.reading import Reading

VARIANTS = 5  # ways in which the engine answers one talk
_BEGIN = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
_TIMES = ("opened", "last_sign", "asked_at", "closed")


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages in a row. `risk`: calm, concern, danger or urgent."""

    risk: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One talk with its answers. Times are counted from its first message."""

    turns: tuple[Turn, ...]
    episode: Mapping[str, Any]
    alert: tuple[int, Tier, tuple[str, ...]] | None  # (index of the turn that raised it, tier, kinds)

    def turns_at(self, begin: datetime) -> list[Turn]:
        return [_moved(turn, begin - _BEGIN) for turn in self.turns]

    def episode_at(self, begin: datetime, alert: int) -> dict[str, Any]:
        """The episode it leaves, with the number of its alert; {} for a calm one."""
        episode = Episode.load(self.episode)
        if episode is None:
            return {}
        for name in _TIMES:
            if (at := getattr(episode, name)) is not None:
                setattr(episode, name, at + (begin - _BEGIN))
        episode.alert = alert
        return episode.dump()


def _moved(turn: Turn, by: timedelta) -> Turn:
    return Turn(turn.at + by, turn.heard, turn.said, turn.tier, turn.labels, turn.trail, turn.entries, turn.techniques)


@dataclass(slots=True)
class Stage:
    """Plays each (talk, country, variant) once."""

    means: Means
    read: Callable[[str], Reading]
    talks: Sequence[Talk]
    version: str = ""
    _readings: dict[str, Reading] = field(default_factory=dict)
    _scenes: dict[tuple[int, str, int], Scene] = field(default_factory=dict)

    def scene(self, random: Random, risk: str, country: str) -> Scene:
        """One talk of that risk; the country matters only where helplines are named."""
        number = random.choice([n for n, talk in enumerate(self.talks) if talk.risk == risk])
        key = (number, "" if risk == "calm" else country, random.randrange(VARIANTS if risk == "calm" else 1))
        if key not in self._scenes:
            self._scenes[key] = self._play(self.talks[number], *key)
        return self._scenes[key]

    def _play(self, talk: Talk, number: int, country: str, variant: int) -> Scene:
        random = Random(f"{number}:{variant}")  # noqa: S311 - invented people are to be the same each time
        client = Client("demo", _BEGIN, [Consent(TALK, True, "1", _BEGIN)], Settings(country=country))
        memory, now = Memory(last_notice=_BEGIN.isoformat()), _BEGIN
        turns: list[Turn] = []
        before = Reading("")
        alert: tuple[int, Tier, tuple[str, ...]] | None = None
        for line in talk.lines:
            reading = self._read(line)
            answered = self._answer(client, memory, reading, now, random)
            if answered.back:
                answered = going_back(self.means, client, memory, before, answered, now, random)
            before = reading
            alert = (len(turns), *answered.alert) if answered.alert else alert
            turns.append(_turn(reading, answered, now, self.version))
            now += timedelta(seconds=random.randint(30, 240))
        return Scene(tuple(turns), client.episode, alert)

    def _answer(self, client: Client, memory: Memory, reading: Reading, now: datetime, random: Random) -> Answered:
        seen = watch(self.means, client, reading, "", True, now, random)
        if seen.answered is not None:
            memory.open_turn(now)
            return seen.answered
        return answer_calm(self.means, client, memory, reading, now, random, limited=seen.limited)

    def _read(self, line: str) -> Reading:
        if line not in self._readings:
            self._readings[line] = self.read(line)
        return self._readings[line]


def _turn(reading: Reading, answered: Answered, now: datetime, version: str) -> Turn:
    reply = answered.reply
    return Turn(
        at=now,
        heard=reading.text,
        said=reply.text,
        tier=answered.tier,
        labels=labels(reading, reply.text, version),
        trail=reply.trail,
        entries=tuple(part.entry for part in reply.parts),
        techniques=tuple(part.technique.value for part in reply.parts),
    )
