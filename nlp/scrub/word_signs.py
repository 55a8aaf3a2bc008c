"""What the lists and the writing say of each word of a line, as numbers for the learned finder."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.scrub.line import Line, Word
from nlp.scrub.name_lists import NameLists
from nlp.scrub.wordlists import Gazetteer, data, split

Matrix = npt.NDArray[np.float32]

_TAGS = "NN NNS NNP NNPS JJ VB VBD VBZ VBP VBG VBN MD RB IN DT PRP PRP$ CD UH CC FW".split()
_AGE, _YEAR = 2, 4  # digits
_BESIDE = 2  # words on either side that count as well


class WordSigns:
    """Signs of words: the lists they stand in, their part of speech, their letters, and those of their neighbours."""

    def __init__(self, names: NameLists, places: Gazetteer) -> None:
        orgs = data("orgs")
        heads = frozenset().union(*(split(orgs[name]) for name in ("school", "health", "community", "employer")))
        self._lists: Sequence[Any] = (
            names.first, names.words, names.last, places.plain, places.doubtful, places.famous, names.relations,
            names.titles, names.never, names.mass, names.times, names.doing, names.personal, names.meeting,
            names.naming, heads, split(orgs["brands"]),
        )  # fmt: skip

    def of(self, line: Line) -> Matrix:
        """A row for each word: its own signs, then those of two words before and after it."""
        own = np.array([self._word(line, word) for word in line.words], dtype=np.float32)
        if not len(own):
            return np.zeros((0, 0), dtype=np.float32)
        margin = np.zeros((_BESIDE, own.shape[1]), dtype=np.float32)
        padded = np.concatenate([margin, own, margin])
        return np.concatenate([padded[at : at + len(own)] for at in range(2 * _BESIDE + 1)], axis=1)

    def _word(self, line: Line, word: Word) -> list[bool]:
        low, known = word.low, line.dictionary
        digits = word.text.isdigit()
        return [
            *(low in words for words in self._lists),
            known.knows(low), known.usual(low), low in known.lexical, line.strange(word),
            word.large, line.proper(word), word.first, word.apart, word.owns,
            digits, digits and len(word.text) == _AGE, digits and len(word.text) == _YEAR,
            word.text.isupper() and len(word.text) > 1, line.careless, line.shouting,
            *(word.tag == tag for tag in _TAGS),
        ]  # fmt: skip
