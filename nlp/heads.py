"""Small linear heads over a sentence vector, in plain numpy, built by `python -m nlp.train` from our own examples.

A head names a label only above that label's own threshold, chosen for precision by cross-validation.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp import rules
from nlp.embedding import Vector

WEIGHTS = "weights/heads.npz"
MANIFEST = "weights/manifest.json"
NONE = "none"  # the class for "nothing of this kind"; never named


def softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Probabilities from scores, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


class Opinion(NamedTuple):
    """What a head holds likely: never more than a second opinion."""

    label: str
    probability: float  # 0..1 among the labels of this head


@dataclass(frozen=True, slots=True)
class Head:
    """One question asked of a vector."""

    labels: tuple[str, ...]
    weights: npt.NDArray[np.float32]  # labels x numbers of a vector
    bias: npt.NDArray[np.float32]
    thresholds: npt.NDArray[np.float32]

    def probabilities(self, vector: Vector) -> npt.NDArray[np.float32]:
        return softmax(self.weights @ vector + self.bias)

    def likeliest(self, vector: Vector) -> Opinion | None:
        """The likeliest label, whatever its threshold; None where that is nothing."""
        likely = self.probabilities(vector)
        at = int(likely.argmax())
        return None if self.labels[at] == NONE else Opinion(self.labels[at], float(likely[at]))

    def read(self, vector: Vector) -> tuple[Opinion, ...]:
        """The labels above their thresholds, likeliest first."""
        likely = self.probabilities(vector)
        named = [
            Opinion(self.labels[at], float(likely[at]))
            for at in np.flatnonzero(likely >= self.thresholds)
            if self.labels[at] != NONE
        ]
        return tuple(sorted(named, key=lambda opinion: -opinion.probability))


def load() -> dict[str, Head]:
    """All heads by name. rules.RuleError if the weights are missing or damaged."""
    try:
        with rules.data_file(WEIGHTS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            names = {name.partition("/")[0] for name in stored.files if name.endswith("/labels")}
            arrays = {name: stored[name] for name in stored.files if name.partition("/")[0] in names}
        return {name: _head(name, arrays) for name in sorted(names)}
    except (OSError, ValueError, KeyError) as error:
        raise rules.RuleError(f"{WEIGHTS}: {type(error).__name__}") from error


def manifest() -> dict[str, Any]:
    """What the weights were built from, and how well they did in cross-validation."""
    found = json.loads(rules.data_file(MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise rules.RuleError(f"{MANIFEST}: a mapping is expected")
    return found


def _head(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> Head:
    return Head(
        labels=tuple(str(label) for label in arrays[f"{name}/labels"]),
        weights=arrays[f"{name}/weights"].astype(np.float32),
        bias=arrays[f"{name}/bias"].astype(np.float32),
        thresholds=arrays[f"{name}/thresholds"].astype(np.float32),
    )
