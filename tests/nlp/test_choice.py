"""A choice that is asked about is turned so that it can be said back, and left alone where that would garble it."""

import pytest

from nlp.choice import choice_in
from nlp.reading import Choice


@pytest.mark.parametrize(
    ("text", "way", "said"),
    [
        ("should i tell my mom", "whether", "tell your mom"),
        ("Should I leave Anna?", "whether", "leave Anna"),
        ("do you think i should call my sister?", "whether", "call your sister"),
        ("so shud i text her or wait", "whether", "text her or wait"),
        ("do i take the job in leeds or stay", "whether", "take the job in leeds or stay"),
        ("how do i get my ex back", "how", "get your ex back"),
        ("how can I make her listen?", "how", "make her listen"),
        ("how to forgive myself", "how", "forgive yourself"),
        ("what should i do about my mum", "what", "do about your mum"),
        ("what do i say to her", "what", "say to her"),
    ],
)
def test_turns_a_choice(text: str, way: str, said: str) -> None:
    assert choice_in(text) == Choice(way, said)


@pytest.mark.parametrize(
    "text",
    [
        "what should i do",  # nothing to say back
        "should i tell you",
        "should we move",
        "should i do it",
        "should i have told her what i think when i saw him there",
        "i should tell my mom. she is ill",
        "my mum asked what she should do",
        "how do i know if he loves me",
        "",
    ],
)
def test_leaves_the_rest_alone(text: str) -> None:
    assert choice_in(text) is None
