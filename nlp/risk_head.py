"""The second opinion on risk: likeness to known messages of risk may raise a tier, and only so far.

Rules and their context carry risk; the head hears paraphrase. It may raise T0 to T1, and T1 to T2 where a rule already
said T1: a full rule, or a cue, a rule too loose to count alone, whose T1 waits for the head's consent. Where the rules
heard words of risk that were not meant (negated, quoted, figurative, of another or long past) it speaks only when it is
nearly certain.

A frame is looser than a person: what rules heard counts with a second sign, and the head's doubt takes it away. Rules
known to be loose (LOOSE) count only where the head agrees. What is said plainly, that is, what the word floor hears
too, counts whatever the head holds of it; and where there is no head, all that the rules heard counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp import rules
from nlp.embedding import Vector
from nlp.heads import WEIGHTS
from nlp.kernel import Kernel, from_arrays
from nlp.labels import Kind, Status, Tier
from nlp.reading import SUPPOSED, Signal, Span

NAME = "risk"
RULE = SUPPOSED
LOOSE = "rules/en/crisis_loose.yaml"
# Thresholds by what is asked: T1 alone, T1 with a cue, T1 against the rules; T2 with a T1 rule; T2 with a cue, and with
# a cue of illness (the mean of both opinions; health is everyday talk); to let T1 of one rule, T2 or T3 of one, and
# what several rules heard, count; the same
# for one loose rule, and for several of which all are loose.
ALONE, WITH_CUE, AGAINST, CRISIS, CRISIS_WITH_CUE = "alone", "with_cue", "against", "crisis", "crisis_with_cue"
MEDICAL_WITH_CUE = "medical_with_cue"
BEARS_T1, BEARS_T2, BEARS_SEVERAL = "bears_t1", "bears_t2", "bears_several"
BEARS_LOOSE, BEARS_LOOSE_SEVERAL = "bears_loose", "bears_loose_several"
LIMITS = (
    *(ALONE, WITH_CUE, AGAINST, CRISIS, CRISIS_WITH_CUE, MEDICAL_WITH_CUE),
    *(BEARS_T1, BEARS_T2, BEARS_SEVERAL),
    *(BEARS_LOOSE, BEARS_LOOSE_SEVERAL),
)
KINDS = tuple(kind for kind in Kind if kind not in (Kind.UNDERAGE, Kind.PAST))  # columns after risk and crisis

MOST_WORDS = 40  # of one window: one clause in a long message must not be drowned by the rest
_OVERLAP = 10  # words that windows share where there is no stop to cut at
_MOST_WINDOWS = 6  # about 6 ms each; of more, the first and the last are kept
_OF_A_KIND = 0.5  # what the likeliest kind counts beside risk as such; fewer alarms on public lines at the same recall
_STOP = re.compile(r"(?<=[.!?])\s+|\n+")
_OWN_LIFE = frozenset(
    (
        Kind.PASSIVE_WISH,
        Kind.HOPELESSNESS,
        Kind.WISH_DEAD,
        Kind.ACTIVE_IDEATION,
        Kind.METHOD_OR_PLAN,
        Kind.INTENT_OR_ATTEMPT_NOW,
    )
)
# What a message without any cue may be: their own despair, or fear for another ("he has scratches on his arms").
_WITHOUT_CUE = frozenset((Kind.HOPELESSNESS, Kind.THIRD_PARTY))
_TO_T2 = _OWN_LIFE | {
    Kind.SELF_HARM,
    Kind.HARM_TO_OTHERS,
    Kind.ABUSE_OR_DANGER,
    Kind.CHILD_IN_DANGER,
    Kind.MEDICAL_EMERGENCY,
    Kind.PSYCHOSIS_VOICES,
}


class Weight(NamedTuple):
    """What the head holds of a whole message: the highest of its windows, each about -1..1."""

    risk: float  # concern or crisis, and of some kind: what is like risk and like no kind of it is doubtful
    crisis: float
    kinds: Mapping[Kind, float] = {}  # of the window that speaks most of risk


@dataclass(frozen=True, slots=True)
class RiskHead:
    kernel: Kernel
    limits: Mapping[str, float]  # by the names of LIMITS
    loose: frozenset[str] = frozenset()  # ids of rules too often harmless to count without the head

    def weigh(self, vectors: Sequence[Vector], texts: Sequence[str]) -> Weight:
        """The head's opinion of a message given as the vectors and the texts of its windows."""
        scores = np.stack([self.kernel.scores(vector, text) for vector, text in zip(vectors, texts, strict=True)])
        telling = scores[int(scores[:, 0].argmax())]
        kinds: dict[Kind, float] = dict(zip(KINDS, map(float, telling[2:]), strict=True))
        risk = (float(telling[0]) + _OF_A_KIND * max(kinds.values())) / (1 + _OF_A_KIND)
        return Weight(risk, float(scores[:, 1].max()), kinds)

    def judged(
        self, signals: tuple[Signal, ...], weight: Weight, length: int, plain: bool = False
    ) -> tuple[Signal, ...]:
        """`signals` of a text of `length` code points as they count.

        With one more over the whole text where the head raises their tier; at T0 where it does not bear them out and
        nothing was said `plain`ly.
        """
        if not plain and not self._borne_out(signals, weight):
            return tuple(replace(signal, tier=Tier.T0) for signal in signals)
        found = self._more(signals, weight)
        return (*signals, Signal(found[0], Status.ASSERTED, found[1], RULE, Span(0, length))) if found else signals

    def _borne_out(self, signals: Sequence[Signal], weight: Weight) -> bool:
        tier = max((signal.tier for signal in signals), default=Tier.T0)
        if tier is Tier.T0:
            return True
        return weight.risk >= self.limits[self._bar({one.rule for one in signals if one.tier > Tier.T0}, tier)]

    def _bar(self, heard: set[str], tier: Tier) -> str:
        """Which limit what these rules heard together has to reach."""
        several = len(heard) > 1
        if heard <= self.loose:
            return BEARS_LOOSE_SEVERAL if several else BEARS_LOOSE
        return BEARS_SEVERAL if several else BEARS_T1 if tier is Tier.T1 else BEARS_T2

    def _more(self, signals: Sequence[Signal], weight: Weight) -> tuple[Kind, Tier] | None:
        tier = max((signal.tier for signal in signals), default=Tier.T0)
        if tier is Tier.T1:
            return self._second_step(signals, weight)
        return self._first_step(signals, weight) if tier is Tier.T0 else None

    def _second_step(self, signals: Sequence[Signal], weight: Weight) -> tuple[Kind, Tier] | None:
        said = {signal.kind for signal in signals if signal.tier is Tier.T1} & _TO_T2
        if not said or weight.crisis < self.limits[CRISIS]:
            return None
        return _graver(_likeliest(said, weight)), Tier.T2

    def _first_step(self, signals: Sequence[Signal], weight: Weight) -> tuple[Kind, Tier] | None:
        cues = set() if doubted(signals) else cued(signals)
        kind = _likeliest(cues or _WITHOUT_CUE, weight)
        if cues:
            grave = _graver(kind)
            needed = MEDICAL_WITH_CUE if grave is Kind.MEDICAL_EMERGENCY else CRISIS_WITH_CUE
            if (weight.risk + weight.crisis) / 2 >= self.limits[needed]:  # both opinions bear it out
                return grave, Tier.T2
        if weight.risk < self._needed(signals, bool(cues)):
            return None
        return Kind.HOPELESSNESS if kind is Kind.ACTIVE_IDEATION else kind, Tier.T1

    def _needed(self, signals: Sequence[Signal], cue: bool) -> float:
        if doubted(signals):
            return self.limits[AGAINST]
        return self.limits[WITH_CUE if cue else ALONE]


def cued(signals: Iterable[Signal]) -> set[Kind]:
    """Kinds of the signs that were meant and yet have no tier: cues that no other rule bore out."""
    return {
        signal.kind
        for signal in signals
        if signal.status is Status.ASSERTED and signal.tier is Tier.T0 and signal.kind not in (Kind.UNDERAGE, Kind.PAST)
    }


def doubted(signals: Iterable[Signal]) -> bool:
    """Whether the rules heard words of risk that were not meant."""
    return any(signal.status is not Status.ASSERTED for signal in signals)


def load() -> RiskHead:
    """The built head. rules.RuleError if it is missing or damaged."""
    try:
        with rules.data_file(WEIGHTS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            own = [name for name in stored.files if name.startswith(f"{NAME}/")]
            arrays: dict[str, npt.NDArray[Any]] = {name: stored[name] for name in own}
        limits = dict(zip(LIMITS, map(float, arrays[f"{NAME}/thresholds"]), strict=True))
        return RiskHead(from_arrays(arrays, NAME), limits, loose_rules())
    except (OSError, ValueError, KeyError) as error:
        raise rules.RuleError(f"{WEIGHTS}: {type(error).__name__}") from error


def loose_rules() -> frozenset[str]:
    """Ids of the rules that count only where the head agrees. rules.RuleError if the list is wrong."""
    return frozenset(rules.texts(rules.load_mapping(LOOSE, ("loose",), ())["loose"], LOOSE))


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


def _likeliest(kinds: Iterable[Kind], weight: Weight) -> Kind:
    return max(sorted(kinds), key=lambda kind: weight.kinds.get(kind, -1.0))


def _graver(kind: Kind) -> Kind:
    return Kind.ACTIVE_IDEATION if kind in _OWN_LIFE else kind


def _cut(words: list[str]) -> list[list[str]]:
    """A sentence too long for one window, in windows that overlap."""
    if len(words) <= MOST_WORDS:
        return [words]
    step = MOST_WORDS - _OVERLAP
    return [words[at : at + MOST_WORDS] for at in range(0, len(words) - _OVERLAP, step)]
