"""What the head adds to acts: its likeliest where a brief question was known by no wording, else only a supposition."""

import pytest

from nlp.heads import Opinion
from nlp.opinions import Opinions, with_acts
from nlp.reading import Finding

ASKED = "whose fingers are on the keyboard"
LIKELY = Opinions(likeliest_act=Opinion("are_you_human", 0.4))


def acts(text: str, opinions: Opinions = LIKELY, found: tuple[Finding, ...] = ()) -> list[tuple[str, bool]]:
    return [(one.name, one.sure) for one in with_acts(found, opinions, text)]


def test_a_brief_question_that_no_wording_knew_is_what_is_likeliest() -> None:
    assert acts(ASKED) == [("are_you_human", True)]


@pytest.mark.parametrize(
    "text",
    [
        "his fingers are always on the keyboard",
        "whose fingers are on the keyboard is what my mother asked me last night when we sat in the kitchen",
    ],
    ids=["not asked", "not brief"],
)
def test_what_is_told_is_none(text: str) -> None:
    assert acts(text) == []


@pytest.mark.parametrize("act", [None, Opinion("are_you_human", 0.2), Opinion("good_news", 0.9)])
def test_neither_is_what_is_unlikely_or_no_question(act: Opinion | None) -> None:
    assert acts(ASKED, Opinions(likeliest_act=act)) == []


def test_what_words_showed_stands_and_the_head_only_supposes_beside_it() -> None:
    opinions = Opinions(acts=(Opinion("asks_advice", 0.9),), likeliest_act=Opinion("asks_advice", 0.9))
    assert acts(ASKED, opinions, (Finding("greeting", "test"),)) == [("greeting", True), ("asks_advice", False)]
