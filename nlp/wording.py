"""Likeness of wording: the words and pairs of words that two texts share, the rarer the more.

A sentence vector hears what a text is about; it hardly tells "I took them all" from "he took it badly". Shared words
and pairs of words do, and both together tell more than either.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]

_WORD = re.compile(r"[a-z0-9']+|[?!]")
_START, _END = "^", "$"
_FEWEST = 2  # texts a piece must stand in to be known


class Row(NamedTuple):
    """The known pieces of one text: their places in the vocabulary, and their shares of a row of length one."""

    places: npt.NDArray[np.int64]
    shares: Numbers


@dataclass(frozen=True, slots=True)
class Wording:
    """A vocabulary: the place of each known piece, and its rarity."""

    places: Mapping[str, int]
    rarity: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Wording":
        """The vocabulary of `texts`; the same texts give the same one, in any order."""
        stand_in = Counter(piece for text in texts for piece in set(pieces(text)))
        known = sorted(piece for piece, times in stand_in.items() if times >= _FEWEST)
        rarity = [np.log((1 + len(texts)) / (1 + stand_in[piece])) + 1 for piece in known]
        # In the bits they are stored with: what is fitted is what is loaded.
        return cls(listed(known), np.array(rarity, dtype=np.float16).astype(np.float32))

    def row(self, text: str) -> Row:
        """The known pieces of `text`; none if it shares nothing with the vocabulary."""
        found = Counter(self.places[piece] for piece in pieces(text) if piece in self.places)
        places = np.array(sorted(found), dtype=np.int64)
        shares = np.array([_weight(found[place]) for place in places.tolist()], dtype=np.float32)
        shares *= self.rarity[places]
        length = float(np.sqrt(shares @ shares)) or 1.0
        return Row(places, np.asarray(shares / length, dtype=np.float32))


def _weight(times: int) -> float:
    return 1.0 if times == 1 else float(1 + np.log(times))


def pieces(text: str) -> list[str]:
    """The words of a text and each two that stand side by side; its start and end count as words."""
    words = [_START, *_WORD.findall(text.lower()), _END]
    return words + [f"{one} {other}" for one, other in itertools.pairwise(words)]


def listed(known: Iterable[str]) -> dict[str, int]:
    """The place of each piece in a list of them."""
    return {piece: place for place, piece in enumerate(known)}


def shared(rows: Sequence[Row], size: int) -> Numbers:
    """How alike each row is to each, 0..1. `size`: pieces in the vocabulary."""
    standing: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for number, row in enumerate(rows):
        for place, share in zip(row.places.tolist(), row.shares.tolist(), strict=True):
            standing[place].append((number, share))
    found = np.zeros((len(rows), len(rows)), dtype=np.float32)
    for one in standing:
        numbers = np.array([number for number, _ in one])
        shares = np.array([share for _, share in one], dtype=np.float32)
        found[np.ix_(numbers, numbers)] += np.outer(shares, shares)
    return found


def gathered(rows: Sequence[Row], weights: Numbers, size: int) -> Numbers:
    """What each piece is worth when each row is worth its line of `weights` (rows x columns)."""
    found = np.zeros((size, weights.shape[1]), dtype=np.float32)
    for row, weight in zip(rows, weights, strict=True):
        found[row.places] += row.shares[:, None] * weight[None, :]
    return found
