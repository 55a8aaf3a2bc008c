from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from nlp.labels import FEELINGS, SITUATIONS, Intensity, Mood
from responses.fill import opener
from responses.library import Library
from responses.model import Entry, Technique, When
from responses.pick import Wanted, consider, pick, question
from tests.loaded import loaded


def entry(name: str, *say: str, when: When | None = None, **more: object) -> Entry:
    made = Entry(f"listening.{name}", "p", Technique.COMPLEX_REFLECTION, say or (f"{name} one.",), when=when or When())
    return replace(made, **more)  # type: ignore[arg-type]


SAD = When(feelings=frozenset({"sadness"}))
WANTED = Wanted("listening.", mood=Mood.NEGATIVE, feelings={"sadness": Intensity.HIGH}, situations={"breakup": False})


def test_a_named_feeling_beats_a_guessed_situation() -> None:
    library = Library([entry("sad", when=SAD), entry("guess", when=When(situations=frozenset({"breakup"})))])
    found = pick(library, WANTED, Random(1))
    assert found is not None
    assert found.entry.id == "listening.sad"
    assert "feeling:sadness" in found.trail


def test_every_condition_must_hold_and_the_reason_is_kept() -> None:
    library = Library([entry("glad", when=When(moods=frozenset({Mood.POSITIVE}))), entry("sad", when=SAD)])
    out = {c.entry.id: c.out for c in consider(library, WANTED)}
    assert out == {"listening.glad": "moods", "listening.sad": ""}


def test_a_strong_feeling_does_not_get_the_mild_line() -> None:
    mild = entry("mild", when=replace(SAD, intensity=frozenset({Intensity.LOW})))
    assert pick(Library([mild]), WANTED, Random(1)) is None


def test_used_entries_said_wordings_and_openers_are_left_out() -> None:
    library = Library([entry("sad", "First words here.", "Other words here.", when=SAD)])
    assert pick(library, WANTED._replace(used=frozenset({"listening.sad"})), Random(1)) is None
    found = pick(library, WANTED._replace(said=frozenset({"listening.sad#0"})), Random(1))
    assert found is not None and found.text == "Other words here."
    openers = frozenset({opener("First words here."), opener("Other words here.")})
    assert pick(library, WANTED._replace(openers=openers), Random(1)) is None


def test_what_the_world_does_not_grant_is_not_said() -> None:
    library = Library([entry("told", needs=frozenset({"on_call"}))])
    assert pick(library, WANTED, Random(1)) is None
    assert pick(library, WANTED._replace(world=frozenset({"on_call"})), Random(1)) is not None


def test_a_question_is_not_asked_twice() -> None:
    asking = entry("sad", when=SAD, ask=("How is it?",))
    found = question(asking, WANTED, Random(1))
    assert found == ("listening.sad?#0", "How is it?")
    assert question(asking, WANTED._replace(said=frozenset({found[0]})), Random(1)) is None


LIBRARY = loaded(Library)
WANTS = st.builds(
    Wanted,
    shelf=st.just("listening."),
    mood=st.sampled_from(Mood),
    feelings=st.dictionaries(st.sampled_from(sorted(FEELINGS)), st.sampled_from(Intensity), max_size=3),
    situations=st.dictionaries(st.sampled_from(sorted(SITUATIONS)), st.booleans(), max_size=3),
)


@given(WANTS, st.integers(0, 9))
def test_what_is_picked_fits_what_was_heard(wanted: Wanted, seed: int) -> None:
    found = pick(LIBRARY, wanted, Random(seed))
    if found is None:
        return
    when = found.entry.when
    assert not when.moods or wanted.mood in when.moods
    assert not when.feelings or when.feelings & wanted.feelings.keys()
    assert not when.situations or when.situations & wanted.situations.keys()
    assert pick(LIBRARY, wanted, Random(seed)) == found  # the same seed, the same words


@given(WANTS)
def test_the_index_leaves_out_nothing_that_fits(wanted: Wanted) -> None:
    heard = (*wanted.situations, *wanted.self_talk, *wanted.acts, *wanted.feelings, *wanted.kinds)
    near = {entry.id for entry in LIBRARY.shelf(wanted.shelf).near(heard)}
    assert {c.entry.id for c in consider(LIBRARY, wanted) if not c.out} <= near
