"""Plans to bytes and back, without loss."""

from datetime import date, datetime, time
from typing import Any

from bot.care.checkins.plan import Occurrence, Plan, Status
from bot.store.codec import known, micros, moment, pack, plain, unpack

_MOMENTS = ("made", "changed")
_DATES = ("until", "snoozed")


def pack_plan(plan: Plan) -> bytes:
    values = plain(plan)
    values["at"] = None if plan.at is None else _minutes(plan.at)
    values["window"] = None if plan.window is None else [_minutes(t) for t in plan.window]
    values["quiet"] = [_minutes(t) for t in plan.quiet]
    for name in _MOMENTS:
        values[name] = micros(values[name])
    for name in _DATES:
        values[name] = None if values[name] is None else values[name].toordinal()
    values["next"] = None if plan.next is None else _pack_occurrence(plan.next)
    return pack(values)


def unpack_plan(body: bytes) -> Plan:
    values = known(Plan, unpack(body))
    values["at"] = None if values["at"] is None else _time(values["at"])
    values["window"] = None if values["window"] is None else _span(values["window"])
    values["quiet"] = _span(values["quiet"])
    values["days"], values["kinds"] = tuple(values["days"]), tuple(values["kinds"])
    values["status"] = Status(values["status"])
    for name in _MOMENTS:
        values[name] = moment(values[name])
    for name in _DATES:
        values[name] = None if values[name] is None else date.fromordinal(values[name])
    values["next"] = None if values["next"] is None else _unpack_occurrence(values["next"])
    return Plan(**values)


def _pack_occurrence(found: Occurrence) -> list[int]:
    return [found.day.toordinal(), micros(found.opens), micros(found.at), micros(found.until)]


def _unpack_occurrence(values: list[int]) -> Occurrence:
    day, *times = values
    opens, at, until = map(moment, times)
    return Occurrence(date.fromordinal(day), opens, at, until)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def _span(values: Any) -> tuple[time, time]:
    return _time(values[0]), _time(values[1])


def due_of(plan: Plan) -> datetime | None:
    """When the clock looks at a plan; None: never."""
    return plan.next.at if plan.next is not None and plan.status is Status.ACCEPTED else None


def asked_of(plan: Plan) -> datetime | None:
    """Since when it waits for its client's answer; None: it does not."""
    return plan.made if plan.status is Status.PROPOSED else None
