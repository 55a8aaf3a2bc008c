"""A plan in words and buttons: days, times and dates are values of tables, put into the library's lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from bot.care.checkins.plan import DAYS, KINDS, Plan, Span
from bot.care.checkins.ports import Place
from bot.care.checkins.schedule import Send, sends
from bot.care.records import Button
from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.fill import listed
from responses.model import Part

SHOWN = 7  # sends in a preview
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Rows = tuple[tuple[Button, ...], ...]


def values_of(visit: Visit, plan: Plan) -> dict[str, str]:
    """Slots that describe a plan: {days} {time} {place} {quiet} {kinds} {list}."""
    coming = sends(plan, visit.now, SHOWN) if plan.zone else []
    return {
        "days": days_in_words(plan.days),
        "time": time_in_words(plan),
        "place": place_of(plan.zone),
        "quiet": span_in_words(plan.quiet),
        "kinds": kinds_in_words(visit, plan.kinds),
        "list": "\n".join(send_in_words(send) for send in coming),
    }


def days_in_words(days: Sequence[str]) -> str:
    if tuple(days) == DAYS:
        return "every day"
    return listed([_NAMES[DAYS.index(day)] for day in days])


def time_in_words(plan: Plan) -> str:
    if plan.window is None:
        return f"at {plan.begins:%H:%M}"
    return f"between {plan.window[0]:%H:%M} and {plan.window[1]:%H:%M}"


def span_in_words(span: Span) -> str:
    return "" if span[0] == span[1] else f"{span[0]:%H:%M} and {span[1]:%H:%M}"


def date_in_words(day: date) -> str:
    return f"{_NAMES[day.weekday()]}, {day.day} {day:%B}"


def send_in_words(send: Send) -> str:
    return f"{send.local:%a} {send.local.day} {send.local:%b}, {send.local:%H:%M}"


def clock_in_words(at: time) -> str:
    return f"{at:%H:%M}"


def place_of(zone: str) -> str:
    """ "Europe/Berlin": Berlin. An offset is written as people do: UTC+2."""
    if zone.startswith("Etc/GMT"):
        return f"UTC{zone.removeprefix('Etc/GMT').translate(str.maketrans('+-', '-+'))}"
    return zone.rpartition("/")[2].replace("_", " ")


def kinds_in_words(visit: Visit, kinds: Sequence[str]) -> str:
    if set(kinds) == set(KINDS):
        return word(visit, "checkin.all-kinds")
    return listed([word(visit, f"checkin.name-{kind.replace('_', '-')}") for kind in KINDS if kind in kinds])


def word(visit: Visit, moment: str, **slots: str) -> str:
    """A label: the same each time."""
    return visit.room.voice.line(moment, slots)


def label(visit: Visit, name: str, data: str, **slots: str) -> Button:
    return Button(word(visit, f"button.{name}", **slots), data)


def described(visit: Visit, moment: str, plan: Plan, buttons: Rows | None = None, **slots: str) -> Reply:
    """A line about a plan, with the buttons that its entry names or with these."""
    world = {"until"} if plan.until is not None else set()
    values = values_of(visit, plan) | ({"until": date_in_words(plan.until)} if plan.until else {}) | slots
    world |= {"loud"} if not values["quiet"] else set()
    reply = visit.say(moment, slots=values, world=frozenset(world))
    return reply if buttons is None else replace(reply, buttons=buttons)


def joined(*replies: Reply) -> Reply:
    """Several lines as one message, with the buttons of the last."""
    parts: tuple[Part, ...] = tuple(part for reply in replies for part in reply.parts)
    trail = tuple(step for reply in replies for step in reply.trail)
    return Reply(parts, replies[-1].buttons, trail, apart=True)


_REVIEW = (("save",), ("days", "time"), ("kinds", "quiet"), ("place", "no"))


def review_rows(visit: Visit) -> Rows:
    """Yes first and alone; the ways to change it beside one another."""
    return tuple(tuple(label(visit, f"checkin:{name}", f"checkin:{name}") for name in row) for row in _REVIEW)


def day_rows(visit: Visit, days: Sequence[str]) -> Rows:
    """A tick beside each day that is chosen."""
    named = [_ticked(visit, f"checkin:day:{day}", day in days) for day in DAYS]
    sets = [label(visit, name, name) for name in ("checkin:days:all", "checkin:days:week")]
    return (tuple(named[:4]), tuple(named[4:]), tuple(sets), (label(visit, "checkin:review", "checkin:review"),))


def kind_rows(visit: Visit, kinds: Sequence[str]) -> Rows:
    named = [_ticked(visit, f"checkin:kind:{kind}", kind in kinds) for kind in KINDS]
    pairs = tuple(tuple(named[i : i + 2]) for i in range(0, len(named), 2))
    return (*pairs, (label(visit, "checkin:review", "checkin:review"),))


def _ticked(visit: Visit, name: str, chosen: bool) -> Button:
    text = word(visit, f"button.{name}")
    return Button(word(visit, "checkin.ticked", value=text) if chosen else text, name)


def zone_rows(visit: Visit, zones: Sequence[str]) -> Rows:
    return tuple((label(visit, "checkin:zone", f"checkin:zone:{zone}", value=place_of(zone)),) for zone in zones)


def place_rows(visit: Visit, places: Sequence[Place]) -> Rows:
    """Namesakes apart: "Birmingham, GB", "Birmingham, AL, US"."""
    return tuple(
        (Button(", ".join(part for part in (p.name, p.region, p.country) if part), f"checkin:zone:{p.zone}"),)
        for p in places
    )
