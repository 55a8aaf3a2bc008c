"""Scores the ear's feelings and acts against labelled messages, with Wilson 95 % intervals.

A row has `id`, `text` (or `client`) and what may rightly be heard in it: `feelings` (an empty list: none), `moods`,
`acts`, or some of them; what a row does not name is not scored on it. `plain` says whether it is plainly negative;
without it, a row is taken for that when all its feelings are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.evaluate import Rate, wilson
from nlp.labels import ACTS, FEELINGS, NEGATIVE_FEELINGS, Kind, Mood, Status
from nlp.reading import Reading

# What people write to a listener all the time; every other act is rare.
COMMON_ACTS = frozenset(
    "greeting thanks goodbye yes no dont_know agreement question_to_listener asks_advice good_news "
    "apology laughter tells_plan".split()
)
UNDERAGE = "underage_statement"  # heard as a sign of risk, scored beside the acts


@dataclass(frozen=True, slots=True)
class Labelled:
    id: str
    text: str
    feelings: frozenset[str] | None  # any of these is right; None: not labelled
    acts: frozenset[str] | None
    moods: frozenset[str] | None = None  # any of these is right
    plain: bool | None = None

    @property
    def negative(self) -> bool:
        """Whether a negative feeling ought to be heard in it."""
        if self.plain is not None:
            return self.plain
        return bool(self.feelings) and (self.feelings or frozenset()) <= NEGATIVE_FEELINGS


def labelled(row: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Labelled:
    """One row. `words` maps another scheme's words for feelings (a row's `feeling`) to ours; unknown ones say nothing.

    A row's `kind` is taken for its act. ValueError on a label that is not ours.
    """
    feelings, acts = row.get("feelings"), row.get("acts")
    if feelings is None and "feeling" in row:
        found = [words.get(word.strip()) for word in str(row["feeling"]).split(",")]
        feelings = None if None in found else [name for names in found if names for name in names]
    if acts is None and "kind" in row:
        acts = [row["kind"]]
    text, moods = str(row.get("text") or row["client"]), _set(row.get("moods"))
    made = Labelled(str(row["id"]), text, _set(feelings), _set(acts), moods, row.get("plain"))
    unknown = ((made.feelings or frozenset()) - FEELINGS) | ((made.acts or frozenset()) - ACTS - {UNDERAGE})
    unknown |= (moods or frozenset()) - {mood.value for mood in Mood}
    if unknown:
        raise ValueError(f"{made.id}: unknown label {min(unknown)}")
    return made


def mapped(rows: Iterable[Mapping[str, Any]], said: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the labels that `said` gives them by id; ".N" after an id means turn N of the row's `history`.

    Rows that it does not name are left out. ValueError for an id that no row has.
    """
    by_id = {str(row["id"]): row for row in rows}
    made = []
    for name, labels in said.items():
        found, _, turn = name.partition(".")
        if found not in by_id:
            raise ValueError(f"{name}: no such row")
        row = by_id[found]
        text = row["history"][int(turn)]["text"] if turn else row.get("text") or row["client"]
        made.append({**labels, "id": found, "text": text})
    return made


def score_labels(rows: Iterable[Labelled], read: Callable[[str], Reading]) -> dict[str, Rate]:
    """Rates by name; one without rows is left out.

    `named_negative`: of the negative feelings named as the client's own, how many are right. `negative_heard`: of the
    plainly negative messages, in how many one was named; `negative_right`: the right one; `negative_mood`: the mood at
    least. `mood_right`: of all moods; `mood_not_reversed`: no sorrow over good news, no joy over bad. `acts_common`,
    `acts_rare`: of the labelled acts, how many were heard; `acts_named`: of those named, how many are right.
    """
    shares: dict[str, list[bool]] = {name: [] for name in _NAMES}
    for row in rows:
        reading = read(row.text)
        if row.feelings is not None:
            _feelings(shares, row, row.feelings, reading)
        if row.moods is not None:
            _moods(shares, row.moods, reading)
        if row.acts is not None:
            _acts(shares, row.acts, reading)
    return {name: wilson(sum(hits), len(hits)) for name, hits in shares.items() if hits}


_NAMES = (
    "named_negative negative_heard negative_right negative_mood mood_right mood_not_reversed "
    "acts_common acts_rare acts_named".split()
)
_REVERSED = {Mood.NEGATIVE: frozenset({"positive"}), Mood.POSITIVE: frozenset({"negative"})}


def _feelings(shares: Mapping[str, list[bool]], row: Labelled, right: frozenset[str], reading: Reading) -> None:
    named = {f.name for f in reading.feelings if f.sure and f.holder == "self" and f.status is Status.ASSERTED}
    negative = named & NEGATIVE_FEELINGS
    shares["named_negative"] += [name in right for name in negative]
    if row.negative:
        shares["negative_heard"].append(bool(negative))
        shares["negative_right"].append(bool(negative & right))
        shares["negative_mood"].append(reading.mood in (Mood.NEGATIVE, Mood.MIXED))


def _moods(shares: Mapping[str, list[bool]], right: frozenset[str], reading: Reading) -> None:
    shares["mood_right"].append(reading.mood.value in right)
    if right in _REVERSED.values():
        shares["mood_not_reversed"].append(right != _REVERSED.get(reading.mood))


def _acts(shares: Mapping[str, list[bool]], right: frozenset[str], reading: Reading) -> None:
    named = {found.name for found in reading.acts if found.sure}
    if Kind.UNDERAGE in reading.kinds:
        named.add(UNDERAGE)
    shares["acts_named"] += [name in right for name in named]
    for name in right:
        shares["acts_common" if name in COMMON_ACTS else "acts_rare"].append(name in named)


def _set(names: Iterable[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
