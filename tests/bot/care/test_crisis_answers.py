"""What counts as an answer to a question of the crisis flow, and what does not."""

import pytest

from bot.care import episode as episodes
from bot.care.crisis_answers import Answer, tapped, typed
from tests.bot.care.crisis_stage import BEGIN, heard


def answer(step: str, text: str, act: str = "") -> str:
    episode = episodes.open_episode(BEGIN)
    episode.pending = f"suicide.{step}"
    found = typed(episode, heard(text, act=act))
    return found.value if found else ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Yes", "yes"), ("yeah...", "yes"), ("yes, and it scares me", "yes"), ("I do", "yes"), ("it is", "yes"),
        ("No", "no"), ("nope", "no"), ("not really", "no"), ("No. Just tired", "no"), ("i’m not", "no"),
        ("maybe", "unsure"), ("I don't know", "unsure"), ("kind of", "unsure"), ("sometimes", "unsure"),
        ("I'd rather not say", "skip"), ("skip", "skip"), ("I don’t want to talk about it", "skip"),
        ("no one cares", ""), ("nothing matters", ""), ("I'm not okay", ""), ("i don't feel safe", ""),
        ("no idea why", ""), ("I'm not sure", "unsure"), ("i don't think so", "no"),
        ("I'm not planning anything", "no"),
        ("my boss shouted at me all day and then the bus was late", ""), ("", ""),
    ],
)  # fmt: skip
def test_yes_no_and_between(text: str, value: str) -> None:
    assert answer("plan", text) == value


def test_the_ears_finding_counts_for_short_answers() -> None:
    assert answer("plan", "definitely", act="yes") == "yes"
    assert answer("plan", "definitely", act="refusal") == "skip"


@pytest.mark.parametrize(
    ("step", "text", "value"),
    [
        ("people", "my sister", "some"), ("people", "nobody", "none"), ("people", "no", "none"),
        ("people", "yes", "some"),
        ("willing", "I'm scared of calling", "barrier"), ("willing", "yes", "yes"), ("willing", "no", "no"),
        ("willing", "there's my aunt in Leeds", "free"), ("helper", "that sounds hard", "free"),
        ("call", "i can't", "cant"), ("call", "calling them now", "calling"), ("call", "my brother is with me", "with"),
        ("call", "hm", ""), ("closing", "better, thanks", "ok"), ("closing", "not good", "hard"), ("closing", "hm", ""),
        ("closing", "rather not say", "skip"),
    ],
)  # fmt: skip
def test_answers_of_the_other_steps(step: str, text: str, value: str) -> None:
    assert answer(step, text) == value


def test_without_a_question_or_after_other_words_nothing_is_an_answer() -> None:
    episode = episodes.open_episode(BEGIN)
    assert typed(episode, heard("yes")) is None
    episode.pending, episode.waited = "suicide.plan", 1
    assert typed(episode, heard("yes")) is None


def test_buttons() -> None:
    assert tapped("crisis:plan:yes") == Answer("plan", "yes")
    assert tapped("crisis:plan:perhaps") is None
    assert tapped("consent:talk") is None


@pytest.mark.parametrize(
    ("step", "said", "value"),
    [
        ("plan", "Can't guarantee anything.", "unsure"),
        ("plan", "it could change", "unsure"),
        ("people", "don't want a hotline. want somebody to get it", "barrier"),
        ("willing", "and say what", "barrier"),
        ("care", "i'm scared they'd take the baby away", "barrier"),
        ("people", "is it normal, or am i a terrible mother", ""),
        ("willing", "do they send the police?", ""),
        ("own_steps", "used to go fishing", ""),
        ("people", "maybe my brother", "free"),
    ],
)
def test_what_people_answer_in_their_own_way(step: str, said: str, value: str) -> None:
    assert answer(step, said) == value


@pytest.mark.parametrize(
    ("step", "said", "value"),
    [
        ("people", "i called my sister", "done"), ("willing", "I texted a friend just now", "done"),
        ("care", "we've booked a doctor", "done"), ("people", "i haven't told anybody", ""),
        ("people", "I told you about the barbecue and my daughter", ""),
        ("people", "the plan is to drive my car to work", ""), ("willing", "the tree came with a leaflet", ""),
        ("willing", "she is nineteen and studies in the other city", ""), ("care", "a sandwich with salami", ""),
        ("people", "my sister would never get it", ""), ("people", "no, i won't call anyone", "refuse"),
        ("people", "i don't want to tell them", "refuse"), ("willing", "leave me alone", "refuse"),
        ("care", "no thanks", "refuse"), ("willing", "i'm not calling", "refuse"),
        ("willing", "i could text my mum", "yes"), ("willing", "I'll try", "yes"), ("care", "i had one once", "free"),
        ("people", "what do you mean? my parents are nice", ""), ("helper", "the tree is doing well", ""),
        ("plan", "i don't want to tell my mum", "refuse"),
        ("call", "something is wrong with me", ""), ("call", "i haven't called", "cant"),
        ("call", "i'm here with my brother", "with"), ("plan", "never mind", ""),
    ],
)  # fmt: skip
def test_only_what_answers_an_open_question_is_its_answer(step: str, said: str, value: str) -> None:
    assert answer(step, said) == value


def test_an_open_question_stays_open_for_what_is_clear() -> None:
    episode = episodes.open_episode(BEGIN)
    episode.pending, episode.waited = "suicide.people", 2
    assert typed(episode, heard("i called my sister")) == Answer("people", "done")
    assert typed(episode, heard("no")) is None
    episode.pending = "suicide.plan"
    assert typed(episode, heard("yes")) is None
