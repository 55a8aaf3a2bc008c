"""A message of a few words is said back by what kind of answer it is; each kind has lines of its own."""

from random import Random

import pytest

from bot.care.memory import Memory
from bot.care.records import Settings
from bot.care.reply import Reply
from bot.care.respond import respond
from nlp.clauses.bits import KINDS
from nlp.labels import Mood
from nlp.reading import Bit, Finding, Reading, Span
from responses.model import Technique
from tests.bot.care.conftest import VOICE

WHOLE = Span(0, 8)


def brief(kind: str, said: str = "the lake", **more: object) -> Reading:
    return Reading(said, bit=Bit(kind, said, WHOLE, "test"), language="en", **more)  # type: ignore[arg-type]


def answer(
    reading: Reading, memory: Memory | None = None, settings: Settings | None = None, *, limited: bool = False
) -> Reply:
    memory = memory or Memory(turn=4, session_turn=4)
    return respond(reading, memory, settings or Settings(), VOICE, Random(3), limited=limited)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("mood", [Mood.NEUTRAL, Mood.NEGATIVE])
def test_each_kind_is_said_back_by_a_line_of_its_own(kind: str, mood: Mood) -> None:
    memory = Memory(turn=4, session_turn=4, mood=mood.value)
    for said in ("the lake", "over there"):
        first = answer(brief(kind, said), memory).parts[0]
        assert f".{kind}-" in first.entry
        assert said in first.text.lower()
        memory.turn += 1


def test_when_its_lines_rest_others_are_there() -> None:
    memory = Memory(turn=4, session_turn=4)
    for said in ("here", "there", "inside", "outside", "upstairs", "downstairs", "abroad", "indoors"):
        assert answer(brief("place", said), memory).parts[0].entry.startswith("listening.brief.")
        memory.turn += 1


def test_in_an_episode_it_is_said_back_simply() -> None:
    memory = Memory(turn=4, session_turn=4, mood=Mood.NEGATIVE.value)
    parts = answer(brief("nobody"), memory, limited=True).parts
    assert parts[0].entry.startswith("listening.brief.")
    assert {part.technique for part in parts} == {Technique.SIMPLE_REFLECTION}


@pytest.mark.parametrize(
    ("reading", "settings"),
    [
        (brief("thing", self_talk=(Finding("shame", "test", True, WHOLE),)), Settings()),
        (brief("person", "your dad"), Settings(off_limits=["your dad"])),
    ],
    ids=["a verdict on themselves", "off limits"],
)
def test_what_may_not_be_spoken_of_is_not_said_back(reading: Reading, settings: Settings) -> None:
    assert reading.bit is not None
    assert reading.bit.text not in answer(reading, settings=settings).text.lower()


def test_an_answer_that_sounds_like_small_talk_is_an_answer() -> None:
    reading = brief("so_so", acts=(Finding("small_talk", "test", True, WHOLE),))
    assert answer(reading).parts[0].entry.startswith("listening.brief.how.so_so-")
