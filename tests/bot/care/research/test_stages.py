"""Stages of the same people: no stage taken from another leaves a number from 1 to 10."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bot.care.research.cells import SMALLEST
from bot.care.research.profile import patterns, quasi
from bot.care.research.stages import Item, beside, people, split, tellable


def of(count: int, first: int = 0) -> frozenset[Item]:
    return frozenset((f"P{n}", 1) for n in range(first, first + count))


@st.composite
def courses(draw: st.DrawFn) -> list[frozenset[Item]]:
    """All that rose, and of them those sent, of these those seen, of these those closed: one episode a person."""
    sizes = [draw(st.integers(0, 90))]
    for _ in range(3):
        sizes.append(max(0, sizes[-1] - draw(st.one_of(st.just(0), st.integers(0, 14), st.integers(0, 60)))))
    return [of(size) for size in sizes]


def solved(sizes: list[int], told: list[bool], pair: tuple[int, int]) -> tuple[float, float]:
    """What a linear solver finds for how many more are in one stage than in a later one; each holds the next."""
    within = np.zeros((len(sizes) - 1, len(sizes)))
    for n in range(len(sizes) - 1):
        within[n, n + 1], within[n, n] = 1, -1
    bounds = [(size, size) if fine else (0, None) for size, fine in zip(sizes, told, strict=True)]
    goal = np.zeros(len(sizes))
    goal[pair[0]], goal[pair[1]] = 1, -1
    low, high = (linprog(sign * goal, A_ub=within, b_ub=np.zeros(len(within)), bounds=bounds) for sign in (1, -1))
    return low.fun, np.inf if high.status == 3 else -high.fun


@settings(max_examples=60)
@given(courses())
def test_no_solver_finds_a_small_number_between_two_stages(course: list[frozenset[Item]]) -> None:
    known, *stages = course
    sizes = [len(stage) for stage in course]
    told = [not 0 < sizes[0] < SMALLEST, *tellable(known, stages)]  # a small number of all is hidden where it stands
    for one, other in combinations(range(len(sizes)), 2):
        if 0 < sizes[one] - sizes[other] < SMALLEST:
            low, high = solved(sizes, told, (one, other))
            assert low <= 1 + 1e-6
            assert high >= SMALLEST - 1 - 1e-6


def test_thirty_two_sent_and_thirty_one_seen_are_not_both_told() -> None:
    assert tellable(of(32), [of(32), of(31), of(31)]) == [True, False, False]
    assert tellable(of(60), [of(60), of(45), of(30)]) == [True, True, True]


def test_two_episodes_of_one_person_are_one_person() -> None:
    seen = of(30)
    sent = seen | {(f"P{n}", 2) for n in range(3)}
    assert tellable(sent, [sent, seen]) == [True, False], "33 less 30 episodes, and the same 30 people"


def test_stages_that_are_as_large_and_not_the_same() -> None:
    """Who was closed without being seen: the numbers are the same, the people are not."""
    assert tellable(of(40), [of(30), of(30, first=3)]) == [False, False]
    assert tellable(of(50), [of(30), of(30, first=3)]) == [True, False]


def test_a_share_needs_enough_people_on_both_sides() -> None:
    assert split(of(20), of(40))
    assert split(of(40), of(40))
    assert not split(of(39), of(40))
    assert not split(of(3), of(40))


@given(st.lists(st.integers(0, 60), max_size=8), st.data())
def test_what_is_added_up_elsewhere_leaves_each_hidden_number_open(sizes: list[int], data: st.DataObject) -> None:
    small = [place for place, size in enumerate(sizes) if size]
    hidden = data.draw(st.lists(st.sampled_from(small), unique=True)) if small else []
    found = beside(sizes, hidden)
    assert found >= set(hidden)
    others = set(small) - found
    total = sum(sizes[place] for place in found)
    assert not found or not others or (len(found) > 1 and total - (len(found) - 1) >= SMALLEST)


def test_nothing_more_is_hidden_where_nothing_is() -> None:
    assert beside([4, 90, 70], []) == set()
    assert beside([90, 3, 70, 40], [1]) == {1, 3}


@pytest.mark.parametrize("pattern", patterns(pronouns=True))
def test_a_clock_is_never_kept_without_the_region(pattern: tuple[int, ...]) -> None:
    names = quasi(pronouns=True)
    assert names.index("clock_known") not in pattern or names.index("region") in pattern


def test_a_study_that_did_not_ask_keeps_what_it_kept() -> None:
    asked, plain = patterns(pronouns=True), patterns(pronouns=False)
    place = quasi(pronouns=True).index("pronouns")
    assert [pattern for pattern in asked if place not in pattern] == list(plain)
    assert not any(place in pattern for pattern in plain)


def test_people_are_counted_once() -> None:
    assert people({("P1", 1), ("P1", 2), ("P2", 1)}) == {"P1", "P2"}
