"""Builds the risk head from examples/en/risk.yaml; called by `python -m nlp.train`. Needs scikit-learn.

Of a long message of risk only one window tells of it: a first model, fitted without long ones, says which. Thresholds
are the lowest that keep false alarms on harmless messages within bounds: in cross-validation on the file's own, and on
ordinary sentences of the other heads that the model has not seen, because talk is wider than any one file.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp import rules
from nlp.embedding import Embedding
from nlp.heads import NONE, Head
from nlp.normalise import Normaliser
from nlp.risk_head import CONCERN, CRISIS, LABELS, LOOK_ALIKE, NAME, Weight, weigh, windows

FILE = "examples/en/risk.yaml"
_FOLDS = 5
_STRENGTH = 3.0  # inverse of regularisation, chosen by cross-validation
# False alarms allowed in cross-validation. Look-alikes in the file are hard on purpose.
_ORDINARY, _HARD, _CRISIS, _AGAINST_RULES = 0.003, 0.01, 0.01, 0.001
_UNSEEN = 0.005  # of the other heads' sentences, further from risk; public look-alikes (odd half) asked for so little
_EACH = 6  # every sixth of them is fitted on, the others only ask

Vectors = npt.NDArray[np.float32]


class Message(NamedTuple):
    label: str
    windows: Vectors  # one row each


def examples() -> list[tuple[str, str]]:
    """All messages with their labels. rules.RuleError on an unknown or a missing label."""
    table = rules.load_mapping(FILE, LABELS)
    return [(text, label) for label, lines in table.items() for text in rules.texts(lines, f"{FILE}: {label}")]


def build(embedding: Embedding, normaliser: Normaliser, ordinary: Sequence[str]) -> tuple[dict[str, Any], Any]:
    """Arrays of the head for the weights file, and its cross-validated figures. `ordinary`: more harmless sentences."""

    def message(text: str, label: str) -> Message:
        found = windows(normaliser.normalise(text).text)
        return Message(label, np.stack([embedding.vector(window) for window in found]))

    more = [message(text, NONE) for text in ordinary[::_EACH]]
    unseen = [message(text, NONE) for at, text in enumerate(ordinary) if at % _EACH]
    own = [message(text, label) for text, label in examples()]
    weights = _cross_validated(own, more)
    head = _fitted(own + more)
    thresholds = _thresholds(own, weights, [weigh(head, list(one.windows)).risk for one in unseen])
    arrays = {
        f"{NAME}/labels": np.array(LABELS),
        f"{NAME}/weights": head.weights.astype(np.float16),
        f"{NAME}/bias": head.bias.astype(np.float16),
        f"{NAME}/thresholds": np.array([thresholds[label] for label in LABELS], dtype=np.float32),
    }
    return arrays, _figures(own, weights, thresholds)


def _fitted(messages: Sequence[Message]) -> Head:
    plain = [(row, one.label) for one in messages if not _is_mixed(one) for row in one.windows]
    first = _model(plain)
    return _model(plain + [(_telling(first, one), one.label) for one in messages if _is_mixed(one)])


def _is_mixed(message: Message) -> bool:
    """A long message of risk: most of its windows may be harmless."""
    return len(message.windows) > 1 and message.label in (CONCERN, CRISIS)


def _telling(head: Head, message: Message) -> Vectors:
    """The window of a long message that speaks most of its label."""
    likely = [weigh(head, [row]) for row in message.windows]
    at = int(np.argmax([one.crisis if message.label == CRISIS else one.risk for one in likely]))
    return np.asarray(message.windows[at], dtype=np.float32)


def _model(pairs: Sequence[tuple[Vectors, str]]) -> Head:
    from sklearn.linear_model import LogisticRegression

    truth = np.array([LABELS.index(label) for _, label in pairs])
    model = LogisticRegression(C=_STRENGTH, max_iter=2_000, class_weight="balanced")
    model.fit(np.stack([row for row, _ in pairs]), truth)
    return Head(
        LABELS, model.coef_.astype(np.float32), model.intercept_.astype(np.float32), np.ones(4, dtype=np.float32)
    )


def _cross_validated(own: Sequence[Message], more: Sequence[Message]) -> list[Weight]:
    """What a model that has not seen it holds of each message."""
    from sklearn.model_selection import StratifiedKFold

    found: dict[int, Weight] = {}
    truth = [message.label for message in own]
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(truth, truth):
        head = _fitted([*(own[at] for at in seen), *more])
        found |= {int(at): weigh(head, list(own[at].windows)) for at in unseen}
    return [found[at] for at in range(len(own))]


def _thresholds(own: Sequence[Message], weights: Sequence[Weight], unseen: Sequence[float]) -> dict[str, float]:
    pairs = list(zip(weights, own, strict=True))
    risk = {label: [weight.risk for weight, one in pairs if one.label == label] for label in LABELS}
    crisis = [weight.crisis for weight, one in pairs if one.label in (LOOK_ALIKE, NONE)]
    concern = max(_at(risk[NONE], _ORDINARY), _at(risk[LOOK_ALIKE], _HARD), _at(unseen, _UNSEEN))
    return {
        CONCERN: concern,
        CRISIS: _at(crisis, _CRISIS),
        LOOK_ALIKE: max(concern, _at(risk[NONE] + risk[LOOK_ALIKE], _AGAINST_RULES)),
        NONE: 1.0,
    }


def _at(harmless: Sequence[float], share: float) -> float:
    """The lowest hundredth that at most `share` of the harmless reach."""
    levels = np.arange(0.01, 1.0, 0.01)
    reached = (np.array(harmless)[:, None] >= levels).mean(axis=0)
    return round(float(levels[reached <= share].min(initial=0.99)), 2)


def _figures(own: Sequence[Message], weights: Sequence[Weight], thresholds: dict[str, float]) -> dict[str, Any]:
    each = {}
    for label in LABELS:
        of = [weight for weight, one in zip(weights, own, strict=True) if one.label == label]
        each[label] = {
            "examples": len(of),
            "at_concern": round(sum(one.risk >= thresholds[CONCERN] for one in of) / len(of), 3),
            "at_crisis": round(sum(one.crisis >= thresholds[CRISIS] for one in of) / len(of), 3),
        }
    return {"examples": len(own), "thresholds": thresholds, "labels": each}
