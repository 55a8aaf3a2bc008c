"""A theme leads where it is the point of the message: not in passing, not just said, not after a correction."""

from random import Random

import pytest

from bot.care.at_stake import AFTER_A_CORRECTION, near, themes_now
from bot.care.draft import Draft
from bot.care.listening import Listener
from bot.care.memory import Memory
from bot.care.records import Settings
from bot.care.respond import respond
from nlp.labels import THEMES, Mood
from nlp.reading import Clause, Finding, Reading, Span
from tests.bot.care.conftest import VOICE

SEEDS = range(25)
TEXT = "Since we broke up I can't get warm in that flat"
SAID = Clause("you can't get warm in that flat", "cant", "test", Span(17, 47), Mood.NEGATIVE)


def told(name: str = "broke_up", *, sure: bool = True, clauses: tuple[Clause, ...] = (SAID,)) -> Reading:
    return Reading(
        TEXT, themes=(Finding(name, "test", sure, Span(6, 16)),), clauses=clauses, mood=Mood.NEGATIVE, language="en"
    )


def entries(reading: Reading, memory: Memory, seed: int) -> list[str]:
    draft = Draft()
    Listener(reading, memory, Settings(), VOICE, Random(seed)).listen(draft)
    return [part.entry for part in draft.parts]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_theme_in_passing_gives_way_to_a_clause(seed: int) -> None:
    assert not any(".themes." in entry for entry in entries(told(sure=False), Memory(), seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_theme_in_passing_is_better_than_nothing(seed: int) -> None:
    assert "listening.themes.couple.broke_up" in entries(told(sure=False, clauses=()), Memory(), seed)


def test_a_theme_that_is_the_point_still_speaks_beside_a_clause() -> None:
    assert any(any(".themes." in entry for entry in entries(told(), Memory(), seed)) for seed in SEEDS)


@pytest.mark.parametrize("later", range(1, AFTER_A_CORRECTION + 3))
def test_no_theme_leads_in_the_two_messages_after_a_correction(later: int) -> None:
    memory = Memory(turn=4 + later, misheard=4)
    assert bool(themes_now(told(), memory, ())) == (later > AFTER_A_CORRECTION)


def test_a_correction_is_remembered_with_its_turn() -> None:
    memory = Memory(turn=5, session_turn=5)
    no = Reading("No, that's not it at all", acts=(Finding("correction", "test"),), language="en")
    respond(no, memory, Settings(), VOICE, Random(1))
    assert memory.misheard == 5
    assert Memory.of(memory.raw()).misheard == 5


@pytest.mark.parametrize("name", ["broke_up", "heartbroken"])
def test_nearly_the_same_theme_is_not_spoken_to_twice_running(name: str) -> None:
    memory = Memory(turn=3, last_trail=["need:listen", "entry:listening.themes.couple.broke_up", "theme:broke_up"])
    assert themes_now(told(name), memory, ()) == []
    assert themes_now(told("money_short"), memory, ()) != []


def test_the_groups_of_near_themes_hold_themes() -> None:
    assert all(near(name) <= THEMES for name in THEMES)
    assert near("worn_out") > {"no_energy"}
