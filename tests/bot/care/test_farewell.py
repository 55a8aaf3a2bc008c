"""A goodbye with thanks, a blessing or news is answered as one; an apology for writing is never said back."""

from random import Random

import pytest

from bot.care.apologies import apologises, beside_apology
from bot.care.farewell import takes_leave
from bot.care.memory import Memory
from bot.care.need import Need, wish_of
from bot.care.records import Client, Settings
from bot.care.respond import respond
from bot.care.turn import Means, answer_calm
from nlp.labels import Mood
from nlp.reading import Clause, Finding, Reading, Span
from tests.bot.care.conftest import BEGIN, HELPLINES, VOICE


def reading(text: str, *acts: str, **more: object) -> Reading:
    whole = Span(0, len(text))
    found = tuple(Finding(act, "test", True, whole) for act in acts)
    return Reading(text, acts=found, language="en", **more)  # type: ignore[arg-type]


LEAVES = [
    "Yes. Thank you for listening, now I go to sleep because tomorrow I start at six. Good night and happy Christmas",
    "he said sorry and i can still come. im out bye bot",
    "I shall go and fill my kettle now. Goodnight.",
    "I will ask her tomorrow. Thank you for your time, and I am sorry for writing so much. Good night.",
    "I will sleep a little now before the early shift. God bless you, even if you are a program. Good night.",
    "ok going to bed now",
    "ill take the plate down. cya",
    "that's the lot for today. gotta go",
]


@pytest.mark.parametrize("text", LEAVES)
def test_a_goodbye_at_the_end_is_heard_whatever_came_with_it(text: str) -> None:
    heard = reading(text, "are_you_human", mood=Mood.MIXED)
    assert takes_leave(heard)
    assert wish_of(heard, Memory(turn=6, session_turn=6), Settings()).need is Need.FAREWELL


@pytest.mark.parametrize(
    "text",
    [
        "It was a good night.",
        "he never says good night any more",
        "I can't go to sleep.",
        "I don't want to go to bed",
        "we had a good night out",
        "I have to go to bed early tomorrow and I hate it",
        "Good night? It's noon.",
        "she left without saying bye to my son",
        "Good night. Are you there tomorrow?",
        "take care of him, they told me",
        "I'm out of milk",
    ],
)
def test_what_only_speaks_of_one_is_none(text: str) -> None:
    assert not takes_leave(reading(text))


def test_a_verdict_on_themselves_comes_first() -> None:
    shame = (Finding("shame", "test", True, Span(0, 5)),)
    assert not takes_leave(reading("I'm useless. Good night.", self_talk=shame))


@pytest.mark.parametrize("seed", range(8))
def test_it_is_answered_in_evening_words_and_nothing_is_said_back(seed: int) -> None:
    text = "I'll ask my chef. Thank you for listening. I go to sleep now. Good night and happy Christmas!"
    clause = Clause("you go to sleep now", "do", "clauses/do", Span(42, 60), Mood.NEUTRAL)
    heard = reading(text, "thanks", "goodbye", "are_you_human", clauses=(clause,), mood=Mood.POSITIVE)
    reply = respond(heard, Memory(turn=9, session_turn=9, since_summary=9), Settings(), VOICE, Random(seed))
    entries = [part.entry for part in reply.parts]
    assert entries == ["talk.farewell.thanks", "talk.farewell.wish", "talk.farewell.night"]
    assert "program" not in reply.text
    assert "?" not in reply.text


def test_a_heavy_talk_has_its_own_good_night() -> None:
    reply = respond(reading("I miss her. Good night", mood=Mood.NEGATIVE), Memory(turn=3), Settings(), VOICE, Random(1))
    assert [part.entry for part in reply.parts] == ["talk.farewell.night-heavy"]


@pytest.mark.parametrize(
    "text",
    [
        "I never write here before so sorry for my english",
        "I hope I am not disturbing anyone.",
        "I hope it is all right to write here even if it is nothing serious.",
        "I am sorry for writing so much",
        "I am sorry if it was not clear.",
        "Sorry if I was not clear.",
        "sorry for rambling on",
        "sorry about all this",
        "excuse my spelling",
    ],
)
def test_an_apology_for_writing_is_met_and_never_said_back(text: str) -> None:
    clause = Clause("you hope you say it", "do", "clauses/do", Span(len(text) // 2, len(text)), Mood.NEUTRAL)
    hope = (Finding("hopes_it_works", "test", True, Span(len(text) // 2, len(text))),)
    heard = reading(text, clauses=(clause,), themes=hope, mood=Mood.NEGATIVE)
    assert apologises(heard)
    client, memory = Client("someone", BEGIN), Memory(turn=3, session_turn=3, last_heard=BEGIN.isoformat())
    means = Means(VOICE, HELPLINES, on_call=False)
    reply = answer_calm(means, client, memory, heard, BEGIN, Random(2), limited=False).reply
    assert reply.parts[0].entry == "talk.opening.sorry"
    assert clause.text not in reply.text
    assert memory.phrases == []


@pytest.mark.parametrize(
    "text",
    ["I'm sorry for what I did to her", "I hope it is all right with him", "He never said sorry", "I hope I'm not ill"],
)
def test_other_apologies_and_hopes_are_listened_to(text: str) -> None:
    assert not apologises(reading(text))


def test_the_rest_of_the_message_stays() -> None:
    text = "My sister moved to Cork. Sorry for my english"
    kept = Clause("your sister moved to Cork", "other", "clauses/other", Span(0, 23), Mood.NEUTRAL)
    assert beside_apology(reading(text, clauses=(kept,))).clauses == (kept,)
