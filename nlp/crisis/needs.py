"""Which words a pattern cannot match without, so that most rules need not be tried on most messages.

Reads the small regex dialect of the rules (groups, lookarounds, classes, quantifiers). Where it cannot tell, it
asks for nothing, so a rule is never kept from a text that it would match.
"""

import re
from collections.abc import Iterable

from nlp.waking import Clause, Way

_LONGEST = 3  # clauses kept for one pattern
_TOO_DEAR = 400  # a clause of too many or too common words saves nothing
_OPTIONAL = re.compile(r"[?*]\??|\{0,?\d*\}\??|\{,\d+\}\??")
_REPEATED = re.compile(r"\+\??|\{[1-9]\d*,?\d*\}\??")
_QUANTIFIED = re.compile(rf"{_OPTIONAL.pattern}|{_REPEATED.pattern}")
_LETTERS = re.compile(r"[^\W_]+")
_IGNORED_GROUP = re.compile(r"\(\?(?:<?[=!])")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_COMMON = frozenset(
    "able about actually again all and any anymore anyone are because been being but can cant could day did didnt "
    "does doesnt dont every everyone everything feel feeling feels for from get getting go going gonna good got had "
    "has have he her here him his hope how if im in is it its ive just keep know last let life like make makes me "
    "mind more much my need never no not nothing now of off on one only or out over people really right say says she "
    "should so some something still stop take tell than that the their them then there they theyre thing things think "
    "this time to told too tried try trying up want wanna was way we well what when who why will with without would "
    "you your home help found mum dad friend someone nobody good better wish thought thinking ill id".split()
)


def ways(pattern: str) -> tuple[Way, ...]:
    """For each alternative of `pattern` up to three sets of words; a text it matches holds a word of each of them.

    An alternative without any makes the pattern one that must always be tried.
    """
    return tuple(_telling(clauses) for clauses in _Reader(pattern).alternatives())


def _telling(clauses: Iterable[Clause]) -> Way:
    return tuple(sorted((one for one in set(clauses) if _cost(one) < _TOO_DEAR), key=_order)[:_LONGEST])


def _order(clause: Clause) -> tuple[int, list[str]]:
    return _cost(clause), sorted(clause)


def _cost(clause: Iterable[str]) -> int:
    return sum(30 if word in _COMMON or len(word) < 3 else 8 if len(word) == 3 else 2 for word in clause)


class _Reader:
    """One pass over a pattern, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def alternatives(self) -> list[list[Clause]]:
        """The clauses of each alternative of the whole pattern, also where a bracket stands around all of them."""
        opening = _GROUP.match(self._text)
        if opening and not _IGNORED_GROUP.match(self._text):
            self._at = opening.end()
            found = self._split()
            if self._at == len(self._text) - 1:
                return found
            self._at = 0
        return self._split()

    def branches(self) -> list[Clause]:
        """The clauses of alternatives up to a closing bracket or the end."""
        return _of_any(self._split())

    def _split(self) -> list[list[Clause]]:
        found = [self._sequence()]
        while self._text[self._at : self._at + 1] == "|":
            self._at += 1
            found.append(self._sequence())
        return found

    def _sequence(self) -> list[Clause]:
        clauses: list[Clause] = []
        word = ""
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            if letters := self._letters():
                word = letters
                continue
            _close(word, clauses)
            word = ""
            clauses += self._part()
        _close(word, clauses)
        return clauses

    def _letters(self) -> str:
        """The plain letters from here on; the last one is not among them if it may be left out or repeated."""
        found = _LETTERS.match(self._text, self._at)
        if found is None:
            return ""
        start, end = found.span()
        self._at = end - 1 if _QUANTIFIED.match(self._text, end) else end
        return self._text[start : self._at]

    def _part(self) -> list[Clause]:
        """Whatever is not a plain letter: a group, a class, an escape, or a letter with a quantifier."""
        if self._text[self._at] == "(":
            ignored = _IGNORED_GROUP.match(self._text, self._at)
            start = ignored or _GROUP.match(self._text, self._at)
            self._at = start.end() if start else self._at + 1
            clauses = self.branches()
            self._at += 1  # the closing bracket
            return [] if self._quantifier() or ignored else clauses
        kind = _CLASS.match(self._text, self._at)
        self._at = kind.end() if kind else self._at + (2 if self._text[self._at] == "\\" else 1)
        self._quantifier()
        return []

    def _quantifier(self) -> bool:
        """Steps over a quantifier; true if it allows for nothing at all."""
        optional = _OPTIONAL.match(self._text, self._at)
        found = optional or _REPEATED.match(self._text, self._at)
        if found:
            self._at = found.end()
        return bool(optional)


def _of_any(found: list[list[Clause]]) -> list[Clause]:
    """What is needed whichever of the alternatives stands there."""
    if len(found) == 1:
        return found[0]
    if not all(found):
        return []
    return [frozenset().union(*(min(clauses, key=_cost) for clauses in found))]


def _close(word: str, clauses: list[Clause]) -> None:
    if len(word) > 1:
        clauses.append(frozenset((word,)))
