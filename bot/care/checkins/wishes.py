"""Times and days as people write them: "tuesdays at half past six", "evenings", "until 30 June".

Everything found in a text is taken; what cannot be is named, so that the answer can say so kindly.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.care.checkins.clock_words import clock_times, named_window
from bot.care.checkins.plan import DAYS, USUAL_DAYS, Plan, Span
from bot.care.checkins.schedule import is_quiet

_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?\b(?!\s+(?:was|is|were|has|had))", re.I
)
_SETS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\b(every|each) ?day\b|\bdaily\b|\bseven (days|times) a week\b", re.I), DAYS),
    (re.compile(r"\b(on )?(week ?days|work(ing)? ?days)\b|\bmonday (to|till|through) friday\b", re.I), DAYS[:5]),
    (re.compile(r"\bweek-?ends?\b", re.I), DAYS[5:]),
    (re.compile(r"\bevery (other|second) day\b", re.I), ("mon", "wed", "fri", "sun")),
    (re.compile(r"\b(five|5)( times| days|x)? (a|per) week\b", re.I), DAYS[:5]),
    (re.compile(r"\b(four|4)( times| days|x)? (a|per) week\b", re.I), ("mon", "tue", "thu", "sat")),
    (re.compile(r"\b(three|3)( times| days|x)? (a|per) week\b", re.I), USUAL_DAYS),
    (re.compile(r"\b(twice|two( times| days)?|2( times| days|x)?) (a|per) week\b", re.I), ("mon", "thu")),
    (re.compile(r"\b(once|one( time| day)?|1( time| day|x)?) (a|per) week\b|\bweekly\b", re.I), ("wed",)),
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TH = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"\b(?:until|till|up to|ending?|ends|to|by) (?:the )?(?:(\d{4})-(\d{1,2})-(\d{1,2})|"
    rf"(\d{{1,2}}){_TH}(?: of)? {_MONTH}(?: (\d{{4}}))?|{_MONTH} (\d{{1,2}}){_TH}(?:,? (\d{{4}}))?)",
    re.I,
)
_BARE_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}|\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b", re.I
)
_FOR = re.compile(r"\bfor (?:the next )?(a|one|two|three|four|six|\d{1,2}) (day|week|month)s?\b", re.I)
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_DAYS_OF = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text asks for. `problem` is a rule name for what cannot be: "time", "date", "backwards"."""

    days: tuple[str, ...] = ()
    at: time | None = None
    window: Span | None = None
    until: date | None = None
    problem: str = ""

    def __bool__(self) -> bool:
        return self != Wish()


def wish_of(text: str, quiet: Span, today: date) -> Wish:
    """What a text says of days, time of day and end. An hour without am or pm is the one outside the quiet hours."""
    text = " ".join(text.lower().replace("’", "'").replace("–", "-").split())
    end, text = _end(text, today)
    if end == "date":
        return Wish(problem="date")
    spoken = clock_times(text, quiet)
    if spoken.problem:
        return Wish(problem=spoken.problem)
    window = spoken.window or (None if spoken.at else named_window(text))
    if window is not None and window[0] >= window[1]:
        return Wish(problem="backwards")
    return Wish(_days(text), spoken.at, window, end if isinstance(end, date) else None)


def _days(text: str) -> tuple[str, ...]:
    named = next((days for pattern, days in _SETS if pattern.search(text)), ())
    found = {match[1][:3].lower() for match in _DAY.finditer(text)}
    if named == DAYS[:5] and "monday" in text:
        return named
    return tuple(day for day in DAYS if day in found | set(named))


def _end(text: str, today: date) -> tuple[date | str | None, str]:
    """The date until which, or "date" for one the calendar does not have; and the text without it."""
    match = _DATE.search(text)
    if match is not None:
        return _date(match, today), text.replace(match[0], " ")
    match = _FOR.search(text)
    if match is not None:
        count = _COUNT.get(match[1]) or int(match[1])
        return today + timedelta(days=count * _DAYS_OF[match[2]]), text.replace(match[0], " ")
    bare = _BARE_DATE.search(text)
    if bare is not None:
        number, month = int(bare[1] or bare[4]), _MONTHS.index((bare[2] or bare[3])[:3]) + 1
        if number > monthrange(2028, month)[1]:
            return "date", text
    return None, text


def _date(match: re.Match[str], today: date) -> date | str:
    if match[1]:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        named, number, given = (match[5], match[4], match[6]) if match[4] else (match[7], match[8], match[9])
        month, day = _MONTHS.index(named[:3]) + 1, int(number)
        year = int(given) if given else today.year + ((month, day) < (today.month, today.day))
    try:
        return date(year, month, day)
    except ValueError:
        return "date"


def applied(plan: Plan, wish: Wish) -> Plan:
    """The plan with everything the wish names."""
    if wish.days:
        plan = replace(plan, days=wish.days)
    if wish.at is not None:
        plan = replace(plan, at=wish.at, window=None)
    if wish.window is not None:
        plan = replace(plan, at=None, window=wish.window)
    return replace(plan, until=wish.until) if wish.until is not None else plan


def is_at_night(plan: Plan) -> bool:
    return is_quiet(plan.begins, plan.quiet)
