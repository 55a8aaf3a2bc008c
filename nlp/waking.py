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
        self._ways = [(place, way) for place, ways in enumerate(patterns) if all(ways) for way in ways]
        self._pieces = PieceFinder({piece for _, way in self._ways for clause in way for piece in clause})
        self._by_piece: dict[str, list[int]] = defaultdict(list)
        for number, (_, way) in enumerate(self._ways):
            for piece in way[0]:
                self._by_piece[piece].append(number)

    def places(self, text: str) -> list[int]:
        """Of the patterns that may match in `text`, in their order."""
        present = self._pieces.present(text)
        near = {number for piece in present for number in self._by_piece.get(piece, ())}
        found = set(self.always)
        for number in near:
            place, way = self._ways[number]
            if len(way) == 1 or not any(map(present.isdisjoint, way)):
                found.add(place)
        return sorted(found)
