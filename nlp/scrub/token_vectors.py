"""Vectors of the words of a line, from early layers of the sentence model.

Its last layer speaks of the sentence as a whole; what kind of word one is shows best before that. So the quantised
model is cut after its fourth block and gives three layers for each piece of a word.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp import embedding
from nlp.scrub.kinds import ScrubUnavailableError
from nlp.scrub.line import Word

Matrix = npt.NDArray[np.float32]

LAYERS = ("layer_norm", "layer_norm_4", "layer_norm_8")  # the words alone, after two blocks, after four
SIZE = len(LAYERS) * embedding.SIZE
_AT_ONCE = 60  # words; a longer text is read in parts
_SMALLER = 6.0  # the numbers lie about one then, as the other signs do


class TokenVectors:
    """Reads vectors of words. Texts go nowhere."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._names = {wanted.name for wanted in session.get_inputs()}

    @classmethod
    def load(cls, cache: Path | None = None) -> "TokenVectors":
        """With the quantised model from `cache`, made if missing. ScrubUnavailableError if a package is missing."""
        try:
            model, tokenizer = embedding.parts(cache)
        except embedding.ModelUnavailableError as error:
            raise ScrubUnavailableError(f"scrub needs the sentence model: {error}.") from error
        return cls(_cut(model), tokenizer)

    def of(self, text: str, words: Sequence[Word]) -> Matrix:
        """A row of SIZE numbers for each word; nought for a word that the tokenizer drops."""
        parts = [self._part(text, words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, SIZE), dtype=np.float32)

    def _part(self, text: str, words: Sequence[Word]) -> Matrix:
        first = words[0].start if words[0].at else 0
        encoded = self._tokenizer.encode(text[first : words[-1].end + 1].encode("utf-8", "replace").decode("utf-8"))
        layers = self._session.run(list(LAYERS), embedding.feeds(encoded.ids, self._names))
        pieces = np.concatenate([layer[0] for layer in layers], axis=1)
        rows = np.zeros((len(words), SIZE), dtype=np.float32)
        for row, word in enumerate(words):
            start, end = word.start - first, word.end - first
            own = [at for at, (a, b) in enumerate(encoded.offsets) if a < end and start < b and a < b]
            if own:
                rows[row] = pieces[own].mean(axis=0) / _SMALLER
        return rows


def _cut(model: Path) -> Any:
    """The model up to the last of the layers, with all of them as its outputs."""
    import onnx
    from onnx.utils import Extractor

    whole = onnx.load(str(model))
    for name in LAYERS:
        whole.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    inputs = [wanted.name for wanted in whole.graph.input]
    early = Extractor(whole).extract_model(inputs, list(LAYERS))
    return embedding.session(early.SerializeToString())
