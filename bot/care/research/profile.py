"""One person's part in a study: their rows in every table, and what the participants' table says of them."""

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.care.research import episodes, rows
from bot.care.research.anonymity import Identity
from bot.care.research.days import ENROLMENT_BLOCK, Calendar, zone_of
from bot.care.research.pronouns import group_of
from bot.care.research.records import Life, Study
from bot.care.research.rows import Known, Row
from nlp.labels import Tier

UNKNOWN = "unknown"
_ALWAYS = ("region", "country", "enrolment_block", "language", "clock_known")  # the most useful first
# A note follows from T2 or T3, so this is one matter, not two. Counted at both, no group is all in crisis or all out.
SENSITIVE = ("highest_tier", "note")
# Which of these to keep, from the fullest on: what helps analyses most is given up last. The clock is never kept
# without the region: one that is not known would say that the hidden region is "unknown".
_PATTERNS = (
    (0, 1, 2, 3, 4), (0, 1, 2, 4), (0, 1, 2, 3), (0, 1, 2), (0, 1, 4), (0, 1, 3), (0, 2, 4), (0, 2), (0, 1),
    (0, 4), (0, 3), (0,), (2,), (3,),
)  # fmt: skip
_PRONOUNS = len(_ALWAYS)  # their place, last, in a study that asked
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "turns": rows.TURN_COLUMNS,
    "check_ins": rows.CHECK_IN_COLUMNS,
    "practices": rows.PRACTICE_COLUMNS,
    "marks": rows.MARK_COLUMNS,
    "episodes": episodes.EPISODE_COLUMNS,
}
_LEFT = ("sent", "answered", "unknown")  # states of a check-in that went out


@dataclass(frozen=True, slots=True)
class Profile:
    """`enrolled` is a day number of the calendar; it becomes a block and is then let go."""

    code: str
    enrolled: int
    region: str
    country: str
    language: str
    clock_known: str
    test: bool
    highest_tier: str
    note: str  # whether the people on call were told; stands in episodes, not in participants
    facts: dict[str, Any]  # columns of participants that need no protection
    pronouns: str | None = None  # their group; None in a study that did not ask

    def identity(self, origin: int) -> Identity:
        """`origin`: day number on which block 0 begins."""
        block = str((self.enrolled - origin) // ENROLMENT_BLOCK)
        shown: tuple[str, ...] = (self.region, self.country, block, self.language, self.clock_known)
        if self.pronouns is not None:
            shown = (*shown, self.pronouns)
        return Identity(self.code, shown, (self.highest_tier, self.note), self.test)


def quasi(*, pronouns: bool) -> tuple[str, ...]:
    """The columns by which somebody could be recognised; `pronouns`: in a study that asked for them."""
    return (*_ALWAYS, "pronouns") if pronouns else _ALWAYS


def patterns(*, pronouns: bool) -> tuple[tuple[int, ...], ...]:
    """Places of `quasi` to keep, from the fullest on. A study that asks for pronouns keeps them as long as it can."""
    if not pronouns:
        return _PATTERNS
    return (*((*pattern, _PRONOUNS) for pattern in _PATTERNS), (_PRONOUNS,), *_PATTERNS)


def tell(
    life: Life, study: Study, known: Known, regions: Mapping[str, str]
) -> tuple[Profile, dict[str, list[Row]]] | None:
    """None for a person without a row in the study's period."""
    person = life.person
    calendar = Calendar(person.enrolled, person.zone, study.start, study.end)
    found = {
        "turns": list(rows.turns(life, calendar, known)),
        "check_ins": list(rows.check_ins(life, calendar, known)),
        "practices": list(rows.practices(life, calendar, known)),
        "marks": list(rows.marks(life, calendar, known)),
        "episodes": list(episodes.episodes(life, calendar)),
    }
    days = [row[COLUMNS[name].index("day")] for name, some in found.items() for row in some]
    if not days:
        return None
    profile = _profile(life, calendar, known, regions, found, (min(days), max(days)))
    return (replace(profile, pronouns=group_of(person)) if study.pronouns else profile), found


def _profile(
    life: Life,
    calendar: Calendar,
    known: Known,
    regions: Mapping[str, str],
    found: Mapping[str, list[Row]],
    days: tuple[int, int],
) -> Profile:
    person = life.person
    country = person.country if person.country in regions else UNKNOWN
    tiers = [row[TIER] for row in found["turns"]] + [row[_EPISODE_TIER] for row in found["episodes"]]
    return Profile(
        code=str(person.code),
        enrolled=_ordinal(life),
        region=regions.get(country, UNKNOWN),
        country=country,
        language=_language(life, calendar, known),
        clock_known="yes" if person.zone else "no",
        test=person.test,
        highest_tier=max(tiers, default=Tier.T0.name),
        note="yes" if any(row[_ALERTS] for row in found["episodes"]) else "no",
        facts=_facts(found, days),
    )


TIER = COLUMNS["turns"].index("tier")
_DAY = COLUMNS["turns"].index("day")
_SESSION = COLUMNS["turns"].index("session")
_EPISODE_TIER = COLUMNS["episodes"].index("tier")
_ALERTS = COLUMNS["episodes"].index("alerts")
_STATE = COLUMNS["check_ins"].index("state")


def _facts(found: Mapping[str, list[Row]], days: tuple[int, int]) -> dict[str, Any]:
    active = sorted({row[_DAY] for row in found["turns"]})
    states = [row[_STATE] for row in found["check_ins"]]
    return {
        "first_day": days[0],
        "last_day": days[1],
        "days_active": len(active),
        "longest_gap": max((b - a - 1 for a, b in itertools.pairwise(active)), default=None),
        "turns": len(found["turns"]),
        "sessions": found["turns"][-1][_SESSION] if found["turns"] else 0,
        "check_ins_sent": sum(state in _LEFT for state in states),
        "check_ins_answered": states.count("answered"),
        "practices": len(found["practices"]),
        "marks": len(found["marks"]),
        "episodes": len(found["episodes"]),
    }


def _ordinal(life: Life) -> int:
    local: date = life.person.enrolled.astimezone(zone_of(life.person.zone)).date()
    return local.toordinal()


def _language(life: Life, calendar: Calendar, known: Known) -> str:
    heard = Counter(
        str(turn.labels.get("language"))
        for turn in life.turns
        if calendar.place(turn.at) and turn.labels.get("language")
    )
    if not heard:
        return UNKNOWN
    most = min(heard, key=lambda language: (-heard[language], language))
    return most if most in known.languages else "und"
