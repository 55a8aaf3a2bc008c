"""Stretches of raised risk as a study sees them: told from the turns' tiers, with what became of alerts in minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.care.alerts import REASONS
from bot.care.episode import STICKY, STICKY_URGENT
from bot.care.records import Alert, AlertState, AlertStep
from bot.care.research import bins
from bot.care.research.days import Calendar
from bot.care.research.records import Life
from bot.care.research.rows import NONE, Row, joined
from nlp.labels import Kind, Tier

EPISODE_COLUMNS = (
    "participant", "episode", "day", "block", "tier", "kinds", "signs", "hours", "alerts", "minutes_to_sent",
    "minutes_to_seen", "minutes_to_closed", "escalations", "failures", "closed_how",
)  # fmt: skip
CLOSED_HOW = (*REASONS, "erased", "other")

_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(slots=True)
class Stretch:
    opened: datetime
    last: datetime
    tier: Tier
    kinds: list[str] = field(default_factory=list)
    signs: int = 0
    alerts: list[tuple[Alert, tuple[AlertStep, ...]]] = field(default_factory=list)

    @property
    def sticks_until(self) -> datetime:
        return self.last + (STICKY_URGENT if self.tier is Tier.T3 else STICKY)


def stretches(life: Life) -> list[Stretch]:
    """Signs (T1 and above) that lie no further apart than an episode sticks; alerts go to the one they rose in."""
    found: list[Stretch] = []
    for turn in life.turns:
        if turn.tier is Tier.T0:
            continue
        if not found or turn.at > found[-1].sticks_until:
            found.append(Stretch(turn.at, turn.at, turn.tier))
        stretch = found[-1]
        stretch.last, stretch.tier = turn.at, max(stretch.tier, turn.tier)
        kinds = turn.labels.get("kinds")
        stretch.kinds += kinds if isinstance(kinds, list) else []
        stretch.signs += 1
    for alert, steps in life.alerts:
        _home(found, alert).alerts.append((alert, steps))
    return sorted(found, key=lambda stretch: stretch.opened)


def _home(found: list[Stretch], alert: Alert) -> Stretch:
    """The stretch an alert rose in; one of its own when no turn was kept for it, as after a fault of the ear."""
    for stretch in found:
        if stretch.opened <= alert.raised <= stretch.sticks_until:
            return stretch
    found.append(Stretch(alert.raised, alert.raised, alert.tier, list(alert.kinds)))
    return found[-1]


def episodes(life: Life, calendar: Calendar) -> Iterator[Row]:
    """EPISODE_COLUMNS; an episode belongs to the day it opened."""
    number = 0
    for stretch in stretches(life):
        place = calendar.place(stretch.opened)
        if place is not None:
            number += 1
            kinds = joined(stretch.kinds, _KINDS) if stretch.kinds else NONE
            lasted = bins.hours((stretch.last - stretch.opened).total_seconds())
            yield (
                life.person.code, number, *place, stretch.tier.name, kinds, stretch.signs, lasted,
                len(stretch.alerts), *_course(stretch.alerts),
            )  # fmt: skip


def _course(alerts: Sequence[tuple[Alert, tuple[AlertStep, ...]]]) -> Row:
    """Minutes from the first note to its states, over all alerts of the episode: the first time each was reached."""
    if not alerts:
        return (None, None, None, None, None, None)
    begin = min(alert.raised for alert, _ in alerts)
    steps = sorted((step for _, some in alerts for step in some), key=lambda step: step.at)
    closing = [step for step in steps if step.state is AlertState.CLOSED and not step.why.startswith("raised again")]
    return (
        _after(begin, (s for s in steps if s.state is AlertState.SENT)),
        _after(begin, (s for s in steps if s.state is AlertState.SEEN)),
        _after(begin, iter(closing)),
        sum(step.state is AlertState.ESCALATED for step in steps),
        sum(step.state is AlertState.FAILED for step in steps),
        _how(closing[0].why) if closing else None,
    )


def _after(begin: datetime, steps: Iterator[AlertStep]) -> int | None:
    first = next(steps, None)
    return None if first is None else bins.minutes((first.at - begin).total_seconds())


def _how(why: str) -> str:
    return why if why in CLOSED_HOW else "other"
