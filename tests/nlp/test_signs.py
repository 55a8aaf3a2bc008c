"""Signs in the words: praise that is meant, trouble, a turn, a word that hurts."""

from pathlib import Path

import pytest

from nlp import rules
from nlp.sentiment import Sentiment
from nlp.signs import SignReader, Signs
from tests.loaded import loaded

READER = loaded(SignReader)


@pytest.mark.parametrize(
    "text",
    [
        "It was such a lovely evening",
        "best decision ever",
        "We won!",
        "I'm so proud of her",
        "can't wait for Saturday",
        "she made it home 🎉",
    ],
)
def test_praise_is_heard(text: str) -> None:
    assert READER.read(text).praise


@pytest.mark.parametrize(
    "text",
    [
        "It wasn't a great day",
        "I wish it was fun",
        "everyone says I must be so happy",
        "have a lovely day",
        "I'm in pretty good health, so I don't need the jab",
        "he said he loved me",
    ],
)
def test_praise_that_is_denied_wished_or_a_courtesy_is_none(text: str) -> None:
    assert not READER.read(text).praise


@pytest.mark.parametrize(
    "text", ["They won't pay", "nobody asked me", "it's too loud", "he keeps calling at night", "I lost the keys"]
)
def test_trouble_is_heard(text: str) -> None:
    assert READER.read(text).trouble


@pytest.mark.parametrize("text", ["I lost 3 kilos", "I'm making soup", "the boiler man comes on Tuesday", "keeps fit"])
def test_a_plain_fact_is_no_trouble(text: str) -> None:
    assert not READER.read(text).trouble


def test_a_word_that_hurts_counts_only_where_its_clause_means_it() -> None:
    assert READER.read("that was a cruel thing to say").hurts
    assert not READER.read("it wasn't cruel at all").hurts


@pytest.mark.parametrize("text", ["the card was blocked by mistake, sorted now", "It's not so bad", "can't complain"])
def test_a_trouble_that_is_over_is_heard_as_over(text: str) -> None:
    assert READER.read(text).eased


def test_nothing_in_it_gives_no_sign() -> None:
    assert READER.read("") == Signs()


def test_a_broken_list_is_named() -> None:
    lists = {"praise": ["("], "undone": ["x"], "trouble": ["x"], "turn": ["x"], "eased": ["x"]}
    with pytest.raises(rules.RuleError, match="praise"):
        SignReader(lists, loaded(Sentiment))


def test_the_short_cut_loses_no_sign() -> None:
    slow = SignReader.load()
    slow._searched.waking.always = list(range(len(slow._searched)))
    lines = (Path(__file__).parent / "ordinary" / "en.txt").read_text(encoding="utf-8").splitlines()
    assert [READER.read(line) for line in lines] == [slow.read(line) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        "got kicked off the team lmaooo",
        "i failed my driving test haha",
        "well i got sacked lol",
        "so we had to let two people go",
    ],
)
def test_bad_news_is_heard_through_a_laugh(text: str) -> None:
    assert READER.read(text).bad_news


@pytest.mark.parametrize(
    "text",
    [
        "my ex got fired lmao",
        "he was dropped from the squad",
        "I kicked off my shoes",
        "the match was rejected by the app",
        "he failed his test",
    ],
)
def test_what_befell_another_is_no_bad_news_of_theirs(text: str) -> None:
    assert not READER.read(text).bad_news


@pytest.mark.parametrize(
    "text", ["it's not that it hurts", "it does not scare me", "nothing frightens me", "its not that deep"]
)
def test_a_hurt_denied_is_eased(text: str) -> None:
    assert READER.read(text).eased


def test_a_hurt_told_is_not_eased() -> None:
    assert not READER.read("it's that it hurts").eased
