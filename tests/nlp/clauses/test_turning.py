"""Turning to "you": pronouns, agreement, case; nothing where it is not certain."""

import pytest

from nlp.clauses.turning import turn
from tests.nlp.parsing import parse


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("I am tired of my flat", "you are tired of your flat"),
        ("I'm sure the fault was mine", "you're sure the fault was yours"),
        ("I was late and my mum was cross with me", "you were late and your mum was cross with you"),
        ("I've tried to do it by myself", "you've tried to do it by yourself"),
        ("My boss shouted at me", "your boss shouted at you"),
        ("i wasn't there when my gran fell", "you weren't there when your gran fell"),
        ("since I was small", "since you were small"),
        ("i work on monday", "you work on Monday"),
        ("I miss Tom", "you miss Tom"),
        ("I HATE mornings", "you hate mornings"),
        ("we were fighting about our dog", "you were fighting about your dog"),
        ("he left us by ourselves", "he left you by yourselves"),
        ("my husband and I broke up", "you and your husband broke up"),
    ],
)
def test_turns(said: str, turned: str) -> None:
    assert turn(list(parse(said))) == turned


@pytest.mark.parametrize("said", ["I like you", "we like you"])
def test_gives_nothing_where_who_is_meant_is_not_certain(said: str) -> None:
    assert turn(list(parse(said))) is None


def test_nothing_from_nothing() -> None:
    assert turn([]) is None
