"""Folding: one plain spelling, every place mapped back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.crisis.rules import load_spellings
from nlp.fold import Folder, spaced

FOLDER = Folder(*load_spellings())

FOLDED = {
    "I’m going to": "im gonna",
    "I do not want to": "i dont wanna",
    "dieeee": "die",
    "k i l l myself": "kill myself",
    "k1ll my self": "kill myself",
    "su!c!de": "suicide",
    "un-alive": "unalive",
    "ｗａｎｔ to": "wanna",
    "wa\u200bnt to die": "wanna die",
    "tired... so tired": "tired, so tired",
    "s*** happens": "s*** happens",
    "amazing diet": "amazing diet",
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_one_plain_spelling(text: str, folded: str) -> None:
    assert FOLDER.fold(text).text == folded


def test_places_map_back() -> None:
    text = "ok… I am   going to k1ll time"
    folded = FOLDER.fold(text)
    start = folded.text.index("kill")
    assert text[slice(*folded.span(start, start + 4))] == "k1ll"


@given(st.text(max_size=120))
def test_every_place_lies_in_the_original(text: str) -> None:
    folded = FOLDER.fold(text)
    for at in range(len(folded.text)):
        span = folded.span(at, at + 1)
        assert 0 <= span.start <= span.end <= len(text)


def test_a_blank_in_a_rule_stands_for_blanks_and_commas() -> None:
    assert spaced("a b ?c[ x]") == "a[ ,]+b[ ,]*c[ x]"
