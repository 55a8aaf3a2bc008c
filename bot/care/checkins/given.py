"""A plan from plain values, as `preview` and a practitioner give it, each fault said in one clear sentence."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.care.checkins.plan import DAYS, KINDS, QUIET, Plan, Span
from bot.care.checkins.schedule import is_quiet

_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_YEARS = range(1970, 3000)
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class BadPlanError(Exception):
    """A plan that cannot be kept; str() is one sentence for whoever gave it."""


def plan_from(given: Any) -> Plan:
    """The plan of {"zone", "days", "at" or "window", and perhaps "kinds", "quiet", "until"}. Raises BadPlanError."""
    if not isinstance(given, Mapping):
        raise BadPlanError("'plan' must be an object with zone, days, and at or window.")
    if ("at" in given) == ("window" in given):
        raise BadPlanError("A plan needs either 'at' or 'window', and not both.")
    window = span(given["window"], "window") if "window" in given else None
    plan = Plan(
        id="",
        zone=zone(given.get("zone")),
        days=days(given.get("days")),
        at=clock_time(given["at"], "at") if window is None else None,
        window=window,
        kinds=kinds(given["kinds"]) if given.get("kinds") is not None else KINDS,
        quiet=span(given["quiet"], "quiet") if given.get("quiet") is not None else QUIET,
        until=calendar_date(given["until"], "until") if given.get("until") is not None else None,
    )
    check(plan)
    return plan


def check(plan: Plan) -> None:
    """Raises BadPlanError for a window that ends before it begins, and for a time inside the quiet hours."""
    if plan.window is not None and plan.window[0] >= plan.window[1]:
        raise BadPlanError("'window' must end after it begins, on the same day.")
    if is_quiet(plan.begins, plan.quiet):
        what = "'at'" if plan.window is None else "The beginning of 'window'"
        raise BadPlanError(
            f"{what}, {plan.begins:%H:%M}, lies in the quiet hours {plan.quiet[0]:%H:%M} to {plan.quiet[1]:%H:%M}."
        )


def zone(given: Any) -> str:
    if not isinstance(given, str) or not given:
        raise BadPlanError("'zone' must be the name of a time zone, such as Europe/Berlin.")
    try:
        ZoneInfo(given)
    except (ValueError, OSError, LookupError):  # among the names are folders, and paths that lead elsewhere
        raise BadPlanError(f"'{given[:60]}' is not the name of a time zone, such as Europe/Berlin.") from None
    return given


def days(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise BadPlanError("'days' must be a list of at least one of mon, tue, wed, thu, fri, sat, sun.")
    named = {_day(day) for day in given}
    return tuple(day for day in DAYS if day in named)


def _day(given: Any) -> str:
    found = given.strip().lower() if isinstance(given, str) else ""
    if found in _FULL:
        return found[:3]
    if found not in DAYS:
        raise BadPlanError(f"'{str(given)[:40]}' is not a day; days are mon, tue, wed, thu, fri, sat, sun.")
    return found


def clock_time(given: Any, name: str) -> time:
    match = _TIME.fullmatch(given.strip()) if isinstance(given, str) else None
    if match is None:
        raise BadPlanError(f"'{name}' must be a time of day such as 18:30.")
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        raise BadPlanError(f"'{name}': {given.strip()} is not a time of day; the last one is 23:59.")
    return time(hour, minute)


def span(given: Any, name: str) -> Span:
    if not isinstance(given, list | tuple) or len(given) != 2:
        raise BadPlanError(f'\'{name}\' must be two times of day, such as ["17:00", "20:00"].')
    return clock_time(given[0], name), clock_time(given[1], name)


def kinds(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise BadPlanError("'kinds' must be a list of at least one kind of check-in.")
    for kind in given:
        if kind not in KINDS:
            raise BadPlanError(f"'{str(kind)[:40]}' is not a kind of check-in; kinds are {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(given))


def calendar_date(given: Any, name: str) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadPlanError(
            f"'{name}': {str(given)[:40]!r} is not a date of the calendar, such as 2026-06-30."
        ) from None


def moment(given: Any, name: str) -> datetime:
    """A time with its offset, such as 2026-03-27T12:00:00Z."""
    try:
        found = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadPlanError(f"'{name}' must be a time such as 2026-03-27T12:00:00Z.") from None
    if found.tzinfo is None:
        raise BadPlanError(f"'{name}' must say its offset, such as the Z in 2026-03-27T12:00:00Z.")
    if found.year not in _YEARS:
        raise BadPlanError(f"'{name}' must lie between the years {_YEARS[0]} and {_YEARS[-1]}.")
    return found
