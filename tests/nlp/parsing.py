"""One parser for the tests of single readers, loaded on first use."""

from functools import cache
from typing import Any

from nlp.normalise import Normaliser
from nlp.pipeline import load
from tests.loaded import loaded


@cache
def _parser() -> Any:
    return load()


@cache
def _normaliser() -> Normaliser:
    return loaded(Normaliser)


def parse(text: str) -> Any:
    """The parsed normal form of `text`, as the ear hands it to its readers."""
    return _parser()(_normaliser().normalise(text).text)
