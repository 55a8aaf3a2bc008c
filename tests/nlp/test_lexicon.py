"""Finding of forms in text: longest first, alternatives, any word, offsets that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.lexicon import Lexicon, words


def found(forms: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    said = words(text)
    hits = Lexicon(forms).find(said)
    return [(text[said[hit.start].start : said[hit.end - 1].end], hit.value) for hit in hits]


def test_the_longest_form_wins() -> None:
    assert found([("let", "a"), ("let down", "b")], "so let down") == [("let down", "b")]


def test_at_one_length_the_last_added_wins() -> None:
    assert found([("blue", "feeling"), ("blue", "not one")], "blue") == [("blue", "not one")]


def test_alternatives_may_be_empty_nested_and_inside_a_word() -> None:
    forms = [("(so|) miss(|ed) (her (a lot|)|him)", "x")]
    for text in ("miss him", "so missed her", "miss her a lot"):
        assert found(forms, text) == [(text, "x")]


def test_an_underscore_stands_for_one_word_but_no_mark() -> None:
    forms = [("talk about _ again", "x")]
    assert found(forms, "talk about dad again") == [("talk about dad again", "x")]
    assert found(forms, "talk about ! again") == []


def test_a_contraction_without_its_apostrophe_is_the_contraction() -> None:
    assert found([("can't sleep", "x")], "I cant sleep") == [("cant sleep", "x")]


def test_a_form_with_an_open_parenthesis_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        Lexicon([("(so sad", "x")])


@given(st.text(max_size=200))
def test_offsets_point_into_the_text(text: str) -> None:
    for word in words(text):
        assert word.raw == text.replace("’", "'")[word.start : word.end]
