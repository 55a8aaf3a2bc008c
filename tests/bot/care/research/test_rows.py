"""Label rows: days, blocks, bins, closed lists, episodes; what is not on a list goes no further."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.care.checkins.plan import Slot, SlotState
from bot.care.records import Alert, AlertState, AlertStep, Consent, Keepsake, Turn
from bot.care.research import bins, rows
from bot.care.research.days import Calendar, sessions
from bot.care.research.episodes import EPISODE_COLUMNS, episodes
from bot.care.research.records import Life, Person
from bot.care.research.standing import Standing, new_codes, standing
from nlp.labels import Tier

BEGIN = datetime(2026, 3, 20, 23, 30, tzinfo=UTC)
KNOWN = rows.Known(
    entries=frozenset({"listening.a"}),
    techniques=frozenset({"validation"}),
    languages=frozenset({"en"}),
    names=frozenset({"break", "short", "finished", "softer", "answered", "body", "check_in"}),
)


def turn(hours: float, tier: Tier = Tier.T0, **labels: Any) -> Turn:
    return Turn(BEGIN + timedelta(hours=hours), "", "", tier, labels, (), ("listening.a",), ("validation",))


def life(*turns: Turn, **more: Any) -> Life:
    return Life(Person("h", "PCODE", BEGIN, (), zone=more.pop("zone", "")), turns=turns, **more)


def slot(**changes: Any) -> Slot:
    made = Slot("s1", "plan", BEGIN.date(), 0, "body", SlotState.ANSWERED, "", BEGIN, BEGIN + timedelta(hours=2))
    return replace(made, **changes)


def calendar(**more: Any) -> Calendar:
    return Calendar(BEGIN, more.pop("zone", ""), **more)


def named(row: rows.Row, columns: tuple[str, ...] = rows.TURN_COLUMNS) -> dict[str, Any]:
    return dict(zip(columns, row, strict=True))


def test_day_nought_is_the_day_of_first_contact_where_the_person_is() -> None:
    assert calendar().place(BEGIN) == (0, "evening")
    assert calendar(zone="Europe/Berlin").place(BEGIN) == (0, "night")  # half past midnight there
    assert calendar(zone="Europe/Berlin").place(BEGIN + timedelta(hours=24)) == (1, "night")
    assert calendar(zone="Nowhere/AtAll").place(BEGIN) == (0, "evening")


def test_days_outside_the_period_do_not_count() -> None:
    only = calendar(start=date(2026, 3, 21), end=date(2026, 3, 21))
    assert only.place(BEGIN) is None
    assert only.place(BEGIN + timedelta(hours=1)) == (1, "night")
    assert only.place(BEGIN + timedelta(hours=25)) is None


def test_sessions_end_with_a_gap_of_more_than_six_hours() -> None:
    assert sessions([BEGIN + timedelta(hours=h) for h in (0, 6, 12.1, 13)]) == [1, 1, 2, 2]


def test_a_turn_holds_labels_and_bins() -> None:
    found = life(
        turn(0, Tier.T1, feelings=["sadness", "fear", "sadness"], sentiment=-0.7, words=12, reply_words=41,
             mood="mixed", language="en", version="e012345678", faults=[]),
        turn(9),
    )  # fmt: skip
    first, second = (named(row) for row in rows.turns(found, calendar(), KNOWN))
    assert (first["participant"], first["turn"], first["session"], first["tier"]) == ("PCODE", 1, 1, "T1")
    assert (first["feelings"], first["situations"], first["sentiment"]) == ("sadness fear", "none", "very_negative")
    assert (first["client_length"], first["reply_length"], first["fault"]) == ("6-15", "41-100", False)
    assert (second["session"], second["day"], second["block"]) == (2, 1, "morning")
    assert (second["client_length"], second["sentiment"], second["reading_version"]) == (None, None, None)


@pytest.mark.parametrize("field", ["feelings", "situations", "acts", "self_talk", "kinds"])
def test_a_word_that_is_no_label_goes_no_further(field: str) -> None:
    (row,) = rows.turns(life(turn(0, **{field: ["Marguerite", 7, None]})), calendar(), KNOWN)
    assert named(row)[field] == "unlisted"


def test_no_other_value_carries_words_either() -> None:
    strange = Turn(BEGIN, "", "", Tier.T0, {"mood": "Marguerite", "language": "Marguerite", "version": "Marguerite",
                   "sentiment": "Marguerite", "words": "Marguerite", "other": "Marguerite"}, ("Marguerite",),
                   ("Marguerite",), ("Marguerite",))  # fmt: skip
    found = life(
        strange,
        kept=(
            Keepsake("1", "mark", BEGIN, {"value": "Marguerite", "from": "Marguerite"}),
            Keepsake("2", "mark", BEGIN, {"value": 3, "from": "Marguerite"}),
            Keepsake("3", "practice", BEGIN, {"name": "Marguerite", "steps": ["Marguerite"], "after": "Marguerite"}),
        ),
        check_ins=(slot(kind="Marguerite", why="Marguerite", plan="Marguerite", words=("Marguerite",)),),
        alerts=((Alert(1, "h", "Marguerite", Tier.T2, ("Marguerite",), AlertState.CLOSED, BEGIN, 0),
                 (AlertStep(1, AlertState.CLOSED, BEGIN, "Marguerite", "Marguerite"),)),),
    )  # fmt: skip
    made = [
        *rows.turns(found, calendar(), KNOWN), *rows.marks(found, calendar(), KNOWN), *episodes(found, calendar()),
        *rows.practices(found, calendar(), KNOWN), *rows.check_ins(found, calendar(), KNOWN),
    ]  # fmt: skip
    assert len(made) == 5
    assert "Marguerite" not in repr(made)


def test_practices_marks_and_check_ins() -> None:
    found = life(
        kept=(
            Keepsake("1", "mark", BEGIN, {"value": 4, "from": "check_in", "slot": "s1"}),
            Keepsake("2", "practice", BEGIN + timedelta(days=1),
                     {"name": "break", "length": "short", "ended": "finished", "after": "softer", "steps": 3}),
        ),
        check_ins=(slot(),),
    )  # fmt: skip
    (mark,) = rows.marks(found, calendar(), KNOWN)
    assert mark == ("PCODE", 1, 0, "evening", 4, "check_in", 1)
    (practice,) = rows.practices(found, calendar(), KNOWN)
    assert practice == ("PCODE", 1, 1, "evening", "break", "short", "finished", "softer", 3)
    (check_in,) = rows.check_ins(found, calendar(), KNOWN)
    assert check_in == ("PCODE", 1, 0, "evening", "body", "answered", None, "1-3 h")


def test_an_episode_and_what_became_of_its_alert() -> None:
    raised = BEGIN + timedelta(hours=2)
    alert = Alert(7, "h", "client-1", Tier.T2, ("wish_dead",), AlertState.CLOSED, raised, 1)
    steps = [
        (AlertState.OPEN, 0, ""), (AlertState.SENT, 1, ""), (AlertState.ESCALATED, 60, "to duty-2"),
        (AlertState.SEEN, 72, ""), (AlertState.CLOSED, 300, "spoke"),
    ]  # fmt: skip
    taken = tuple(AlertStep(7, state, raised + timedelta(minutes=m), "duty-1", why) for state, m, why in steps)
    found = life(
        turn(0, Tier.T1, kinds=["hopelessness"]), turn(2, Tier.T2, kinds=["wish_dead"]), turn(3),
        turn(100, Tier.T1, kinds=["hopelessness"]), alerts=((alert, taken),),
    )  # fmt: skip
    first, second = (named(row, EPISODE_COLUMNS) for row in episodes(found, calendar()))
    assert (first["tier"], first["kinds"], first["signs"], first["hours"]) == (
        "T2",
        "hopelessness wish_dead",
        2,
        "1-3 h",
    )
    assert (first["minutes_to_sent"], first["minutes_to_seen"], first["minutes_to_closed"]) == (1, 72, 300)
    assert (first["alerts"], first["escalations"], first["failures"], first["closed_how"]) == (1, 1, 0, "spoke")
    assert (second["tier"], second["alerts"], second["minutes_to_sent"]) == ("T1", 0, None)


@pytest.mark.parametrize(("words", "bin_"), [(0, "1-5"), (5, "1-5"), (6, "6-15"), (100, "41-100"), (101, "over 100")])
def test_lengths(words: int, bin_: str) -> None:
    assert bins.length(words) == bin_


@pytest.mark.parametrize(
    ("value", "bin_"),
    [(-1, "very_negative"), (-0.6, "very_negative"), (-0.3, "negative"), (0, "neutral"), (0.2, "neutral"),
     (0.9, "very_positive")],
)  # fmt: skip
def test_sentiments(value: float, bin_: str) -> None:
    assert bins.sentiment(value) == bin_


def who(*consents: tuple[str, bool], **more: Any) -> Person:
    return Person("h", None, BEGIN, tuple(Consent(p, g, "1", BEGIN) for p, g in consents), **more)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (who(("talk", True)), Standing.NEVER_AGREED),
        (who(("talk", True), ("research_text", True)), Standing.NEVER_AGREED),
        (who(("talk", True), ("research_labels", True)), Standing.IN),
        (who(("talk", True), ("research_labels", True), ("research_labels", False)), Standing.WITHDREW),
        (who(("talk", True), ("research_labels", True), ("talk", False)), Standing.LEFT),
        (who(("talk", True), ("research_labels", True), underage=True), Standing.UNDERAGE),
    ],
)
def test_only_living_consent_counts(person: Person, expected: Standing) -> None:
    assert standing(person) is expected


def test_study_ids_differ_and_follow_from_nothing() -> None:
    taken: set[str] = set()
    first, second = new_codes(["a", "b"], taken), new_codes(["a", "b"], taken)
    assert len({*first.values(), *second.values()}) == len(taken) == 4
