"""Hidden cells: nobody with the totals in hand learns more of one than that it is 1 to 10."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bot.care.research.cells import SMALLEST, hide, hide_row, reach, totalled

COUNT = st.one_of(st.just(0), st.integers(1, 14), st.integers(0, 200))


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return [[draw(COUNT) for _ in range(columns)] for _ in range(rows)]


def equations(whole: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """What every reader knows: rows and columns add up to their totals."""
    rows, columns = len(whole), len(whole[0])
    known = []
    for r in range(rows):
        line = np.zeros((rows, columns))
        line[r, :-1], line[r, -1] = 1, -1
        known.append(line.ravel())
    if rows > 1:
        for c in range(columns):
            line = np.zeros((rows, columns))
            line[:-1, c], line[-1, c] = 1, -1
            known.append(line.ravel())
    return np.array(known), np.zeros(len(known))


def solved(counts: list[list[int]], shown: list[list[int | None]], cell: tuple[int, int]) -> tuple[float, float]:
    """The range that a linear solver finds for a hidden cell."""
    whole = totalled(counts)
    matrix, right = equations(whole)
    bounds = [(1, None) if value is None else (value, value) for row in shown for value in row]
    goal = np.zeros(len(bounds))
    goal[cell[0] * len(shown[0]) + cell[1]] = 1
    low, high = (linprog(sign * goal, A_eq=matrix, b_eq=right, bounds=bounds) for sign in (1, -1))
    return low.fun, np.inf if high.status == 3 else -high.fun


@settings(max_examples=20)
@given(tables())
def test_no_solver_narrows_a_small_cell_down(counts: list[list[int]]) -> None:
    shown, whole = hide(counts), totalled(counts)
    for r, row in enumerate(whole):
        for c, value in enumerate(row):
            assert shown[r][c] in (value, None)
            assert value == 0 or value >= SMALLEST or shown[r][c] is None
            if 0 < value < SMALLEST:
                low, high = solved(counts, shown, (r, c))
                total = c == len(row) - 1 or (r == len(whole) - 1 > 0)
                assert total or low <= 1 + 1e-6
                assert high >= SMALLEST - 1 - 1e-6


@settings(max_examples=20)
@given(tables())
def test_rerouting_finds_the_same_range_as_a_solver(counts: list[list[int]]) -> None:
    shown = hide(counts)
    hidden = {(r, c) for r, row in enumerate(shown) for c, value in enumerate(row) if value is None}
    for cell in sorted(hidden)[:3]:
        low, high = reach(totalled(counts), hidden, cell)
        expected = solved(counts, shown, cell)
        assert (low, np.inf if high is None else high) == pytest.approx(expected, abs=1e-6)


def test_zero_is_shown_and_a_big_table_stays_whole() -> None:
    assert hide([[0, 40], [30, 12]]) == [[0, 40, 40], [30, 12, 42], [30, 52, 82]]


def test_one_small_cell_takes_another_with_it() -> None:
    cells, total = hide_row([100, 50, 3, 20])
    assert cells == [100, 50, None, None]
    assert total == 173


def test_two_small_cells_with_a_telling_total_are_not_enough() -> None:
    """1 + 1 beside a shown total of 102 would say that both are 1."""
    cells, total = hide_row([100, 1, 1])
    assert cells == [None, None, None]
    assert total == 102


def test_a_small_total_is_hidden_too() -> None:
    assert hide_row([2, 0, 1]) == ([None, 0, None], None)


def test_an_empty_row_is_no_trouble() -> None:
    assert hide_row([]) == ([], 0)
