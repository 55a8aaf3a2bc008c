"""Pieces that every match of a pattern holds."""

import pytest

from nlp.pieces import needed_pieces


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
    assert tuple(piece.strip() for piece in needed_pieces(pattern)) == pieces
