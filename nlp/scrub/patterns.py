"""Finds identifiers that have a form (mail, phones, numbers, links, dates, addresses) by regular expressions.

The expressions are data (data/en/patterns.yaml) over the text in small letters.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nlp import rules
from nlp.scrub.kinds import TYPES, Found
from nlp.scrub.line import Line
from nlp.scrub.streets import UNITS, is_bare_street, is_lone_street, is_street, is_street_last, shortened, within
from nlp.scrub.wordlists import data

_BIRTH = re.compile(
    r"\b(?:born|dob|d\.o\.b|birth\s?day|b-?day|birth\s?date|birth|had me|bday|date of birth|birth certificate)\b"
)
_FORM = re.compile(r"\b(?:form|forms|passport|licen[cs]e|certificate|id)\b")
_NEAR = 30  # letters before a date within which "born" says what it is
_NOT_COUNTED = frozenset("pls plz please last tonight tomorrow today lol yr rn now".split())
_SMALL = frozenset("and at for is i my in on to".split())
_PLACED = frozenset("in from near to at here put its area code live outside of".split())
_COUNTING = frozenset(
    """
        owe owed owes paid pay cost costs worth earn earned earns made make won lost spent save
        saved score scored walked steps today odds are did ran got had have has reached hit over under about around
        nearly almost only
        another like for by level until than
    """.split()
)
_TWO = 2
_VERSIONED = re.compile(
    r"\b(?:songs?|albums?|films?|movies?|series|season|episode|game|games|console|playstation|xbox|nintendo|windows|version|model|vintage"
    r"|mp3|laptop|car|van|calendar|hits?|charts?|eurovision|olympics|world\s+cup|euros|covid|lockdown|pandemic|tax|budget|wine|whisk(?:e?)y)\b"
)  # what has years and numbers, too
_LIKENED = re.compile(r"\b(?:like|as\s+if)\s+(?:its|it'?s|it\s+was|were)\b|\b(?:party|partying)\b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One expression. `needs` must be found somewhere in the line, `unless` must not fit the identifier."""

    name: str
    type: str
    score: float
    expression: re.Pattern[str]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    word: str
    digits: int


def load_patterns() -> tuple[Pattern, ...]:
    """RuleError if a pattern is wrong or its type unknown."""
    file = data("patterns")
    pieces: dict[str, str] = file["pieces"]
    rows = rules.check_records(
        file["patterns"], ("name", "type", "score", "it"), ("needs", "unless", "word", "digits"), "scrub patterns"
    )
    rules.check_labels((row["type"] for row in rows), TYPES, "scrub patterns")
    return tuple(_pattern(row, pieces) for row in rows)


def _pattern(row: Mapping[str, Any], pieces: Mapping[str, str]) -> Pattern:
    def made(key: str) -> re.Pattern[str] | None:
        return re.compile(_filled(str(row[key]), pieces)) if key in row else None

    expression = made("it")
    if expression is None:
        raise rules.RuleError(f"scrub patterns: {row['name']}: no expression")
    return Pattern(
        str(row["name"]), str(row["type"]), float(row["score"]), expression, made("needs"), made("unless"),
        str(row.get("word", "")), int(row.get("digits", 0)),
    )  # fmt: skip


def _filled(text: str, pieces: Mapping[str, str]) -> str:
    for name, piece in pieces.items():
        text = text.replace("{" + name + "}", piece)
    return text.replace("{{", "{").replace("}}", "}")


class PatternFinder:
    """Finds what has a form; a date beside "born" is a date of birth."""

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self._patterns = patterns
        self._checks: dict[str, Callable[[Line, int, int], bool]] = {
            "street": is_street, "house": _is_house, "street-alone": is_lone_street, "strange": _is_handle,
            "large": _is_large, "zip": _is_zip, "both-large": _are_large, "capitals": _is_capitals,
            "host": _is_host, "street-last": is_street_last,
            "street-bare": is_bare_street, "strange-house": _is_strange_house,
            "year": _is_year, "large-strange": _is_large_strange, "some-strange": _some_strange,
        }  # fmt: skip

    def find(self, line: Line) -> Iterator[Found]:
        """Every match, also where several overlap."""
        for pattern in self._patterns:
            if pattern.needs and not pattern.needs.search(line.low):
                continue
            for match in pattern.expression.finditer(line.low):
                start, end = match.span("it") if "it" in pattern.expression.groupindex else match.span()
                found = self._checked(line, pattern, start, end)
                if found:
                    yield found

    def _checked(self, line: Line, pattern: Pattern, start: int, end: int) -> Found | None:
        start, end = _trimmed(line.low, start, end)
        text = line.low[start:end]
        if start >= end or (pattern.unless and pattern.unless.search(text)):
            return None
        if sum(letter.isdigit() for letter in text) < pattern.digits:
            return None
        if pattern.word:
            start = (
                shortened(line, start, end)
                if pattern.word in ("street", "street-alone", "street-last", "house")
                else start
            )
            if not self._checks[pattern.word](line, start, end):
                return None
        kind = _date_kind(line.low, start) if pattern.type == "event_date" else pattern.type
        return Found(start, end, kind, pattern.score, f"pattern/{pattern.name}")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " .,;:-\n":
        end -= 1
    while start < end and text[start] in " ,;:\n":
        start += 1
    return start, end


def _date_kind(text: str, start: int) -> str:
    before, whole = text[max(0, start - _NEAR) : start], text[start : start + 40]
    birth = _BIRTH.search(before) or _BIRTH.search(whole) or _FORM.search(whole)
    return "birth_date" if birth else "event_date"


def _is_house(line: Line, start: int, end: int) -> bool:
    return any(char.isdigit() for char in line.low[start:end]) or _is_large(line, start, end)


def _is_large(line: Line, start: int, end: int) -> bool:
    return any(word.large for word in within(line, start, end)) and not line.shouting


def _is_capitals(line: Line, start: int, end: int) -> bool:
    return line.text[start:end].isupper()


def _are_large(line: Line, start: int, end: int) -> bool:
    words = within(line, start, end)
    return len(words) > 2 and words[-1].large and words[-3].large and not line.shouting


def _is_host(line: Line, start: int, end: int) -> bool:
    """No slip of a full stop without a space: the first label is no ordinary word."""
    words = within(line, start, end)
    return bool(words) and len(words[0].low) > _TWO and not words[0].known


def _is_strange_house(line: Line, start: int, end: int) -> bool:
    """A word that no dictionary has, written large, and a number: "to Lindenkamp 88"."""
    words = within(line, start, end)
    return bool(words) and line.proper(words[0]) and line.strange(words[0]) and not _VERSIONED.search(line.low)


def _some_strange(line: Line, start: int, end: int) -> bool:
    """Not only ordinary words with the spaces left out: "its.reallyme.tash", but not "no.just.no"."""
    return any(line.strange(word) for word in within(line, start, end))


def _is_large_strange(line: Line, start: int, end: int) -> bool:
    return any(word.large and line.strange(word) for word in within(line, start, end)) and not line.shouting


def _is_year(line: Line, start: int, end: int) -> bool:
    """No song, film, car or make is meant, and nobody compares: "like its 1985"."""
    return not _VERSIONED.search(line.low) and not _LIKENED.search(line.low, 0, start)


def _is_zip(line: Line, start: int, end: int) -> bool:
    """Five digits that count nothing and are no round sum: no noun follows, no word of counting stands before."""
    word = next(word for word in line.words if word.start == start)
    before, after = line.low_around(word.at, -1), line.around(word.at, 1)
    counted = after is not None and (after.tag == "NNS" or (after.tag == "NN" and after.low not in _NOT_COUNTED))
    if counted or (after and after.low in UNITS - _SMALL):
        return False
    return before in _PLACED or not (word.text.endswith("00") or before in _COUNTING)


def _is_handle(line: Line, start: int, end: int) -> bool:
    text = line.low[start:end]
    if re.search(r"[\d_]", text) and re.search(r"[a-z]", text) and len(text) > 3:
        return True
    if "." in text.strip("."):
        return True
    words = within(line, start, end)
    return len(words) == 1 and len(text) > 4 and line.strange(words[0])
