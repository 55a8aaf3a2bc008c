"""Patterns tried only where a needed piece stands, and the shorthand they are written in."""

import re
from bisect import bisect_right
from itertools import accumulate
from random import Random
from re import _parser
from typing import Any

import pytest

from nlp.patterns import Patterns, expanded
from nlp.rules import RuleError
from nlp.themes import ThemeReader, themes
from tests.loaded import loaded

ROWS = [("rain", "raining|rained"), ("any", "[a-z]"), ("dog", "my dogs?")]


def tried(text: str) -> list[str]:
    return [meaning for meaning, _ in Patterns(ROWS, re.compile, "a file").worth_trying(text)]


def test_only_those_whose_piece_stands_in_the_text_are_tried_in_their_order() -> None:
    assert tried("it rained on my dog") == ["rain", "any", "dog"]
    assert tried("nothing of it") == ["any"]


def written(nodes: Any, draw: Random) -> str:
    """Some text that the parsed pattern matches, as far as what must stand around it lets it."""
    return "".join(_of_node(str(kind), value, draw) for kind, value in nodes)


def _of_node(kind: str, value: Any, draw: Random) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "IN":
        kinds = [(str(kind), one) for kind, one in value]
        return "-" if kinds[0][0] == "NEGATE" else _of_node(*draw.choice(kinds), draw)
    if kind == "RANGE":
        return chr(draw.randint(*value))
    if kind == "CATEGORY":
        return {"SPACE": " ", "DIGIT": "7"}.get(str(value).rpartition("_")[2], "x")
    if kind == "BRANCH":
        return written(draw.choice(value[1]), draw)
    if kind == "SUBPATTERN":
        return written(value[3], draw)
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return "".join(written(value[2], draw) for _ in range(draw.randint(value[0], min(value[1], value[0] + 2))))
    return "x" if kind in ("ANY", "NOT_LITERAL") else ""  # what looks around writes nothing


def test_whatever_a_theme_matches_holds_a_piece_it_is_tried_for() -> None:
    """Only what is not tried on its own text has to be compiled, which is the slow part, and a few to be sure of it."""
    patterns, draw, seen, looked_at = loaded(ThemeReader)._patterns, Random(1), 0, range(0, 1 << 20, 10)
    for number, (_, source) in enumerate(patterns._rows):
        parsed = _parser.parse(source)
        for text in {written(parsed, draw).lower() for _ in range(2)}:
            if number not in tried_numbers(patterns, text):
                assert not patterns._pattern(source).search(text), (source, text)
            elif number in looked_at:
                seen += bool(patterns._pattern(source).search(text))
    assert seen > len(patterns) // 10  # what is written is mostly what the patterns mean


def tried_numbers(patterns: Any, text: str) -> set[int]:
    return set(patterns.waking.places(text))


@pytest.mark.parametrize("nth", [pytest.param(1, marks=pytest.mark.evidence), 31])  # all of them take a minute
def test_the_short_cut_loses_no_theme(nth: int) -> None:
    """Of each pattern, every line it matches is among those it is tried on.

    Lines are searched as one text, which is twice as quick as one by one. It finds the same lines: "$" stands for the
    end of a line too, and where a match runs beyond its line, which may hide another behind it, they are searched one
    by one.
    """
    patterns = loaded(ThemeReader)._patterns
    lines = [text.lower() for _, _, theme in themes() for text in (*theme["heard"], *theme["unheard"])]
    tried_on = [tried_numbers(patterns, line) for line in lines]
    text, starts = "\n".join(lines), list(accumulate((len(line) + 1 for line in lines), initial=0))
    for number, (_, source) in list(enumerate(patterns._rows))[::nth]:
        pattern = patterns._pattern(source)
        assert not re.search(r"\\[AZ]", source)
        by_line = re.compile(pattern.pattern, re.MULTILINE) if re.search("[$^]", source) else pattern
        matches = [match.span() for match in by_line.finditer(text)]
        found = {bisect_right(starts, start) - 1 for start, _ in matches}
        if any("\n" in text[start:end] for start, end in matches):
            found = {at for at, line in enumerate(lines) if pattern.search(line)}
        assert [lines[at] for at in found if number not in tried_on[at]] == [], source


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
