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


def test_alternatives_of_a_whole_pattern_have_pieces_of_their_own() -> None:
    dog, cat = (frozenset({"my dog"}),), (frozenset({"the "}), frozenset({"cat"}))
    assert Needs().ways("my dog|the (?:big )?cat") == (dog, cat)
    assert Needs().ways(r"(?:my dog|\d+)") == (dog, ())


@pytest.mark.parametrize(
    "pattern", ["(?:no|never) more|(?:sad|low)(?:er)? days?", "my {kin}|[0-9]x", "(?:{kin} (?:is|was) )?ill"]
)
@given(data=st.data())
def test_no_match_lacks_the_pieces_of_a_way(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(expanded(pattern, NAMED, "here"), fullmatch=True))
    assert any(all(any(piece in text for piece in one) for one in way) for way in Needs(NAMED).ways(pattern))


@given(st.lists(st.text("abc ", min_size=2, max_size=4)), st.text("abc ", max_size=12))
def test_those_present_are_those_that_stand_in_the_text(pieces: list[str], text: str) -> None:
    assert PieceFinder(pieces).present(text) == {piece for piece in pieces if piece in text}
