"""The words of check-ins: enough of them, none twice in a month, a beginning that may be seen on a locked screen."""

import re
from random import Random

import pytest

from bot.care.checkins.asking import MARKS, asked
from bot.care.checkins.plan import DAYS, KINDS
from responses.library import Library
from responses.voice import Voice
from tests.loaded import loaded

LIBRARY = loaded(Library)
VOICE = Voice(LIBRARY)
_LOUD = ("suicid", "self-harm", "harm", "die", "crisis", "alert", "therap", "practice", "risk", "depress")
SEEN_ON_A_LOCKED_SCREEN = 60
_HOUR = re.compile(r"\b(tonight|this (morning|afternoon|evening)|day is (ending|over|done|nearly))\b", re.I)


@pytest.mark.parametrize("kind", KINDS)
def test_a_family_is_rich(kind: str) -> None:
    entries = LIBRARY.at(f"checkin.{kind}")
    assert len(entries) >= 14
    assert all(2 <= len(entry.say) <= 3 and len(entry.ask) >= 2 for entry in entries)
    assert sum(len(entry.say) for entry in entries) >= 31 <= sum(len(entry.ask) for entry in entries)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_meets_the_same_words_twice_in_a_month(kind: str, seed: int) -> None:
    """Asked the same kind every day, the most that a plan allows."""
    said: list[tuple[str, ...]] = []
    texts: list[str] = []
    for day in range(90):
        recent = [word for words in said[-31:] for word in words]
        found = asked(VOICE, kind, "slot", recent, Random(f"{seed} {day}"))
        assert not set(found.words) & set(recent)
        assert found.text not in texts[-31:]
        said.append(found.words)
        texts.append(found.text)


@pytest.mark.parametrize("kind", KINDS)
def test_no_entry_in_two_check_ins_running(kind: str) -> None:
    before, said = "", []
    for day in range(60):
        found = asked(VOICE, kind, "slot", said[-62:], Random(day))
        assert found.entry != before
        before = found.entry
        said += found.words


@pytest.mark.parametrize("kind", KINDS)
def test_the_beginning_may_be_seen_by_anyone(kind: str) -> None:
    for entry in LIBRARY.at(f"checkin.{kind}"):
        for text in entry.say:
            shown = text[:SEEN_ON_A_LOCKED_SCREEN].lower()
            assert not any(f" {word}" in f" {shown}" for word in _LOUD), text


@pytest.mark.parametrize("kind", KINDS)
def test_no_question_takes_a_time_of_day_for_granted(kind: str) -> None:
    """They come when the client chose: at nine in the morning or at nine in the evening."""
    texts = [text for entry in LIBRARY.at(f"checkin.{kind}") for text in (*entry.say, *entry.ask)]
    assert [text for text in texts if _HOUR.search(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_answered_whatever_the_mood(kind: str) -> None:
    needs = [entry.needs for entry in LIBRARY.at(f"checkin.heard.{kind}")]
    assert {frozenset(), frozenset({"good"}), frozenset({"hard"})} <= set(needs)


def test_moments_made_of_parts_have_words() -> None:
    made = [f"checkin.mark.{value}" for value in MARKS] + [f"button.checkin:mark:{value}" for value in MARKS]
    made += [f"checkin.name-{kind.replace('_', '-')}" for kind in KINDS] + [f"button.checkin:kind:{k}" for k in KINDS]
    made += [f"button.checkin:day:{day}" for day in DAYS]
    made += [f"checkin.no-such-{what}" for what in ("time", "date", "backwards")]
    made += [f"checkin.ask-{what}" for what in ("days", "kinds", "time", "quiet", "place")]
    made += [f"staff.plan-{what}" for what in ("accepted", "changed", "declined")]
    assert [moment for moment in made if not LIBRARY.at(moment)] == []


def test_a_low_mark_is_not_repaired_and_a_high_one_not_praised() -> None:
    for value in MARKS:
        entries = LIBRARY.at(f"checkin.mark.{value}")
        assert len(entries) >= 4
        assert not any("?" in text for entry in entries for text in entry.say)


def test_a_client_who_wants_no_questions_gets_the_opener_alone() -> None:
    assert all("?" not in asked(VOICE, kind, "slot", (), Random(1), question=False).text for kind in KINDS)
