"""Situations: words make sure, a mention needs the head, the head alone is never sure."""

import pytest

from nlp import rules
from nlp.heads import Opinion
from nlp.labels import SITUATIONS
from nlp.situations import MOST, TABLE, SituationReader
from nlp.train import examples
from tests.loaded import loaded

READER = loaded(SituationReader)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("My granddad passed away on Sunday", "death_of_loved_one"),
        ("our puppy died yesterday", "pet_loss"),
        ("I got laid off and the bills are piling up", "job_loss"),
        ("my mother-in-law keeps criticising me", "in_laws"),
        ("He ghosted me", "ghosted"),
        ("I miscarried in May", "pregnancy_loss"),
        ("they keep making fun of me at school", "bullying"),
        ("I have been keeping a secret", "secret"),
    ],
)
def test_words_say_what_it_is_about(text: str, first: str) -> None:
    found = READER.read(text)
    assert found[0].name == first
    assert found[0].sure
    assert found[0].span.end > found[0].span.start


@pytest.mark.parametrize("text", ["oh my god", "I could murder a pizza", "what should I say", "see you on Monday"])
def test_ordinary_talk_is_about_nothing(text: str) -> None:
    assert not [one for one in READER.read(text) if one.sure]


def test_a_mention_is_sure_only_with_the_head() -> None:
    assert not READER.read("my mum came by")[0].sure
    assert READER.read("my mum came by", [Opinion("parents", 0.8)])[0].sure


@pytest.mark.parametrize(
    "text",
    [
        "he's sat out there in a deckchair talking to the bees",  # "sat" is no exam
        "bought a house on my own after a divorce, and painted the door yellow",
        "went in the pub, came out with three new friends and a landlord who sings",
    ],
)
def test_a_word_in_passing_is_not_what_a_message_is_about(text: str) -> None:
    assert not [one for one in READER.read(text) if one.sure]


def test_the_head_alone_is_not_sure_and_no_more_than_three_come() -> None:
    opinions = [Opinion(label, 0.9) for label in ("burnout", "housing", "faith", "temper")]
    found = READER.read("nothing said", opinions)
    assert len(found) == MOST
    assert not any(one.sure for one in found)


def test_every_situation_has_words() -> None:
    table = rules.load_mapping(TABLE, ("said", "mentioned"))
    assert {*table["said"], *table["mentioned"]} == SITUATIONS


def test_the_short_cut_by_pieces_loses_nothing() -> None:
    lines = [text for text, _ in examples("situations")][::7]
    slow = SituationReader.load()
    slow._patterns.waking.always = list(range(len(slow._patterns)))
    assert [READER.read(line) for line in lines] == [slow.read(line) for line in lines]
    assert READER._patterns.waking.always == []  # each needs a piece


def test_unknown_labels_and_broken_patterns_are_refused() -> None:
    with pytest.raises(rules.RuleError, match="unknown label"):
        SituationReader({"weather": ["rain"]}, {})
    with pytest.raises(rules.RuleError, match="faith"):
        SituationReader({"faith": ["("]}, {})


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("no regrets, the book was that good", "regretted_past"),
        ("my friend can't sleep since the crash", "sleep"),
        ("she's pregnant and i am the aunt", "becoming_parent"),
        ("my thoughts won't stop haha", "overthinking"),
        ("the pressure is a bit high, I don't feel anything though", "feeling_empty"),
        ("can't stop thinking about that documentary", "overthinking"),
    ],
)
def test_what_is_not_meant_of_them_is_no_situation_of_theirs(text: str, label: str) -> None:
    assert label not in {found.name for found in SituationReader.load().read(text)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("he set off the smoke alarm", "smoking"),
        ("he could not hear the bell", "not_listened_to"),
        ("I don't hear the alarm", "not_listened_to"),
        ("my friend has moved into a home", "moving_home"),
        ("I live alone, and it is by choice", "being_alone"),
    ],
)
def test_a_single_word_of_another_thing_is_not_what_it_is_about(text: str, label: str) -> None:
    assert label not in {one.name for one in READER.read(text)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I smoked again", "smoking"),
        ("they don't hear me", "not_listened_to"),
        ("we moved into a flat", "moving_home"),
        ("I live alone now", "being_alone"),
        ("I miss my house so much", "homesick"),
    ],
)
def test_the_like_of_it_is(text: str, label: str) -> None:
    assert label in {one.name for one in READER.read(text)}
