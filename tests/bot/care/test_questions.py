"""Questions to the listener get the answer of what they ask, from memory where it is there, and never a verdict."""

from random import Random

import pytest

from bot.care.memory import Memory, Phrase
from bot.care.need import Need, wish_of
from bot.care.recall import recalled
from bot.care.records import Settings
from bot.care.reply import Reply
from bot.care.respond import respond
from nlp.labels import ASKED, Mood
from nlp.reading import Choice, Clause, Finding, Reading, Span
from nlp.reading import Phrase as Named
from responses.model import Technique
from tests.bot.care.conftest import BEGIN, VOICE

AT = BEGIN.isoformat()
KEPT = [
    Phrase("your cat Milo", "thing", 1, AT),
    Phrase("your boss", "person", 2, AT),
    Phrase("you had an interview", "clause", 3, AT),
]


def reading(text: str, act: str, topic: str = "", **more: object) -> Reading:
    whole = Span(0, len(text))
    asked = (Finding(topic, "test", True, whole),) if topic else ()
    return Reading(text, acts=(Finding(act, "test", True, whole),), asked=asked, language="en", **more)  # type: ignore[arg-type]


def answer(heard: Reading, memory: Memory, seed: int = 1) -> Reply:
    return respond(heard, memory, Settings(), VOICE, Random(seed))


@pytest.mark.parametrize("topic", sorted(ASKED - {"memory"}))
def test_each_topic_has_three_answers_of_its_own(topic: str) -> None:
    memory = Memory(turn=2, session_turn=2)
    entries = set()
    for seed in range(3):
        reply = answer(reading("so?", "question_to_listener", topic), memory, seed)
        entries.add(reply.parts[0].entry)
        memory.turn += 1
    assert len(entries) == 3
    assert all(topic in VOICE.library.entries[entry].when.asked for entry in entries)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("do you remember my cat's name?", {"phrases": "your cat Milo"}),
        ("you remember i had an interview, right", {"clause": "you had an interview"}),
        ("what do you know about me", {"phrases": "your cat Milo and your boss"}),
        ("do you remember my brother?", {}),
        ("what's my name", {"name": "Ann"}),
    ],
)
def test_remembers_what_is_there_and_nothing_else(question: str, found: dict[str, str]) -> None:
    assert recalled(question, Memory(turn=5, phrases=[*KEPT]), (), "Ann") == found


def test_what_is_off_limits_is_not_recalled() -> None:
    assert recalled("do you remember my boss?", Memory(turn=5, phrases=[*KEPT]), ("your boss",), "") == {}


def test_a_question_about_memory_does_not_overwrite_it() -> None:
    memory = Memory(turn=5, phrases=[*KEPT])
    asked = reading("do you remember my boss?", "question_to_listener", "memory")
    memory.hear(
        Reading(asked.text, asked=asked.asked, phrases=(Named("your boss", "person", Span(16, 23), "t"),)), BEGIN
    )
    assert memory.phrases == KEPT


@pytest.mark.parametrize("seed", range(6))
def test_an_answer_from_memory_says_their_words_back(seed: int) -> None:
    memory = Memory(turn=5, session_turn=5, phrases=[*KEPT])
    reply = answer(reading("do you remember my cat's name?", "question_to_listener", "memory"), memory, seed)
    assert "your cat Milo" in reply.parts[0].text
    bare = Memory(turn=5, session_turn=5)
    reply = answer(reading("do you remember my cat's name?", "question_to_listener", "memory"), bare, seed)
    assert reply.parts[0].entry.startswith("talk.recall.nothing.")


@pytest.mark.parametrize("seed", range(6))
def test_a_choice_is_said_back_and_left_with_them(seed: int) -> None:
    heard = reading("should i tell my mom", "asks_advice", choice=Choice("whether", "tell your mom"))
    parts = answer(heard, Memory(turn=3, session_turn=3, phrases=[*KEPT]), seed).parts
    assert "tell your mom" in parts[0].text
    assert "boss" not in " ".join(part.text for part in parts)


def test_a_question_is_answered_and_not_reflected() -> None:
    text = "do you think i'm too nice"
    clause = Clause("you're too nice", "be", "test", Span(13, len(text)), Mood.POSITIVE)
    heard = reading(text, "question_to_listener", "of_them", clauses=(clause,), mood=Mood.POSITIVE)
    assert wish_of(heard, Memory(), Settings()).need is Need.TALK
    assert "too nice" not in answer(heard, Memory(turn=2, session_turn=2)).parts[0].text


def test_a_question_after_something_told_gets_both() -> None:
    text = "My dad is in hospital again. Do you ever sleep?"
    clause = Clause("your dad is in hospital again", "other_is", "test", Span(0, 27), Mood.NEGATIVE)
    asked = (Finding("alive", "test", True, Span(29, len(text))),)
    acts = (Finding("are_you_human", "test", True, Span(29, len(text))),)
    heard = Reading(text, acts=acts, asked=asked, clauses=(clause,), mood=Mood.NEGATIVE, language="en")
    parts = answer(heard, Memory(turn=2, session_turn=2)).parts
    assert len(parts) >= 2 and parts[0].entry.startswith("listening.")
    assert "alive" in VOICE.library.entries[parts[1].entry].when.asked


def test_what_follows_a_greeting_is_listened_to() -> None:
    text = "hi my landlord keeps ringing at night"
    heard = Reading(text, acts=(Finding("greeting", "test", True, Span(0, 2)),), language="en")
    assert wish_of(heard, Memory(), Settings()).need is Need.LISTEN
    greeting = Reading("hi there", acts=(Finding("greeting", "test", True, Span(0, 8)),), language="en")
    assert wish_of(greeting, Memory(), Settings()).need is Need.TALK


def test_no_answer_to_a_question_claims_a_technique_it_is_not() -> None:
    answers = [entry for entry in VOICE.library.entries.values() if entry.when.asked]
    assert {entry.technique for entry in answers} == {Technique.ACKNOWLEDGEMENT}


def test_whether_it_only_repeats_is_answered_also_where_it_is_a_complaint() -> None:
    reply = answer(reading("do you only repeat me?", "complaint", "understands"), Memory(turn=4, session_turn=4))
    assert reply.parts[0].entry.startswith("talk.what_i_do.understands-")
