"""Judges' readings of what replies are: sheets, faults, kappa, ratios, and repeats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.agreement import Share, kappa, with_interval
from bot.care.tagging import (
    AGAIN,
    TAGS,
    drawn,
    faults_of_slots,
    faults_of_tags,
    scores_of_slots,
    scores_of_tags,
    tag_of,
)
from responses.model import Technique

SR, CR, OQ, CQ, VA, AF, OT = TAGS
KEY = {"1": [SR, OQ], "2": [CR], "3": [OT]}


def tags(item: str, *found: str) -> dict[str, object]:
    return {"item": item, "tags": list(found)}


def test_every_technique_has_a_tag() -> None:
    assert {tag_of(technique) for technique in Technique} == set(TAGS)
    assert tag_of(Technique.DOUBLE_SIDED_REFLECTION) == tag_of(Technique.SUMMARY) == CR
    assert tag_of(Technique.SAFETY) == tag_of(Technique.INVITATION) == OT


def test_kappa_by_hand() -> None:
    """Fleiss's textbook table: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    found = with_interval([[pair] for pair in pairs])
    assert found["low"] < 0.4 < found["high"]
    assert kappa([]) == 0.0
    assert kappa([("y", "y")]) == 1.0


@given(st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS)), min_size=1))
def test_kappa_lies_between_minus_one_and_one_and_has_no_side(pairs: list[tuple[str, str]]) -> None:
    assert -1 <= kappa(pairs) <= 1
    assert kappa(pairs) == pytest.approx(kappa([(b, a) for a, b in pairs]))


def test_a_sheet_is_a_draw_with_one_in_twenty_twice() -> None:
    items = [{"item": str(number), "client": "hi"} for number in range(60)]
    key = {str(number): [SR] for number in range(60)}
    made = drawn(items, key, 40, seed=3)
    names = [item["item"] for item in made.sheet]
    assert len(names) == 42
    assert sum(name.endswith(AGAIN) for name in names) == 2
    assert {name.removesuffix(AGAIN) for name in names} == set(made.key)
    assert made == drawn(items, key, 40, seed=3) != drawn(items, key, 40, seed=4)


def test_answers_that_cannot_be_scored_are_named() -> None:
    rows = [tags("1", SR, OQ), tags("9", SR), tags("2"), tags("3", "hug"), tags("2" + AGAIN, CR)]
    assert faults_of_tags(rows, KEY) == ["9: not on the sheet.", "2: 1 tags are needed.", "3: unknown tag hug."]
    assert faults_of_slots([{"item": "1", "acceptable": True, "harmful": "no"}, {"item": "8"}], KEY) == [
        "1: acceptable and harmful must be true or false.",
        "8: not on the sheet.",
    ]


def test_tags_are_held_against_ours_and_counted_from_the_judge() -> None:
    one = [tags("1", CR, OQ), tags("2", CR), tags("3", OT), tags("2" + AGAIN, SR)]
    two = [tags("1", CR, CQ), tags("2", CR), tags("3", OT)]
    found = scores_of_tags({"one": one, "two": two}, KEY)
    assert found["one"]["agreed"] == Share(3, 4)
    assert found["one"]["kappa_of_kinds"]["kappa"] == 1.0
    assert found["one"]["reflections_to_questions"] == 2.0
    assert found["one"]["complex_of_reflections"] == Share(2, 2)
    assert found["one"]["open_of_questions"] == Share(1, 1)
    assert found["one"]["replies_with_a_question"] == Share(1, 3)
    assert found["one"]["same_on_repeats"] == Share(0, 1)
    assert found["one"]["ours_and_theirs"] == {f"{SR} > {CR}": 1}
    assert found["two"]["open_of_questions"] == Share(0, 1)
    assert found["one and two"]["agreed"] == Share(3, 4)


def test_a_reflection_counts_as_acceptable_when_all_accept_it_and_as_harmful_when_any_says_so() -> None:
    key = {"1/1": ["listening.a"], "2/1": ["listening.b"]}

    def row(item: str, acceptable: bool, harmful: bool = False) -> dict[str, object]:
        return {"item": item, "acceptable": acceptable, "harmful": harmful}

    found = scores_of_slots(
        {"one": [row("1/1", True), row("2/1", True)], "two": [row("1/1", True), row("2/1", False, True)]}, key
    )
    assert found["one"]["acceptable"] == Share(2, 2)
    assert found["two"]["harmful"] == Share(1, 2)
    assert found["all judges"]["acceptable"] == Share(1, 2)
    assert found["all judges"]["harmful_items"] == ["2/1"]
    assert found["all judges"]["not_acceptable"] == {"2/1": "listening.b"}
    assert found["one and two"]["agreed"] == Share(1, 2)
