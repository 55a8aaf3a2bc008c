"""Times, days and ends as people write them, the impossible ones included."""

from datetime import date, time

import pytest

from bot.care.checkins.clock_words import quiet_span
from bot.care.checkins.marks import mark_of
from bot.care.checkins.ports import NoPlaces
from bot.care.checkins.wishes import Wish, wish_of
from bot.care.checkins.zones import zone_from
from tests.bot.care.checkins.conftest import SmallAtlas

QUIET = (time(21), time(9))
TODAY = date(2026, 3, 2)


def wish(text: str) -> Wish:
    return wish_of(text, QUIET, TODAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("7pm", time(19)),
        ("7 p.m.", time(19)),
        ("at 7", time(19)),
        ("7", time(19)),
        ("seven", time(19)),
        ("half past six", time(18, 30)),
        ("quarter to eight", time(19, 45)),
        ("ten past 5", time(17, 10)),
        ("19:30", time(19, 30)),
        ("7.30 pm", time(19, 30)),
        ("seven thirty", time(19, 30)),
        ("19h", time(19)),
        ("1930", time(19, 30)),
        ("6ish", time(18)),
        ("at 10", time(10)),
        ("9am", time(9)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("7 in the morning", time(7)),
        ("tuesdays at 7 o’clock", time(19)),
        ("22:30", time(22, 30)),
    ],
)
def test_a_time(text: str, at: time) -> None:
    assert wish(text).at == at


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("between 5 and 8", (time(17), time(20))),
        ("5-8pm", (time(17), time(20))),
        ("17:00 to 20:30", (time(17), time(20, 30))),
        ("from 10 to 2", (time(10), time(14))),
        ("evenings", (time(17, 30), time(20, 30))),
        ("in the mornings", (time(9), time(11, 30))),
        ("after work", (time(17), time(19, 30))),
        ("whenever", (time(10), time(20))),
        ("I don't mind", (time(10), time(20))),
    ],
)
def test_a_window(text: str, window: tuple[time, time]) -> None:
    assert wish(text).window == window


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tuesdays and fridays", "tue fri"),
        ("Mon, Wed & Sun", "mon wed sun"),
        ("every day", "mon tue wed thu fri sat sun"),
        ("weekdays", "mon tue wed thu fri"),
        ("monday to friday", "mon tue wed thu fri"),
        ("weekends please", "sat sun"),
        ("twice a week", "mon thu"),
        ("3 times a week", "mon wed fri"),
        ("once a week", "wed"),
    ],
)
def test_days(text: str, days: str) -> None:
    assert wish(text).days == tuple(days.split())


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("until 30 June", date(2026, 6, 30)),
        ("until June 30th", date(2026, 6, 30)),
        ("until 1 February", date(2027, 2, 1)),
        ("until 2026-05-01", date(2026, 5, 1)),
        ("for two weeks", date(2026, 3, 16)),
    ],
)
def test_an_end(text: str, until: date) -> None:
    assert wish(text) == Wish(until=until)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("25:00", "time"),
        ("7:75 pm", "time"),
        ("13pm", "time"),
        ("30 February", "date"),
        ("until 30 february", "date"),
        ("until 2026-13-40", "date"),
        ("between 20:00 and 17:00", "backwards"),
    ],
)
def test_what_cannot_be_is_named(text: str, problem: str) -> None:
    assert wish(text).problem == problem


@pytest.mark.parametrize(
    "text",
    [
        "I feel awful today",
        "friday was hard",
        "my 2 kids are loud",
        "it has been 3 days since she left",
        "I don't know",
        "",
        "\ud83d",
    ],
)
def test_talk_is_no_wish(text: str) -> None:
    assert not wish(text)


def test_several_things_at_once() -> None:
    found = wish("Tuesdays and Thursdays at half past six until 30 June")
    assert found == Wish(("tue", "thu"), time(18, 30), until=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("22 to 8", (time(22), time(8))),
        ("10pm-8am", (time(22), time(8))),
        ("from 10 to 7", (time(22), time(7))),
        ("between 9 and 9", (time(21), time(9))),
        ("none", (time(0), time(0))),
    ],
)
def test_quiet_hours(text: str, span: tuple[time, time]) -> None:
    assert quiet_span(text) == span


def test_no_quiet_hours_in_talk() -> None:
    assert quiet_span("my nights are bad") is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("UTC+2", "Etc/GMT-2"),
        ("gmt -5", "Etc/GMT+5"),
        ("+5:30", "Asia/Kolkata"),
        ("utc", "Etc/UTC"),
        ("america/new york", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("I live in Berlin", "Europe/Berlin"),
        ("near berlin.", "Europe/Berlin"),
        ("UTC+99", ""),
        ("+5:20", ""),
        ("Atlantis", ""),
        ("", ""),
    ],
)
async def test_a_zone(text: str, zone: str) -> None:
    assert (await zone_from(text, SmallAtlas())).zone == zone


async def test_an_offset_is_told_to_be_fixed_and_a_city_is_not() -> None:
    assert (await zone_from("UTC+2", NoPlaces())).fixed
    assert not (await zone_from("Berlin", SmallAtlas())).fixed


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("3", 3),
        ("three", 3),
        ("4/5", 4),
        ("2 out of 5", 2),
        ("so-so", 3),
        ("I'm okay", 4),
        ("I’m not great", 2),
        ("awful", 1),
        ("very hard", 1),
        ("Good!", 5),
        ("today was hard", 2),
        ("not bad", 3),
    ],
)
def test_a_mark_in_words(text: str, mark: int) -> None:
    assert mark_of(text) == mark


@pytest.mark.parametrize("text", ["7", "good question", "I had a hard talk with my boss", "0", "not", "", "3 people"])
def test_what_is_told_is_no_mark(text: str) -> None:
    assert mark_of(text) is None
