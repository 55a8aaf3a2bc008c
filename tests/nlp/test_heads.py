"""The built weights belong to the examples that lie beside them."""

import hashlib

import numpy as np
import pytest

from nlp import heads, rules, train
from nlp.embedding import MODEL_SHA256, SIZE
from nlp.heads import Head
from nlp.labels import FEELINGS, SITUATIONS
from nlp.opinions import HEADS, Opinions


def test_weights_match_their_sources() -> None:
    manifest = heads.manifest()
    assert manifest["sources"] == train.sources(), "examples changed: run `python -m nlp.train`"
    assert manifest["model"] == MODEL_SHA256
    assert manifest["weights"] == hashlib.sha256(rules.data_file(heads.WEIGHTS).read_bytes()).hexdigest()


def test_every_head_is_there_with_known_labels() -> None:
    loaded = heads.load()
    known = HEADS
    assert set(loaded) == set(known)
    for name, head in loaded.items():
        assert set(head.labels) <= known[name] | {heads.NONE}
        assert head.weights.shape == (len(head.labels), SIZE)


@pytest.mark.parametrize("head", sorted(HEADS))
def test_examples_are_known_single_and_enough(head: str) -> None:
    pairs = train.examples(head)
    counts = {label: sum(found == label for _, found in pairs) for _, label in pairs}
    assert min(counts.values()) >= 10


def test_every_situation_and_feeling_has_examples() -> None:
    assert {label for _, label in train.examples("situations")} == SITUATIONS | {heads.NONE}
    assert {label for _, label in train.examples("feelings")} == FEELINGS | {heads.NONE}


def test_a_head_names_only_what_is_above_its_threshold_and_never_nothing() -> None:
    head = Head(
        labels=("a", "b", "none"),
        weights=np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]], dtype=np.float32),
        bias=np.zeros(3, dtype=np.float32),
        thresholds=np.array([0.5, 0.5, 0.0], dtype=np.float32),
    )
    assert [opinion.label for opinion in head.read(np.array([3, 0], dtype=np.float32))] == ["a"]
    assert head.read(np.array([-3, -3], dtype=np.float32)) == ()
    assert Opinions.of({"feelings": head}, np.array([0, 3], dtype=np.float32)).feelings[0].label == "b"
