"""Ridge regression of a grade on readable traits, and its cross-validation: what the small learned weights share."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FOLDS = 10

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


class Fit(NamedTuple):
    """What a trait adds for each unit of it, what belonging to a group adds, and what both are added to."""

    weights: Matrix
    offsets: Matrix
    base: float


def fitted(
    measured: Matrix, grades: Matrix, ridge: float, smallest: float, groups: Matrix | None = None, held: float = 1.0
) -> Fit:
    """Weights of the traits (rows x traits), each by its spread, which counts as `smallest` at the least.

    `groups` (rows x groups, 0 or 1) get an offset each, held back by their own ridge `held`.
    """
    groups = np.zeros((len(measured), 0)) if groups is None else groups
    mean, spread = measured.mean(axis=0), np.maximum(measured.std(axis=0), smallest)
    every = np.hstack([(measured - mean) / spread, groups])
    count = measured.shape[1]
    penalty = np.diag([ridge] * count + [held] * groups.shape[1])
    solved = np.linalg.solve(every.T @ every + penalty, every.T @ (grades - grades.mean()))
    weights = solved[:count] / spread
    return Fit(weights, solved[count:], float(grades.mean() - mean @ weights))


def cross_validated(messages: Sequence[int], learn: Callable[[Numbers], Callable[[int], float]]) -> Matrix:
    """What each row is worth by weights that have not seen its message; `learn` gets the rows it may see, by number."""
    of_row = np.array(messages)
    worth = np.zeros(len(of_row))
    for seen, unseen in _folds(of_row):
        value = learn(seen)
        for at in unseen.tolist():
            worth[at] = value(at)
    return worth


def _folds(messages: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    fold_of = np.random.default_rng(0).integers(0, FOLDS, int(messages.max()) + 1)
    for fold in range(FOLDS):
        unseen = fold_of[messages] == fold
        yield np.flatnonzero(~unseen), np.flatnonzero(unseen)
