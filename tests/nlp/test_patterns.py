"""Patterns tried only where a needed piece stands, and the shorthand they are written in."""

import re

import pytest

from nlp.patterns import Patterns, expanded
from nlp.rules import RuleError
from nlp.themes import ThemeReader, themes

ROWS = [("rain", "raining|rained"), ("any", "[a-z]"), ("dog", "my dogs?")]


def tried(text: str) -> list[str]:
    return [meaning for meaning, _ in Patterns(ROWS, re.compile, "a file").worth_trying(text)]


def test_only_those_whose_piece_stands_in_the_text_are_tried_in_their_order() -> None:
    assert tried("it rained on my dog") == ["rain", "any", "dog"]
    assert tried("nothing of it") == ["any"]


def test_the_short_cut_loses_no_theme() -> None:
    quick, slow = ThemeReader.load(), ThemeReader.load()
    slow._patterns.always = list(range(len(slow._patterns)))
    lines = [text for _, _, theme in themes() for text in (*theme["heard"], *theme["unheard"])]
    assert [quick.read(line) for line in lines] == [slow.read(line) for line in lines]


def test_a_broken_pattern_names_its_file() -> None:
    with pytest.raises(RuleError, match="a file"):
        Patterns([("x", "(")], re.compile, "a file")


def test_pieces_stand_within_pieces() -> None:
    assert expanded(" {who}\n runs ", {"who": "{kin}|i", "kin": "mum|dad"}, "a file") == "(?:(?:mum|dad)|i) runs"
    with pytest.raises(RuleError, match="no piece called who"):
        expanded("{who}", {}, "a file")


def test_once_warm_nothing_is_left_to_compile() -> None:
    made: list[str] = []

    def around(source: str) -> re.Pattern[str]:
        made.append(source)
        return re.compile(source)

    patterns = Patterns([("a", "funeral"), ("b", "birthday")], around, "here")
    patterns.warm()
    assert made == ["funeral", "birthday"]
    assert [meaning for meaning, _ in patterns.worth_trying("a birthday after a funeral")] == ["a", "b"]
    assert made == ["funeral", "birthday"]
