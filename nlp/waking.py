"""Which of many patterns are worth trying on a text, told by the pieces of text they cannot match without."""

from collections import defaultdict
from collections.abc import Sequence

from nlp.pieces import PieceFinder

Clause = frozenset[str]  # pieces; at least one of them stands in any match
Way = tuple[Clause, ...]  # each of its clauses does; a pattern of alternatives has several ways


class Waking:
    """Made once from the ways in which each pattern may match; one of which none can be told is `always` tried.

    Only ways of whose first clause a piece is there are looked at closely.
    """

    def __init__(self, patterns: Sequence[Sequence[Way]]) -> None:
        self.always = [place for place, ways in enumerate(patterns) if not ways or not all(ways)]
        self._ways: list[tuple[int, tuple[tuple[str, ...], ...]]] = []  # a pattern, and what else must stand there
        self._by_piece: dict[str, list[int]] = defaultdict(list)
        for place, way in ((place, way) for place, ways in enumerate(patterns) if all(ways) for way in ways):
            for piece in way[0]:
                self._by_piece[piece].append(len(self._ways))
            self._ways.append((place, tuple(sorted(map(tuple, way[1:]), key=len))))  # the quickest to miss first
        self._pieces = PieceFinder(self._by_piece)

    def places(self, text: str) -> list[int]:
        """Of the patterns that may match in `text`, in their order."""
        near = set[int]().union(*map(self._by_piece.__getitem__, self._pieces.present(text)))
        found, stands = set(self.always), text.__contains__
        for number in near:
            place, rest = self._ways[number]
            if place in found:
                continue
            for clause in rest:  # written out: some hundred ways are looked at for each message
                if not any(map(stands, clause)):
                    break
            else:
                found.add(place)
        return sorted(found)
