"""The library is clean, and every rule of the linter can fail."""

from dataclasses import replace

import pytest

from nlp.labels import Mood
from responses.findings import Finding
from responses.grade import reading_grade, syllables
from responses.library import shelves
from responses.lint import RULES, Context, avoided_phrases
from responses.model import Entry, Technique, When
from tests.loaded import findings

CONTEXT = Context(shelves(), avoided_phrases())
CLEAN = Entry(
    id="listening.situations.breakup.x",
    purpose="For a test.",
    technique=Technique.COMPLEX_REFLECTION,
    say=("Maybe it still aches.", "It seems to sting."),
    ask=("What hurts most?",),
    validation_level=3,
    when=When(moods=frozenset({Mood.NEGATIVE}), situations=frozenset({"breakup"})),
    source="s",
    author="a",
    written="2026-11-22",
)


def found(entry: Entry) -> set[str]:
    return {name for rule in RULES for name, _ in rule(entry, CONTEXT)}


def test_the_library_has_no_findings() -> None:
    assert [str(f) for f in findings()] == []


def test_a_clean_entry_passes() -> None:
    assert found(CLEAN) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"say": ("Maybe you should rest.", "It seems a lot.")}, "orders"),
        ({"say": ("Maybe it gets better.", "It seems a lot.")}, "brightsiding"),
        ({"say": ("I know how you feel, maybe.", "It seems a lot.")}, "false-knowing"),
        ({"say": ("Maybe I love you.", "It seems a lot.")}, "false-person"),
        ({"say": ("Don't worry, maybe.", "It seems a lot.")}, "false-comfort"),
        ({"ask": ("Why does it hurt?",)}, "why-question"),
        ({"ask": ("It hurts, right?",)}, "tag-question"),
        ({"ask": ("What hurts? Or when?",)}, "one-question"),
        ({"say": ("Maybe it hurts?", "It seems a lot.")}, "one-question"),
        ({"say": ("Maybe " + "so " * 150 + "much.", "It seems a lot.")}, "length"),
        ({"say": ("Maybe {number} hurts.", "It seems a lot.")}, "slots"),
        ({"slots": frozenset({"clause"})}, "slots"),
        ({"id": "nowhere.x.y"}, "shelf"),
        ({"say": ("You hate him.", "It seems a lot.")}, "hedged"),
        ({"validation_level": 6}, "validation-level"),
        ({"when": When(situations=frozenset({"breakup"}))}, "mood-gate"),
        ({"when": When(moods=frozenset({Mood.POSITIVE}), feelings=frozenset({"shame"}))}, "reachable"),
        ({"say": ("Maybe incomprehensible institutional considerations predominate.", "So.")}, "plain-words"),
        ({"author": ""}, "complete"),
        ({"say": ("Maybe only one wording.",)}, "complete"),
        ({"id": "crisis.x.y", "say": ("Your practice is being told.",)}, "told-means-told"),
    ],
)
def test_each_rule_fails_what_it_must(change: dict[str, object], rule: str) -> None:
    assert rule in found(replace(CLEAN, **change))  # type: ignore[arg-type]


def test_a_finding_can_be_pinned_to_its_line() -> None:
    assert str(Finding("responses/en/x.yaml", 7, "length", "too long")) == "responses/en/x.yaml:7: length: too long"


def test_grades_rise_with_harder_words() -> None:
    assert [syllables(w) for w in ("tired", "made", "little", "the", "evening")] == [1, 1, 2, 1, 3]
    easy, hard = "You are sad. It is a lot.", "Considerable psychological deterioration predominates."
    assert reading_grade(easy) < 4 < 12 < reading_grade(hard)
    assert reading_grade("") == 0.0
