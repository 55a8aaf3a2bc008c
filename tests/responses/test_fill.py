import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.closed import is_closed, values_of
from responses.fill import can_fill, fill, opener
from responses.model import Entry, Part, Technique

WORD = st.from_regex(r"[a-z]{2,9}", fullmatch=True)
PHRASE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


def entry(*say: str, ask: tuple[str, ...] = ()) -> Entry:
    return Entry("listening.echo.x", "p", Technique.SIMPLE_REFLECTION, say, ask)


def test_a_capital_slot_starts_a_sentence() -> None:
    assert fill("{Clause}, and it hurts.", {"clause": "you miss her"}) == "You miss her, and it hurts."


def test_a_value_that_ends_in_a_stop_does_not_double_it() -> None:
    assert fill("So {clause}.", {"clause": "you wonder how?"}) == "So you wonder how?"


def test_a_slot_without_value_is_an_error() -> None:
    assert not can_fill("So {clause}.", {})
    with pytest.raises(KeyError):
        fill("So {clause}.", {})


def test_openers_fold_case_and_apostrophes() -> None:
    assert opener("You’re tired, and so alone.") == opener("you're TIRED and then")


@given(PHRASE)
def test_what_was_filled_can_be_read_back(phrase: str) -> None:
    made = entry("It sounds like {clause}, and that hurts.")
    part = Part(made.id, made.technique, fill(made.say[0], {"clause": phrase}))
    assert values_of(part, made) == {"clause": phrase}
    assert is_closed(part, made, [phrase])


@given(PHRASE, WORD)
def test_a_word_that_nobody_said_is_found(phrase: str, stranger: str) -> None:
    made = entry("So {clause}.")
    part = Part(made.id, made.technique, f"So {phrase} zq{stranger}q9.")
    assert not is_closed(part, made, [phrase])


def test_turned_pronouns_are_the_persons_own() -> None:
    made = entry("So {clause}.")
    part = Part(made.id, made.technique, "So you can't get through to your boss.")
    assert is_closed(part, made, ["i cant get through to my boss"])


def test_text_of_no_wording_is_not_closed() -> None:
    assert not is_closed(
        Part("listening.echo.x", Technique.SIMPLE_REFLECTION, "Made up."), entry("Written."), ["made up"]
    )


def test_every_wording_that_could_have_made_it_is_tried() -> None:
    made = entry("{Clause}.", "So {clause}.")
    part = Part(made.id, made.technique, "So you feel ashamed.")
    assert is_closed(part, made, ["I feel ashamed"])


def test_a_mended_spelling_is_the_persons_own() -> None:
    made = entry("{Clause}.")
    part = Part(made.id, made.technique, "You hide from the loneliness.")
    assert is_closed(part, made, ["i hide from the lonliness"])
    assert not is_closed(part, made, ["i hide from the lonely"])
