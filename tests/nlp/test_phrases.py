"""Noun phrases for slots: people and things of the client's, turned, short and harmless."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.phrases import PhraseReader
from tests.loaded import loaded
from tests.nlp.parsing import parse

_READER = loaded(PhraseReader)


def phrases(text: str) -> list[tuple[str, str]]:
    return [(phrase.text, phrase.what) for phrase in _READER.read(parse(text))]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("my mum rang about the wedding", [("your mum", "person"), ("the wedding", "thing")]),
        ("had a row with my older sister", [("your older sister", "person")]),
        ("i'm dreading the interview", [("the interview", "thing")]),
        ("my maths exam is on friday", [("your maths exam", "thing")]),
        ("dad isn't speaking to me", [("your dad", "person")]),
        ("this move is hard", [("this move", "thing")]),
    ],
)
def test_names_people_and_things(said: str, found: list[tuple[str, str]]) -> None:
    assert phrases(said) == found


@pytest.mark.parametrize(
    "said",
    [
        "his mum was there",
        "my body hurts",
        "it was the end of the day",
        "my pills are in the drawer",
        "my ex-wife's car",
    ],
)
def test_leaves_out_what_must_not_or_need_not_come_back(said: str) -> None:
    assert not {text for text, _ in phrases(said)} - {"the drawer"}


def test_people_come_first_and_what_is_named_twice_before_all() -> None:
    assert phrases("the move, the move, my mum hates the move")[0] == ("the move", "thing")
    assert phrases("the wedding is what my mum wants")[0] == ("your mum", "person")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_few_short_phrases(text: str) -> None:
    found = _READER.read(parse(f"my mum {text} the interview"))
    assert len(found) <= 4
    assert all(len(phrase.text.split()) <= 4 and phrase.what in ("person", "thing") for phrase in found)


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("My dog Rex died on Tuesday.", ["your dog"]),
        ("she worries since my wife, Margaret, died two years ago", ["your wife"]),
        ("i lost my mum in may", ["your mum"]),
        ("my late husband loved it", ["your late husband"]),
        ("my gran passed away last year and my sister is sad", ["your gran"]),
        ("my cat was put down on monday", ["your cat"]),
        ("my brother didn't die, he is fine", []),
        ("my dad passed the salt", []),
        ("i lost my keys and my mum shouted", []),
        ("my phone died", []),
    ],
)
def test_knows_who_is_told_to_have_died(said: str, gone: list[str]) -> None:
    assert [phrase.text for phrase in _READER.read(parse(said)) if phrase.gone] == gone
