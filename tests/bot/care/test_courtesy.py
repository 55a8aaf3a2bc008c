"""Courtesies: a greeting with more is greeted, thanks with a question are taken, and neither is all that is said."""

from random import Random

import pytest

from bot.care.memory import Memory
from bot.care.records import Settings
from bot.care.respond import respond
from nlp.reading import Finding, Reading, Span
from tests.bot.care.conftest import VOICE


def entries(text: str, first: str, *others: str, turn: int, limited: bool = False) -> list[str]:
    """Entries of the reply to `text`, which begins with the act `first`."""
    end = len(text.split()[0])
    acts = (Finding(first, "test", True, Span(0, end)), *(Finding(one, "test", True, Span(end, end)) for one in others))
    memory = Memory(turn=turn, session_turn=turn)
    reply = respond(Reading(text, acts=acts, language="en"), memory, Settings(), VOICE, Random(2), limited=limited)
    assert reply.parts[0].entry == memory.last_entries[0]
    return [part.entry for part in reply.parts]


TOLD = "Hello I drive a lorry and I am parked near Doncaster for nine hours"


def test_a_greeting_with_more_is_greeted_and_answered() -> None:
    first, *rest = entries(TOLD, "greeting", turn=1)
    assert first == "talk.opening.hello"
    assert rest


@pytest.mark.parametrize(("turn", "limited"), [(4, False), (1, True)])
def test_not_in_the_middle_of_a_talk_nor_in_an_episode(turn: int, limited: bool) -> None:
    assert "talk.opening.hello" not in entries(TOLD, "greeting", turn=turn, limited=limited)


def test_a_mere_greeting_is_greeted_once() -> None:
    assert "talk.opening.hello" not in entries("Hello", "greeting", turn=1)


def test_thanks_before_a_question_are_taken_and_the_question_answered() -> None:
    first, *rest = entries("Thanks so how do I go on", "thanks", "asks_advice", turn=4)
    assert first == "talk.opening.welcome"
    assert any(entry.startswith("talk.advice.") for entry in rest)
