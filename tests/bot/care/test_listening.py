"""A calm reply is built from what the words show: no joy or sorrow without a sign, two lines of one thing."""

from dataclasses import replace
from random import Random

import pytest

from bot.care.draft import Draft
from bot.care.gathered import stands_alone
from bot.care.listening import Listener
from bot.care.memory import Memory
from bot.care.memory import Phrase as Kept
from bot.care.need import SUMMARY_AFTER, SUMMARY_AT_LATEST, Need, wish_of
from bot.care.records import Settings
from bot.care.speakable import ASKS, SAID
from nlp.labels import Mood
from nlp.reading import Clause, Finding, Phrase, Reading, Span
from tests.bot.care.conftest import BEGIN, VOICE

SEEDS = range(25)


def entries(reading: Reading, seed: int, *, heard: str = "") -> list[str]:
    memory = Memory(last_said=heard)
    draft = Draft()
    Listener(reading, memory, Settings(), VOICE, Random(seed)).listen(draft)
    return [part.entry for part in draft.parts]


def clause(text: str, said: str, frame: str = "do", mood: Mood = Mood.NEUTRAL) -> Clause:
    start = text.index(said)
    return Clause("you " + said[2:], frame, "test", Span(start, start + len(said)), mood)


def theme(text: str, name: str, said: str) -> Finding:
    start = text.index(said)
    return Finding(name, "test", True, Span(start, start + len(said)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bare_event_is_not_spoken_to_as_a_burden(seed: int) -> None:
    text = "I have an exam on Thursday"
    exam = theme(text, "exam_ahead", "exam on Thursday")
    plain = Reading(text, themes=(exam,), clauses=(clause(text, text),))
    heavy = Reading(text, themes=(exam,), clauses=(clause(text, text),), mood=Mood.NEGATIVE)
    assert not any(".themes." in entry for entry in entries(plain, seed))
    assert any(".themes." in entry for entry in entries(heavy, seed))


@pytest.mark.parametrize("mood", [Mood.NEGATIVE, Mood.MIXED, Mood.NEUTRAL])
@pytest.mark.parametrize("seed", SEEDS)
def test_joy_is_not_shared_where_the_message_is_not_glad(seed: int, mood: Mood) -> None:
    text = "We won on Saturday"
    told = Reading(text, themes=(theme(text, "team_won", "won"),), mood=mood)
    assert not any("team_won" in entry or ".joys." in entry for entry in entries(told, seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_warmth_for_another_sentence_follows_a_clause_said_back(seed: int) -> None:
    """It would be taken for the clause; what is at stake there may be reflected."""
    text = "I work at the bakery on the corner now. My dog died on Sunday."
    told = Reading(
        text,
        themes=(theme(text, "pet_died", "dog died"),),
        clauses=(clause(text, "I work at the bakery on the corner now"),),
        mood=Mood.NEGATIVE,
    )
    said = entries(told, seed)
    assert not (said[0].startswith("listening.echo.") and any("pet_died_val" in entry for entry in said[1:]))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mood", [Mood.MIXED, Mood.NEUTRAL])
def test_in_a_mixed_message_nothing_of_another_sentence_follows(seed: int, mood: Mood) -> None:
    text = "I work at the bakery on the corner now. My dog died on Sunday."
    told = Reading(
        text,
        themes=(theme(text, "pet_died", "dog died"),),
        clauses=(clause(text, "I work at the bakery on the corner now"),),
        mood=mood,
    )
    said = entries(told, seed)
    assert not (said[0].startswith("listening.echo.") and any("pet_died" in entry for entry in said[1:]))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_open_situation_without_a_feeling_is_not_guessed_at(seed: int) -> None:
    told = Reading("My therapist has a new office", situations=(Finding("therapy", "test"),), mood=Mood.NEGATIVE)
    assert not any(".situations." in entry for entry in entries(told, seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_answer_to_a_question_is_taken_as_one(seed: int) -> None:
    (entry,) = set(entries(Reading("About seven hours"), seed, heard="How long do you sleep?"))
    assert entry.startswith("listening.plain.answered")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plain_message_gets_a_plain_line_and_only_one(seed: int) -> None:
    said = set(entries(Reading("The new bins are green"), seed))
    assert len(said) == 1
    assert said.pop().startswith("listening.plain.")


@pytest.mark.parametrize(
    ("text", "thanks", "need"),
    [
        ("Thank you!", "Thank you", Need.TALK),
        ("I will think it over at home, thanks a lot", "thanks", Need.TALK),
        ("Thanks. That was three months ago though, and on Monday the new one starts", "Thanks", Need.LISTEN),
    ],
)
def test_thanks_close_unless_more_is_told_after_them(text: str, thanks: str, need: Need) -> None:
    start = text.index(thanks)
    act = Finding("thanks", "test", True, Span(start, start + len(thanks)))
    assert wish_of(Reading(text, acts=(act,), language="en"), Memory(), Settings()).need is need


def test_the_listeners_opening_question_is_remembered_at_the_first_message() -> None:
    memory = Memory()
    memory.overhear("How was your week?")
    memory.open_turn(BEGIN)
    assert memory.last_said == "How was your week?"


def test_no_line_of_a_glad_feeling_may_be_said_to_a_sad_message() -> None:
    glad = {"joy", "excitement", "relief", "pride", "gratitude", "hope", "love", "calm"}
    shelf = VOICE.library.shelf("listening.feelings.")
    named = [entry for entry in shelf.entries if entry.when.feelings and entry.when.feelings <= glad]
    assert named
    assert all(Mood.NEGATIVE not in entry.when.moods and entry.when.moods for entry in named)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plain_message_is_answered_by_whom_it_names(seed: int) -> None:
    text = "Told you about my grandson, well, he ate the stars"
    named = Reading(text, phrases=(Phrase("your grandson", "person", Span(15, 26), "test"),))
    assert entries(named, seed)[0].startswith("listening.naming.person")
    assert all(entry.startswith("listening.plain") for entry in entries(Reading(text), seed))


def test_a_clause_is_gathered_up_later_only_if_it_stands_alone() -> None:
    assert stands_alone("your brother comes maybe twice a month")
    assert not stands_alone("he says he's busy with the kids")
    assert not stands_alone("it's been four months now")
    assert not stands_alone("you sort of stopped")


def test_a_story_is_answered_before_all_is_gathered_up() -> None:
    memory = Memory(since_summary=SUMMARY_AFTER + 1, session_turn=9, turn=9)
    told = ("you went to the lake twice", "your mother calls every evening", "you want to move house")
    memory.phrases = [Kept(text, "clause", 7, "") for text in told]
    brief = Reading("He is fine now")
    story = Reading("She called me by the name of her sister all day and then laughed about it over tea")
    assert wish_of(brief, memory, Settings()).need is Need.SUMMARY
    assert wish_of(story, memory, Settings()).need is Need.LISTEN
    memory.since_summary = SUMMARY_AT_LATEST
    assert wish_of(story, memory, Settings()).need is Need.SUMMARY


def test_thanks_do_not_lift_the_mood_of_a_heavy_talk() -> None:
    memory = Memory(session_turn=3, mood=Mood.NEGATIVE.value)
    thanks = Reading("thanks for listening", mood=Mood.POSITIVE, acts=(Finding("thanks", "test", True, Span(0, 6)),))
    memory.hear(thanks, BEGIN)
    assert memory.mood == Mood.NEGATIVE.value


def test_who_asks_to_be_listened_to_gets_no_line_on_advice() -> None:
    acts = tuple(Finding(name, "test", True, Span(0, 9)) for name in ("asks_advice", "wants_listening"))
    wish = wish_of(Reading("no advice please just listen", acts=acts), Memory(session_turn=3), Settings())
    assert wish.act == "wants_listening"


@pytest.mark.parametrize("seed", range(12))
def test_a_theme_that_seldom_fits_such_a_message_is_not_spoken_to(seed: int) -> None:
    text = "i keep my keys on the hook and my thoughts to myself"
    for worth, spoken in ((SAID - 0.1, False), (SAID + 0.1, True)):
        kept = replace(theme(text, "keeps_a_secret", "my thoughts to myself"), worth=worth)
        said = entries(Reading(text, mood=Mood.NEGATIVE, sentiment=-0.5, themes=(kept,)), seed)
        assert any(".keeps_a_secret" in entry for entry in said) is spoken


def test_a_question_about_a_theme_wants_more_certainty_than_a_line() -> None:
    text = "i keep my keys on the hook and my thoughts to myself"
    asked = {SAID + 0.1: 0, ASKS + 0.1: 0}
    for worth in asked:
        for seed in range(40):
            kept = replace(theme(text, "keeps_a_secret", "my thoughts to myself"), worth=worth)
            reading = Reading(text, mood=Mood.NEGATIVE, sentiment=-0.5, themes=(kept,))
            memory = Memory(reflections=4, since_question=3)
            memory.open_turn(BEGIN)
            memory.hear(reading, BEGIN)
            draft = Draft()
            Listener(reading, memory, Settings(), VOICE, Random(seed)).listen(draft)
            asked[worth] += any("?" in part.text for part in draft.parts)
    assert asked[SAID + 0.1] == 0
    assert asked[ASKS + 0.1] > 5


@pytest.mark.parametrize(
    ("text", "act", "need"),
    [
        ("i don't feel it, but thank you for saying so", "thanks", Need.LISTEN),
        ("thank you for saying so", "thanks", Need.TALK),
    ],
)
def test_thanks_behind_a_but_are_not_all_of_it(text: str, act: str, need: Need) -> None:
    start = text.index("thank you")
    reading = Reading(text, acts=(Finding(act, f"acts/{act}.any", span=Span(start, start + len("thank you"))),))
    assert wish_of(reading, Memory(), Settings()).need is need


def test_is_that_mad_asks_for_a_view_and_names_no_illness() -> None:
    text = "i took the whole door with me when we moved. is that mad?"
    span = Span(text.index("is that"), len(text))
    reading = Reading(
        text,
        acts=(
            Finding("asks_diagnosis", "acts/asks_diagnosis.any", span=span),
            Finding("asks_advice", "asked/own_act", span=span),
        ),
        asked=(Finding("own_act", "asked/own_act", span=span),),
    )
    assert wish_of(reading, Memory(), Settings()).act == "asks_advice"
