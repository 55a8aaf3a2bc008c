"""Ridge regression over likeness: it learns what is alike, and survives being stored in few bits."""

import tracemalloc

import numpy as np
import pytest

from nlp import kernel

RNG = np.random.default_rng(3)


def _unit(rows: int) -> kernel.Matrix:
    points = RNG.normal(size=(rows, 8)).astype(np.float32)
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), dtype=np.float32)


def test_it_calls_two_opposite_corners_the_same_which_no_straight_line_can() -> None:
    corners = np.eye(8, dtype=np.float32)[:4]
    targets = np.array([[1.0], [-1.0], [1.0], [-1.0]], dtype=np.float32)
    made = kernel.fitted(corners, ["a"] * 4, targets, np.ones(4, dtype=np.float32), gamma=3.0, ridge=0.01)
    assert [bool(made.scores(corner, "")[0] > 0) for corner in corners] == [True, False, True, False]


def test_a_heavier_example_pulls_harder() -> None:
    points = np.stack([np.eye(8, dtype=np.float32)[0]] * 2)
    targets = np.array([[1.0], [-1.0]], dtype=np.float32)
    made = kernel.fitted(points, ["a", "b"], targets, np.array([3.0, 1.0], dtype=np.float32), gamma=1.0, ridge=0.5)
    assert made.scores(points[0], "")[0] > 0


def test_stored_in_few_bits_it_scores_nearly_the_same() -> None:
    points = _unit(40)
    targets = np.sign(points[:, :1])
    texts = [f"took {number % 7} of them" for number in range(40)]
    made = kernel.fitted(points, texts, targets, np.ones(40, dtype=np.float32), gamma=2.0, ridge=0.2)
    again = kernel.from_arrays({k: np.asarray(v) for k, v in kernel.to_arrays(made, "x").items()}, "x")
    asked = [(one, text) for one in _unit(20) for text in ("took 3 of them", "nothing known", "")]
    assert max(abs(float(made.scores(*one)[0] - again.scores(*one)[0])) for one in asked) < 0.05


def test_points_take_hardly_more_memory_while_they_are_loaded_than_afterwards() -> None:
    points = np.eye(384, dtype=np.float32)[np.arange(4_000) % 384]
    made = kernel.Kernel(points, points[:, :1], np.zeros(1, np.float32), 1.0, kernel.Wording.of([]), points[:0, :1])
    arrays = {name: np.asarray(value) for name, value in kernel.to_arrays(made, "x").items()}
    tracemalloc.start()
    again = kernel.from_arrays(arrays, "x")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert np.allclose(again.points, points, atol=1e-6)
    assert most < 1.3 * points.nbytes


def test_of_two_texts_of_the_same_meaning_the_wording_decides() -> None:
    points = np.stack([np.eye(8, dtype=np.float32)[0]] * 4)
    texts = ["took them all", "took them all now", "took it badly", "took it badly again"]
    targets = np.array([[1.0], [1.0], [-1.0], [-1.0]], dtype=np.float32)
    made = kernel.fitted(points, texts, targets, np.ones(4, dtype=np.float32), gamma=2.0, ridge=0.2)
    assert made.scores(points[0], "i took them all")[0] > 0.2 > -0.2 > made.scores(points[0], "he took it badly")[0]


def test_a_vocabulary_that_does_not_fit_its_worth_is_refused() -> None:
    made = kernel.fitted(
        _unit(2), ["a b", "a b"], np.ones((2, 1), dtype=np.float32), np.ones(2, dtype=np.float32), 2.0, 0.2
    )
    arrays = {name: np.asarray(value) for name, value in kernel.to_arrays(made, "x").items()}
    with pytest.raises(ValueError, match="words"):
        kernel.from_arrays(arrays | {"x/worth": arrays["x/worth"][:-1]}, "x")


def test_likeness_is_one_to_oneself_and_less_to_others() -> None:
    points = _unit(5)
    found = kernel.likeness(points, points, 2.0)
    assert np.allclose(np.diag(found), 1.0, atol=1e-5)
    assert (found <= 1.0 + 1e-5).all()
