"""Sentiment: direction by clause and whole, with the words of this field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.sentiment import Sentiment
from tests.loaded import loaded

_SENTIMENT = loaded(Sentiment)


@pytest.mark.parametrize(
    "text", ["i feel so alone", "totally drained and numb", "my boyfriend dumped me", "i miss her"]
)
def test_heavy_things_sound_heavy(text: str) -> None:
    assert _SENTIMENT.read(text) < -0.1


@pytest.mark.parametrize("text", ["i'm so proud of her", "such a lovely day", "i feel calmer and hopeful"])
def test_good_things_sound_good(text: str) -> None:
    assert _SENTIMENT.read(text) > 0.3


def test_plain_talk_is_neutral() -> None:
    assert _SENTIMENT.read("i took the bus to the office") == 0.0
    assert _SENTIMENT.read("") == 0.0


def test_a_but_cuts_two_clauses_with_a_mood_each() -> None:
    good, bad = _SENTIMENT.clauses("i love my job but i am exhausted")
    assert good.value > 0 > bad.value


@given(st.text(max_size=200))
def test_it_stays_within_bounds_and_spans_inside_the_text(text: str) -> None:
    assert -1 <= _SENTIMENT.read(text) <= 1
    for clause in _SENTIMENT.clauses(text):
        assert 0 <= clause.span.start < clause.span.end <= len(text)


WORDS = st.sampled_from(["sad", "GREAT!!", "(awful)", ":)", "the", "bus", "very", "not", "kind of", "😀", "no", "wow,"])


@given(st.lists(WORDS | st.text(max_size=6), max_size=8).map(" ".join))
def test_what_is_left_to_no_word_of_the_lexicon_is_what_it_would_say(clause: str) -> None:
    assert _SENTIMENT._value(clause) == _SENTIMENT._vader.polarity_scores(clause)["compound"]
