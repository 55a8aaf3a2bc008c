"""Finds the pieces of text one of which every match of a pattern holds, and which of many pieces stand in a text.

Hundreds of patterns over each message would be slow; looking for plain pieces first leaves few of them to try.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]
from typing import Any

NAMED = re.compile(r"\{([A-Za-z_]\w*)\}")
_FIRST_MARK = 0xE000  # private letters, one for each name
_FEWEST = 2  # letters in a useful piece
_START = 4
_MOST = 60  # pieces worth looking for
_MOST_SETS = 3
_SAME = 16  # runs kept: several tables are tried on the same message, one after another


class PieceFinder:
    """Finds which of many pieces, each of two letters or more, stand in a text.

    Only those are looked for that begin with four letters found side by side in the text; shorter ones are among its
    own twos and threes, or are not there.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._short: dict[int, set[str]] = defaultdict(set)  # by their length
        for piece in pieces:
            if len(piece) < _START:
                self._short[len(piece)].add(piece)
            else:
                self._by_start[piece[:_START]].append(piece)

    def present(self, text: str) -> set[str]:
        """Those of the pieces that stand in `text`."""
        starts = self._by_start.keys() & _runs(text, _START)
        found = {piece for start in starts for piece in self._by_start[start] if piece in text}
        for size, short in self._short.items():
            found |= short & _runs(text, size)
        return found


@lru_cache(maxsize=_SAME)
def _runs(text: str, size: int) -> Set[str]:
    """All runs of `size` letters side by side."""
    return {text[at : at + size] for at in range(len(text) - size + 1)}


class Needs:
    """Tells the pieces that patterns cannot match without; `{name}` in a pattern stands for a pattern of `named`.

    A named one is looked into once, however many patterns use it: written out they are seven times as long.
    """

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        self._named = named or {}
        self._marks = {name: chr(_FIRST_MARK + number) for number, name in enumerate(self._named)}
        self._names = {ord(mark): name for name, mark in self._marks.items()}
        self._known: dict[str, list[frozenset[str]]] = {}

    def of(self, pattern: str) -> tuple[str, ...]:
        """Lower-case pieces of which every match holds one; empty if none can be told. Case is not regarded.

        re.error if the pattern is broken, KeyError for a name that stands for nothing.
        """
        best = _best(self._sets(pattern))
        return tuple(sorted(best)) if best else ()

    def ways(self, pattern: str) -> tuple[tuple[frozenset[str], ...], ...]:
        """For each alternative of the whole pattern the most telling sets of such pieces, the best first; of every
        match one alternative has a piece of each of its sets. An empty one: of that alternative nothing can be told.

        Errors as of `of`.
        """
        return tuple(_telling(self._of_sequence(branch)) for branch in _alternatives(self._parsed(pattern)))

    def _sets(self, pattern: str) -> list[frozenset[str]]:
        return self._of_sequence(self._parsed(pattern))

    def _parsed(self, pattern: str) -> Any:
        return _parser.parse(NAMED.sub(lambda found: f"(?:{self._marks[found[1]]})", pattern))

    def _of_name(self, name: str) -> list[frozenset[str]]:
        if name not in self._known:
            self._known[name] = self._sets(" ".join(self._named[name].split()))
        return self._known[name]

    def _of_sequence(self, nodes: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
        """Sets of pieces of a sequence: of each set, one piece stands in every match."""
        found: list[frozenset[str]] = []
        run = ""
        for kind, value in nodes:
            if str(kind) == "LITERAL" and value not in self._names:
                run += chr(value).lower()
                continue
            found += [frozenset([run])] if run else []
            run = ""
            found += self._of_node(str(kind), value)
        return found + ([frozenset([run])] if run else [])

    def _of_node(self, kind: str, value: Any) -> list[frozenset[str]]:
        if kind == "LITERAL":
            return self._of_name(self._names[value])
        if kind == "SUBPATTERN":
            return self._of_sequence(value[3])
        if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
            return self._of_sequence(value[2])
        if kind == "BRANCH":
            return self._of_any(value[1])
        if kind == "IN":  # alternatives of one letter each, as names here are, become a set of letters
            return self._of_any([one] for one in value)
        return []

    def _of_any(self, branches: Iterable[Iterable[tuple[Any, Any]]]) -> list[frozenset[str]]:
        each = [_best(self._of_sequence(branch)) for branch in branches]
        return [frozenset().union(*each)] if all(each) else []


def _best(sets: list[frozenset[str]]) -> frozenset[str]:
    """The most telling set: the longest shortest piece, then the fewest pieces."""
    return next(iter(_telling(sets)), frozenset())


def _telling(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The most telling sets, best first; each once."""
    useful = [one for one in dict.fromkeys(sets) if len(one) <= _MOST and min(map(len, one)) >= _FEWEST]
    return tuple(sorted(useful, key=lambda pieces: (-min(map(len, pieces)), len(pieces)))[:_MOST_SETS])


def _alternatives(nodes: Any) -> Iterable[Any]:
    """The sequences of which any match is one, where the whole pattern is nothing but alternatives."""
    if len(nodes) == 1:
        kind, value = str(nodes[0][0]), nodes[0][1]
        if kind == "SUBPATTERN":
            return _alternatives(value[3])
        if kind == "BRANCH":
            return [one for branch in value[1] for one in _alternatives(branch)]
    return [nodes]
