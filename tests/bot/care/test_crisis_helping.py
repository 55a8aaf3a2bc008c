"""Who looks after another: what they saw, asked and did is met as that; no sign of the other's is held to be theirs."""

import pytest

from bot.care.crisis_helping import body_of_another, helping, of_them
from nlp.labels import Kind, Status, Tier
from nlp.reading import SUPPOSED, Reading, Signal, Span
from tests.bot.care.crisis_stage import Stage, entries, heard, text


def worried(first: str = "my sister says she doesn't want to live", country: str = "GB", seed: int = 0) -> Stage:
    stage = Stage(country, seed=seed, on_call=True)
    stage.hear(heard(first, (Kind.THIRD_PARTY, Tier.T1)))
    return stage


def supposed(said: str, kind: Kind, tier: Tier) -> Reading:
    return Reading(said, tier, (Signal(kind, Status.ASSERTED, tier, SUPPOSED, Span(0, 0)),))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("i found cuts on her arms", "hurt_them"), ("he has been cutting himself again", "hurt_them"),
        ("she burned her leg last night, it's deep", "hurt_them"), ("there are marks on his wrists", "hurt_them"),
        ("i asked her straight out", "asked_them"), ("he told me on the phone", "asked_them"),
        ("we've talked, she cried", "asked_them"),
        ("she made me promise not to tell", "secret"), ("should i tell her parents?", "secret"),
        ("he said not to say anything", "secret"),
        ("did we do something wrong?", "fault"), ("i should have noticed", "fault"), ("i blame myself", "fault"),
        ("i took the pills out of the house", "put_away"), ("we locked everything away", "put_away"),
        ("i have all his medication", "put_away"), ("my wife hid the knives", "put_away"),
        ("she refuses to see a doctor", "refuses_help"), ("he won't talk to anyone", "refuses_help"),
        ("what if she hates me for it", "hated"), ("he'd never forgive me", "hated"),
        ("she just texted that she can't anymore", "worse"), ("he has posted a goodbye", "worse"),
        ("i'm driving there", "going_there"), ("my mum is on her way to him", "going_there"),
        ("she's in her room", "near_them"), ("i sit with him", "near_them"),
        ("my husband is with her now", "near_them"),
        ("i haven't slept for two days", "own_load"),
    ],
)  # fmt: skip
def test_what_a_helper_gives_or_asks(said: str, name: str) -> None:
    found = helping(Reading(said))
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    "said", ["i took the day off", "the bus took ages", "he likes the garden", "i put the kettle on"]
)
def test_what_is_nothing_of_the_kind(said: str) -> None:
    found = helping(Reading(said))
    assert found is None or found.name not in ("put_away", "hurt_them", "worse", "secret")


@pytest.mark.parametrize(
    ("said", "theirs"),
    [
        ("he showed me cuts on his leg", True), ("she's at mum's tonight", True),
        ("they found notes in her room", True),
        ("i can't do this any more, i want to die myself", False), ("i wish i was dead too, like him", False),
        ("i want to hurt myself when i see her like that", False), ("some mornings i wish i wouldn't wake up", False),
    ],
)  # fmt: skip
def test_whose_sign_it_is(said: str, theirs: bool) -> None:
    assert of_them(supposed(said, Kind.SELF_HARM, Tier.T2)) is theirs


@pytest.mark.parametrize(
    ("said", "kind", "entry"),
    [
        ("he showed me cuts on his leg. some look fresh", Kind.SELF_HARM, "crisis.met.hurt_them"),
        ("my daughter burned herself last night", Kind.SELF_HARM, "crisis.met.hurt_them"),
        ("i took the razors out of the bathroom", Kind.MEDICAL_EMERGENCY, "crisis.met.put_away"),
        ("he just texted he can't do this anymore", Kind.WISH_DEAD, "crisis.met.worse"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_sign_of_the_others_raises_the_tier_and_asks_nothing_about_the_helper(
    said: str, kind: Kind, entry: str, seed: int
) -> None:
    stage = worried(seed=seed)
    step = stage.hear(supposed(said, kind, Tier.T2))
    assert entries(step)[0] == entry
    assert stage.episode.tier is Tier.T2
    assert step.alert is not None and "person on call" in text(step)
    assert stage.episode.kinds == [Kind.THIRD_PARTY.value]
    assert not any("yourself" in part.text and "?" in part.text for part in step.reply.parts)  # type: ignore[union-attr]


def test_a_helper_in_danger_is_asked_about_themselves() -> None:
    stage = worried()
    step = stage.hear(heard("some mornings i wish i wouldn't wake up", (Kind.PASSIVE_WISH, Tier.T1)))
    assert entries(step)[-1] == "crisis.steps.thoughts"
    assert len(entries(stage.hear("crisis:thoughts:no"))) == 1  # believed, and room left; no step for the other on top


@pytest.mark.parametrize(
    "first",
    [
        "my son told me he wants to die",
        "i asked my friend and he said yes",
        "my niece is hurting herself, i saw the cuts",
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_who_asked_or_was_told_is_never_advised_to_ask(first: str, seed: int) -> None:
    stage = worried(first, seed=seed)
    said = [
        entry for n in range(12) if (step := stage.say(f"the evening goes on {n}")).reply for entry in entries(step)
    ]
    assert "crisis.steps.helper" not in said


@pytest.mark.parametrize(
    ("first", "them"), [("my daughter told me she wants to die", "her"), ("my mate says he wants to die", "him")]
)
def test_the_other_is_spoken_of_as_they_are(first: str, them: str) -> None:
    for seed in range(5):
        stage = worried(first, seed=seed)
        said = [text(stage.hear(heard(f"she or he is bad {n}", (Kind.THIRD_PARTY, Tier.T1)))) for n in range(4)]
        assert not any(" for them" in one or "them to be" in one for one in said), said


def test_one_line_for_both_is_named_once() -> None:
    first = text(Stage("US").hear(heard("my daughter is 14 and wants to die", (Kind.THIRD_PARTY, Tier.T1))))
    assert "You can call 988" not in first and "988" in first


def test_a_helper_who_names_somebody_is_not_given_words_for_their_own_trouble() -> None:
    for seed in range(6):
        stage = worried(seed=seed)
        said = text(stage.say("our uncle could drive over"))
        assert "your uncle" in said.lower() and "not doing well" not in said


@pytest.mark.parametrize(
    ("said", "theirs"),
    [
        ("my boyfriend took a load of pills, he's not waking up", True), ("my son swallowed something", True),
        ("she's bleeding badly", True), ("i took them all, my mum doesn't know", False),
        ("my chest hurts and i can't breathe", False), ("he cut me", False),
    ],
)  # fmt: skip
def test_whose_body_it_is(said: str, theirs: bool) -> None:
    assert body_of_another(Reading(said)) is theirs


def test_who_sees_another_in_danger_is_answered_as_a_helper_all_along() -> None:
    stage = Stage("GB", on_call=True)
    first = stage.hear(heard("my boyfriend took a load of pills", (Kind.MEDICAL_EMERGENCY, Tier.T3)))
    assert entries(first)[0] == "crisis.urgent.third_party" and "for him" in text(first)
    assert entries(stage.say("called 999, they're coming")) == ["crisis.helping.called"]
    assert entries(stage.say("should i make him sick")) == ["crisis.helping.advice"]
    assert entries(stage.say("i'm so scared")) == ["crisis.helping.scared"]
