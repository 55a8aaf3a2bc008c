"""No question after "nothing more to say", and none beside one that stands there in other words."""

import pytest

from bot.care.closed import asks_already, closes_it
from nlp.reading import Reading
from responses.model import Part, Technique


@pytest.mark.parametrize(
    "words", ["Nothing more to say about it.", "that's it.", "end of story", "let's leave it at that"]
)
def test_a_subject_that_was_closed(words: str) -> None:
    assert closes_it(Reading(words))


@pytest.mark.parametrize(
    "words", ["there is so much more to say", "that's it, my boss is leaving", "i have nothing to eat"]
)
def test_one_that_was_not(words: str) -> None:
    assert not closes_it(Reading(words))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I wonder how that is for you.", True),
        ("What was it like?", True),
        ("Tell me how you took that.", True),
        ("I'm with you.", False),
    ],
)
def test_a_wondering_is_a_question(text: str, asks: bool) -> None:
    assert asks_already([Part("listening.x", Technique.ACKNOWLEDGEMENT, text)]) is asks
