"""What may be spoken to: two clauses told apart are said back together where they go together."""

import pytest

from bot.care.memory import Memory
from bot.care.records import Settings
from bot.care.speakable import Speakable
from nlp.labels import Mood
from nlp.reading import Clause, Finding, Reading, Span


def speakable(*clauses: tuple[str, int, Mood], mood: Mood = Mood.NEUTRAL) -> Speakable:
    """Clauses in the order of their weight: (text, where it starts in the message, mood)."""
    found = tuple(
        Clause(text, "do", "clauses/do", Span(start, start + len(text)), mood) for text, start, mood in clauses
    )
    return Speakable(Reading("x" * 400, clauses=found, mood=mood), Memory(), Settings())


def test_two_clauses_come_back_in_the_order_they_were_told() -> None:
    found = speakable(
        ("you don't know how to reach them", 40, Mood.NEGATIVE), ("they get angry with you", 4, Mood.NEUTRAL)
    )
    assert found.both == "they get angry with you, and you don't know how to reach them"


def test_the_next_one_that_goes_together_is_taken() -> None:
    found = speakable(
        ("you miss the sea", 90, Mood.NEGATIVE), ("you got a prize", 40, Mood.POSITIVE), ("he moved", 4, Mood.NEUTRAL)
    )
    assert found.both == "he moved, and you miss the sea"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("you walked to the harbour and back", 4, Mood.NEUTRAL), ("you miss the sea", 60, Mood.NEGATIVE)),
        (("you went there, but it was shut", 4, Mood.NEUTRAL), ("you miss the sea", 60, Mood.NEGATIVE)),
        (("you got a prize", 4, Mood.POSITIVE), ("you miss the sea", 60, Mood.NEGATIVE)),
        (("you sold the old boat", 4, Mood.NEUTRAL), ("you sold the shed", 60, Mood.NEUTRAL)),
        (("you sold " + "the old boat " * 6, 4, Mood.NEUTRAL), ("you miss the sea", 90, Mood.NEUTRAL)),
    ],
)
def test_what_would_not_read_well_stays_alone(first: tuple[str, int, Mood], second: tuple[str, int, Mood]) -> None:
    assert speakable(first, second).both == ""


def test_a_clause_that_weighs_little_is_not_said_beside_another() -> None:
    heavy = Clause("you miss the sea", "miss", "clauses/miss", Span(60, 76), Mood.NEUTRAL, weight=1.6)
    light = Clause("you have a bicycle", "have", "clauses/have", Span(4, 22), Mood.NEUTRAL, weight=0.9)
    near = Clause("you sold the boat", "do", "clauses/do", Span(4, 21), Mood.NEUTRAL, weight=1.3)
    text = "So " + "word " * 20
    assert Speakable(Reading(text, clauses=(heavy, light)), Memory(), Settings()).both == ""
    assert Speakable(Reading(text, clauses=(heavy, near)), Memory(), Settings()).both != ""


def test_one_clause_is_not_two() -> None:
    assert speakable(("you miss the sea", 4, Mood.NEGATIVE)).both == ""
    assert speakable().both == ""


def test_lol_at_the_end_is_no_laughter() -> None:
    laughter = Finding("laughter", "test", True, Span(0, 3))
    softened = Reading("got dumped today lol", acts=(laughter,))
    funny = Reading("he slipped on the cake hahaha", acts=(laughter,))
    assert Speakable(softened, Memory(), Settings()).acts() == ()
    assert Speakable(funny, Memory(), Settings()).acts() == ("laughter",)
