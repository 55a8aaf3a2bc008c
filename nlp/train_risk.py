"""Builds the risk head from examples/en/risk.yaml and risk/*.yaml; called by `python -m nlp.train`.

`risk.yaml` and `risk/harmless.yaml` hold label: [messages]; each other file in risk/ is of one kind and holds crisis
and concern. Of a long message of risk only one window tells of it: a first fit, without long ones, says which. Limits
are the lowest that keep false alarms on harmless messages within bounds in cross-validation, given what the rules
found there.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp import kernel, rules
from nlp.crisis import CrisisReader, tier_of
from nlp.embedding import Embedding
from nlp.kernel import Kernel
from nlp.labels import Kind, Tier
from nlp.normalise import Normaliser
from nlp.reading import Signal
from nlp.risk_head import (
    AGAINST,
    ALONE,
    CRISIS,
    CRISIS_WITH_CUE,
    KINDS,
    LIMITS,
    NAME,
    WITH_CUE,
    RiskHead,
    Weight,
    cued,
    doubted,
    windows,
)

FILE = "examples/en/risk.yaml"
FOLDER = "examples/en/risk"
CONCERN_LABEL, CRISIS_LABEL, LOOK_ALIKE, NONE = LABELS = ("concern", "crisis", "look_alike", "none")
_RISK = frozenset((CONCERN_LABEL, CRISIS_LABEL))
_FOLDS = 5
_GAMMA, _RIDGE = 2.0, 0.2  # chosen by cross-validation
_ORDINARY_COUNTS = 0.5  # ordinary talk is plentiful; one example bends the fit half as much
# False alarms the head may add, of all ordinary talk and of look-alikes, by limit.
_BOUNDS = {
    ALONE: (0.001, 0.004),
    WITH_CUE: (0.004, 0.02),
    AGAINST: (0.0005, 0.004),
    CRISIS: (0.002, 0.01),
    CRISIS_WITH_CUE: (0.002, 0.01),
}
# Whatever cross-validation on our own sentences allows, no less than this: public look-alikes (odd half) asked for it.
_LEAST = {ALONE: 0.9, WITH_CUE: 0.8, AGAINST: 1.0, CRISIS: 0.45, CRISIS_WITH_CUE: 0.6}
_EACH = 3  # every third ordinary sentence is fitted on; all are asked

Matrix = npt.NDArray[np.float32]


class Message(NamedTuple):
    """A message with its label, the vectors of its windows, the kind it was written for, and what the rules heard."""

    label: str
    windows: Matrix
    kind: Kind | None
    heard: tuple[Signal, ...]


def examples() -> list[tuple[str, str, Kind | None]]:
    """All messages with label and kind. rules.RuleError on an unknown or a missing label."""
    found = _of(FILE, LABELS, None) + _of(f"{FOLDER}/harmless.yaml", (LOOK_ALIKE, NONE), None)
    for name in sorted(entry.name for entry in rules.data_file(FOLDER).iterdir()):
        if name.endswith(".yaml") and name != "harmless.yaml":
            found += _of(f"{FOLDER}/{name}", None, Kind(name.removesuffix(".yaml")))
    return found


def _of(name: str, labels: Sequence[str] | None, kind: Kind | None) -> list[tuple[str, str, Kind | None]]:
    table = rules.load_mapping(name, labels or (), _RISK if labels is None else ())
    return [(text, label, kind) for label, lines in table.items() for text in rules.texts(lines, f"{name}: {label}")]


def build(embedding: Embedding, normaliser: Normaliser, ordinary: Sequence[str]) -> tuple[dict[str, Any], Any]:
    """Arrays of the head for the weights file, and its cross-validated figures. `ordinary`: more harmless sentences."""
    reader = CrisisReader.load()

    def message(text: str, label: str, kind: Kind | None) -> Message:
        found = windows(normaliser.normalise(text).text)
        return Message(label, np.stack([embedding.vector(window) for window in found]), kind, reader.read(text))

    own = [message(*one) for one in examples()]
    more = [message(text, NONE, None) for text in ordinary]
    weights = _cross_validated(own, more)
    limits = _limits([*own, *more], weights)
    arrays = kernel.to_arrays(_fitted(own + more[::_EACH]), NAME)
    arrays[f"{NAME}/thresholds"] = np.array([limits[name] for name in LIMITS], dtype=np.float32)
    return arrays, _figures([*own, *more], weights, limits)


def _fitted(messages: Sequence[Message]) -> Kernel:
    plain = [(one.windows[0], one) for one in messages if len(one.windows) == 1]
    plain += [(row, one) for one in messages if len(one.windows) > 1 and one.label not in _RISK for row in one.windows]
    long = [one for one in messages if len(one.windows) > 1 and one.label in _RISK]
    if not long:
        return _kernel(plain)
    first = RiskHead(_kernel(plain), {})
    return _kernel(plain + [(_telling(first, one), one) for one in long])


def _telling(head: RiskHead, message: Message) -> Matrix:
    """The window of a long message that speaks most of risk."""
    return np.asarray(max(message.windows, key=lambda row: head.weigh([row]).risk), dtype=np.float32)


def _kernel(pairs: Sequence[tuple[Matrix, Message]]) -> Kernel:
    points = np.stack([row for row, _ in pairs])
    columns = [[one.label in _RISK, one.label == CRISIS_LABEL, *_kinds(one)] for _, one in pairs]
    counts = np.array([_ORDINARY_COUNTS if one.label == NONE else 1.0 for _, one in pairs], dtype=np.float32)
    return kernel.fitted(points, np.where(columns, 1.0, -1.0).astype(np.float32), counts, _GAMMA, _RIDGE)


def _kinds(message: Message) -> list[bool]:
    """Of a message written for no kind: that of the gravest sign the rules heard."""
    kind = message.kind
    if kind is None and message.label in _RISK and message.heard:
        gravest = max(message.heard, key=lambda signal: signal.tier)
        kind = gravest.kind if gravest.tier > Tier.T0 else None
    return [kind is one for one in KINDS]


def _cross_validated(own: Sequence[Message], more: Sequence[Message]) -> list[Weight]:
    """What a head that has not seen it holds of each message."""
    messages = [*own, *more]
    folds = np.random.default_rng(1).integers(0, _FOLDS, len(messages))
    fit = np.array([at < len(own) or (at - len(own)) % _EACH == 0 for at in range(len(messages))])
    found: list[Weight] = [Weight(0.0, 0.0)] * len(messages)
    for fold in range(_FOLDS):
        head = RiskHead(_fitted([messages[at] for at in np.flatnonzero((folds != fold) & fit)]), {})
        for at in np.flatnonzero(folds == fold):
            found[at] = head.weigh(list(messages[at].windows))
    return found


def _limits(messages: Sequence[Message], weights: Sequence[Weight]) -> dict[str, float]:
    pairs = list(zip(messages, weights, strict=True))

    def least(name: str, counts: Callable[[Message], bool], crisis: bool) -> float:
        by_label = [
            _at([w.crisis if crisis else w.risk for m, w in pairs if m.label == label and counts(m)], share, total)
            for label, share in zip((NONE, LOOK_ALIKE), _BOUNDS[name], strict=True)
            if (total := sum(m.label == label for m, _ in pairs))
        ]
        return max(by_label)

    def calm(m: Message) -> bool:
        return tier_of(m.heard) is Tier.T0

    def cue_only(m: Message) -> bool:
        return bool(cued(m.heard)) and not doubted(m.heard)

    found = {
        ALONE: least(ALONE, calm, crisis=False),
        WITH_CUE: least(WITH_CUE, lambda m: calm(m) and cue_only(m), crisis=False),
        AGAINST: least(AGAINST, lambda m: calm(m) and doubted(m.heard), crisis=False),
        CRISIS: least(CRISIS, lambda m: tier_of(m.heard) is Tier.T1 or calm(m), crisis=True),
        CRISIS_WITH_CUE: least(CRISIS_WITH_CUE, lambda m: calm(m) and cue_only(m), crisis=True),
    }
    return {name: max(limit, _LEAST[name]) for name, limit in found.items()}


def _at(scores: Sequence[float], share: float, total: int) -> float:
    """The lowest hundredth that at most `share` of `total` messages reach."""
    levels = np.arange(-0.9, 1.5, 0.01)
    reached = (np.array(scores, dtype=np.float64)[:, None] >= levels).sum(axis=0) if scores else np.zeros(len(levels))
    return round(float(levels[reached <= share * total].min(initial=1.5)), 2)


def _figures(messages: Sequence[Message], weights: Sequence[Weight], limits: dict[str, float]) -> dict[str, Any]:
    """Tiers of each label by the rules alone, and with a head that had not seen the message."""
    head = RiskHead(_kernel([(messages[0].windows[0], messages[0])]), limits)
    each: dict[str, Any] = {}
    for label in LABELS:
        of = [(m, w) for m, w in zip(messages, weights, strict=True) if m.label == label]
        alone = [tier_of(m.heard) for m, _ in of]
        both = [tier_of(head.raised(m.heard, w, 1)) for m, w in of]
        each[label] = {"examples": len(of), "rules": _shares(alone), "with_head": _shares(both)}
    return {"examples": len(messages), "limits": limits, "labels": each}


def _shares(tiers: Sequence[Tier]) -> dict[str, float]:
    return {f"at_{tier.name}": round(sum(one >= tier for one in tiers) / len(tiers), 3) for tier in (Tier.T1, Tier.T2)}
