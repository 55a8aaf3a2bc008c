"""The parser's word vectors, computed as the model computes them and several times quicker.

The library walks some fifty small layers for each message; most of that time goes into walking. The first half, a
vector for each word by itself, is the library's own and remembered by word; the second, four layers that look at a word
and its neighbours, is a few matrix products here. The numbers are the model's up to rounding.
"""

from collections.abc import Sequence
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
        return [around.of(words.of(doc)) for doc in docs], None

    tok2vec.model = Model("word_vectors", forward, dims={"nO": words.width})


class _Words:
    """A vector for each word as it stands alone: of its spelling, what it is short for, and whether a blank follows."""

    def __init__(self, model: Any) -> None:
        from spacy.attrs import NORM, ORTH, SPACY

        if len(model.layers) != 2:
            raise ValueError("the word vectors are built of other parts than expected")
        self._model, self._keys = model.layers[0], [ORTH, NORM, SPACY]
        self.width = int(model.get_dim("nO"))
        self._known: dict[Key, Vectors] = {}

    def of(self, doc: Any) -> Vectors:
        """A row for each token."""
        keys: list[Key] = list(map(tuple, doc.to_array(self._keys).tolist()))
        try:
            return np.array([self._known[key] for key in keys], dtype=np.float32).reshape(len(keys), self.width)
        except KeyError:
            return self._learned(doc, keys)

    def _learned(self, doc: Any, keys: list[Key]) -> Vectors:
        rows: Vectors = self._model.predict([doc])[0]
        if len(self._known) + len(keys) > _MOST_WORDS:
            self._known = {}
        self._known.update((key, row.copy()) for key, row in zip(keys, rows, strict=True))
        return rows


class _Around:
    """Each word's vector with what its neighbours add, layer after layer."""

    def __init__(self, model: Any) -> None:
        encode = model.layers[1]
        self._layers = [_Layer(layer) for layer in encode.layers[0].layers]
        if encode.attrs["pad"] != len(self._layers):
            raise ValueError("the word vectors have other margins than expected")

    def of(self, rows: Vectors) -> Vectors:
        """Each layer eats one row of the empty margin on either side."""
        margin = len(self._layers)
        found = np.zeros((len(rows) + 2 * margin, rows.shape[1]), dtype=np.float32)
        found[margin : len(rows) + margin] = rows
        for layer in self._layers:
            found = layer.of(found)
        return found


class _Layer:
    """One residual layer: a window of three words, the largest of three linear pieces, then a layer norm."""

    def __init__(self, residual: Any) -> None:
        parts = {part.name: part for part in residual.walk()}
        window, largest, norm = parts["expand_window"], parts["maxout"], parts["layernorm"]
        weights = largest.get_param("W")  # width x pieces x (three words' numbers)
        width, pieces, inputs = weights.shape
        if (window.attrs["window_size"], pieces, inputs) != (1, _PIECES, _WINDOW * width):
            raise ValueError("the word vectors look at other neighbours than expected")
        self._width = width
        self._weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self._bias = np.ascontiguousarray(largest.get_param("b").T).reshape(-1)
        self._gain, self._shift = norm.get_param("G"), norm.get_param("b")
        self._mean = np.full(width, 1 / width, dtype=np.float32)

    def of(self, rows: Vectors) -> Vectors:
        """Two rows fewer: those at the ends have no neighbour."""
        width = self._width
        pieces = np.concatenate((rows[:-2], rows[1:-1], rows[2:]), axis=1) @ self._weights
        pieces += self._bias
        found: Vectors = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        np.maximum(found, pieces[:, 2 * width :], out=found)
        found -= (found @ self._mean)[:, None]
        spread = (found * found) @ self._mean + _TINY
        found *= self._gain / np.sqrt(spread)[:, None]
        found += self._shift
        found += rows[1:-1]
        return found
