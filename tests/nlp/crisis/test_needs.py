"""The words a pattern cannot match without."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.crisis.needs import ways

PATTERNS = [
    r"(?:want|wish)[ ,]+(?:to )?die",
    r"kill(?:ing)? my ?self(?! lol)",
    r"(?<![a-z])(?:jump|fall)(?= off)[ ,]+off",
    r"(?:a|b)?[0-9]{1,3} pills?",
    r"x|yes",
    r"(?:sad|tired (?:of|with) it|[0-9])",
    r"(?:no|never)(?: more)?|(?:die|dead)!",
]


DIE = frozenset({"die"})


def test_each_clause_is_needed() -> None:
    assert ways(r"(?:wish|hope)[ ,]+(?:to[ ,]+)?die") == ((DIE, frozenset({"wish", "hope"})),)


def test_alternatives_of_the_whole_pattern_need_their_own_words_each() -> None:
    assert ways("weary|(?:very )?low") == ((frozenset({"weary"}),), (frozenset({"low"}),))
    assert ways("(?:wish i was gone|die)") == ((frozenset({"gone"}), frozenset({"was"}), frozenset({"wish"})), (DIE,))


def test_where_a_branch_needs_nothing_nothing_is_asked() -> None:
    assert ways(r"(?:die|[0-9]+)") == ((DIE,), ())
    assert ways(r"(?:die|[0-9]+)(?: x)?") == ((),)
    assert ways(r"(?:die)?") == ((),)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
def test_no_match_lacks_a_needed_word(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    if re.search(pattern, text):
        assert any(all(any(word in text for word in clause) for clause in way) for way in ways(pattern))
