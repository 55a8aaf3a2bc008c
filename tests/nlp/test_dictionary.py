"""The dictionary of the parser's model: real words are known by kind, slips are not."""

import pytest

from nlp.dictionary import Dictionary
from tests.loaded import loaded


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return loaded(Dictionary)


@pytest.mark.parametrize(("base", "kind"), [("clementine", "NOUN"), ("undo", "VERB"), ("lopsided", "ADJ")])
def test_knows_a_word_of_its_kind(dictionary: Dictionary, base: str, kind: str) -> None:
    assert dictionary.knows(base, kind)


@pytest.mark.parametrize(("base", "kind"), [("clementime", "NOUN"), ("undo", "ADV"), ("", "NOUN"), ("teh", "VERB")])
def test_knows_no_slip_and_no_other_kind(dictionary: Dictionary, base: str, kind: str) -> None:
    assert not dictionary.knows(base, kind)


def test_an_empty_one_knows_nothing() -> None:
    assert not Dictionary(()).knows("house", "NOUN")
