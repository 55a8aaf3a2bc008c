"""Checks the whole library: `warmline library check`. A rule is a small function whose docstring is its help."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlp.labels import NEGATIVE_FEELINGS, POSITIVE_FEELINGS, Mood
from responses.errors import LibraryError
from responses.fill import slots_of
from responses.findings import Finding
from responses.grade import reading_grade
from responses.library import shelves
from responses.lint_whole import PLAIN_SHELVES, is_label, over_all, texts
from responses.load import HOME, read_file
from responses.model import Entry
from responses.practice_lint import check as practices_check

HEDGE = re.compile(
    r"\b(sounds?|seems?|maybe|perhaps|may|might|i wonder|could|can|as if|as though|almost|probably|like|something|"
    r"sometimes|often|appears?|looks|reads|i hear|i imagine|i'd guess|it's as)\b",
    re.I,
)
_TOLD = re.compile(r"\b(person on call|a note|your practice|is being told|has been told|told (them|someone))\b", re.I)
_GRADE = 8.0
_QUESTION_IN_SAY = (
    "crisis",
    "lost",
    "media",
    "system",
    "consent",
    "staff",
    "people",
    "language",
    "practices",
    "around",
    "checkin.setup",
    "cards",
)


@dataclass(frozen=True, slots=True)
class Avoided:
    """One row of phrases_we_avoid.yaml."""

    rule: str
    pattern: re.Pattern[str]
    why: str
    better: str
    allowed_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    shelves: Mapping[str, Mapping[str, Any]]
    avoided: tuple[Avoided, ...]

    def shelf(self, entry: Entry) -> Mapping[str, Any]:
        """What shelves.yaml says of the entry's shelf; the longest name that fits holds."""
        names = [name for name in self.shelves if entry.id.startswith(f"{name}.")]
        return self.shelves[max(names, key=len)] if names else {}


Rule = Callable[[Entry, Context], Iterator[tuple[str, str]]]


def check(folder: Path | None = None, language: str = "en") -> list[Finding]:
    """Every finding over a language, in order of path and line."""
    home = folder or HOME
    entries, findings = _read(home / language)
    context = Context(shelves(home), avoided_phrases(home))
    for entry in entries:
        if entry.retired is None:
            for rule in RULES:
                findings += [Finding(entry.path, entry.line, name, why) for name, why in rule(entry, context)]
    findings += over_all(entries)
    findings += practices_check(home / language)
    return sorted(findings)


def avoided_phrases(home: Path = HOME) -> tuple[Avoided, ...]:
    rows = yaml.load((home / "phrases_we_avoid.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        Avoided(
            row["rule"], re.compile(row["pattern"], re.I), row["why"], row["better"], tuple(row.get("allowed_on", ()))
        )
        for row in rows
    )


def _read(folder: Path) -> tuple[list[Entry], list[Finding]]:
    entries: list[Entry] = []
    findings = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            entries += read_file(path, folder)
        except LibraryError as error:
            findings.append(Finding(error.path, error.line, error.rule, error.sentence))
    return entries, findings


# -- rules over one entry


def phrases(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """No wording from phrases_we_avoid.yaml."""
    for avoided in context.avoided:
        if entry.id.startswith(avoided.allowed_on):
            continue
        for text in texts(entry):
            found = avoided.pattern.search(text)
            if found:
                yield avoided.rule, f'"{found[0].strip()}": {avoided.why}; better: {avoided.better}'


def questions(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """At most one question, and it lives in `ask`, so that it can be left out."""
    for text in entry.ask:
        if text.count("?") != 1 or not text.endswith("?"):
            yield "one-question", f'"{text}" must be one question'
    for text in entry.say:
        allowed = 1 if entry.id.startswith(_QUESTION_IN_SAY) else 0
        if text.count("?") > allowed:
            yield "one-question", f'"{text}": a question belongs in ask'


def length(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """What is said with its question fits the shelf's limit, for a tired person on a phone."""
    limit = int(context.shelf(entry).get("limit", 350))
    longest = max(map(len, entry.say)) + max(map(len, entry.ask), default=0)
    if longest > limit:
        yield "length", f"{longest} characters; this shelf's limit is {limit}"


def slots(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """Only the shelf's slots, and `slots` names just those that are used."""
    used = {slot.lower() for text in texts(entry) for slot in slots_of(text)}
    allowed = {slot.lower() for slot in context.shelf(entry).get("slots", ())}
    if used - allowed:
        yield "slots", f"{', '.join(sorted(used - allowed))}: not a slot of this shelf"
    if used != {slot.lower() for slot in entry.slots}:
        yield "slots", f"slots must name what is used: {', '.join(sorted(used)) or 'nothing'}"


def shelf(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """Every entry stands on a shelf that shelves.yaml knows."""
    if not context.shelf(entry):
        yield "shelf", "shelves.yaml does not know this shelf"


def hedged(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """What goes beyond the words (V3, V4) is said as a guess (L-15). V6 does not exist."""
    if entry.validation_level not in range(6):
        yield "validation-level", "levels are 0 to 5"
    if entry.validation_level in (3, 4):
        for text in entry.say:
            if not HEDGE.search(text):
                yield "hedged", f'"{text}" states what it can only guess; add a hedge or make it level 2'


def told(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """Words that say a person is told need the world to be so (C-16)."""
    if entry.id.startswith("crisis.") and not entry.needs:
        for text in texts(entry):
            if _TOLD.search(text) and "no one" not in text.lower() and "nobody" not in text.lower():
                yield "told-means-told", f'"{text}" needs a condition such as on_call'


def mood(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """Conditions that can never hold together, and lines on a listening shelf that would fit any mood."""
    when = entry.when
    if when.moods == {Mood.POSITIVE} and when.feelings and when.feelings <= NEGATIVE_FEELINGS:
        yield "reachable", "no message of positive mood has only these feelings"
    if when.moods == {Mood.NEGATIVE} and when.feelings and when.feelings <= POSITIVE_FEELINGS:
        yield "reachable", "no message of negative mood has only these feelings"
    if entry.id.startswith("listening.situations.") and not (when.moods or when.feelings):
        yield "mood-gate", "a line about a situation says in which mood or feeling it fits"


def plain(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """Words that a tired reader takes in at once: reading grade (Flesch-Kincaid) of the entry up to 8."""
    if entry.id.startswith(PLAIN_SHELVES) and not is_label(entry):
        grade = reading_grade(" ".join(entry.say))
        if grade > _GRADE:
            yield "plain-words", f"reading grade {grade:.1f}; at most {_GRADE:.0f}"


def complete(entry: Entry, context: Context) -> Iterator[tuple[str, str]]:
    """Someone said what it is for, where it is from, who drafted it and when."""
    for name in ("purpose", "source", "author", "written"):
        if not getattr(entry, name):
            yield "complete", f"{name} is missing"
    if not entry.say or not all(texts(entry)):
        yield "complete", "an empty wording"
    if not entry.moment and len(entry.say) < 2:
        yield "complete", "two or more wordings of one thought are needed"


RULES: tuple[Rule, ...] = (phrases, questions, length, slots, shelf, hedged, told, mood, plain, complete)
