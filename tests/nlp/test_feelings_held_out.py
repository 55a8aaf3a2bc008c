"""Feelings and moods on messages that nobody learned from: in aggregate, no worse than they were."""

from pathlib import Path

import pytest
import yaml

from nlp.ear import Ear
from nlp.evaluate import Rate
from nlp.evaluate_labels import Labelled, labelled, score_labels
from nlp.train import examples

HERE = Path(__file__).parent


def rows(name: str) -> list[Labelled]:
    found = yaml.load((HERE / name / "feelings.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [labelled({"id": str(at), **row}, {}) for at, row in enumerate(found, start=1)]


FROZEN, LEARNED = rows("held_out"), rows("learned")


@pytest.fixture(scope="module")
def frozen(ear: Ear) -> dict[str, Rate]:
    return score_labels(FROZEN, ear.read)


def test_the_halves_share_no_message_and_neither_is_an_example() -> None:
    held, learned = ({row.text.lower() for row in some} for some in (FROZEN, LEARNED))
    seen = {text.lower() for head in ("feelings", "situations", "acts", "self_talk") for text, _ in examples(head)}
    assert len(held) > 150
    assert not held & learned
    assert held & seen <= {"ok"}


def test_the_mapping_of_messages_elsewhere_holds_labels_of_ours_and_no_words() -> None:
    said = yaml.load((HERE / "held_out" / "listening_feelings.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    made = [labelled({"id": name, "text": "-", **labels}, {}) for name, labels in said.items()]
    assert len(made) > 120
    assert all(set(labels) == {"moods", "plain", "feelings"} for labels in said.values())


def test_a_feeling_that_is_named_is_right_no_less_than_it_was(frozen: dict[str, Rate]) -> None:
    """.93 is needed (docs/measurements.md); this only holds what is reached."""
    assert frozen["named_negative"].rate >= 0.83


def test_plainly_negative_messages_are_heard(frozen: dict[str, Rate]) -> None:
    assert frozen["negative_heard"].rate >= 0.65
    assert frozen["negative_mood"].rate >= 0.85


def test_moods_are_seldom_wrong_and_hardly_ever_turned_round(frozen: dict[str, Rate]) -> None:
    assert frozen["mood_right"].rate >= 0.72
    assert frozen["mood_not_reversed"].rate >= 0.97
