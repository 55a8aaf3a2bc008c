"""Normal text keeps the meaning and the way back to the original."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import Normaliser
from tests.loaded import loaded

NORMALISER = loaded(Normaliser)


def read(text: str) -> str:
    return NORMALISER.normalise(text).text


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("im so tired and i cant sleep", "I'm so tired and I can't sleep"),
        ("Dont know what to do", "Don't know what to do"),
        ("I don\u2019t \u201cget\u201d it", 'I don\'t "get" it'),
        ("sooooo goooood", "so good"),
        ("NOOOO", "NO"),
        ("helllp meeee", "help me"),
        ("idk what 2 do bc ur not here", "I don't know what to do because you're not here"),
        ("u r kind n patient", "you are kind and patient"),
        ("its hard, the dog hurt its paw", "it's hard, the dog hurt its paw"),
        ("id rather not", "I'd rather not"),
        ("I lost my id", "I lost my id"),
        ("ill be fine. she is ill", "I'll be fine. she is ill"),
        ("I-I guess, um, it's- it's my fault", "I guess, it's my fault"),
        ("uh huh", "uh huh"),
        ("she left.i cried.did you know", "she left. I cried. did you know"),
        ("yes,i have two", "yes, I have two"),
        ("see shop.example.it/the for more", "see shop.example.it/the for more"),
        ("if I can-- I don't know", "if I can - I don't know"),
        ("yes- the work is hard, on a two- or three-day week", "yes - the work is hard, on a two- or three-day week"),
        ("www.example.org/cant", "www.example.org/cant"),
        ("a\u200bb\u202ec", "abc"),
        ("tab\there\x00now", "tab here now"),
        ("cafe\u0301", "caf\u00e9"),
        ("\uff28\uff45\uff4c\uff50", "Help"),
        ("why!!!!!!!", "why!!!"),
        ("I am an RN", "I am an RN"),
        ("busy rn", "busy right now"),
        ("\U0001f622" * 9, "\U0001f622" * 3),
        ("lone \ud800 half", "lone   half"),
    ],
)
def test_readings(typed: str, normal: str) -> None:
    assert read(typed) == normal


def test_spans_lead_back_to_the_typed_words() -> None:
    typed = "soooo idk\u200b, im SAD"
    normal = NORMALISER.normalise(typed)
    start = normal.text.index("don't")
    span = normal.span(start, start + 5)
    assert typed[span.start : span.end] == "idk"
    start = normal.text.index("SAD")
    assert typed[slice(*normal.span(start, start + 3))] == "SAD"
    assert normal.span(5, 5) == (0, 0)
    assert normal.span(9_000, 9_001) == (0, 0)


def test_endless_runs_are_cut_for_the_readers_behind() -> None:
    assert max(map(len, read("ab" * 500).split())) <= 64
    assert len(read("\U0001f622\U0001f62d" * 500).replace(" ", "")) <= 40


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
CHATTY = st.text(alphabet="im uro4dnt'-\u200b\u0301\u2019.\ud83d\U0001f600", max_size=80)


@given(ANY_TEXT | CHATTY)
def test_any_text_is_normalised_with_offsets_in_range(text: str) -> None:
    normal = NORMALISER.normalise(text)
    assert len(normal.text) == len(normal.offsets) == len(normal.ends)
    assert list(normal.offsets) == sorted(normal.offsets)
    assert list(normal.ends) == sorted(normal.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(normal.offsets, normal.ends, strict=True))
    normal.text.encode("utf-8")


@pytest.mark.parametrize("piece", ["a", "im ", "\u0301", "\ud800", "\u200b", "so\u00f6\u00f6", "i-", "um "])
def test_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    NORMALISER.normalise(text)
    assert time.process_time() - started < 1.0
