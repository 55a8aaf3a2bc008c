"""The words a pattern cannot match without."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.crisis.needs import needs

PATTERNS = [
    r"(?:want|wish)[ ,]+(?:to )?die",
    r"kill(?:ing)? my ?self(?! lol)",
    r"(?<![a-z])(?:jump|fall)(?= off)[ ,]+off",
    r"(?:a|b)?[0-9]{1,3} pills?",
    r"x|yes",
]


def test_each_clause_is_needed() -> None:
    assert needs(r"(?:wish|hope)[ ,]+(?:to[ ,]+)?die") == (frozenset({"die"}), frozenset({"wish", "hope"}))


def test_where_a_branch_needs_nothing_nothing_is_asked() -> None:
    assert needs(r"(?:die|[0-9]+)") == ()
    assert needs(r"(?:die)?") == ()


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
def test_no_match_lacks_a_needed_word(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    if re.search(pattern, text):
        assert all(any(word in text for word in clause) for clause in needs(pattern))
