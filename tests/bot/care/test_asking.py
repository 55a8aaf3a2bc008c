"""Whether a message turns to the listener, and what for; what is only said to bring a thing home asks nothing."""

import pytest

from bot.care.asking import asks_a_view, turned_to_listener


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
