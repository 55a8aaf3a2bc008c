"""Builds the heads from our own example sentences: `python -m nlp.train`. Needs scikit-learn, which only makers need.

Example files hold `label: [sentences]`; `none` holds sentences that are of no label. Each head is a logistic
regression over sentence vectors; the threshold of each label is the lowest that kept its precision in
cross-validation. Weights are rounded to 16 bits, and the same examples give the same file.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp import labels, risk_head, rules, train_risk, train_said_back, train_themes
from nlp.embedding import MODEL_SHA256, Embedding
from nlp.heads import MANIFEST, NONE, WEIGHTS
from nlp.labels import GOOD_SITUATIONS, OPEN_SITUATIONS
from nlp.normalise import Normaliser
from nlp.opinions import HEADS

FOLDER = "examples/en"
WANTED_PRECISION = {"situations": 0.75, "feelings": 0.7, "acts": 0.85, "self_talk": 0.75, "mood": 0.8}
_FOLDS = 5
_STRENGTH = 12.0  # inverse of regularisation, chosen by cross-validation
_LOWEST, _HIGHEST = 0.2, 0.95  # thresholds lie between
# Acts whose direction the label does not tell.
_COLOURED = frozenset("complaint compliment thanks apology laughter off_limits".split())
# Situations whose sentences are often good news, or speak of oneself: no examples of "nothing" for acts and self-talk.
_NEWS = GOOD_SITUATIONS | {"new_job", "exams", "job_interview", "becoming_parent", "helping_someone", "decision"}
_ABOUT_SELF = frozenset(
    "self_doubt perfectionism procrastination feeling_behind mistake_made regretted_past apology_owed temper "
    "body_image embarrassment parenting bad_grade weight_and_food past_trauma cheating".split()
)
# Situations whose sentences may sound like risk by themselves.
_NEAR_RISK = frozenset("past_trauma feeling_empty weight_and_food death_of_loved_one seeking_help".split())
_ASKS_NOTHING = "asks_nothing"  # sentences of none.yaml that are no act
_LEAN = 6.0  # examples' worth of the overall precision in that of one label
_EACH = 3  # every third sentence of the situations is enough

Vectors = npt.NDArray[np.float32]
Examples = list[tuple[str, str]]  # sentence, label


def sources() -> dict[str, str]:
    """sha256 of each example file of these heads, by name."""
    folder = Path(str(rules.data_file(FOLDER)))
    every = {path.relative_to(folder.parent.parent).as_posix(): path for path in sorted(folder.rglob("*.yaml"))}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in every.items()
        if name not in (train_said_back.FILE, train_themes.FILE)  # built by themselves, into files of their own
    }


def examples(head: str) -> Examples:
    """All sentences of one head with their labels. rules.RuleError on an unknown label or a sentence twice."""
    if head == "mood":
        return _mood_examples()
    found = _own_examples(head) + [(text, NONE) for text in _nothing(head)]
    seen = Counter(text.lower() for text, _ in found)
    text, times = seen.most_common(1)[0]
    if times > 1:
        raise rules.RuleError(f"{FOLDER}/{head}: twice: {text}")
    return found


def _own_examples(head: str) -> Examples:
    found: Examples = []
    for name in sorted(sources()):
        if name.removeprefix(f"{FOLDER}/").removesuffix(".yaml").partition("/")[0] == head:
            table = rules.load_mapping(name)
            rules.check_labels(table, HEADS[head], name)
            found += [
                (text, label) for label, lines in table.items() for text in rules.texts(lines, f"{name}: {label}")
            ]
    return found


def _nothing(head: str) -> list[str]:
    """Sentences that are of no label of this head."""
    nothing = rules.load_mapping(f"{FOLDER}/none.yaml", [NONE, _ASKS_NOTHING])
    if head == "acts":
        told = [text for text, label in _own_examples("situations") if label not in _NEWS]
        return [*rules.texts(nothing[_ASKS_NOTHING], _ASKS_NOTHING), *told[::_EACH]]
    lines = list(rules.texts(nothing[NONE], NONE))
    if head == "self_talk":
        lines += [text for text, label in _own_examples("situations") if label not in _ABOUT_SELF | _NEWS][::_EACH]
    return lines


def _harmless() -> list[str]:
    """Ordinary sentences of the other heads, beside the risk head's own."""
    situations = [text for text, label in _own_examples("situations") if label not in _NEAR_RISK]
    return _nothing("feelings") + situations


def _mood_examples() -> Examples:
    """Directions, from the labels of the other heads; of acts only those that carry none by themselves."""
    feelings = [(text, _mood_of(label, labels.NEGATIVE_FEELINGS)) for text, label in examples("feelings")]
    situations = [
        (text, "positive" if label in GOOD_SITUATIONS else "negative")
        for text, label in _own_examples("situations")
        if label not in OPEN_SITUATIONS
    ]
    acts = [
        (text, "positive" if label == "good_news" else "neutral")
        for text, label in _own_examples("acts")
        if label not in _COLOURED
    ]
    return list(dict(feelings + situations + acts).items())


def _mood_of(label: str, negative: frozenset[str]) -> str:
    return "neutral" if label == NONE else "negative" if label in negative else "positive"


def build(head: str, embedding: Embedding, normaliser: Normaliser) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arrays of one head for the weights file, and its cross-validated figures."""
    pairs = examples(head)
    vectors = np.stack([embedding.vector(normaliser.normalise(text).text) for text, _ in pairs])
    names = sorted({label for _, label in pairs})
    truth = np.array([names.index(label) for _, label in pairs])
    likely = _cross_validated(vectors, truth)
    thresholds = _thresholds(likely, truth, names, WANTED_PRECISION[head])
    model = _fitted(vectors, truth)
    arrays = {
        f"{head}/labels": np.array(names),
        f"{head}/weights": model.coef_.astype(np.float16),
        f"{head}/bias": model.intercept_.astype(np.float16),
        f"{head}/thresholds": thresholds,
    }
    return arrays, _figures(likely, truth, names, thresholds)


def _fitted(vectors: Vectors, truth: npt.NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=2_000, class_weight="balanced").fit(vectors, truth)


def _cross_validated(vectors: Vectors, truth: npt.NDArray[Any]) -> Vectors:
    """The likelihood of each label for each example, by a model that has not seen it."""
    from sklearn.model_selection import StratifiedKFold

    likely = np.zeros((len(truth), int(truth.max()) + 1), dtype=np.float32)
    for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(vectors, truth):
        likely[unseen] = _fitted(vectors[seen], truth[seen]).predict_proba(vectors[unseen])
    return likely


def _thresholds(likely: Vectors, truth: npt.NDArray[Any], names: Sequence[str], wanted: float) -> Vectors:
    """For each label the lowest threshold that gives the wanted precision.

    A label has few examples, so its own precision is leaned towards that of all labels at the same level.
    """
    levels = np.arange(_HIGHEST, _LOWEST - 0.001, -0.025)
    true = np.eye(len(names), dtype=bool)[truth]
    thresholds = np.full(len(names), _HIGHEST, dtype=np.float32)
    real = np.array([name != NONE for name in names])
    for level in levels:
        named = (likely >= level) & real
        right, all_named = (named & true).sum(axis=0), named.sum(axis=0)
        overall = right.sum() / all_named.sum() if all_named.any() else 1.0
        precision = (right + _LEAN * overall) / (all_named + _LEAN)
        thresholds[real & (precision >= wanted)] = level
    return thresholds


def _figures(likely: Vectors, truth: npt.NDArray[Any], names: Sequence[str], thresholds: Vectors) -> dict[str, Any]:
    named = likely >= thresholds
    each = {}
    for at, name in enumerate(names):
        true = truth == at
        hits = int((named[:, at] & true).sum())
        each[name] = {"examples": int(true.sum()), "named": int(named[:, at].sum()), "right": hits}
    real = [one for name, one in each.items() if name != NONE]
    right, all_named, all_true = (sum(one[key] for one in real) for key in ("right", "named", "examples"))
    return {
        "precision": round(right / max(all_named, 1), 3),
        "recall": round(right / max(all_true, 1), 3),
        "likeliest_right": round(float((likely.argmax(axis=1) == truth).mean()), 3),
        "examples": len(truth),
        "labels": each,
    }


def main(cache: Path | None = None) -> Mapping[str, Any]:
    """Builds and writes all heads; says the figures on stderr."""
    embedding, normaliser = Embedding.load(cache), Normaliser.load()
    arrays: dict[str, Any] = {}
    figures = {}
    for head in HEADS:
        made, figures[head] = build(head, embedding, normaliser)
        arrays |= made
        summary = {key: value for key, value in figures[head].items() if key != "labels"}
        sys.stderr.write(f"{head}: {json.dumps(summary)}\n")
    made, figures[risk_head.NAME] = train_risk.build(embedding, normaliser, _harmless())
    arrays |= made
    sys.stderr.write(f"{risk_head.NAME}: {json.dumps(figures[risk_head.NAME])}\n")
    weights, manifest = Path(str(rules.data_file(WEIGHTS))), Path(str(rules.data_file(MANIFEST)))
    weights.parent.mkdir(exist_ok=True)
    np.savez_compressed(weights, **arrays)
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    found = {"model": MODEL_SHA256, "sources": sources(), "weights": digest, "cross_validation": figures}
    manifest.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
