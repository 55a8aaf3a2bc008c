"""What is said in earnest, of the client, and now: and what is not."""

import pytest

from nlp.meant import meant


def _said(text: str, words: str, *, own: bool = True, weighs: bool = True) -> bool:
    start = text.index(words)
    return meant(text, start, start + len(words), own=own, weighs=weighs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can you believe i got fired", "got fired"),
        ("i got fired", "got fired"),
        ("my friend is ill and i'm the one who can't sleep", "can't sleep"),
        ("he left and i feel so low", "feel so low"),
        ("my friends hung out without me", "hung out without me"),
        ("i can't sleep, but i was so happy before", "can't sleep"),
        ("i can't sleep. haha i mean it, help", "can't sleep"),
        ("it's like watching life through glass", "life through glass"),
    ],
)
def test_what_they_say_of_themselves_is_meant(text: str, words: str) -> None:
    assert _said(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("my coworker got fired for it", "got fired"),
        ("my friend is a single mum", "single mum"),
        ("she just graduated", "graduated"),
        ("everyone at work thinks i'm confident", "i'm confident"),
        ("i used to cry every sunday night before work", "cry every sunday"),
        ("ten years ago i was in a dark place", "in a dark place"),
        ("we watched that film and sobbed", "sobbed"),
        ("i don't think we have grown apart", "we have grown apart"),
        ("it's not like i hate my job", "i hate my job"),
        ("do you ever feel so unwanted", "so unwanted"),
        ("are you always nervous with people", "nervous with people"),
        ("all my friends have babies and i'm here with my plants. and you know what, i love it.", "all my friends"),
        ("i live alone, i actually like it", "i live alone"),
        ("my back hurts from the garden but the beds look fantastic", "my back hurts"),
        ("i hid in the kitchen with the dog haha", "hid in the kitchen"),
        ("it was rough at first. i've got used to it", "rough at first"),
        ("i'm scared she'll leave me on read", "leave me on read"),
        ("i hope they'll let me go early", "let me go"),
    ],
)
def test_what_is_denied_over_laughed_off_or_somebody_elses_is_not_meant(text: str, words: str) -> None:
    assert not _said(text, words)


@pytest.mark.parametrize("text", ["she never showed up, can you believe it", "my boss got fired, haha"])
def test_only_what_is_their_own_and_weighs_is_looked_at_so_closely(text: str) -> None:
    assert _said(text, text.split(", ")[0].removeprefix("she ").removeprefix("my boss "), own=False, weighs=False)


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("he told all his mates i passed", "passed", False),
        ("my mum says i got the job because of him", "got the job", False),
        ("i told all my mates i passed", "passed", True),
    ],
)
def test_good_news_that_somebody_else_spreads_is_not_theirs(text: str, words: str, *, told: bool) -> None:
    assert _said(text, words, weighs=False) is told


def test_lol_takes_nothing_back() -> None:
    assert _said("got dumped today lol", "got dumped")


@pytest.mark.parametrize("text", ["we were gonna move in together in june", "we had planned to move in together"])
def test_a_plan_that_is_over_is_no_joy(text: str) -> None:
    start = text.index("move in")
    assert not meant(text, start, start + 7)
    assert meant(text, start, start + 7, weighs=True)
