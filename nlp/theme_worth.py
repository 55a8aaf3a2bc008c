"""How well lines about a theme fit the message it was found in: learned, because words alone are wrong too often.

Of lines for themes found by their words, judges held three in ten to be wrong. The worth is a sum over what is measured
of the message and the theme, and an offset for each theme; its weights are learned (nlp.train_themes) from lines that
were judged one by one (examples/en/themes.yaml).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp import rules
from nlp.embedding import Vector
from nlp.labels import GOOD_THEMES, OPEN_THEMES, Mood
from nlp.reading import Finding

WEIGHTS = "weights/themes.json"
VECTORS = "weights/themes.npz"
_SHORT, _LONG = 8, 60  # words
_LONG_SPAN = 10  # words

Matrix = npt.NDArray[np.float32]
Traits = dict[str, float]


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as its themes are measured against it. `value` is its sentiment, `vector` of unit length."""

    text: str
    vector: Vector
    mood: Mood
    value: float


@dataclass(frozen=True, slots=True)
class ThemeWorth:
    weights: Mapping[str, float]
    offsets: Mapping[str, float]  # of each theme
    base: float
    vectors: Mapping[str, Matrix]  # of the messages each theme is meant for, of unit length

    @classmethod
    def load(cls) -> "ThemeWorth":
        """As built. rules.RuleError if a file is missing or damaged."""
        try:
            found: Any = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))
            weights, offsets = (
                {str(name): float(number) for name, number in found[part].items()} for part in ("weights", "offsets")
            )
            base = float(found["base"])
            with rules.data_file(VECTORS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                vectors = {name: stored[name].astype(np.float32) for name in stored.files}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise rules.RuleError(f"{WEIGHTS}: {type(error).__name__}") from error
        if not all(map(math.isfinite, (base, *weights.values(), *offsets.values()))):
            raise rules.RuleError(f"{WEIGHTS}: no number")
        return cls(weights, offsets, base, vectors)

    def weighed(self, themes: Sequence[Finding], heard: Heard) -> tuple[Finding, ...]:
        """`themes`, each with its worth."""
        return tuple(replace(one, worth=round(self.of(one, heard), 3)) for one in themes)

    def of(self, theme: Finding, heard: Heard) -> float:
        found = traits(theme, heard, self.vectors.get(theme.name))
        learned = sum(self.weights.get(name, 0.0) * value for name, value in found.items())
        return self.base + self.offsets.get(theme.name, 0.0) + learned


def traits(theme: Finding, heard: Heard, meant_for: Matrix | None) -> Traits:
    """What the worth of `theme`, found in `heard`, is measured by; `meant_for` are the vectors of its own examples."""
    kind = "good" if theme.name in GOOD_THEMES else "open" if theme.name in OPEN_THEMES else "hard"
    length, words = max(1, len(heard.text)), len(heard.text.split())
    start, end = theme.span
    found = {
        f"{kind}_in_{heard.mood.value}": 1.0,
        "value": heard.value if kind == "good" else -heard.value,
        "strength": abs(heard.value),
        "words": min(words, _LONG) / _LONG,
        "short": float(words < _SHORT),
        "asks": float(heard.text.rstrip().endswith("?")),
        "sure": float(theme.sure),
        "share": (end - start) / length,
        "start": start / length,
        "end": end / length,
        "span": min(len(heard.text[start:end].split()), _LONG_SPAN) / _LONG_SPAN,
    }
    if meant_for is not None and len(meant_for):
        alike = meant_for @ heard.vector
        found |= {"likest": float(alike.max()), "alike": float(alike.mean())}
    return found
