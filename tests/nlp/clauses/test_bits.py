"""Brief messages whole: what kind of answer they are, said back turned to "you", or left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clauses import BitReader
from nlp.clauses.bits import KINDS
from tests.loaded import loaded
from tests.nlp.parsing import parse

_READER: BitReader = loaded(BitReader)


def bit(text: str) -> tuple[str, str] | None:
    found = _READER.read(parse(text))
    return (found[0].kind, found[0].text) if found else None


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("since my wife passed", "since", "since your wife passed"),
        ("since march", "since", "since March"),
        ("8 months", "lasting", "8 months"),
        ("On Sundays.", "when", "on Sundays"),
        ("every night", "often", "every night"),
        ("by text", "means", "by text"),
        ("Because of his mother.", "because", "because of his mother"),
        ("my dad", "person", "your dad"),
        ("her new bloke", "person", "her new bloke"),
        ("no one", "nobody", "no one"),
        ("everyone", "everyone", "everyone"),
        ("just me", "alone", "just you"),
        ("worse", "worse", "worse"),
        ("too quiet", "sound", "too quiet"),
        ("the usual", "so_so", "the usual"),
        ("In the kitchen mostly", "place", "in the kitchen"),
        ("A collie. Fourteen years.", "thing", "a collie, fourteen years"),
        ("interview tmrw", "thing", "interview tomorrow"),
        ("they hung up", "told", "they hung up"),
        ("mum says leave him", "told", "your mum says leave him"),
        ("i stammer", "told", "you stammer"),
        ("talking to my dad", "doing", "talking to your dad"),
        ("\N{SMILING FACE WITH TEAR}", "face_sad", "\N{SMILING FACE WITH TEAR}"),
        ("yeah since march i guess", "since", "since March"),
    ],
)
def test_says_a_few_words_back(said: str, kind: str, text: str) -> None:
    assert bit(said) == (kind, text)


@pytest.mark.parametrize(
    "said",
    [
        "i feel stupid",
        "im so lazy",
        "i failed",
        "my fault maybe",
        "i hate it",
        "the pills",
        "a knife",
        "kill myself",
        "want to die",
        "he hit me",
        "she died",
        "you again",
        "is it you?",
        "what",
        "asdf qwer",
        "fucking monday",
        "https://example.org",
        "he moved out and she stayed and then the kids came back",
        "",
        "!!!",
    ],
)
def test_leaves_alone_what_may_not_come_back(said: str) -> None:
    assert bit(said) is None


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_gives_a_known_kind_or_nothing(text: str) -> None:
    found = bit(text)
    assert found is None or found[0] in KINDS


def test_the_finding_stands_where_the_words_are() -> None:
    doc = parse("Well. Since March.")
    (found,) = _READER.read(doc)
    assert doc.text[found.span.start : found.span.end] == "Since March"
