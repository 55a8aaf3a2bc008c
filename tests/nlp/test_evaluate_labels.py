"""Scoring of feelings and acts against labels: what counts as named, heard and right."""

import pytest

from nlp.evaluate_labels import UNDERAGE, labelled, mapped, score_labels
from nlp.labels import Intensity, Kind, Mood, Status, Tier
from nlp.reading import Feeling, Finding, Reading, Signal, Span

_SPAN = Span(0, 1)


def feeling(name: str, **other: object) -> Feeling:
    return Feeling(name, Intensity.MIDDLE, "self", _SPAN, "r", **other)  # type: ignore[arg-type]


READINGS = {
    "sad": Reading("sad", feelings=(feeling("sadness"),), mood=Mood.NEGATIVE),
    "not sad": Reading("not sad", feelings=(feeling("sadness", status=Status.NEGATED),)),
    "maybe sad": Reading("maybe sad", feelings=(feeling("sadness", sure=False),), mood=Mood.MIXED),
    "hi": Reading("hi", acts=(Finding("greeting", "r", True), Finding("thanks", "r", False))),
    "i am 14": Reading("i am 14", signals=(Signal(Kind.UNDERAGE, Status.ASSERTED, Tier.T0, "r", _SPAN),)),
}


def hits(*rows: dict[str, object]) -> dict[str, tuple[int, int]]:
    found = score_labels(
        [labelled({"id": "x1", **row}, {"low": ["sadness"], "curious": []}) for row in rows], READINGS.__getitem__
    )
    return {name: (rate.hits, rate.of) for name, rate in found.items()}


def test_only_what_is_asserted_and_sure_is_named() -> None:
    assert hits(
        {"text": "sad", "feelings": ["grief"]},
        {"text": "not sad", "feelings": []},
        {"text": "maybe sad", "feelings": ["sadness"]},
    ) == {"named_negative": (0, 1), "negative_heard": (1, 2), "negative_right": (0, 2), "negative_mood": (2, 2)}


def test_acts_by_how_common_they_are() -> None:
    assert hits({"text": "hi", "acts": ["greeting", "privacy_question"]}, {"text": "i am 14", "kind": UNDERAGE}) == {
        "acts_common": (1, 1),
        "acts_rare": (1, 2),
        "acts_named": (2, 2),
    }


def test_another_schemes_words() -> None:
    assert hits({"client": "sad", "feeling": "low"})["named_negative"] == (1, 1)
    assert hits({"client": "sad", "feeling": "curious"})["named_negative"] == (0, 1)
    assert hits({"client": "sad", "feeling": "low, purple"}) == {}


def test_what_a_row_says_of_itself_counts_before_its_feelings() -> None:
    rows = {"text": "sad", "feelings": ["joy"], "plain": True}, {"text": "sad", "feelings": ["grief"], "plain": False}
    assert hits(*rows)["negative_heard"] == (1, 1)


def test_moods_that_may_rightly_be_heard_and_those_turned_round() -> None:
    found = hits(
        {"text": "sad", "moods": ["negative", "neutral"]},
        {"text": "sad", "moods": ["positive"]},
        {"text": "maybe sad", "moods": ["negative"]},
    )
    assert found == {"mood_right": (1, 3), "mood_not_reversed": (1, 2)}


def test_labels_kept_apart_by_id_and_turn() -> None:
    row = {"id": "m-1", "client": "so sad", "history": [{"role": "client", "text": "hi"}]}
    said = {"m-1": {"feelings": ["sadness"]}, "m-1.0": {"feelings": []}}
    found = [labelled(one, {}) for one in mapped([row], said)]
    assert [(one.id, one.text, one.feelings) for one in found] == [
        ("m-1", "so sad", frozenset({"sadness"})),
        ("m-1", "hi", frozenset()),
    ]
    with pytest.raises(ValueError, match="m-2: no such row"):
        mapped([row], {"m-2": {}})


def test_a_label_that_is_not_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="x1: unknown label joyy"):
        labelled({"id": "x1", "text": "hi", "feelings": ["joyy"]}, {})
    with pytest.raises(ValueError, match="x1: unknown label glad"):
        labelled({"id": "x1", "text": "hi", "moods": ["glad"]}, {})
