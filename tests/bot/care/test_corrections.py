"""A correction is taken: owned in a word, what holds instead said back, what was denied not said again."""

from random import Random

import pytest

from bot.care.corrections import correction
from bot.care.memory import Memory, Phrase
from bot.care.need import Need, wish_of
from bot.care.records import Settings
from bot.care.respond import respond
from bot.care.stems import says, stem
from nlp.labels import Intensity, Mood
from nlp.reading import Clause, Feeling, Finding, Reading, Span
from tests.bot.care.conftest import BEGIN, VOICE


def memory(last_said: str, **more: object) -> Memory:
    return Memory(turn=5, session_turn=5, last_said=last_said, **more)  # type: ignore[arg-type]


CORRECTS = [
    ("You sound happy about this.", "Happy?? Are you having a laugh. I sold my boat", {"happy"}),
    ("Of course you're scared.", "Scared? No. I never said so", {"scared"}),
    ("Okay, I see.", "I didn't say lonely, for the record. I said Sundays.", {"loneliness"}),
    ("A safe and settled home is not too much to want.", "No no, the house is fine. It is the papers.", set()),
    ("It's good to hear what goes on in your days.", "I wasn't aware I'd told you a nice thing.", set()),
    ("That must have been a relief.", "No. It was not a relief.", {"relieved"}),
    ("It makes sense that this hurts.", "it's not that it hurts, it's that he forgot", {"hurt"}),
    ("No wonder you're happy!", "Good grief. No. NOT happy", {"happiness"}),
    ("How lovely for them, so delighted.", "I am not delighted. I want my desk back", {"delight"}),
    ("It's too big to see past right now.", "It's not too big, it's one letter", {"big"}),
    ("The trains are very slow.", "No, the train I can bear. It's the noise.", {"trains"}),
    ("It's tiring to talk to people who don't listen.", "Not HIM talking, the radio was", {"talk"}),
    ("Your mum may come into it.", "It's my dad with the phone, not mum", {"mum"}),
    ("That stays with you.", "that part was meant as a small joke", set()),
    ("You sound weighed down.", "nah im joking", set()),
    ("It's easier said than done.", "load of rubbish that. I did it twice", set()),
    ("You sound lonely.", "lonely??", {"lonely"}),
]


@pytest.mark.parametrize(("reply", "text", "denied"), CORRECTS)
def test_a_denied_word_of_the_reply_is_a_correction(reply: str, text: str, denied: set[str]) -> None:
    found = correction(Reading(text), memory(reply))
    assert found is not None
    assert {stem(word) for word in denied} <= found.denied


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("You sound happy.", "Happy? I am over the moon"),
        ("That sounds hard.", "not bad, thanks"),
        ("You sound tired.", "Tired? Yes, so tired. I can't sit up."),
        ("You can tell me all about it.", "I don't talk to anyone about it"),
        ("It's not easy being so alone.", "no it's not easy at all"),
        ("You didn't eat much.", "No, I ate two figs"),
        ("You sound angry with him.", "he's not angry, he is never angry"),
        ("You miss the sea.", "I didn't say goodbye to her"),
        ("You lie awake and sleep won't come.", "I'm not sleeping at all, no"),
        ("What happened then?", "Nothing. He just left"),
        ("It must be lonely.", "My mum doesn't think I'm lonely"),
        ("You sound sad.", "I'm not sure why"),
        ("It weighs on you.", "Are you kidding me, the bus is late again"),
        ("You drink more in the evening.", "yes, and i try to never drink near the twins"),
        ("And the fines, do they matter?", "to be honest i don't care how high the fines get"),
        ("", "Scared? No."),
    ],
)
def test_what_only_looks_like_one_is_not(reply: str, text: str) -> None:
    assert correction(Reading(text), memory(reply)) is None


def test_what_they_said_of_themselves_may_be_gone_on_with() -> None:
    told = Phrase("you want to cry", "clause", 4, BEGIN.isoformat())
    heard = memory("You want to cry.", phrases=[told])
    assert correction(Reading("I don't want to cry in front of them"), heard) is None


def test_the_first_message_of_a_talk_corrects_nothing() -> None:
    assert correction(Reading("Scared? No."), Memory(turn=5, session_turn=1, last_said="You're scared.")) is None


def test_it_is_owned_and_what_holds_instead_is_said_back() -> None:
    text = "Happy?? Are you having a laugh. I had to sell the boat"
    clause = Clause("you had to sell the boat", "have_to", "clauses/have_to", Span(34, len(text)), Mood.NEUTRAL)
    known = memory("You sound happy about this.", mood=Mood.POSITIVE.value, named=["happy"])
    heard = Reading(text, clauses=(clause,), mood=Mood.POSITIVE, language="en")
    reply = respond(heard, known, Settings(), VOICE, Random(3))
    assert reply.parts[0].entry.startswith("repair.owned.")
    assert "you had to sell the boat" in reply.text.lower()
    assert "?" not in reply.text
    assert known.mood == Mood.NEUTRAL.value
    assert "happy" in known.rejected


@pytest.mark.parametrize("seed", range(12))
def test_the_denied_word_is_not_said_in_the_next_replies(seed: int) -> None:
    known = memory("No wonder you're happy!", named=["happy"])
    respond(Reading("No. NOT happy.", language="en"), known, Settings(), VOICE, Random(seed))
    text = "they were all there and he just left"
    glad = Feeling("happy", Intensity.MIDDLE, "self", Span(0, 4), "test", word="happy")
    for _ in range(3):
        known.turn += 1
        known.session_turn += 1
        heard = Reading(text, feelings=(glad,), mood=Mood.POSITIVE, language="en")
        reply = respond(heard, known, Settings(), VOICE, Random(seed))
        assert not says(reply.text, known.denied)
        assert "glad" not in reply.text or known.turn - known.misheard > 2


def test_what_they_now_say_of_themselves_may_be_said_again() -> None:
    known = memory("You sound happy.", denied=[stem("happy")], misheard=3)
    respond(Reading("I am happy today", language="en"), known, Settings(), VOICE, Random(1))
    assert known.denied == []


def test_a_new_session_starts_without_them() -> None:
    known = memory("x", denied=["happ"], last_heard="2026-01-01T00:00:00+00:00")
    known.open_turn(BEGIN)
    assert known.denied == []


def test_a_view_that_is_asked_for_is_answered_first() -> None:
    heard = Reading("Scared? No. What do you think?", acts=(Finding("asks_advice", "test"),), language="en")
    assert wish_of(heard, memory("You're scared."), Settings()).need is not Need.REPAIR
