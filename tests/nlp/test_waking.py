"""Patterns are looked at only where what they need stands."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.waking import Waking

PIECES = st.frozensets(st.text("abc ", min_size=2, max_size=4), min_size=1, max_size=3)
WAYS = st.lists(st.lists(PIECES, max_size=3).map(tuple), max_size=3)


def test_every_clause_of_one_way_must_stand_there() -> None:
    two = ((frozenset({"rain", "snow"}), frozenset({"late"})), (frozenset({"flood"}),))
    waking = Waking([two, ()])
    assert waking.places("late because of the rain") == [0, 1]
    assert waking.places("a flood") == [0, 1]
    assert waking.places("it rained") == [1]


@given(st.lists(WAYS, max_size=4), st.text("abc ", max_size=14))
def test_those_awake_are_those_of_which_a_way_is_open(
    patterns: list[list[tuple[frozenset[str], ...]]], text: str
) -> None:
    def open_to(way: tuple[frozenset[str], ...]) -> bool:
        return all(any(piece in text for piece in clause) for clause in way)

    expected = [place for place, ways in enumerate(patterns) if not ways or any(map(open_to, ways))]
    assert Waking(patterns).places(text) == expected
