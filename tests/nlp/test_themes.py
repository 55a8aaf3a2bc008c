"""Themes: each is heard where its words are and nowhere near them."""

import pytest

from nlp import rules
from nlp.labels import THEMES
from nlp.normalise import Normaliser
from nlp.themes import MOST, ThemeReader, themes
from tests.loaded import loaded

READER = loaded(ThemeReader)
NORMALISER = loaded(Normaliser)
ALL = list(themes())
THEMES_BY_NAME = {name: theme for _, name, theme in ALL}


def heard_in(text: str) -> set[str]:
    return {found.name for found in READER.read(NORMALISER.normalise(text).text)}


@pytest.mark.parametrize("name", THEMES_BY_NAME)
def test_is_heard_in_its_words(name: str) -> None:
    assert [text for text in THEMES_BY_NAME[name]["heard"] if name not in heard_in(text)] == []


@pytest.mark.parametrize("name", THEMES_BY_NAME)
def test_is_not_heard_in_what_only_looks_like_it(name: str) -> None:
    assert [text for text in THEMES_BY_NAME[name]["unheard"] if name in heard_in(text)] == []


def test_every_label_has_its_patterns_and_examples() -> None:
    assert {name for _, name, _ in ALL} == THEMES
    thin = [name for _, name, theme in ALL if len(theme["heard"]) < 3 or not theme["unheard"]]
    assert thin == []


@pytest.mark.parametrize(
    "text",
    [
        "what if she left me for someone else",
        "do you ever feel so unwanted",
        "",
        "ok",
        "hello there",
    ],
)
def test_what_is_not_meant_is_no_theme(text: str) -> None:
    assert READER.read(text) == ()


def test_the_last_told_comes_first_and_there_are_not_too_many() -> None:
    text = "we drifted apart, i still love him, i can't move on, and i feel so unwanted"
    found = READER.read(text)
    assert [one.name for one in found] == ["not_wanted", "cant_move_on", "still_love_them"][:MOST]
    assert all(text[one.span.start : one.span.end] for one in found)


def test_a_broad_theme_comes_after_a_closer_one() -> None:
    found = [one.name for one in READER.read("i lost my job and i feel so low")]
    assert found.index("lost_the_job") < found.index("feeling_low")


def test_a_grave_theme_comes_before_what_was_told_later() -> None:
    found = [one.name for one in READER.read("i wish i'd said goodbye to dad properly, i was stuck at the airport")]
    assert found[0] == "no_goodbye"
    assert "trip_goes_wrong" in found


@pytest.mark.parametrize("bad", ["[unclosed", "{nosuchpiece} x"])
def test_a_broken_pattern_is_refused(bad: str) -> None:
    with pytest.raises(rules.RuleError):
        ThemeReader({"still_love_them": [bad]}, {})


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(rules.RuleError):
        ThemeReader({"nosuch": ["x"]}, {})
