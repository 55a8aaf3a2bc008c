"""Whatever the plan, the zone and the year: at most one a day, none at night, none late, all that should come come."""

import time as stopwatch
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.checkins.given import plan_from
from bot.care.checkins.plan import DAYS, Occurrence, Plan, new_plan
from bot.care.checkins.schedule import LATE, is_night, is_quiet, next_occurrence, sends
from tests.bot.care.checkins import oracle

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def plan(**values: object) -> Plan:
    return replace(new_plan(BEGIN), **{"zone": "Europe/Berlin", "days": DAYS, "at": time(18, 30), **values})  # type: ignore[arg-type]


def run(one: Plan, begin: datetime, count: int) -> Iterator[Occurrence]:
    """What the clock would send, one after another."""
    after = begin
    for _ in range(count):
        found = next_occurrence(one, after)
        if found is None:
            return
        yield found
        after = found.at


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, datetime]:
    random = Random(draw(st.integers(0, 2**32)))
    row = oracle.random_row(random, 0)
    while oracle.refused(row["plan"]):
        row = oracle.random_row(random, 0)
    made = replace(plan_from(row["plan"]), id=f"{random.randrange(2**64):x}")
    return made, datetime.fromisoformat(row["from"]).astimezone(UTC)


def check(one: Plan, begin: datetime, count: int) -> int:
    """All that must hold of a plan's next `count` occurrences; returns how many there were."""
    zone, found = ZoneInfo(one.zone), list(run(one, begin, count))
    assert len({o.day for o in found}) == len(found)
    for earlier, later in pairwise(found):
        assert earlier.at < later.at and earlier.day < later.day
    for o in found:
        assert o.opens <= o.at <= o.until <= o.opens + timedelta(hours=26)
        assert DAYS[o.day.weekday()] in one.days and (one.until is None or o.day <= one.until)
        assert not is_quiet(o.opens.astimezone(zone).time(), one.quiet)
        assert not is_quiet(o.at.astimezone(zone).time(), one.quiet)
        if one.window is None:
            assert o.at == o.opens and o.until - o.at <= LATE
        elif o.at.astimezone(zone).replace(tzinfo=None) > datetime.combine(o.day, one.window[1]):
            assert o.at == o.opens  # a gap took the whole window away
    return len(found)


@settings(max_examples=150, deadline=None)
@given(plans())
def test_at_most_one_a_day_never_at_night_never_late(case: tuple[Plan, datetime]) -> None:
    check(*case, count=12)


@settings(max_examples=150, deadline=None)
@given(plans())
def test_all_that_should_come_come(case: tuple[Plan, datetime]) -> None:
    """Every date of the plan has its occurrence, unless the clocks push it into the night."""
    one, begin = case
    found, zone = list(run(one, begin, 8)), ZoneInfo(one.zone)
    if len(found) < 2:
        return
    days = {o.day for o in found}
    day = found[0].day
    while day <= found[-1].day:
        if DAYS[day.weekday()] in one.days and day not in days:
            assert is_quiet(oracle.utc_of(datetime.combine(day, one.begins), zone).astimezone(zone).time(), one.quiet)
        day += timedelta(days=1)


@settings(max_examples=100, deadline=None)
@given(plans(), st.sampled_from(oracle.ZONES), st.integers(0, 6))
def test_a_zone_changed_in_mid_plan_repeats_no_day(case: tuple[Plan, datetime], zone: str, when: int) -> None:
    one, begin = case
    taken: set[date] = set()
    after = begin
    for number in range(10):
        if number == when:
            one = replace(one, zone=zone)
        found = next_occurrence(one, after, taken)
        if found is None:
            break
        assert found.day not in taken and found.at > after
        assert not is_night(one, found.at)
        taken.add(found.day)
        after = found.at


@pytest.mark.parametrize("zone", oracle.ZONES)
def test_every_change_of_the_clocks_2024_to_2030(zone: str) -> None:
    """At every quarter of the night around each change, for a plan of every day without quiet hours."""
    for change in oracle.changes(zone):
        for at in (time(0, 0), time(0, 30), time(1, 15), time(2, 0), time(2, 30), time(3, 0), time(23, 45)):
            one = plan(zone=zone, at=at, quiet=(time(12), time(12)))
            begin = change - timedelta(days=2)
            assert check(one, begin, 5) == 5
            first = [o.at for o in run(one, begin, 5)]
            assert first == [oracle.utc_of(datetime.combine(o.day, at), ZoneInfo(zone)) for o in run(one, begin, 5)]


@pytest.mark.evidence
def test_ten_thousand_plans_in_a_minute() -> None:
    """Of the processor's time: other programs on the machine are not the schedule's."""
    random, begun, sent, number = Random(5), stopwatch.process_time(), 0, 0
    while number < 10_000:
        row = oracle.random_row(random, number)
        if oracle.refused(row["plan"]):
            continue
        one = replace(plan_from(row["plan"]), id=str(number))
        begin = datetime.fromisoformat(row["from"]).astimezone(UTC)
        sent += check(one, begin, 20)
        number += 1
    took = stopwatch.process_time() - begun
    print(f"10,000 plans, {sent} occurrences checked in {took:.1f} s")
    assert took < 60


def test_a_window_is_spread_and_stable() -> None:
    many = [plan(id=f"p{n}", at=None, window=(time(17), time(20))) for n in range(400)]
    first = [next(run(one, BEGIN, 1)) for one in many]
    minutes = sorted((o.at - o.opens).total_seconds() / 60 for o in first)
    assert minutes[0] < 5 and 150 < minutes[-1] <= 162  # the last tenth is left for leaving in time
    fullest = max(sum(start <= m < start + 5 for m in minutes) for start in range(0, 162, 5))
    assert fullest < 40
    assert [next(run(one, BEGIN, 1)) for one in many] == first
    again = [list(run(one, BEGIN, 2))[1] for one in many]
    assert [o.at - o.opens for o in again] != [o.at - o.opens for o in first]  # another time on another day


def test_what_is_late_is_late_before_the_night() -> None:
    evening = next(run(plan(at=time(20, 30)), BEGIN, 1))
    assert evening.until - evening.at == timedelta(minutes=30)
    assert next(run(plan(), BEGIN, 1)).until - next(run(plan(), BEGIN, 1)).at == timedelta(hours=1)
    window = next(run(plan(at=None, window=(time(20), time(22))), BEGIN, 1))
    assert window.until.astimezone(ZoneInfo("Europe/Berlin")).time() == time(21)


def test_an_edit_never_brings_back_the_past() -> None:
    assert next(run(plan(at=time(11)), BEGIN, 1)).day == date(2026, 3, 3)  # 13:00 in Berlin: today's is over
    found = next_occurrence(plan(at=time(20)), BEGIN, taken={date(2026, 3, 2)})
    assert found is not None and found.day == date(2026, 3, 3)


def test_a_time_inside_the_quiet_hours_never_comes_and_is_not_searched_for() -> None:
    assert next_occurrence(plan(at=time(22)), BEGIN) is None
    assert sends(plan(at=time(22)), BEGIN, 7) == []
    assert next_occurrence(plan(days=()), BEGIN) is None


def test_a_snooze_leaves_days_out() -> None:
    shown = sends(plan(snoozed=date(2026, 3, 9)), BEGIN, 2)
    assert [s.day for s in shown] == [date(2026, 3, 9), date(2026, 3, 10)]


def test_kinds_go_on_from_where_the_plan_stands() -> None:
    shown = sends(plan(kinds=("body", "hopes", "soothing"), turn=2), BEGIN, 3)
    assert [s.kind for s in shown] == ["soothing", "body", "hopes"]
