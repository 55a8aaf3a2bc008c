"""Likeness of wording: shared words and pairs, the rare ones above all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.wording import Wording, gathered, pieces, shared

TEXTS = ["i took them all", "he took it badly", "i took them back", "it is all good", "all of it is good"]
WORDING = Wording.of(TEXTS)


def test_pieces_are_words_and_pairs_with_start_and_end() -> None:
    assert pieces("Took them!") == ["^", "took", "them", "!", "$", "^ took", "took them", "them !", "! $"]


def test_only_what_stands_in_two_texts_is_known() -> None:
    assert {"took", "took them", "i took"} <= set(WORDING.places)
    assert not {"badly", "took it"} & set(WORDING.places)
    assert Wording.of(TEXTS[::-1]).places == WORDING.places


def test_a_text_is_most_like_itself_and_more_like_one_that_shares_pairs() -> None:
    alike = shared([WORDING.row(text) for text in TEXTS], len(WORDING.rarity))
    assert np.allclose(np.diag(alike), 1.0, atol=1e-5)
    assert np.allclose(alike, alike.T)
    assert alike[0, 2] > alike[0, 1] > 0


def test_worth_gathered_by_word_is_worth_by_likeness() -> None:
    rows = [WORDING.row(text) for text in TEXTS]
    weights = np.arange(len(TEXTS), dtype=np.float32)[:, None]
    worth = gathered(rows, weights, len(WORDING.rarity))
    by_word = np.array([row.shares @ worth[row.places] for row in rows])
    assert np.allclose(by_word, shared(rows, len(WORDING.rarity)) @ weights, atol=1e-4)


@given(st.text(max_size=80))
def test_any_text_has_a_row_of_length_one_or_none(text: str) -> None:
    row = WORDING.row(text)
    assert len(row.places) == len(row.shares) == len(set(row.places.tolist()))
    assert len(row.shares) == 0 or abs(float(row.shares @ row.shares) - 1) < 1e-4
