"""Chooses an entry: need first (which shelf and technique), then fit, then variety. Pure, given its random source.

Fit is how much of what was understood an entry speaks to. What the words said outright counts far more than what the
embedding head supposes, so that a line about a wrongly guessed situation loses against one about a named feeling.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from nlp.labels import Intensity, Mood, Tier
from responses.fill import can_fill, fill, length, opener
from responses.library import Library
from responses.model import Entry, Technique, When

_ORDER = tuple(Intensity)
MARGIN = 0.75  # entries this close to the best fit share the choice, for variety


class Wanted(NamedTuple):
    """What kind of line is wanted. Only findings that may be spoken to are in here; `sure` is how far to trust them.

    A tuple, because a turn makes some ten of them, each with little changed.
    """

    shelf: str  # prefix of ids: "listening.", "talk."
    techniques: frozenset[Technique] = frozenset()  # empty: any
    mood: Mood = Mood.NEUTRAL
    feelings: Mapping[str, Intensity] = MappingProxyType({})
    strength: Intensity = Intensity.MIDDLE  # of the whole message, where an entry's feelings say nothing
    situations: Mapping[str, bool] = MappingProxyType({})  # name -> sure
    acts: Sequence[str] = ()
    asked: Sequence[str] = ()
    self_talk: Sequence[str] = ()
    themes: Sequence[str] = ()
    frame: str = ""  # of the clause in `slots`
    kinds: Sequence[str] = ()
    tier: Tier = Tier.T0
    slots: Mapping[str, str] = MappingProxyType({})
    world: frozenset[str] = frozenset()  # needs that hold
    used: frozenset[str] = frozenset()  # ids not to be said again
    said: frozenset[str] = frozenset()  # wordings not to be said again, as "entry#number"
    openers: frozenset[str] = frozenset()
    longest: int = 60  # words
    floor: float = 0.0  # least fit that is worth saying


@dataclass(frozen=True, slots=True)
class Picked:
    entry: Entry
    text: str
    key: str  # "entry#number" of the wording
    fit: float
    trail: tuple[str, ...]  # why, as rule names and label names


@dataclass(frozen=True, slots=True)
class Considered:
    """For authors: an entry that was looked at, its fit, and why it fell out ("" if it did not)."""

    entry: Entry
    fit: float
    out: str


def pick(library: Library, wanted: Wanted, random: Random) -> Picked | None:
    """The line to say, or None when nothing on the shelf fits."""
    heard = (
        *wanted.themes,
        *wanted.situations,
        *wanted.self_talk,
        *wanted.acts,
        *wanted.feelings,
        *wanted.kinds,
        *wanted.asked,
    )
    near = library.shelf(wanted.shelf).near(heard)
    fitting = [(entry, _fit(entry, wanted)) for entry in near if not _falls_out(entry, wanted)]
    fitting = [(entry, fit) for entry, fit in fitting if fit >= wanted.floor]
    while fitting:
        best = max(fit for _, fit in fitting)
        best_ones = [(entry, fit) for entry, fit in fitting if fit >= best - MARGIN]
        chosen, fit = random.choices(best_ones, weights=[2.0 ** (4 * (fit - best)) for _, fit in best_ones])[0]
        found = wording(chosen.id, chosen.say, wanted, random)
        if found is not None:
            trail = (f"entry:{chosen.id}", *_because(chosen, wanted))
            return Picked(chosen, found[1], found[0], fit, trail)
        fitting.remove((chosen, fit))
    return None


def wording(name: str, texts: Sequence[str], wanted: Wanted, random: Random) -> tuple[str, str] | None:
    """(key, text) of a wording that can be filled, is new and opens differently; None if there is none."""
    filled = [(f"{name}#{n}", fill(text, wanted.slots)) for n, text in enumerate(texts) if can_fill(text, wanted.slots)]
    fresh = [(key, text) for key, text in filled if key not in wanted.said and opener(text) not in wanted.openers]
    return random.choice(fresh) if fresh else None


def question(entry: Entry, wanted: Wanted, random: Random) -> tuple[str, str] | None:
    """(key, text) of one wording of the entry's question that is new; None if there is none."""
    return wording(f"{entry.id}?", entry.ask, wanted, random)


def consider(library: Library, wanted: Wanted) -> list[Considered]:
    """Every entry of the shelf with its fit or the reason it fell out."""
    return [_consider(entry, wanted) for entry in library.shelf(wanted.shelf).entries]


def _consider(entry: Entry, wanted: Wanted) -> Considered:
    out = _falls_out(entry, wanted)
    fit = 0.0 if out else _fit(entry, wanted)
    if not out and fit < wanted.floor:
        out = "fit"
    return Considered(entry, fit, out)


def _falls_out(entry: Entry, wanted: Wanted) -> str:
    if wanted.techniques and entry.technique not in wanted.techniques:
        return "technique"
    missing = _unmet(entry.when, wanted)
    if missing:
        return missing
    if entry.id in wanted.used:
        return "used"
    if not entry.needs <= wanted.world:
        return "needs"
    if not any(can_fill(text, wanted.slots) for text in entry.say):
        return "slots"
    if min(map(length, entry.say)) > wanted.longest:
        return "length"
    return ""


def _unmet(when: When, wanted: Wanted) -> str:
    """Name of the first condition that does not hold, "" if all do."""
    # Written out: this is asked of some forty entries for each message, and most fail at the first or second question.
    if when.moods and wanted.mood not in when.moods:
        return "moods"
    if when.feelings and when.feelings.isdisjoint(wanted.feelings):
        return "feelings"
    if when.intensity and _strength(when, wanted) not in when.intensity:
        return "intensity"
    labels = (
        ("situations", when.situations, wanted.situations),
        ("acts", when.acts, wanted.acts),
        ("asked", when.asked, wanted.asked),
        ("self_talk", when.self_talk, wanted.self_talk),
        ("themes", when.themes, wanted.themes),
        ("frames", when.frames, (wanted.frame,)),
        ("kinds", when.kinds, wanted.kinds),
    )
    for name, needed, heard in labels:
        if needed and needed.isdisjoint(heard):
            return name
    return "tiers" if when.tiers and wanted.tier not in when.tiers else ""


def _strength(when: When, wanted: Wanted) -> Intensity:
    named = [i for f, i in wanted.feelings.items() if not when.feelings or f in when.feelings]
    return max(named, key=_ORDER.index, default=wanted.strength)


def _fit(entry: Entry, wanted: Wanted) -> float:
    when = entry.when
    first_feeling, first_situation = next(iter(wanted.feelings), ""), next(iter(wanted.situations), "")
    score = 3.0 if when.feelings else 0.0
    score += 0.6 if first_feeling in when.feelings else 0.0
    if when.situations:
        score += max(3.2 if wanted.situations[s] else 1.6 for s in when.situations & wanted.situations.keys())
        score += 0.6 if first_situation in when.situations else 0.0
    score += 4.0 if when.self_talk else 0.0
    score += 4.5 if when.themes else 0.0
    # More than the margin: of several things at stake the first is the closest, and the others are not as good.
    score += 1.0 if wanted.themes and wanted.themes[0] in when.themes else 0.0
    score += 4.0 if when.acts else 0.0
    score += 2.0 if when.asked else 0.0
    score += 4.0 if when.kinds else 0.0
    score += 1.0 if when.frames else 0.0
    score += 0.3 if when.intensity else 0.0
    score += 0.2 if when.moods else 0.0
    # A clause of theirs shows that this message was heard; a person or thing in passing may not be what it is about.
    score += 1.6 if "clause" in entry.slots else 0.3 if entry.slots else 0.0
    return score


def _because(entry: Entry, wanted: Wanted) -> tuple[str, ...]:
    when = entry.when
    return tuple(
        f"{name}:{label}"
        for name, labels in (
            ("feeling", when.feelings & wanted.feelings.keys()),
            ("situation", when.situations & wanted.situations.keys()),
            ("act", when.acts & set(wanted.acts)),
            ("asked", when.asked & set(wanted.asked)),
            ("self_talk", when.self_talk & set(wanted.self_talk)),
            ("theme", when.themes & set(wanted.themes)),
            ("kind", when.kinds & set(wanted.kinds)),
        )
        for label in sorted(labels)
    )
