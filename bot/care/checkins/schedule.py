"""When a plan's check-ins come: pure functions of plan, time zone and date.

Local times are resolved as RFC 5545 and PEP 495 name the cases: one that clocks skip (a gap) becomes the first instant
that exists after it, one that comes twice (a fold) is its first. Nothing ever falls into the quiet hours.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2s
from itertools import islice
from zoneinfo import ZoneInfo

from bot.care.checkins.plan import DAYS, Occurrence, Plan, Span

LATE = timedelta(minutes=60)  # after a fixed time
SPREAD = 0.9  # of a window: what is left lets the last ones leave in time
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_LAST_DAY = date.max - 3 * _DAY


@dataclass(frozen=True, slots=True)
class Send:
    """A check-in to come, as shown to people: a window at its start."""

    day: date
    at: datetime  # UTC
    local: datetime  # with the zone's offset
    kind: str
    until: datetime | None = None  # UTC: where its window ends; None for a fixed time


def sends(plan: Plan, after: datetime, count: int) -> list[Send]:
    """The next `count` check-ins, strictly after `after`; fewer when the plan ends before.

    Days before the end of a snooze are left out. The kinds go on from where the plan stands.
    """
    zone = ZoneInfo(plan.zone)
    coming = (o for o in _from(plan, after) if o.opens > after and (plan.snoozed is None or o.day >= plan.snoozed))
    return [
        Send(o.day, o.opens, o.opens.astimezone(zone), plan.kind_after(n), o.until if plan.window else None)
        for n, o in enumerate(islice(coming, max(count, 0)))
    ]


def next_occurrence(plan: Plan, after: datetime, taken: Collection[date] = ()) -> Occurrence | None:
    """The first occurrence that is sent strictly after `after` on a date not in `taken`; None when there is none."""
    return next((o for o in _from(plan, after) if o.at > after and o.day not in taken), None)


def is_quiet(local: time, quiet: Span) -> bool:
    """The first minute of quiet hours is quiet, the end is not."""
    begin, end = quiet
    if begin <= end:
        return begin <= local < end
    return local >= begin or local < end


def is_night(plan: Plan, now: datetime) -> bool:
    """Whether `now` is inside the plan's quiet hours, by the clock of its zone."""
    return is_quiet(now.astimezone(ZoneInfo(plan.zone)).time(), plan.quiet)


def local_date(plan: Plan, now: datetime) -> date:
    return now.astimezone(ZoneInfo(plan.zone)).date()


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a local time: of two the first, of none the first that exists after."""
    wall = datetime.combine(day, at)
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    return _end_of_gap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), found, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Where the offset changes, between two moments on either side of one change."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _from(plan: Plan, after: datetime) -> Iterator[Occurrence]:
    """Occurrences by date, from the day before `after`: a gap may carry one over midnight."""
    zone = ZoneInfo(plan.zone)
    weekdays = {DAYS.index(day) for day in plan.days}
    if not weekdays or is_quiet(plan.begins, plan.quiet):
        return  # never
    day = after.astimezone(zone).date() - _DAY
    last = min(plan.until or _LAST_DAY, _LAST_DAY)
    while day <= last:
        if day.weekday() in weekdays:
            found = _on(plan, zone, day)
            if found is not None:
                yield found
        day += _DAY


def _on(plan: Plan, zone: ZoneInfo, day: date) -> Occurrence | None:
    """The occurrence of a date; None when the clocks push it into the quiet hours."""
    opens = instant(day, plan.begins, zone)
    if is_quiet(opens.astimezone(zone).time(), plan.quiet):
        return None
    at, until = opens, opens + LATE
    if plan.window is not None:
        until = max(instant(day, plan.window[1], zone), opens)
    until = min(until, _night_after(plan, zone, opens))
    if plan.window is not None:
        at = opens + _share(plan, day) * SPREAD * (until - opens)
        at = max(opens, at.replace(microsecond=0))
    return Occurrence(day, opens, at, until)


def _night_after(plan: Plan, zone: ZoneInfo, opens: datetime) -> datetime:
    """When the quiet hours next begin."""
    begin, end = plan.quiet
    if begin == end:
        return opens + _DAY
    day = opens.astimezone(zone).date()
    return next(night for n in range(3) if (night := instant(day + n * _DAY, begin, zone)) > opens)


def _share(plan: Plan, day: date) -> float:
    """From 0 up to 1, the same for the same plan and date: spreads the sends of many plans over a window."""
    digest = blake2s(f"{plan.id} {day}".encode(), digest_size=4).digest()
    return float(int.from_bytes(digest, "big")) / 2**32
