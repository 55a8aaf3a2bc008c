"""What a listener can answer to, and what not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.legible import legible


@pytest.mark.parametrize(
    "text",
    [
        "i feel ok",
        "£600",
        "7:30",
        "about 1,200",
        "3.",
        "hmm",
        "lol",
        "😢",
        ":(",
        "brb",
        "wtf",
        "my boyfriend Bjorn left",
        "look https://example.org this is me",
        "NHS waiting list again",
        "the app says error => and i just want to cry because nothing works for me today",
    ],
)
def test_words_and_faces_are_legible(text: str) -> None:
    assert legible(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "???",
        "12345",
        "https://example.org/a",
        "asdkjhasd kjh",
        "sdfsdf",
        "<script>alert(1)</script>",
        "SELECT * FROM users;",
        "'; DROP TABLE users; --",
        '{"a": [1, 2]}',
        "def f(x): return x + 1",
        "\x00\x01",
        "\ud800",
    ],
)
def test_noise_code_and_markup_are_not(text: str) -> None:
    assert not legible(text, "en")


def test_another_language_is_not_answered_as_if_understood() -> None:
    assert not legible("ich bin traurig", "de")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert legible(text, "en") in (True, False)
