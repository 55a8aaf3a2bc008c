"""Typed answers to how near it is: what counts as a yes, as a "might", as a way without a time, and as none of it."""

import pytest

from bot.care import crisis_sense as sense
from bot.care.crisis_answers import typed
from bot.care.episode import open_episode
from nlp.labels import Intensity, Kind, Mood, Tier
from nlp.reading import Feeling, Reading, Span
from tests.bot.care.crisis_stage import BEGIN, Stage, buttons, entries, heard, text

PLAN = "suicide.plan"


def in_danger(country: str = "US") -> Stage:
    """Danger was told in words, and the line is known."""
    stage = Stage(country, on_call=True)
    words = heard("i want to die", (Kind.WISH_DEAD, Tier.T2))
    stage.hear(words)
    episode = stage.episode
    episode.in_words = True
    assert stage.client is not None
    stage.client.episode = episode.dump()
    return stage


def asked() -> Stage:
    """The question about today stands open."""
    stage = in_danger()
    while stage.episode.pending != PLAN:
        stage.say("the rain goes on")
    return stage


def rain(stage: Stage) -> list[str]:
    """What is said to calm words that go on and on; listening aside."""
    steps = [stage.say(f"the rain goes on {n}") for n in range(10)]
    return [entry for step in steps if step.reply is not None for entry in entries(step)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("not today", "no"),
        ("not today lol chill", "no"),
        ("yes", "yes"),
        ("friday. after the results are out", "yes"),
        ("tonight", "yes"),
        ("i already wrote a note", "yes"),
        ("yes. i know how i would do it. not today", "later"),
        ("i'm not going to do anything now. but if they throw me out i might", "unsure"),
        ("no police pls", ""),
        ("yeah maybe i text dave", ""),
        ("i have a midwife. she comes on thursday", ""),
        ("tomorrow i could ring my sister", ""),
        ("idk about a hotline", ""),
    ],
)
def test_what_is_an_answer_to_how_near_it_is(words: str, value: str) -> None:
    episode = open_episode(BEGIN)
    episode.tier, episode.pending = Tier.T2, PLAN
    answer = typed(episode, Reading(words))
    assert (answer.value if answer else "") == value


def test_a_note_that_was_written_makes_it_urgent_also_when_something_else_was_asked() -> None:
    stage = in_danger()
    step = stage.say("i mean i wrote a note but everyone does that")
    assert step.tier is Tier.T3
    assert step.alert is not None
    assert "911" in text(step)


def test_a_way_without_a_time_is_taken_seriously_and_not_for_today() -> None:
    step = asked().say("yes. i know how i would do it. not today")
    assert entries(step)[0] == "crisis.answers.later"
    assert any(entry.startswith("crisis.means.step") for entry in entries(step))
    assert step.tier < Tier.T3


def test_a_question_of_safety_that_was_passed_over_comes_back_once() -> None:
    stage = asked()
    stage.say("my cat is called plum")
    said = rain(stage)
    assert sum(entry == "crisis.steps.plan_again" for entry in said) == 1


@pytest.mark.parametrize("answer", ["crisis:plan:no", "crisis:plan:skip", "not today"])
def test_one_that_was_answered_does_not(answer: str) -> None:
    stage = asked()
    stage.hear(answer) if answer.startswith("crisis") else stage.say(answer)
    said = rain(stage)
    assert "crisis.steps.plan_again" not in said


def test_somebody_named_right_after_the_question_is_met_first_and_the_question_follows() -> None:
    stage = asked()
    assert entries(stage.say("my mum would be sad i guess"))[0].startswith("crisis.met.person")
    assert "crisis.steps.plan_again" in entries(stage.say("drawing helps sometimes"))


def test_the_country_is_followed_by_how_near_it_is() -> None:
    stage = Stage(on_call=True)
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    episode = stage.episode
    episode.in_words = True
    assert stage.client is not None
    stage.client.episode = episode.dump()
    step = stage.hear("country:GB")
    assert entries(step)[0].startswith("crisis.lines.tapped")
    assert "999" in text(step)
    assert "116 123" in text(step)
    assert entries(step)[-1].startswith("crisis.steps.plan")
    assert "crisis:plan:yes" in buttons(step)


def test_a_bare_word_after_an_open_question_is_no_answer_and_no_refusal() -> None:
    stage = asked()
    stage.hear("crisis:plan:no")
    assert stage.episode.pending.endswith("people")
    assert entries(stage.say("ok"))[0].startswith("crisis.received.")
    assert stage.episode.pending.endswith("people")
    assert entries(stage.say("my sister"))[0].startswith("crisis.met.person")


@pytest.mark.parametrize(
    ("refusal", "never"), [("no doctors please", "doctor"), ("don't want a hotline", "line"), ("no police pls", "")]
)
def test_what_was_refused_is_not_put_again(refusal: str, never: str) -> None:
    stage = asked()
    stage.hear("crisis:plan:no")
    stage.say(refusal)
    said = rain(stage)
    assert not any(entry.startswith("crisis.steps.care") for entry in said) or never != "doctor"
    assert not any(entry == "crisis.stay.help" for entry in said) or never != "line"


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("they would all be better off without me", "burden"),
        ("they just come, i hate them", "unwanted"),
        ("i wanna die lol not really", "half"),
        ("on and off for thirty years", "for_long"),
        ("if i can't change i don't want to live", "hinges"),
        ("this is awful to say", "hard_to_say"),
        ("i can't do this any more", "worn_out"),
        ("i would never do it, i have three kids", "holds_on"),
        ("i want to die", ""),
    ],
)
def test_how_a_disclosure_was_put(words: str, how: str) -> None:
    assert sense.told(Reading(words), open_episode(BEGIN)) == [how] * bool(how)


def test_the_same_thoughts_after_a_suicide_are_heard_as_that() -> None:
    episode = open_episode(BEGIN)
    assert sense.told(Reading("i think of it too"), episode) == []
    episode.given.append("bereaved")
    assert sense.told(Reading("i think of it too"), episode) == ["after_loss"]


def test_only_a_feeling_of_their_own_in_words_is_met() -> None:
    def said(name: str, holder: str, mood: Mood) -> Reading:
        return Reading("words", feelings=(Feeling(name, Intensity.MIDDLE, holder, Span(0, 1), "test"),), mood=mood)

    assert sense.shown(said("fear", "self", Mood.NEGATIVE)) == "afraid"
    assert sense.shown(said("fear", "other", Mood.NEGATIVE)) == ""
    assert sense.shown(said("joy", "self", Mood.POSITIVE)) == "glad"
    assert sense.shown(Reading("words", mood=Mood.NEGATIVE)) == ""


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("she is not picking up", "crisis.helping.unreached"),
        ("he is driving there now", "crisis.stay.coming_other"),
        ("what if they find her too late", "crisis.helping.dread"),
        ("he's with her. she's alive", "crisis.stay.with_other"),
        ("i'm shaking", "crisis.helping.scared"),
        ("she tried three years ago", "crisis.stay.present_other"),
    ],
)
def test_who_fears_for_anothers_life_is_answered_as_a_helper(words: str, entry: str) -> None:
    stage = Stage("IE", on_call=True)
    stage.sign(Kind.THIRD_PARTY, Tier.T3, "my friend said goodbye, she does not answer")
    step = stage.say(words)
    assert entries(step) == [entry]
    assert "her" in text(step) or "112" in text(step) or entry.endswith(("dread", "scared"))


def test_an_adult_who_looks_after_a_youth_is_given_a_line_of_their_own() -> None:
    stage = Stage("AU")
    step = stage.sign(Kind.THIRD_PARTY, Tier.T1, "my son told me he wants to die")
    assert "Kids Helpline" in text(step)
    assert "13 11 14" in text(step)
