from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.settle import Arrival, ready
from tests.bot.telegram.conftest import NOON

arrivals = st.lists(st.tuples(st.floats(min_value=0, max_value=20), st.booleans()), max_size=8)


def at(seconds: float, at_once: bool = False) -> Arrival:
    return Arrival(NOON - timedelta(seconds=seconds), at_once)


def test_waits_three_seconds_after_the_last() -> None:
    assert ready([at(5), at(1)], NOON, 3, 10) == (0, 2.0)
    assert ready([at(5), at(3)], NOON, 3, 10) == (2, 0.0)


def test_waits_ten_seconds_at_most() -> None:
    assert ready([at(9), at(0.5)], NOON, 3, 10) == (0, 1.0)
    assert ready([at(10), at(0.5)], NOON, 3, 10) == (2, 0.0)


def test_what_cannot_wait_takes_those_before_it_along() -> None:
    assert ready([at(1), at(0.5, True), at(0)], NOON, 3, 10) == (2, 0.0)


def test_no_settle_time_answers_all_at_once() -> None:
    assert ready([at(0), at(0)], NOON, 0, 10) == (2, 0.0)


@given(arrivals)
def test_it_always_ends(times: list[tuple[float, bool]]) -> None:
    waiting = [at(seconds, once) for seconds, once in sorted(times, reverse=True)]
    count, wait = ready(waiting, NOON, 3, 10)
    assert 0 <= wait <= 3
    assert (count > 0 or wait > 0) if waiting else (count, wait) == (0, 0)


def test_messages_of_the_future_are_old_ones_seen_by_a_clock_that_was_set_back() -> None:
    hour = timedelta(hours=1)
    assert ready([Arrival(NOON + hour, at_once=False)], NOON, 3.0, 10.0) == (1, 0.0)
    assert ready([Arrival(NOON + timedelta(seconds=1), at_once=False)], NOON, 3.0, 10.0)[0] == 0
