"""Self-talk: shame, guilt, rules, mistakes, kindness; never another person's verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.labels import SELF_TALK
from nlp.self_talk import SelfTalkReader
from tests.loaded import loaded


@pytest.fixture(scope="module")
def reader() -> SelfTalkReader:
    return loaded(SelfTalkReader)


def names(reader: SelfTalkReader, text: str) -> list[str]:
    return [finding.name for finding in reader.read(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i'm such a failure", "shame"),
        ("im worthless", "shame"),
        ("something is wrong with me", "shame"),
        ("i hate myself", "shame"),
        ("i don't deserve to be happy", "shame"),
        ("i shouldn't have said that", "guilt"),
        ("it's all my fault", "guilt"),
        ("i feel so guilty about leaving early", "guilt"),
        ("i should be over it by now", "should_rule"),
        ("i have to be strong for everyone", "should_rule"),
        ("i messed up my interview", "mistake"),
        ("i made a stupid mistake", "mistake"),
        ("i gave myself a break", "kindness_to_self"),
        ("my neighbour brought me soup", "kindness_received"),
        ("i helped a stranger with her bags", "kindness_to_others"),
    ],
)
def test_hears_self_talk(reader: SelfTalkReader, text: str, name: str) -> None:
    assert name in names(reader, text)


@pytest.mark.parametrize(
    "text", ["my sister says i'm lazy", "i'm not a failure", "he told me i'm stupid", "i'm so bad at parking"]
)
def test_a_verdict_that_is_not_the_speakers_own_does_not_count(reader: SelfTalkReader, text: str) -> None:
    assert "shame" not in names(reader, text)


def test_shame_comes_first(reader: SelfTalkReader) -> None:
    assert names(reader, "i messed up my exam, i'm such a loser")[0] == "shame"


@given(st.text(max_size=200))
def test_any_text_gives_known_names(text: str) -> None:
    assert {finding.name for finding in _READER.read(text)} <= SELF_TALK


_READER = loaded(SelfTalkReader)
