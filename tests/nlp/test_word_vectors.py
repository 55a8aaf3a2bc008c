"""The quick word vectors: what they remember is bounded, and a text that overflows it is read all the same."""

import numpy as np
import pytest

from nlp import pipeline, word_vectors


def test_a_text_that_overflows_what_is_remembered_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words known until then were emptied away under the text that needed them, and it was not read at all."""
    import spacy

    model = spacy.load(pipeline.MODEL, exclude=["ner", "senter", "parser", "attribute_ruler", "lemmatizer"])
    texts = ["one two three four five six", "six seven eight one two three", "nine ten one two"]
    expected = [model(text).tensor for text in texts]
    monkeypatch.setattr(word_vectors, "_MOST_WORDS", 7)
    word_vectors.quicken(model.get_pipe("tok2vec"))
    for _ in range(2):
        for text, rows in zip(texts, expected, strict=True):
            assert np.allclose(model(text).tensor, rows, atol=1e-4)
