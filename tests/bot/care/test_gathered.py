"""What a summary holds: recent, each thing once, clear by itself, and nothing bleak once they are calm."""

from hypothesis import given
from hypothesis import strategies as st

from bot.care.gathered import gathered, stands_alone
from bot.care.memory import Memory, Phrase
from nlp.labels import Mood


def remembering(*told: tuple[str, int], turn: int = 9, mood: Mood = Mood.NEGATIVE) -> Memory:
    phrases = [Phrase(text, "clause", at, "") for text, at in told]
    return Memory(turn=turn, session_turn=turn, phrases=phrases, mood=mood.value)


def test_of_near_same_clauses_only_the_last_is_kept() -> None:
    memory = remembering(
        ("you can't sleep at night", 6), ("you can't sleep these nights", 8), ("your rent is going up", 9)
    )
    assert gathered(memory) == ["you can't sleep these nights", "your rent is going up"]


def test_words_that_point_at_what_is_not_there_are_left_out() -> None:
    assert not stands_alone("you are really worried about that")
    assert not stands_alone("you don't know how to do it")
    assert not stands_alone("you miss the garden and you miss the hens")  # where would it end, in a list?
    assert stands_alone("you are really worried about the rent")


def test_what_they_have_moved_away_from_is_not_brought_up() -> None:
    old = (("you can't pay the rent", 2), ("your son won't talk to you", 3))
    assert gathered(remembering(*old, turn=15)) == []
    assert gathered(remembering(*old, turn=7)) == []
    assert len(gathered(remembering(*old, turn=5))) == 2


def test_once_they_are_calm_nothing_bleak_is_gathered() -> None:
    told = (("nothing ever works out for you", 7), ("your sister is visiting you tonight", 8))
    assert gathered(remembering(*told, mood=Mood.POSITIVE)) == ["your sister is visiting you tonight"]
    assert len(gathered(remembering(*told))) == 2


@given(st.lists(st.tuples(st.text("abcdef ", min_size=1, max_size=40), st.integers(1, 12)), max_size=8))
def test_only_what_was_told_comes_back_and_nothing_twice(told: list[tuple[str, int]]) -> None:
    told = [(text, at) for text, at in told if text.split()]
    kept = gathered(remembering(*told, turn=12))
    assert set(kept) <= {text for text, _ in told} and len(kept) == len(set(kept))
