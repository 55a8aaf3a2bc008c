"""Pieces that every match of a pattern holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.patterns import expanded
from nlp.pieces import Needs, PieceFinder


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("funeral", ("funeral",)),
        (r"(?:got|was) fired", ("fired",)),
        (r"miscarr\w+", ("miscarr",)),
        (r"\w+ (?:cat|dog)s?", ("cat", "dog")),
        (r"(?:very )?(?:sad|a)", ()),
        (r"\d+", ()),
    ],
)
def test_pieces(pattern: str, pieces: tuple[str, ...]) -> None:
    assert tuple(piece.strip() for piece in Needs().of(pattern)) == pieces


NAMED = {"who": "my {kin}|they", "kin": "mum|dad", "adv": "(?:really )*", "pet": "cats?"}


@pytest.mark.parametrize(
    "pattern",
    [
        "{who} shouted",
        "(?:{who}|{kin})",
        "(?:{kin}|a)",
        "{kin}? is ill",
        "{adv}{pet}",
        "{adv}",
        "{kin}{2} [{]x",
    ],
)
def test_a_named_piece_needs_what_it_would_need_written_out(pattern: str) -> None:
    assert Needs(NAMED).of(pattern) == Needs().of(expanded(pattern, NAMED, "here"))


@given(st.lists(st.text("abc ", min_size=2, max_size=4)), st.text("abc ", max_size=12))
def test_those_present_are_those_that_stand_in_the_text(pieces: list[str], text: str) -> None:
    assert PieceFinder(pieces).present(text) == {piece for piece in pieces if piece in text}
