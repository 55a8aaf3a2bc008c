"""The second opinion on risk: a small head over sentence vectors that may raise a tier by one step, and only so far.

Rules and their context carry risk; the head hears paraphrase. It may raise T0 to T1, and T1 to T2 where a rule already
spoke of the person's own life. It never lowers anything, and where the rules heard words of risk that were not meant
(negated, quoted, figurative, of another or long past) it speaks only when it is nearly certain.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nlp.embedding import Vector
from nlp.heads import NONE, Head
from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal, Span

NAME = "risk"
CONCERN, CRISIS, LOOK_ALIKE = "concern", "crisis", "look_alike"
LABELS = (CONCERN, CRISIS, LOOK_ALIKE, NONE)
RULE = "risk.head"

MOST_WORDS = 40  # of one window: one clause in a long message must not be drowned by the rest
_OVERLAP = 10  # words that windows share where there is no stop to cut at
_MOST_WINDOWS = 6  # about 6 ms each; of more, the first and the last are kept
_STOP = re.compile(r"(?<=[.!?])\s+|\n+")
_OWN_LIFE = frozenset(
    (
        Kind.PASSIVE_WISH,
        Kind.HOPELESSNESS,
        Kind.WISH_DEAD,
        Kind.ACTIVE_IDEATION,
        Kind.METHOD_OR_PLAN,
        Kind.INTENT_OR_ATTEMPT_NOW,
        Kind.SELF_HARM,
    )
)


class Weight(NamedTuple):
    """What the head holds of a whole message: the highest of its windows, each 0..1."""

    risk: float  # concern or crisis
    crisis: float


def windows(text: str) -> tuple[str, ...]:
    """`text` itself if short, else pieces of at most MOST_WORDS words, cut at stops where there are any."""
    if len(text.split()) <= MOST_WORDS:
        return (text,)
    pieces: list[list[str]] = [[]]
    for sentence in _STOP.split(text):
        for words in _cut(sentence.split()):
            if len(pieces[-1]) + len(words) > MOST_WORDS:
                pieces.append([])
            pieces[-1] += words
    found = tuple(" ".join(words) for words in pieces if words)
    half = _MOST_WINDOWS // 2
    return found if len(found) <= _MOST_WINDOWS else found[:half] + found[-half:]


def weigh(head: Head, vectors: Sequence[Vector]) -> Weight:
    """The head's opinion of a message given as the vectors of its windows."""
    likely = np.stack([head.probabilities(vector) for vector in vectors])
    crisis = likely[:, head.labels.index(CRISIS)]
    risk = crisis + likely[:, head.labels.index(CONCERN)]
    return Weight(float(risk.max()), float(crisis.max()))


def raised(signals: tuple[Signal, ...], head: Head, weight: Weight, length: int) -> tuple[Signal, ...]:
    """`signals`, with one more over the whole text (of `length` code points) where the head raises their tier."""
    tier = max((signal.tier for signal in signals), default=Tier.T0)
    if tier is Tier.T0 and weight.risk >= _needed(signals, head):
        return (*signals, _signal(Kind.HOPELESSNESS, Tier.T1, length))
    if tier is Tier.T1 and _of_own_life(signals) and weight.crisis >= threshold(head, CRISIS):
        return (*signals, _signal(Kind.ACTIVE_IDEATION, Tier.T2, length))
    return signals


def threshold(head: Head, label: str) -> float:
    """What the head must reach: `concern` for T1, `look_alike` for T1 against the rules, `crisis` for T2."""
    return float(head.thresholds[head.labels.index(label)])


def _needed(signals: Sequence[Signal], head: Head) -> float:
    heard = any(signal.kind is not Kind.UNDERAGE for signal in signals)
    return threshold(head, LOOK_ALIKE if heard else CONCERN)


def _of_own_life(signals: Sequence[Signal]) -> bool:
    return any(signal.tier is Tier.T1 and signal.kind in _OWN_LIFE for signal in signals)


def _signal(kind: Kind, tier: Tier, length: int) -> Signal:
    return Signal(kind, Status.ASSERTED, tier, RULE, Span(0, length))


def _cut(words: list[str]) -> list[list[str]]:
    """A sentence too long for one window, in windows that overlap."""
    if len(words) <= MOST_WORDS:
        return [words]
    step = MOST_WORDS - _OVERLAP
    return [words[at : at + MOST_WORDS] for at in range(0, len(words) - _OVERLAP, step)]
