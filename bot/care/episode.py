"""A stretch of raised risk, as remembered: what was seen, what was asked and said, and when it stops counting.

It is sticky: denials, jokes, silence and restarts lower nothing. It lives sealed in `Client.episode` and holds no words
of the person's; of our own words it holds only short marks, so that none is said twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Any, Self

from nlp.labels import Tier

STICKY = timedelta(hours=24)
STICKY_URGENT = timedelta(hours=72)  # after T3
QUIET = timedelta(hours=72)  # without a sign, after which one gentle question may close it
ASK_AGAIN = timedelta(hours=24)
RISING = 3  # kinds of T1 sign in one episode that make a second direct question right

_TIMES = ("opened", "last_sign", "asked_at", "closed")


@dataclass(slots=True)
class Episode:
    """State of one episode. Times are aware and in UTC."""

    opened: datetime
    last_sign: datetime
    tier: Tier = Tier.T0
    kinds: list[str] = field(default_factory=list)  # in order of appearance, once each
    routes: dict[str, int] = field(default_factory=dict)  # route -> tier its opening was said for
    done: list[str] = field(default_factory=list)  # steps asked, "route.step"
    queue: list[str] = field(default_factory=list)  # steps still to come, "route.step"
    pending: str = ""  # the step whose answer is awaited
    waited: int = 0  # messages since `pending` was asked
    said: list[str] = field(default_factory=list)  # marks of wordings, oldest first
    asked_at: datetime | None = None  # when the direct question was asked last
    asked_kinds: int = 0  # kinds known at that time
    resources: list[str] = field(default_factory=list)  # "country/kind" blocks shown in full
    program: bool = False  # "I'm a program" was said
    country_asked: bool = False
    alert: int = 0  # number of the newest alert
    alert_tier: Tier = Tier.T0  # highest tier an alert was raised for
    told: list[str] = field(default_factory=list)  # alert states the client was told
    in_words: bool = False  # danger was in the words themselves, not only supposed: no denial stops the steps
    supposed: dict[str, str] = field(default_factory=dict)  # "route:tier" -> "asked", "again" or "denied", newest last
    given: list[str] = field(default_factory=list)  # that a person or a comfort was named, doctors refused; never who
    unmet: str = ""  # a question of safety that was put and not answered yet, "route.step"
    rest: int = 0  # calm messages for which no step is put, because another topic was asked for
    near: str = ""  # who could be turned to, by relation only: "mum"; "" where only a name was given
    whom: str = ""  # of whom a helper writes: "him", "her"; "" for them
    young: bool = False  # that it is a child or a youth
    underage: bool = False
    closing: bool = False  # the closing question was asked
    closed: datetime | None = None
    how: str = ""  # reason of closing: "staff:...", "quiet", "asked"

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self | None:
        """What `dump` wrote; None for an empty mapping. Unknown keys of other versions are passed over."""
        if not data:
            return None
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        for name in _TIMES:
            if values.get(name):
                values[name] = datetime.fromisoformat(values[name])
        for name in ("tier", "alert_tier"):
            values[name] = Tier(values.get(name, 0))
        for name in ("kinds", "done", "queue", "said", "resources", "told", "given"):
            values[name] = list(values.get(name, ()))
        for name in ("routes", "supposed"):
            values[name] = dict(values.get(name, {}))
        return cls(**values)

    def dump(self) -> dict[str, Any]:
        """A mapping that JSON can hold. Not `asdict`, whose deep copy takes ten times as long."""
        data: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in _TIMES:
            data[name] = data[name].isoformat() if data[name] else None
        return {**data, "tier": int(self.tier), "alert_tier": int(self.alert_tier)}


def open_episode(now: datetime) -> Episode:
    return Episode(opened=now, last_sign=now)


def is_live(episode: Episode | None, now: datetime) -> bool:
    """Whether it still limits what may be said: not closed, and the last sign not long enough ago."""
    if episode is None or episode.closed is not None:
        return False
    return episode.underage or (episode.tier > Tier.T0 and now - episode.last_sign < _sticky(episode.tier))


def current(data: Mapping[str, Any], now: datetime) -> Episode | None:
    """The episode in `Client.episode` if it is live."""
    episode = Episode.load(data)
    return episode if is_live(episode, now) else None


def sign(episode: Episode, tier: Tier, kinds: Iterable[str], now: datetime) -> None:
    """Note a sign of risk. The tier only rises."""
    episode.tier = max(episode.tier, tier)
    episode.kinds += [kind for kind in dict.fromkeys(kinds) if kind not in episode.kinds]
    episode.last_sign = now
    episode.closing = False


def may_ask(episode: Episode, now: datetime) -> bool:
    """Whether the direct question may be put: once in 24 hours, and again when signs of new kinds have added up."""
    if episode.asked_at is None or now - episode.asked_at >= ASK_AGAIN:
        return True
    return len(episode.kinds) >= RISING > episode.asked_kinds


def asked(episode: Episode, now: datetime) -> None:
    episode.asked_at, episode.asked_kinds = now, len(episode.kinds)


def may_close(episode: Episode | None, now: datetime) -> bool:
    """Whether the one gentle question about staying safe is due: 72 hours without a sign after T2 or T3."""
    if episode is None or episode.closed is not None or episode.underage or episode.closing:
        return False
    return episode.tier >= Tier.T2 and now - episode.last_sign >= QUIET


def only_sent_on(episode: Episode) -> bool:
    """Somebody too young who told no danger to their life: this is not for them, and no step is put."""
    return episode.underage and not (episode.tier >= Tier.T2 and episode.in_words)


def close(episode: Episode, now: datetime, how: str) -> None:
    episode.closed, episode.how, episode.pending, episode.closing = now, how, "", False


def mark(text: str) -> str:
    """A short mark of a wording of ours, for `Episode.said`."""
    return blake2s(text.encode(), digest_size=4).hexdigest()


def _sticky(tier: Tier) -> timedelta:
    return STICKY_URGENT if tier is Tier.T3 else STICKY
