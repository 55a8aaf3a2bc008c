"""Builds the risk head from examples/en/risk.yaml and risk/*.yaml; called by `python -m nlp.train`.

`risk.yaml` and `risk/harmless.yaml` hold label: [messages]; each other file in risk/ is of one kind and holds crisis
and concern; `risk_plain.yaml` holds the plain statements that are never missed. Of a long message of risk only one
window tells of it: a first fit, without long ones, says which. The limits are written here; cross-validation says what
they cost.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp import kernel, rules
from nlp.crisis import CrisisReader, tier_of
from nlp.embedding import Embedding
from nlp.floor import Floor
from nlp.kernel import Kernel
from nlp.labels import Kind, Tier
from nlp.normalise import Normaliser
from nlp.reading import Signal
from nlp.risk_head import (
    AGAINST,
    ALONE,
    BEARS_LOOSE,
    BEARS_LOOSE_SEVERAL,
    BEARS_SEVERAL,
    BEARS_T1,
    BEARS_T2,
    CRISIS,
    CRISIS_WITH_CUE,
    KINDS,
    LIMITS,
    MEDICAL_WITH_CUE,
    NAME,
    WITH_CUE,
    RiskHead,
    Weight,
    loose_rules,
    windows,
)

FILE = "examples/en/risk.yaml"
FOLDER = "examples/en/risk"
PLAIN = "examples/en/risk_plain.yaml"
CONCERN_LABEL, CRISIS_LABEL, LOOK_ALIKE, NONE = LABELS = ("concern", "crisis", "look_alike", "none")
_RISK = frozenset((CONCERN_LABEL, CRISIS_LABEL))
_FOLDS = 3
_GAMMA, _RIDGE = 1.8, 0.2  # chosen by cross-validation
_ORDINARY_COUNTS = 0.7  # ordinary talk is plentiful; one example bends the fit less
# Chosen by cross-validation over all our own messages and by batches the head had not seen. Lower limits hear more,
# and flag more that only sounds risky.
_LIMITS = {
    ALONE: 0.13,
    WITH_CUE: 0.03,
    AGAINST: 0.85,
    CRISIS: 0.15,
    CRISIS_WITH_CUE: 0.015,
    MEDICAL_WITH_CUE: 0.095,
    BEARS_T1: -0.15,
    BEARS_T2: -0.3,
    BEARS_SEVERAL: -0.48,
    BEARS_LOOSE: -0.05,
    BEARS_LOOSE_SEVERAL: -0.23,
}

Matrix = npt.NDArray[np.float32]


class Message(NamedTuple):
    """A message with its label, the vectors and texts of its windows, the kind it was written for, what the rules heard
    and whether the word floor heard it too."""

    label: str
    windows: Matrix
    texts: tuple[str, ...]
    kind: Kind | None
    heard: tuple[Signal, ...]
    plain: bool


def examples() -> list[tuple[str, str, Kind | None]]:
    """All messages with label and kind. rules.RuleError on an unknown or a missing label."""
    found = _of(FILE, LABELS, None) + _of(f"{FOLDER}/harmless.yaml", (LOOK_ALIKE, NONE), None)
    for name in sorted(entry.name for entry in rules.data_file(FOLDER).iterdir()):
        if name.endswith(".yaml") and name != "harmless.yaml":
            found += _of(f"{FOLDER}/{name}", None, Kind(name.removesuffix(".yaml")))
    known = {text.lower() for text, _, _ in found}
    return found + [row for row in _plain() if row[0].lower() not in known]


def _plain() -> list[tuple[str, str, Kind | None]]:
    """The plain statements, each once; of no kind, because their groups are of several."""
    lines: dict[str, tuple[str, str, Kind | None]] = {}
    for group in rules.load_records(PLAIN, ("kind", "least", "lines")):
        label = CONCERN_LABEL if Tier[group["least"]] is Tier.T1 else CRISIS_LABEL
        for text in rules.texts(group["lines"], f"{PLAIN}: {group['kind']}"):
            lines.setdefault(text.lower(), (text, label, None))
    return list(lines.values())


def _of(name: str, labels: Sequence[str] | None, kind: Kind | None) -> list[tuple[str, str, Kind | None]]:
    table = rules.load_mapping(name, labels or (), _RISK if labels is None else ())
    return [(text, label, kind) for label, lines in table.items() for text in rules.texts(lines, f"{name}: {label}")]


def build(embedding: Embedding, normaliser: Normaliser, ordinary: Sequence[str]) -> tuple[dict[str, Any], Any]:
    """Arrays of the head for the weights file, and its cross-validated figures. `ordinary`: more harmless sentences."""
    reader, floor = CrisisReader.load(), Floor.load()

    def message(text: str, label: str, kind: Kind | None) -> Message:
        texts = windows(normaliser.normalise(text).text)
        vectors = np.stack([embedding.vector(window) for window in texts])
        return Message(label, vectors, texts, kind, reader.read(text), bool(floor.read(text)))

    messages = [message(*one) for one in examples()] + [message(text, NONE, None) for text in ordinary]
    weights = _cross_validated(messages)
    arrays = kernel.to_arrays(_fitted(messages), NAME)
    arrays[f"{NAME}/thresholds"] = np.array([_LIMITS[name] for name in LIMITS], dtype=np.float32)
    return arrays, _figures(messages, weights)


def _fitted(messages: Sequence[Message]) -> Kernel:
    plain = [(one, 0) for one in messages if len(one.texts) == 1]
    plain += [(one, at) for one in messages if len(one.texts) > 1 and one.label not in _RISK for at in _all(one)]
    long = [one for one in messages if len(one.texts) > 1 and one.label in _RISK]
    if not long:
        return _kernel(plain)
    first = RiskHead(_kernel(plain), {})
    return _kernel(plain + [(one, _telling(first, one)) for one in long])


def _all(message: Message) -> range:
    return range(len(message.texts))


def _telling(head: RiskHead, message: Message) -> int:
    """The window of a long message that speaks most of risk."""
    return max(_all(message), key=lambda at: head.weigh([message.windows[at]], message.texts[at : at + 1]).risk)


def _kernel(windows_of: Sequence[tuple[Message, int]]) -> Kernel:
    """Fitted on one window of each message."""
    points = np.stack([one.windows[at] for one, at in windows_of])
    texts = [one.texts[at] for one, at in windows_of]
    columns = [[one.label in _RISK, one.label == CRISIS_LABEL, *_kinds(one)] for one, _ in windows_of]
    counts = np.array([_ORDINARY_COUNTS if one.label == NONE else 1.0 for one, _ in windows_of], dtype=np.float32)
    return kernel.fitted(points, texts, np.where(columns, 1.0, -1.0).astype(np.float32), counts, _GAMMA, _RIDGE)


def _kinds(message: Message) -> list[bool]:
    """Of a message written for no kind: that of the gravest sign the rules heard."""
    kind = message.kind
    if kind is None and message.label in _RISK and message.heard:
        gravest = max(message.heard, key=lambda signal: signal.tier)
        kind = gravest.kind if gravest.tier > Tier.T0 else None
    return [kind is one for one in KINDS]


def _cross_validated(messages: Sequence[Message]) -> list[Weight]:
    """What a head that has not seen it holds of each message."""
    folds = np.random.default_rng(1).integers(0, _FOLDS, len(messages))
    found: list[Weight] = [Weight(0.0, 0.0)] * len(messages)
    for fold in range(_FOLDS):
        head = RiskHead(_fitted([messages[at] for at in np.flatnonzero(folds != fold).tolist()]), {})
        for at in np.flatnonzero(folds == fold).tolist():
            found[at] = head.weigh(list(messages[at].windows), messages[at].texts)
    return found


def _figures(messages: Sequence[Message], weights: Sequence[Weight]) -> dict[str, Any]:
    """Tiers of each label by the rules alone, and with a head that had not seen the message."""
    head = RiskHead(_kernel([(messages[0], 0)]), _LIMITS, loose_rules())
    each: dict[str, Any] = {}
    for label in LABELS:
        of = [(m, w) for m, w in zip(messages, weights, strict=True) if m.label == label]
        alone = [tier_of(m.heard) for m, _ in of]
        both = [tier_of(head.judged(m.heard, w, 1, m.plain)) for m, w in of]
        each[label] = {"examples": len(of), "rules": _shares(alone), "with_head": _shares(both)}
    return {"examples": len(messages), "limits": _LIMITS, "labels": each}


def _shares(tiers: Sequence[Tier]) -> dict[str, float]:
    return {f"at_{tier.name}": round(sum(one >= tier for one in tiers) / len(tiers), 3) for tier in (Tier.T1, Tier.T2)}
