"""Finds identifiers that have a form (mail, phones, numbers, links, dates, addresses) by regular expressions.

The expressions are data (data/en/patterns.yaml) over the text in small letters.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nlp import rules
from nlp.scrub.kinds import TYPES, Found
from nlp.scrub.line import Line, Word
from nlp.scrub.wordlists import data

_BIRTH = re.compile(
    r"\b(?:born|dob|d\.o\.b|birth\s?day|b-?day|birth\s?date|birth|had me|bday|date of birth|birth certificate)\b"
)
_FORM = re.compile(r"\b(?:form|forms|passport|licen[cs]e|certificate|id)\b")
_NEAR = 30  # letters before a date within which "born" says what it is
_UNITS = frozenset(
    """
        min mins minute minutes hour hours hr hrs day days week weeks month months year years yr yrs mile
        miles km metre metres meter meters m way ways people times more different second seconds person of
        the a in to and or at for is i my on
    """.split()
)
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
_PLAIN_STREETS = frozenset(
    """
        high main the my our this that his her their your a an of any every same whole next other on dead
        memory side back one two busy empty dark long wall sesame quality easy abbey
    """.split()
)

_SAID_STREETS = frozenset(
    """
        fleet wall easy downing coronation baker abbey sesame albert brookside carnaby bourbon oxford memory country
        bike bus cycle slip ring toll hill mountain coast village city town side back cross through school park canal
        farm winding death penny blind one two cobbled fast slow car driving night
    """.split()
)
_SURE_STREETS = frozenset("road rd street avenue ave crescent terrace close grove gardens lane drive".split())
_ON_STREETS = frozenset("on off down from near along in at".split())
_TWO = 2


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
            "street": _is_street, "house": _is_house, "street-alone": _is_lone_street, "strange": _is_handle,
            "large": _is_large, "zip": _is_zip, "both-large": _are_large, "capitals": _is_capitals,
            "host": _is_host, "street-last": _is_street_last,
            "street-bare": _is_bare_street,
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
                _shortened(line, start, end)
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


def _within(line: Line, start: int, end: int) -> list[Word]:
    return [word for word in line.words if start <= word.start and word.end <= end]


def _shortened(line: Line, start: int, end: int) -> int:
    """Ordinary small words at the front ("live on hobb lane") are no part of it."""
    words = _within(line, start, end)
    first = 0
    for at, word in enumerate(words[:-1]):
        if at and not word.gap and words[at - 1].text.isdigit():
            continue  # the a of 17a
        if (
            (
                word.tag in ("IN", "DT", "PRP", "PRP$", "CC", "TO", "MD", "VBD", "VBP", "VBZ", "WRB", "EX")
                and word.known
                and not word.large
            )
            or word.low in _PLAIN_STREETS
            or word.low
            in (
                "i",
                "live",
                "lives",
                "living",
                "lived",
                "down",
                "off",
                "near",
                "from",
            )
        ):
            first = at + 1
    return words[first].start if first < len(words) else end


def _is_street(line: Line, start: int, end: int) -> bool:
    words = _within(line, start, end)
    names = [word for word in words[:-1] if word.text.isalpha() and len(word.low) > 2]
    if not words or (
        not words[0].text[0].isdigit() and words[0].low not in ("flat", "apt", "apartment", "unit", "suite", "room")
    ):
        return False
    return bool(names) and not any(word.low in _UNITS for word in words[1:-1] if len(word.low) > 1)


def _is_house(line: Line, start: int, end: int) -> bool:
    return any(char.isdigit() for char in line.low[start:end]) or _is_large(line, start, end)


def _is_large(line: Line, start: int, end: int) -> bool:
    return any(word.large for word in _within(line, start, end)) and not line.shouting


def _is_capitals(line: Line, start: int, end: int) -> bool:
    return line.text[start:end].isupper()


def _are_large(line: Line, start: int, end: int) -> bool:
    words = _within(line, start, end)
    return len(words) > 2 and words[-1].large and words[-3].large and not line.shouting


def _is_lone_street(line: Line, start: int, end: int) -> bool:
    """A street without a number: written large, or its name is no ordinary word."""
    words = _within(line, start, end)
    names = words[:-1]
    if not names or all(word.low in _PLAIN_STREETS for word in names):
        return False
    if any(word.low in _UNITS for word in names):
        return False
    if all(line.proper(word) or word.large for word in names) and words[-1].large:
        return True
    saint = names[0].low in ("st", "saint") and len(names) > 1
    before = line.low_around(words[0].at, -1)
    placed = before in ("on", "at", "in", "off", "down", "from", "near", "to", "live", "of", "along", "and", "n")
    return saint or (placed and any(line.strange(word) for word in names)) or (placed and _called(line, words))


def _called(line: Line, words: list[Word]) -> bool:
    """ "on maple street": an ordinary noun without an article, and none of the streets of sayings."""
    name, kind = words[0], words[1].low
    before = line.low_around(name.at, -1)
    sure = kind in _SURE_STREETS and len(words) == _TWO and before in _ON_STREETS
    return sure and name.tag in ("NN", "NNP", "NNS") and name.low not in _SAID_STREETS | _PLAIN_STREETS


def _is_street_last(line: Line, start: int, end: int) -> bool:
    """ "kestrel way 17"."""
    words = _within(line, start, end)
    names = [word for word in words if word.text.isalpha()][:-1]
    if not names or any(word.low in _PLAIN_STREETS | _UNITS | _SAID_STREETS for word in names):
        return False
    return all(word.large for word in names) or any(line.strange(word) or word.tag in ("NN", "NNP") for word in names)


def _is_bare_street(line: Line, start: int, end: int) -> bool:
    """ "41 hobmoor"."""
    words = _within(line, start, end)
    return bool(words) and line.strange(words[-1])


def _is_host(line: Line, start: int, end: int) -> bool:
    """No slip of a full stop without a space: the first label is no ordinary word."""
    words = _within(line, start, end)
    return bool(words) and len(words[0].low) > _TWO and not words[0].known


def _is_zip(line: Line, start: int, end: int) -> bool:
    """Five digits that count nothing and are no round sum: no noun follows, no word of counting stands before."""
    word = next(word for word in line.words if word.start == start)
    before, after = line.low_around(word.at, -1), line.around(word.at, 1)
    counted = after is not None and (after.tag == "NNS" or (after.tag == "NN" and after.low not in _NOT_COUNTED))
    if counted or (after and after.low in _UNITS - _SMALL):
        return False
    return before in _PLACED or not (word.text.endswith("00") or before in _COUNTING)


def _is_handle(line: Line, start: int, end: int) -> bool:
    text = line.low[start:end]
    if re.search(r"[\d_]", text) and re.search(r"[a-z]", text) and len(text) > 3:
        return True
    if "." in text.strip("."):
        return True
    words = _within(line, start, end)
    return len(words) == 1 and len(text) > 4 and line.strange(words[0])
