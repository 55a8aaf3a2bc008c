"""Danger that was only supposed and is denied outright: the steps end, the tier and its human stay."""

import pytest

from nlp.labels import Kind, Status, Tier
from nlp.reading import SUPPOSED, Reading, Signal, Span
from tests.bot.care.crisis_stage import Stage, entries

SUPPOSED_SIGN = Reading(
    "i light a candle, it keeps me calm",
    Tier.T2,
    (Signal(Kind.ACTIVE_IDEATION, Status.ASSERTED, Tier.T2, SUPPOSED, Span(0, 1)),),
)
DENIALS = [
    "What suicide, who said suicide?? I am ANGRY, I am not dying",
    "why you tell me that, nobody is in danger. i only say i pray",
    "?? wtf. nobodys in danger. my dad drives a taxi",
    "Good heavens, no. I have no such thoughts, thank you",
    "oh goodness no, i meant the brochure, i'm not in any danger",
    "No, I do not want to die, I never said it, leave this alone please",
    "that's all i said. can we go back to the exam",
    "my sister isn't in danger, she only moved out",
    "no lol i just mean sleep",
]


@pytest.mark.parametrize("denial", DENIALS)
def test_what_was_only_supposed_and_is_denied_outright_is_followed_by_no_step(denial: str) -> None:
    stage = Stage("GB", on_call=True)
    opened = stage.hear(SUPPOSED_SIGN)
    assert opened.alert is not None
    step = stage.say(denial)
    assert entries(step) == ["crisis.supposed.misread"]
    assert step.back  # what was told before is listened to now
    assert step.limited and stage.episode.tier is Tier.T2  # a denial does not lower the tier
    assert stage.say("so about the exam, i failed it").reply is None  # listening answers, kept simple
    again = stage.hear(SUPPOSED_SIGN)
    assert again.tier is Tier.T2
    assert entries(again) == ["crisis.supposed.near_denied"]  # not asked again


@pytest.mark.parametrize("denial", DENIALS)
def test_a_denial_that_was_believed_is_listened_to_the_next_time(denial: str) -> None:
    stage = Stage("GB")
    stage.hear(SUPPOSED_SIGN)
    stage.say("no")
    assert stage.say(denial).reply is None


@pytest.mark.parametrize("denial", DENIALS)
def test_what_was_said_in_words_is_not_taken_back(denial: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.ACTIVE_IDEATION, Tier.T2)
    assert "crisis.supposed.misread" not in entries(stage.say(denial))
    stage = Stage("GB")
    stage.hear(SUPPOSED_SIGN)
    stage.sign(Kind.METHOD_OR_PLAN, Tier.T3)
    assert "crisis.supposed.misread" not in entries(stage.say(denial))


@pytest.mark.parametrize("denial", DENIALS)
def test_the_direct_question_denied_outright_is_not_put_again_by_a_guess(denial: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.HOPELESSNESS, Tier.T1)
    assert entries(stage.say(denial))[0] in ("crisis.supposed.misread", "crisis.answers.no_thoughts")
    assert stage.episode.tier is Tier.T1


@pytest.mark.parametrize(
    "words",
    [
        "i'm fine, forget it", "lol just kidding", "never mind",
        "my sister is in danger", "he's in danger", "they are in danger there",
    ],
)  # fmt: skip
def test_wanting_to_be_left_alone_takes_nothing_back_and_neither_does_danger_told_of(words: str) -> None:
    stage = Stage("GB")
    stage.hear(SUPPOSED_SIGN)
    assert stage.say(words).reply is None  # heard, and the question stays open
    assert set(stage.episode.supposed.values()) == {"asked"}
