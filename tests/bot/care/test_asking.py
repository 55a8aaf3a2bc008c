"""Whether a message turns to the listener, and what for; what is only said to bring a thing home asks nothing."""

import pytest

from bot.care.asking import asks_a_view, turned_to_listener, turned_to_us
from nlp.reading import Finding, Reading, Span


@pytest.mark.parametrize(
    "text",
    [
        "the frog poster lol. no i think thats it. do u get lonely? being a bot",
        "Indeed. Do you care for gardens at all? Or is that an absurd thing to ask of a machine?",
        "nobody took a pic of anything lol what kind of stuff do u talk abt w other ppl? jw",
        "im still happy about the flat. what would you put on a tiny balcony",
        "My knee hurts. And you, how are you?",
    ],
)
def test_a_question_to_the_listener_at_the_end_is_one(text: str) -> None:
    assert turned_to_listener(text)


@pytest.mark.parametrize(
    "text",
    [
        "She just laughed. Can you imagine?",
        "I sat there alone. You know what I mean?",
        "What did he want from you, she asked. I went home after that and slept.",
        "I told you about my knee. It hurts more in the rain these days.",
    ],
)
def test_what_only_sounds_like_one_is_not(text: str) -> None:
    assert not turned_to_listener(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what no. i mean putting him down. did i do it too early", True),
        ("May I ask you a question? Do you suppose it is foolish that I still speak to her?", True),
        ("oh man. should i knock", True),
        ("I don't know if I should knock", False),
        ("she asked me what do you think and i said nothing", False),
    ],
)
def test_a_view_is_asked_for_with_the_mark_or_without(text: str, asks: bool) -> None:
    assert asks_a_view(text) is asks


@pytest.mark.parametrize(
    ("text", "said", "ours"),
    [
        ("not now", "not now", True),
        ("i'd rather not say", "rather not say", True),
        ("i don't want to talk about it", "don't want to talk about", True),
        ("it was a long shift and my feet hurt. i don't want to talk about her", "don't want to talk about", True),
        ("they offered me the early train. i don't. i never liked mornings or stations anyway", "i don't", False),
        ("i don't want to say a wrong word and lose him over a barbecue", "don't want to say", False),
        ("it started at the pool, so i don't want to go there with the little ones", "don't want to go there", False),
        ("if i don't answer she sulks all week", "i don't answer", False),
    ],
)
def test_a_refusal_counts_where_it_is_of_what_was_asked(text: str, said: str, ours: bool) -> None:
    start = text.index(said)
    refusal = Finding("refusal", "acts/refusal.any", span=Span(start, start + len(said)))
    assert turned_to_us(Reading(text), refusal) is ours
    assert turned_to_us(Reading(text), Finding("thanks", "acts/thanks.any", span=refusal.span))
