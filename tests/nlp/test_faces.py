"""Feeling words and faces that only look like the writer's own feeling, and their look-alikes that are it."""

import pytest

from nlp.feelings import FeelingReader
from nlp.labels import Status
from tests.loaded import loaded
from tests.nlp.parsing import parse


def own(text: str) -> set[str]:
    """Feelings that are surely the writer's own, now."""
    found = loaded(FeelingReader).read(parse(text))
    return {f.name for f in found if f.sure and f.holder == "self" and f.status is Status.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "The shop was closed, I am afraid.",
        "it's not my cup of tea, i'm afraid",
        "Angry?? What gave you that idea",
        "Scared? No, I only said it was dark.",
        "Happy?? I had to sell the van",
        "Everybody is thrilled for me. Thrilled.",
        "nothing frightens me much these days",
        "dont see the point but I said I would have a go",
        "lol my dog ate the remote 😭",
        "WHAT 😭😭 he actually said yes",
    ],
)
def test_what_only_looks_like_a_feeling_of_theirs_is_not_one(text: str) -> None:
    assert own(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The shop was closed and I am afraid of the walk home.", "fear"),
        ("I'm afraid.", "fear"),
        ("Scared? Yes, I think I am", "fear"),
        ("Exhausted.", "exhaustion"),
        ("I am thrilled. Thrilled.", "joy"),
        ("it frightens me", "fear"),
        ("i don't see the point in living like this, I'm so sad", "sadness"),
        ("she moved out today 😭", "sadness"),
        ("😭", "sadness"),
    ],
)
def test_the_like_of_it_that_is_meant_is_heard(text: str, name: str) -> None:
    if name == "fear" and "Yes" in text:
        assert "fear" in {f.name for f in loaded(FeelingReader).read(parse(text))}  # a question: heard, not sure
    else:
        assert name in own(text)
