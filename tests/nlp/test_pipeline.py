"""The quick parser says what the library's own way says, word for word."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.pipeline import MODEL, Parser
from nlp.word_kinds import WordKinds
from nlp.word_tags import WordTags
from tests.nlp.parsing import _parser

LINES = (Path(__file__).parents[1] / "bench" / "lines.txt").read_text(encoding="utf-8").splitlines()
PAIRS = [
    "she let's me down but I ain't gonna cry",
    "there's no one, there are two of us",
    "y'all got ta go, c'mon",
    "let 's see. I can't, I won't, I'd have had to",
    "What   a\n\nday :( ...",
    "it's hers; its own. i did, i'd do it, i do not",
    "nothin' doin' with somethin' ol'",
    "",
    " ",
]
WORDS = sorted({word for line in LINES for word in line.split()})


@cache
def slow() -> Any:
    return spacy.load(MODEL, exclude=["ner", "senter"])


def seen(doc: Any) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.whitespace_) for t in doc]


@pytest.mark.parametrize("line", [*LINES[::8], *PAIRS])
def test_the_quick_way_parses_as_the_slow_one(line: str) -> None:
    assert seen(_parser()(line)) == seen(slow()(line))
    assert seen(_parser()(line)) == seen(slow()(line)), "and once more, now that its words are remembered"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "got", "ta", "let", "'s", "there", "ai", "n't", "\n", "."]), max_size=30))
def test_any_words_are_parsed_alike(words: list[str]) -> None:
    text = " ".join(words)
    assert seen(_parser()(text)) == seen(slow()(text))


def test_several_parsed_together_are_parsed_as_each_alone() -> None:
    texts = [*PAIRS, *LINES[3::16]]
    for at in range(0, len(texts), 5):
        together = _parser().pipe(texts[at : at + 5])
        assert [seen(doc) for doc in together] == [seen(slow()(text)) for text in texts[at : at + 5]]
        for doc, text in zip(together, texts[at:], strict=False):
            np.testing.assert_allclose(doc.tensor, _parser()(text).tensor, atol=1e-5)


def test_the_quick_way_is_the_one_taken() -> None:
    assert isinstance(_parser(), Parser)


def test_word_vectors_are_those_of_the_model() -> None:
    for line in LINES[:40]:
        np.testing.assert_allclose(_parser()(line).tensor, slow()(line).tensor, atol=1e-5)


def test_a_ruler_that_looks_further_is_not_taken_over() -> None:
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "so"}, {"LOWER": "low"}]], {"LEMMA": "low"}, 1)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="further"):
        WordKinds(ruler, None)


def test_a_tagger_built_otherwise_is_not_taken_over() -> None:
    with pytest.raises(ValueError, match="other parts"):
        WordTags(spacy.blank("en").add_pipe("tagger"))  # not one label yet
