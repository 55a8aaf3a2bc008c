"""What weighs comes before when and where it was, and the end of a message before its middle."""

import pytest

from nlp import rules
from nlp.clauses.weighing import Place, Weighing, frame_weight
from nlp.labels import CLAUSE_FRAMES, Mood

_PARTS = ("source", "cut", "frames", "guard", "flat", "lost", "weighing")
_WEIGHING = Weighing.of(rules.load_mapping("rules/en/clauses.yaml", required=_PARTS)["weighing"])
_MIDDLE = Place(sentence=2, last=4, through=0.5)
_END = Place(sentence=4, last=4, through=1.0)


def weight(text: str, frame: str = "do", mood: Mood = Mood.NEUTRAL, place: Place = _MIDDLE) -> float:
    return _WEIGHING.weight(frame, text, mood, place)


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        ("you lost your best friend", "you saw your best friend"),  # loss
        ("your sister shouted at you", "your sister waved at you"),  # conflict
        ("you can't open the letter", "you will open the letter"),  # not being able
        ("you hide it from your wife", "you show it to your wife"),  # kept hidden
        ("you wish he would write", "you say he would write"),  # wanting
        ("you walk there alone", "you walk there quickly"),
        ("the rent is going up", "the path is going up"),
    ],
)
def test_weighty_words_weigh(heavier: str, lighter: str) -> None:
    assert weight(heavier) > weight(lighter) + 0.5


@pytest.mark.parametrize(
    "setting", ["you took the bus", "you were in the kitchen", "you started work 6 weeks ago", "he came home at nine"]
)
def test_mere_setting_weighs_least_also_at_the_end(setting: str) -> None:
    assert weight(setting, place=_END) < weight("your sister painted the fence")


def test_a_setting_with_a_mood_is_no_mere_setting() -> None:
    assert weight("you got home", mood=Mood.NEGATIVE) > weight("you got home") + 1.0


def test_what_the_message_ends_on_weighs_more() -> None:
    assert weight("you miss the sea", "miss", place=_END) > weight("you miss the sea", "miss") + 0.5


def test_a_feeling_in_the_middle_outweighs_a_fact_at_the_end() -> None:
    feeling = weight("you feel left behind", "feel", Mood.NEGATIVE)
    assert feeling > weight("your uncle painted the whole fence green", place=_END)


def test_of_the_speaker_weighs_more_than_of_others_alone() -> None:
    assert weight("he rang you twice") > weight("he rang her twice")


def test_every_frame_has_a_weight_in_the_order_a_listener_would_give() -> None:
    assert all(frame_weight(frame) > 0 for frame in CLAUSE_FRAMES)
    assert frame_weight("feel") > frame_weight("cant") > frame_weight("want") > frame_weight("do")
    assert frame_weight("untold") > frame_weight("told")
    assert frame_weight("how_long") < frame_weight("do")
