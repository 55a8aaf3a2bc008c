from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rates import CHAT_BURST, OVERALL, Rates

steps = st.lists(st.tuples(st.integers(1, 5), st.floats(min_value=0, max_value=0.3)), max_size=150)


@given(steps)
def test_limits_are_never_exceeded(asked: list[tuple[int, float]]) -> None:
    """A call takes effect at some moment between leaving and landing."""
    rates, now, left = Rates(), 0.0, []
    for chat, pause in asked:
        now += pause
        if rates.free(now) and chat not in rates.cooling(now):
            rates.left(chat, now)
            left.append((chat, now + pause / 2))
            now += pause
            rates.landed(chat, now)
    for _, start in left:
        assert sum(start <= at < start + 1.0 for _, at in left) <= OVERALL
    for chat in range(1, 6):
        times = [at for c, at in left if c == chat]
        for number, start in enumerate(times):
            span = times[-1] - start
            assert len(times) - number <= CHAT_BURST + span + 1


def test_a_burst_to_one_chat_then_one_a_second() -> None:
    rates = Rates()
    for _ in range(3):
        assert not rates.cooling(0.0)
        rates.left(1, 0.0)
        rates.landed(1, 0.0)
    assert rates.cooling(0.0) == [1]
    assert rates.wait(1, 0.0) == 1.0
    assert rates.next_free(0.4) == 0.6
    assert not rates.cooling(1.0)
    assert rates.wait(2, 0.0) == 0.0


def test_a_429_stops_all_also_with_limits_off() -> None:
    rates = Rates(on=False)
    rates.freeze(5.0)
    assert rates.free(4.0) == 0
    assert rates.next_free(4.0) == 1.0
    assert rates.wait(1, 3.0) == 2.0
    assert rates.free(5.0) > OVERALL


def test_limits_off_is_free() -> None:
    rates = Rates(on=False)
    for _ in range(100):
        rates.left(1, 0.0)
        rates.landed(1, 0.0)
    assert rates.free(0.0) > 100
    assert not rates.cooling(0.0)


def test_a_message_in_the_air_counts() -> None:
    rates = Rates()
    for chat in range(OVERALL):
        rates.left(chat, 0.0)
    assert rates.free(10.0) == 0
    rates.landed(0, 10.0)
    assert rates.free(10.9) == 0
    assert rates.free(11.0) == 1
