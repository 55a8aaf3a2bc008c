"""How sure a judged figure is: Cohen's kappa of two readers, intervals from resampling, items that stand twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")

AGAIN = "-again"  # after the name of an item that stands on a sheet a second time
TWICE = 20  # of so many items one does
_RESAMPLES = 2000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    hits: int
    of: int


def kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa (1960) of two readings of the same things; 1.0 where both gave one and the same answer to all."""
    if not pairs:
        return 0.0
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[tag] * second[tag] for tag in first) / len(pairs) ** 2
    return 1.0 if chance == 1.0 else (agreed - chance) / (1 - chance)


def with_interval(items: Sequence[Sequence[Pair]], seed: int = 0) -> dict[str, float]:
    """Kappa over the pairs of all items, and its 95 % interval by resampling items."""
    low, high = interval(items, _kappa_of, seed) if items else (0.0, 0.0)
    return {"kappa": round(_kappa_of(items), 3), "low": round(low, 3), "high": round(high, 3)}


def interval(items: Sequence[T], figure: Callable[[Sequence[T]], float], seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of a figure over items, of which there is at least one, by resampling them."""
    random = Random(seed)  # noqa: S311 - a resampling to be repeated
    tries = sorted(figure(random.choices(items, k=len(items))) for _ in range(_RESAMPLES))
    return tries[int(_RESAMPLES * 0.025)], tries[int(_RESAMPLES * 0.975)]


def _kappa_of(items: Sequence[Sequence[Pair]]) -> float:
    return kappa([pair for item in items for pair in item])
