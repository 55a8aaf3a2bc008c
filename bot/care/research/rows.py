"""Label rows of one person, in the order of the columns. Every value is a number, a bin, or a label of a closed list.

What is not on its list (`Known`) stands as "unlisted": a word that found its way into a label goes no further.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.care.checkins.plan import Slot, SlotState
from bot.care.records import Keepsake, Turn
from bot.care.research import bins
from bot.care.research.days import Calendar, sessions
from bot.care.research.records import MARK, PRACTICE, Life
from nlp import labels

Row = tuple[Any, ...]
NONE, UNLISTED = "none", "unlisted"

TURN_COLUMNS = (
    "participant", "turn", "session", "day", "block", "tier", "kinds", "feelings", "situations", "acts", "self_talk",
    "mood", "sentiment", "client_length", "techniques", "entries", "reply_length", "fault", "reading_version",
)  # fmt: skip
CHECK_IN_COLUMNS = ("participant", "check_in", "day", "block", "kind", "state", "why", "hours_to_answer")
PRACTICE_COLUMNS = ("participant", "run", "day", "block", "practice", "length", "ended", "after", "steps")
MARK_COLUMNS = ("participant", "mark", "day", "block", "value", "source", "check_in")


@dataclass(frozen=True, slots=True)
class Known:
    """The closed lists that are not fixed by nlp.labels: what may stand in a row."""

    entries: frozenset[str] = frozenset()
    techniques: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # of check-ins, practices and marks


_LISTS = {
    "feelings": labels.FEELINGS,
    "situations": labels.SITUATIONS,
    "acts": labels.ACTS,
    "self_talk": labels.SELF_TALK,
    "kinds": frozenset(kind.value for kind in labels.Kind),
}
_VERSION = re.compile("e[0-9a-f]{9}")
_MOODS = frozenset(mood.value for mood in labels.Mood)


def listed(value: object, known: frozenset[str]) -> str | None:
    """A single value: None for one that is not there, "unlisted" for one that is not known."""
    if value is None or value == "":
        return None
    return value if isinstance(value, str) and value in known else UNLISTED


def joined(values: object, known: frozenset[str]) -> str:
    """Several, once each and in their order, with a space between; "none" for none."""
    if not isinstance(values, list | tuple) or not values:
        return NONE
    return " ".join(dict.fromkeys(v if isinstance(v, str) and v in known else UNLISTED for v in values))


def _each(values: Iterable[str], known: frozenset[str]) -> str:
    return " ".join(v if v in known else UNLISTED for v in values) or NONE


def turns(life: Life, calendar: Calendar, known: Known) -> Iterator[Row]:
    """TURN_COLUMNS. Numbers count within the study's period."""
    inside = [(turn, place) for turn in life.turns if (place := calendar.place(turn.at)) is not None]
    numbers = sessions([turn.at for turn, _ in inside])
    for number, ((turn, place), session) in enumerate(zip(inside, numbers, strict=True), 1):
        yield (life.person.code, number, session, *place, *_heard(turn, known), *_said(turn, known))


def _heard(turn: Turn, known: Known) -> Row:
    found = turn.labels
    return (
        turn.tier.name,
        *(joined(found.get(name), _LISTS[name]) for name in ("kinds", "feelings", "situations", "acts", "self_talk")),
        listed(found.get("mood"), _MOODS),
        bins.sentiment(found.get("sentiment")),
        bins.length(found.get("words")),
    )


def _said(turn: Turn, known: Known) -> Row:
    found = turn.labels
    return (
        _each(turn.techniques, known.techniques),
        _each(turn.entries, known.entries),
        bins.length(found.get("reply_words")),
        bool(found.get("faults")),
        _version(found.get("version")),
    )


def _version(value: object) -> str | None:
    """Older ears are not on any list; what they left is "e" and nine hexadecimal digits."""
    if not value:
        return None
    return value if isinstance(value, str) and _VERSION.fullmatch(value) else UNLISTED


def check_ins(life: Life, calendar: Calendar, known: Known) -> Iterator[Row]:
    """CHECK_IN_COLUMNS, by the time they were due."""
    for number, (slot, place) in enumerate(_slots(life, calendar), 1):
        named = (listed(value, known.names) for value in (slot.kind, slot.state.value, slot.why))
        answered = slot.state is SlotState.ANSWERED
        waited = bins.hours((slot.changed - slot.due).total_seconds()) if answered else None
        yield (life.person.code, number, *place, *named, waited)


def _slots(life: Life, calendar: Calendar) -> list[tuple[Slot, tuple[int, str]]]:
    return [(slot, place) for slot in life.check_ins if (place := calendar.place(slot.due)) is not None]


def practices(life: Life, calendar: Calendar, known: Known) -> Iterator[Row]:
    """PRACTICE_COLUMNS."""
    for number, (keepsake, place) in enumerate(_kept(life, calendar, PRACTICE), 1):
        value = keepsake.value
        named = (listed(value.get(name), known.names) for name in ("name", "length", "ended", "after"))
        yield (life.person.code, number, *place, *named, _whole(value.get("steps")))


def marks(life: Life, calendar: Calendar, known: Known) -> Iterator[Row]:
    """MARK_COLUMNS."""
    numbers = {slot.id: number for number, (slot, _) in enumerate(_slots(life, calendar), 1)}
    number = 0
    for keepsake, place in _kept(life, calendar, MARK):
        value = _whole(keepsake.value.get("value"))
        if value is not None and 1 <= value <= 5:
            number += 1
            source = listed(keepsake.value.get("from"), known.names)
            yield (life.person.code, number, *place, value, source, numbers.get(str(keepsake.value.get("slot"))))


def _kept(life: Life, calendar: Calendar, kind: str) -> Iterator[tuple[Keepsake, tuple[int, str]]]:
    for keepsake in life.kept:
        if keepsake.kind == kind and (place := calendar.place(keepsake.at)) is not None:
            yield keepsake, place


def _whole(value: object) -> int | None:
    """A small number; a list counts as how many it holds. None for anything else."""
    if isinstance(value, list | tuple):
        return len(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1000 else None
