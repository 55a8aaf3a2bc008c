"""Finds the pieces of text one of which every match of a pattern holds, and which of many pieces stand in a text.

Hundreds of patterns over each message would be slow; looking for plain pieces first leaves few of them to try.
"""

from collections import defaultdict
from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_FEWEST = 2  # letters in a useful piece
_MOST = 60  # pieces worth looking for


class PieceFinder:
    """Finds which of many pieces, each of two letters or more, stand in a text.

    Only those are looked for that begin with two letters found side by side in the text: a tenth of them.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            self._by_start[piece[:_FEWEST]].append(piece)

    def present(self, text: str) -> set[str]:
        starts = {text[at : at + _FEWEST] for at in range(len(text) - 1)}
        return {piece for start in starts & self._by_start.keys() for piece in self._by_start[start] if piece in text}


def needed_pieces(pattern: str) -> tuple[str, ...]:
    """Lower-case pieces; empty if none can be told. re.error if the pattern is broken. Case is not regarded."""
    best = _best(_of_sequence(_parser.parse(pattern)))
    return tuple(sorted(best)) if best else ()


def _of_sequence(nodes: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Sets of pieces of a sequence: of each set, one piece stands in every match."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in nodes:
        if str(kind) == "LITERAL":
            run += chr(value).lower()
            continue
        found += [frozenset([run])] if run else []
        run = ""
        found += _of_node(str(kind), value)
    return found + ([frozenset([run])] if run else [])


def _of_node(kind: str, value: Any) -> list[frozenset[str]]:
    if kind == "SUBPATTERN":
        return _of_sequence(value[3])
    if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
        return _of_sequence(value[2])
    if kind == "BRANCH":
        each = [_best(_of_sequence(branch)) for branch in value[1]]
        return [frozenset().union(*each)] if all(each) else []
    return []


def _best(sets: list[frozenset[str]]) -> frozenset[str]:
    """The most telling set: the longest shortest piece, then the fewest pieces."""
    useful = [pieces for pieces in sets if len(pieces) <= _MOST and min(map(len, pieces)) >= _FEWEST]
    return max(useful, key=lambda pieces: (min(map(len, pieces)), -len(pieces)), default=frozenset())
