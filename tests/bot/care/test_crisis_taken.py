"""After a step: what was done, a question, a refusal and talk of something else are each taken for what they are."""

import pytest

from bot.care.crisis_asked import asked
from nlp.labels import Kind, Mood, Tier
from nlp.reading import Clause, Reading, Span
from tests.bot.care.crisis_stage import Stage, entries, text

STEPS = ("people", "willing", "care")


def at(step: str, seed: int = 0) -> Stage:
    """Danger was told, and this step was just put."""
    stage = Stage("GB", seed=seed)
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    for _ in range(30):
        if stage.episode.pending.endswith(f".{step}"):
            return stage
        stage.hear("crisis:plan:no" if stage.episode.pending.endswith(".plan") else "crisis:people:some")
        if not stage.episode.pending.endswith(f".{step}"):
            stage.say("hm")
    raise AssertionError(step)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("said", ["the cat knocked over the plant", "work was long and the bus was late again"])
def test_talk_of_something_else_is_heard_and_the_step_stays_open(step: str, said: str) -> None:
    stage = at(step)
    answered = stage.say(said)
    assert answered.reply is None and answered.limited
    assert stage.episode.pending.endswith(f".{step}")
    assert entries(stage.say("i called my sister"))[0] == "crisis.answers.done"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("said", ["i rang my brother", "I've told my wife", "i texted a friend just now"])
def test_only_what_was_done_is_answered_as_done(step: str, said: str) -> None:
    assert entries(at(step).say(said))[0] == "crisis.answers.done"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("said", ["i don't want to talk to them", "no way", "leave me alone"])
def test_a_refusal_is_respected_with_another_way_and_nothing_on_top(step: str, said: str) -> None:
    step_ = at(step).say(said)
    assert entries(step_) == ["crisis.answers.refuse"]
    assert "?" not in text(step_)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("why do you ask that?", "why"), ("why are you asking me this", "why"), ("would they tell my mum?", "told"),
        ("will they send the police?", "police"),
        ("can they take my baby away?", "police"), ("do i have to give my name?", "named"),
        ("does it cost anything?", "cost"), ("call who?", "which"), ("what happens when i call?", "happens"),
        ("what would they ask?", "happens"), ("what should i say?", "happens"),
        ("i told the police about the car", ""), ("why is the sky blue?", ""), ("should i tell my dad or not?", ""),
        ("that cost me my job", ""),
    ],
)  # fmt: skip
def test_what_is_asked_about_the_steps(said: str, about: str) -> None:
    assert asked(said) == about


@pytest.mark.parametrize("step", [*STEPS, "plan"])
@pytest.mark.parametrize("said", ["why do you ask?", "will they send the police?", "does it cost anything?"])
def test_a_question_is_answered_and_the_step_stays_open(step: str, said: str) -> None:
    stage = at(step) if step != "plan" else Stage("GB")
    if step == "plan":
        stage.sign(Kind.WISH_DEAD, Tier.T2)
        stage.say("ok")
    answered = stage.say(said)
    assert entries(answered)[0].startswith("crisis.asked.")
    assert stage.episode.pending.endswith(f".{step}") and not stage.episode.waited


def test_which_line_is_answered_with_the_line() -> None:
    assert "116 123" in text(at("willing").say("call who?"))


def test_a_calm_talk_asks_nothing_of_the_crisis_shelf() -> None:
    assert Stage("GB").say("why do you ask?").reply is None


def test_a_due_step_says_their_words_back_first_and_none_that_bar_the_way_out() -> None:
    def told(words: str) -> Reading:
        return Reading(words, mood=Mood.NEUTRAL, clauses=(Clause(words, "do", "do", Span(0, 3)),))

    stage = at("people")
    stage.say("hm")
    assert "you fed the cat" in text(stage.hear(told("you fed the cat"))).casefold()
    stage = at("people")
    stage.say("hm")
    assert "nobody would notice" not in text(stage.hear(told("nobody would notice"))).casefold()


def test_in_an_urgent_hour_a_due_step_says_nothing_back() -> None:
    stage = Stage("GB")
    stage.sign(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)
    words = Reading("i fed the cat", clauses=(Clause("you fed the cat", "do", "do", Span(0, 3)),))
    assert not any("cat" in text(step) for step in (stage.hear(words) for _ in range(6)) if step.reply is not None)


def test_help_refused_in_the_middle_of_a_question_leaves_the_question_open() -> None:
    stage = Stage("GB")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    stage.say("ok")
    assert entries(stage.say("i don't want to call anyone")) == ["crisis.answers.refuse"]
    assert stage.say("yes").tier is Tier.T3


@pytest.mark.parametrize(
    "said", ["yes i have it planned", "i have a plan", "I've got everything ready", "it's planned."]
)
def test_a_plan_that_is_told_unasked_makes_it_urgent(said: str) -> None:
    stage = Stage("GB", on_call=True)
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    step = stage.say(said)
    assert step.tier is Tier.T3 and step.alert is not None and "999" in text(step)


@pytest.mark.parametrize(
    "said", ["i have a plan for the garden", "no plan", "i don't have it planned", "we planned it"]
)
def test_other_plans_are_none(said: str) -> None:
    stage = Stage("GB")
    stage.sign(Kind.WISH_DEAD, Tier.T2)
    assert stage.say(said).tier is Tier.T0
    calm = Stage("GB")
    assert calm.say("i have a plan").reply is None
