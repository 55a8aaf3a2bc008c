"""Ridge regression finds what a grade was made of, and cross-validation shows no row to its own weights."""

from collections.abc import Callable

import numpy as np
import pytest

from nlp.ridge import Numbers, cross_validated, fitted


def test_it_finds_weights_offsets_and_base() -> None:
    rng = np.random.default_rng(1)
    measured = rng.random((400, 2))
    groups = np.eye(2)[rng.integers(0, 2, 400)]
    grades = 3.0 * measured[:, 0] + groups @ [0.5, -0.5] + 1.0
    fit = fitted(measured, grades, 0.01, 0.05, groups, 0.01)
    assert fit.weights == pytest.approx([3.0, 0.0], abs=0.01)
    assert fit.offsets[0] - fit.offsets[1] == pytest.approx(1.0, abs=0.01)
    assert fit.base + fit.offsets.mean() == pytest.approx(1.0, abs=0.02)


def test_no_row_is_valued_by_what_saw_its_message() -> None:
    messages = [number // 3 for number in range(90)]

    def learn(seen: Numbers) -> Callable[[int], float]:
        known = {messages[at] for at in seen.tolist()}
        return lambda at: float(messages[at] in known)

    assert cross_validated(messages, learn).tolist() == [0.0] * 90
