"""The parser's word vectors, computed as the model computes them and several times quicker.

The library walks some fifty small layers for each message; most of that time goes into walking. Here the first half, a
vector for each word by itself, is remembered by word; the second, four layers that look at a word and its neighbours,
is a few matrix products. The numbers are the model's up to rounding.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Key = tuple[int, ...]

_MOST_WORDS = 20_000  # remembered: 12 MB
_WINDOW = 3  # a word and one on each side
_PIECES = 3
_TINY = np.float32(1e-8)  # the library's own guard against a division by nothing


def quicken(tok2vec: Any) -> None:
    """Puts the quick way in place of `tok2vec`'s own. ValueError, and nothing changed, if its model is built otherwise
    than expected."""
    from thinc.api import Model

    words, around = _Words(tok2vec.model), _Around(tok2vec.model)

    # The library calls with these names.
    def forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Vectors], Any]:
        return around.all([words.of(doc) for doc in docs]), None

    tok2vec.model = Model("word_vectors", forward, dims={"nO": words.width})


class _Words:
    """A vector for each word as it stands alone: of its spelling, what it is short for, and whether a blank follows."""

    def __init__(self, model: Any) -> None:
        from spacy.attrs import NORM, ORTH, SPACY

        if len(model.layers) != 2:
            raise ValueError("the word vectors are built of other parts than expected")
        embed = model.layers[0]
        self._keys, self._columns = [ORTH, NORM, SPACY], embed.layers[0].attrs["columns"]
        self._tables = [part for part in embed.walk() if part.name == "hashembed"]
        self.width = int(model.get_dim("nO"))
        self._mixed = _Largest(embed, self.width * len(self._tables))
        if [table.attrs["column"] for table in self._tables] != list(range(len(self._columns))):
            raise ValueError("the word vectors look at other sides of a word than expected")
        self._known: dict[Key, Vectors] = {}

    def of(self, doc: Any) -> Vectors:
        """A row for each token."""
        keys: list[Key] = list(map(tuple, doc.to_array(self._keys).tolist()))
        new = [at for at, key in enumerate(keys) if key not in self._known]
        if len(self._known) + len(new) > _MOST_WORDS:
            self._known, new = {}, list(range(len(keys)))  # all of this text's, also those known until now
        if new:
            self._learn(doc, [keys[at] for at in new], new)
        return np.array([self._known[key] for key in keys], dtype=np.float32).reshape(len(keys), self.width)

    def _learn(self, doc: Any, keys: list[Key], places: list[int]) -> None:
        sides = doc.to_array(self._columns)[places].astype(np.uint64)
        rows = self._mixed.of(
            np.concatenate([_looked_up(table, sides[:, at]) for at, table in enumerate(self._tables)], axis=1)
        )
        self._known.update((key, row.copy()) for key, row in zip(keys, rows, strict=True))


def _looked_up(table: Any, sides: npt.NDArray[np.uint64]) -> Vectors:
    """The vectors of one side of each word, such as its last letters."""
    vectors = table.get_param("E")
    numbers = table.ops.hash(np.ascontiguousarray(sides), table.attrs["seed"]) % len(vectors)
    found: Vectors = table.ops.gather_add(vectors, numbers)
    return found


class _Around:
    """Each word's vector with what its neighbours add, layer after layer."""

    def __init__(self, model: Any) -> None:
        encode = model.layers[1]
        self._layers = [_Layer(layer) for layer in encode.layers[0].layers]
        if encode.attrs["pad"] != len(self._layers):
            raise ValueError("the word vectors have other margins than expected")
        self._width = int(model.get_dim("nO"))

    def all(self, texts: Sequence[Vectors]) -> list[Vectors]:
        """Of each text's rows, all of them in one go: an empty margin before, between and after keeps them apart.

        Each layer eats one row on either side of the whole; a margin is as wide as there are layers.
        """
        margin = len(self._layers)
        starts = list(accumulate((len(rows) + margin for rows in texts), initial=margin))
        found = np.zeros((starts[-1], self._width), dtype=np.float32)
        for start, rows in zip(starts, texts, strict=False):
            found[start : start + len(rows)] = rows
        for layer in self._layers:
            found = layer.of(found)
        return [found[at - margin : at - margin + len(rows)] for at, rows in zip(starts, texts, strict=False)]


class _Layer:
    """One residual layer over a window of three words."""

    def __init__(self, residual: Any) -> None:
        if next(part for part in residual.walk() if part.name == "expand_window").attrs["window_size"] != 1:
            raise ValueError("the word vectors look at other neighbours than expected")
        self._largest = _Largest(residual, _WINDOW * int(residual.get_dim("nO")))

    def of(self, rows: Vectors) -> Vectors:
        """Two rows fewer: those at the ends have no neighbour."""
        found = self._largest.of(np.concatenate((rows[:-2], rows[1:-1], rows[2:]), axis=1))
        found += rows[1:-1]
        return found


class _Largest:
    """The largest of three linear pieces, then a layer norm."""

    def __init__(self, model: Any, inputs: int) -> None:
        parts = {part.name: part for part in model.walk()}
        largest, norm = parts["maxout"], parts["layernorm"]
        weights = largest.get_param("W")  # width x pieces x inputs
        width, pieces, found = weights.shape
        if (pieces, found) != (_PIECES, inputs):
            raise ValueError("the word vectors are mixed in another way than expected")
        self._width = width
        self._weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self._bias = np.ascontiguousarray(largest.get_param("b").T).reshape(-1)
        self._gain, self._shift = norm.get_param("G"), norm.get_param("b")
        self._mean = np.full(width, 1 / width, dtype=np.float32)

    def of(self, rows: Vectors) -> Vectors:
        width = self._width
        pieces = rows @ self._weights
        pieces += self._bias
        found: Vectors = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        np.maximum(found, pieces[:, 2 * width :], out=found)
        found -= (found @ self._mean)[:, None]
        spread = (found * found) @ self._mean + _TINY
        found *= self._gain / np.sqrt(spread)[:, None]
        found += self._shift
        return found
