"""A message of a few words is said back by what kind of answer it is; each kind has lines of its own."""

from copy import deepcopy
from random import Random

import pytest

from bot.care.memory import Memory, Phrase
from bot.care.records import Settings
from bot.care.reply import Reply
from bot.care.respond import respond
from nlp.clauses.bits import KINDS
from nlp.labels import Mood
from nlp.reading import Bit, Finding, Reading, Span
from nlp.reading import Phrase as Named
from responses.model import Technique
from tests.bot.care.conftest import BEGIN, VOICE

AT = BEGIN.isoformat()
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
        assert kind.startswith("face") or said in first.text.lower()
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


def test_who_died_is_spoken_of_as_having_been() -> None:
    memory = Memory(turn=3, session_turn=3, mood=Mood.NEGATIVE.value)
    memory.phrases = [Phrase("your dog", "person", 2, AT, gone=True)]
    told = Reading("we walked down there", language="en")
    assert answer(told, memory).parts[0].entry.startswith("listening.thread.gone-")
    memory.turn += 1
    named = Reading("my dog loved it", phrases=(Named("your dog", "person", Span(0, 6), "test"),), language="en")
    assert not any(part.entry.startswith("listening.naming.") for part in answer(named, memory).parts)


def test_a_small_answer_holds_on_to_what_was_just_told() -> None:
    memory = Memory(turn=4, session_turn=4)
    memory.phrases = [Phrase("he moved out last week", "fact", 3, AT)]
    yes = Reading("idk", acts=(Finding("dont_know", "test", True, Span(0, 3)),), language="en")
    texts = {respond(yes, deepcopy(memory), Settings(), VOICE, Random(seed)).text for seed in range(20)}
    assert any("he moved out last week" in text for text in texts)


def test_what_was_told_long_ago_is_not_held_on_to() -> None:
    memory = Memory(turn=30, session_turn=30)
    memory.phrases = [Phrase("he moved out last week", "fact", 3, AT), Phrase("your boss", "person", 3, AT)]
    yes = Reading("yeah", acts=(Finding("yes", "test", True, Span(0, 4)),), language="en")
    texts = " ".join(respond(yes, deepcopy(memory), Settings(), VOICE, Random(seed)).text for seed in range(20))
    assert "moved out" not in texts
    assert "your boss" not in texts


def test_a_face_is_met_and_never_said_back() -> None:
    memory = Memory(turn=4, session_turn=4)
    for _ in range(5):
        assert "\N{PENSIVE FACE}" not in answer(brief("face_sad", "\N{PENSIVE FACE}"), memory).text
        memory.turn += 1
