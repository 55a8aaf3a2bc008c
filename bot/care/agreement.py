"""How far two readers of the same things agree: Cohen's kappa, with an interval from resampling."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

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
    random = Random(seed)  # noqa: S311 - a resampling to be repeated
    tries = sorted(
        kappa([pair for item in random.choices(items, k=len(items)) for pair in item]) for _ in _tries(items)
    )
    low, high = (tries[int(_RESAMPLES * at)] for at in (0.025, 0.975)) if tries else (0.0, 0.0)
    whole = kappa([pair for item in items for pair in item])
    return {"kappa": round(whole, 3), "low": round(low, 3), "high": round(high, 3)}


def _tries(items: Sequence[Sequence[Pair]]) -> range:
    return range(_RESAMPLES if items else 0)
