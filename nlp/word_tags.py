"""The tag of each word, as the model's tagger gives it: one product of matrices, without the walk around it."""

from typing import Any

import numpy as np


class WordTags:
    """Does what `tagger` of a pipeline does, from the word vectors that the step before left with the doc.

    ValueError if the tagger is built otherwise than expected.
    """

    def __init__(self, tagger: Any) -> None:
        layers = [part for part in tagger.model.walk() if part.name == "softmax"]
        if len(layers) != 1 or layers[0].has_dim("nO") is not True:
            raise ValueError("the tagger is built of other parts than expected")
        self._tagger = tagger
        self._weights = np.ascontiguousarray(layers[0].get_param("W").T)
        self._bias = layers[0].get_param("b")

    def __call__(self, doc: Any) -> Any:
        likely = doc.tensor @ self._weights + self._bias
        self._tagger.set_annotations([doc], [likely.argmax(axis=1)])
        return doc
