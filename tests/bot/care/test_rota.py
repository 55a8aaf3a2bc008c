"""Who is on call at an instant: hours, nights over midnight, holidays, summer time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.rota import Contact, Duties, Duty, Hours, Rota

ANNA, BEN, NIGHT = Contact("anna", 1), Contact("ben", 2), Contact("night", 3)
OPERATOR = Contact("operator", 9)
BERLIN = ZoneInfo("Europe/Berlin")


def hours(*said: str) -> tuple[Hours, ...]:
    return tuple(map(Hours.parse, said))


def duties(operator: Contact | None = None, *holidays: date) -> Duties:
    week = (
        Duty(ANNA, hours("mon-fri 09:00-17:00")),
        Duty(BEN, hours("mon,wed 12:00-20:00", "sat 10:00-14:00")),
        Duty(NIGHT, hours("fri-sat 22:00-06:00")),
    )
    return Duties(week, operator, BERLIN, frozenset(holidays))


def on_duty(*when: int, operator: Contact | None = None, holidays: tuple[date, ...] = ()) -> list[str]:
    now = datetime(*when, tzinfo=BERLIN).astimezone(UTC)  # type: ignore[misc]
    return [contact.code for contact in duties(operator, *holidays).rota(now).order]


@pytest.mark.parametrize(
    ("when", "who"),
    [
        ((2026, 3, 2, 8, 59), []),  # a Monday
        ((2026, 3, 2, 9, 0), ["anna"]),
        ((2026, 3, 2, 13, 0), ["anna", "ben"]),
        ((2026, 3, 2, 17, 0), ["ben"]),
        ((2026, 3, 6, 22, 0), ["night"]),
        ((2026, 3, 7, 5, 59), ["night"]),
        ((2026, 3, 7, 6, 0), []),
        ((2026, 3, 8, 3, 0), ["night"]),  # Saturday's night
        ((2026, 3, 9, 3, 0), []),
    ],
)
def test_hours_are_local_and_nights_run_over_midnight(when: tuple[int, ...], who: list[str]) -> None:
    assert on_duty(*when) == who


def test_hours_follow_the_clock_of_the_place_through_summer_time() -> None:
    assert on_duty(2026, 3, 27, 9, 0) == on_duty(2026, 3, 30, 9, 0)[:1] == ["anna"]
    assert duties().rota(datetime(2026, 3, 27, 7, 30, tzinfo=UTC)).order == ()  # 8:30 in winter
    assert duties().rota(datetime(2026, 3, 30, 7, 30, tzinfo=UTC)).order == (ANNA,)  # 9:30 in summer


def test_a_holiday_is_free_and_its_night_goes_with_the_day_it_began() -> None:
    friday, saturday = date(2026, 3, 6), date(2026, 3, 7)
    assert on_duty(2026, 3, 6, 10, 0, holidays=(friday,)) == []
    assert on_duty(2026, 3, 7, 5, 0, holidays=(friday,)) == []
    assert on_duty(2026, 3, 7, 5, 0, holidays=(saturday,)) == ["night"]
    assert on_duty(2026, 3, 6, 10, 0, operator=OPERATOR, holidays=(friday,)) == ["operator"]


def test_without_hours_somebody_is_on_duty_always() -> None:
    book = Duties((Duty(ANNA),), None, BERLIN, frozenset({date(2026, 3, 6)}))
    assert book.rota(datetime(2026, 3, 6, 3, 0, tzinfo=UTC)).order == (ANNA,)


def test_when_nobody_is_on_duty_it_says_when_notes_are_read() -> None:
    night = duties().rota(datetime(2026, 3, 3, 1, 0, tzinfo=UTC))
    assert night.staffed
    assert night.hours == (
        "Mon-Fri 09:00-17:00, Mon,Wed 12:00-20:00, Sat 10:00-14:00 and Fri-Sat 22:00-06:00 (Berlin time)"
    )
    assert night.who(1) == ANNA
    assert duties(OPERATOR).rota(datetime(2026, 3, 3, 1, 0, tzinfo=UTC)).hours == ""
    assert duties().rota(datetime(2026, 3, 3, 10, 0, tzinfo=UTC)).hours == ""


@pytest.mark.parametrize(
    "said", ["mon 9-17", "monday 09:00-17:00", "mon-foo 09:00-17:00", "mon 09:00-25:00", "", "9:00"]
)
def test_hours_that_cannot_be_read_are_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"hours are written|days are|not a time"):
        Hours.parse(said)


def test_the_operator_comes_last_and_nobody_stands_twice() -> None:
    assert [c.code for c in Rota((ANNA, BEN), OPERATOR).order] == ["anna", "ben", "operator"]
    assert Rota((ANNA,), ANNA).order == (ANNA,)
    assert not Rota().staffed


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
)
def test_an_hour_of_every_week_finds_the_same_people(now: datetime) -> None:
    """Whatever the instant, who is on duty depends on the local hour and day alone."""
    here = now.astimezone(BERLIN)
    later = (here.replace(tzinfo=None) + timedelta(weeks=1)).replace(tzinfo=BERLIN)
    if later.astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None) == later.replace(tzinfo=None) and not here.fold:
        assert duties().rota(now).order == duties().rota(later).order
