"""What a clause is measured by, and that the learned worth puts what a listener would say back first."""

from pathlib import Path

import pytest

from nlp import rules
from nlp.clauses.guard import FILE, KEYS
from nlp.clauses.weighing import ANY_FRAME, Place, Traits, Weighing, Whole, Worth, frame_weight
from nlp.labels import CLAUSE_FRAMES, Mood

_WEIGHING = Weighing.of(rules.load_mapping(FILE, required=KEYS)["weighing"])
_WORTH = Worth.load()
_MIDDLE = Place(start=0.3, end=0.5, sentence=2, last=4)


def traits(text: str, message: str = "", mood: Mood = Mood.NEUTRAL, place: Place = _MIDDLE) -> Traits:
    return _WEIGHING.traits(text, mood, 0.0, place, Whole(message, 0.0, _WEIGHING))


@pytest.mark.parametrize(
    ("text", "message", "trait"),
    [
        ("you lost your best friend", "", "weighty"),
        ("you took the bus", "", "only_setting"),
        ("you can't open the letter", "", "denies"),
        ("you owe 900", "", "has_number"),
        ("you hid the letter", "", "harsh"),
        ("you feel lonely", "", "hurts"),
        ("he rang her twice", "", "of_others_alone"),
        ("it's cold", "", "opens_with_it"),
        ("you paid for a parrot", "i paid for a parrot lol", "message_jokes"),
        ("you miss him", "i cried. i miss him", "message_hurts"),
        ("you rang twice", "i was such a coward. i rang twice", "message_harsh"),
    ],
)
def test_a_trait_shows_and_is_absent_elsewhere(text: str, message: str, trait: str) -> None:
    assert traits(text, message)[trait] > traits("you see your uncle", "i see my uncle").get(trait, 0.0)


def test_a_laugh_belongs_to_the_clause_beside_it() -> None:
    message = f"{'i rang my uncle about the fence. ' * 4}i paid for a parrot lol"
    near, far = Place(0.85, 1.0, 4, 4), Place(0.0, 0.2, 0, 4)
    assert traits("you paid for a parrot", message, place=near)["joke_near"] == 1.0
    assert traits("you rang your uncle", message, place=far)["joke_near"] == 0.0


@pytest.mark.parametrize(
    "text", ["you took the bus", "you were in the kitchen", "you started work 6 weeks ago", "he came home at nine"]
)
def test_when_and_where_are_mere_setting(text: str) -> None:
    assert _WEIGHING.only_setting(text.split())


def test_the_worth_is_the_sum_of_its_traits() -> None:
    worth = Worth({"share": 2.0, "past": -0.5}, base=0.1, least=0.0)
    assert worth.of({"share": 0.5, "past": 1.0, "unheard_of": 9.0}) == pytest.approx(0.6)


def test_what_is_most_of_a_message_and_a_feeling_are_worth_more_than_a_detail() -> None:
    whole = {**traits("you feel left behind", mood=Mood.NEGATIVE, place=Place(0.2, 0.9, 0, 0)), "frame_feel": 1.0}
    detail = {**traits("you sat by the window", place=Place(0.5, 0.55, 2, 6)), "frame_do": 1.0}
    assert _WORTH.of(whole) > _WORTH.of(detail) + 0.5


def test_what_speaks_ill_of_oneself_is_worth_less() -> None:
    assert _WORTH.of(traits("you lied to your uncle")) < _WORTH.of(traits("you wrote to your uncle"))


def test_a_laugh_far_behind_a_clause_at_the_start_is_not_beside_it() -> None:
    message = "i rang my uncle about the long old fence by the road and we talked lol"
    place = Place(0.0, len("i rang my uncle") / len(message), 0, 0)
    assert traits("you rang your uncle", message, place=place)["joke_near"] == 0.0


def test_every_frame_weighs_in_the_order_a_listener_would_give() -> None:
    assert all(frame_weight(frame) > 0 for frame in CLAUSE_FRAMES)
    assert frame_weight("feel") > frame_weight("cant") > frame_weight("want") > frame_weight("do") == ANY_FRAME


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "[]",
        '{"weights": {}, "base": 0.1}',
        '{"weights": [1], "base": 0.1, "least": 0.2}',
        '{"weights": {"share": "much"}, "base": 0.1, "least": 0.2}',
        '{"weights": {"share": NaN}, "base": 0.1, "least": 0.2}',
    ],
)
def test_damaged_weights_are_said_to_be_so(stored: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "said_back.json"
    damaged.write_text(stored, encoding="utf-8")
    monkeypatch.setattr("nlp.clauses.weighing.rules.data_file", lambda _: damaged)
    with pytest.raises(rules.RuleError, match="said_back"):
        Worth.load()


def test_missing_weights_are_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.clauses.weighing.WEIGHTS", "weights/none.json")
    with pytest.raises(rules.RuleError, match="none"):
        Worth.load()
