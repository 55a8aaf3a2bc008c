"""Times of day as people write them: "7pm", "half past six", "between 5 and 8", "evenings"."""

import re
from dataclasses import dataclass
from datetime import time

from bot.care.checkins.plan import Span
from bot.care.checkins.schedule import is_quiet

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_HOUR = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_HALF = r"(?: ?(a\.?m\b\.?|p\.?m\b\.?|o'?clock|h\b|ish\b))?"
_SPOKEN = re.compile(
    rf"\b(half past|half|quarter past|quarter to|ten past|ten to|five past|five to) ({_HOUR})\b{_HALF}", re.I
)
_OFFSETS = {
    "half past": 30,
    "half": 30,
    "quarter past": 15,
    "quarter to": -15,
    "ten past": 10,
    "ten to": -10,
    "five past": 5,
    "five to": -5,
}
_WRITTEN = re.compile(
    rf"(?<![\w:.-])({_HOUR})(?:[:.h](\d{{2}})| (thirty|fifteen|forty[- ]five))?{_HALF}(?![\w:/])", re.I
)
_DIGITS = re.compile(r"(?<![\d:.-])([01]\d|2[0-3])([0-5]\d)(?![\d:/-])")  # 1930
_MINUTES = {"thirty": 30, "fifteen": 15, "forty-five": 45, "forty five": 45}
_ONE = rf"({_HOUR})(?:[:.](\d\d))?{_HALF}"
_BETWEEN = re.compile(rf"\b(?:between|from)? ?{_ONE} ?(?:-|and|to|till|until) ?{_ONE}(?!\w)", re.I)
_TOLD = re.compile(
    r"[:.]|\b(at|around|about|by|from|between|past|to|noon|clock|mornings?|afternoons?|evenings?|nights?|tonight)\b|[ap]\.?m\b|\dh\b|ish\b",
    re.I,
)
_ALONE = re.compile(rf"\W*(?:{_HOUR})\W*", re.I)
_NOON = re.compile(r"\b(noon|midday)\b", re.I)
_MIDNIGHT = re.compile(r"\bmidnight\b", re.I)
_COUNTS = re.compile(
    r"\b(\d+|\w+)(?: ?x| times| days?)? (?:a|per) week\b|\b\d+(?:st|nd|rd|th)\b|\b\d{4}-\d\d?-\d\d?\b", re.I
)
_WINDOWS: tuple[tuple[re.Pattern[str], Span], ...] = (
    (
        re.compile(
            r"\b(whenever|any ?time|you (choose|decide)|(i )?don'?t mind|does ?n[o']t matter|surprise me)\b", re.I
        ),
        (time(10), time(20)),
    ),
    (re.compile(r"\b(in the |early )?mornings?\b|\bafter breakfast\b", re.I), (time(9), time(11, 30))),
    (re.compile(r"\blunch ?(time)?s?\b|\bmid-?day\b|\baround noon\b", re.I), (time(12), time(14))),
    (re.compile(r"\bafternoons?\b", re.I), (time(14), time(17))),
    (re.compile(r"\bafter work\b", re.I), (time(17), time(19, 30))),
    (re.compile(r"\bevenings?\b|\bafter (dinner|supper)\b", re.I), (time(17, 30), time(20, 30))),
    (re.compile(r"\b(before|at) (sleep|bed(time)?)\b|\b(at )?nights?\b|\blate\b", re.I), (time(20), time(20, 50))),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    at: time | None = None
    window: Span | None = None
    problem: str = ""


def clock_times(text: str, quiet: Span) -> Spoken:
    """The time or the two times that a text names. Numbers count only where the text speaks of a time."""
    text = _DIGITS.sub(r"\1:\2", _COUNTS.sub(" ", text))
    if _NOON.search(text):
        return Spoken(at=time(12))
    if _MIDNIGHT.search(text):
        return Spoken(at=time(0))
    spoken = _SPOKEN.search(text)
    if spoken is not None:
        return _one(_hour(spoken[2]), 0, spoken[3], text, quiet, _OFFSETS[spoken[1].lower()])
    both = _BETWEEN.search(text)
    if both is not None:
        return _two(both, text, quiet)
    written = _WRITTEN.search(text)
    if written is None or not (_TOLD.search(text) or _ALONE.fullmatch(text) or written[4] or written[3]):
        return Spoken()
    return _one(_hour(written[1]), int(written[2] or _MINUTES.get(written[3] or "", 0)), written[4], text, quiet)


def named_window(text: str) -> Span | None:
    """ "evenings", "after work", "whenever"."""
    return next((window for pattern, window in _WINDOWS if pattern.search(text)), None)


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 1


def _two(both: re.Match[str], text: str, quiet: Span) -> Spoken:
    later_half = both[6] or ""
    first = _one(_hour(both[1]), int(both[2] or 0), both[3] or later_half, text, quiet)
    last = _one(_hour(both[4]), int(both[5] or 0), later_half or both[3], text, quiet)
    if first.at is None or last.at is None:
        return Spoken(problem="time")
    if first.at >= last.at and last.at.hour < 12:  # "from 10 to 2"
        last = Spoken(at=last.at.replace(hour=last.at.hour + 12))
    assert last.at is not None
    return Spoken(window=(first.at, last.at))


def _one(hour: int, minute: int, half: str | None, text: str, quiet: Span, offset: int = 0) -> Spoken:
    half = (half or "").replace(".", "")
    if half[:2] in ("am", "pm"):
        if not 1 <= hour <= 12:
            return Spoken(problem="time")
        hour = hour % 12 + (12 if half.startswith("pm") else 0)
    minutes = hour * 60 + minute + offset
    if hour > 23 or minute > 59 or minutes < 0:
        return Spoken(problem="time")
    found = time(minutes // 60, minutes % 60)
    if half[:2] in ("am", "pm") or hour > 12 or hour == 0:
        return Spoken(at=found)
    return Spoken(at=_likely(found, text, quiet))


def _likely(found: time, text: str, quiet: Span) -> time:
    """Of the two readings of "seven" the one that the text or the quiet hours leave."""
    other = found.replace(hour=(found.hour + 12) % 24)
    if re.search(r"\bmorning", text):
        return found if found.hour < 12 else other
    if re.search(r"\b(evening|afternoon|night|after work|tonight)", text):
        return other if found.hour < 12 else found
    return other if is_quiet(found, quiet) and not is_quiet(other, quiet) else found


def quiet_span(text: str) -> Span | None:
    """Quiet hours as people write them: "22 to 8", "10pm-8am"; equal ends for "none"; None when it names no hours."""
    if re.search(r"\b(none|no quiet( hours)?|any hour)\b", text, re.I):
        return time(0), time(0)
    both = _BETWEEN.search(text.lower())
    if both is None:
        return None
    begin = _one(_evening(both), int(both[2] or 0), both[3], text, (time(0), time(0)))
    end = _one(_hour(both[4]) % 24, int(both[5] or 0), both[6], text, (time(0), time(0)))
    return (begin.at, end.at) if begin.at is not None and end.at is not None else None


def _evening(both: re.Match[str]) -> int:
    """Quiet hours begin in the evening: a bare 9 is 21:00, a bare 12 is midnight."""
    hour = _hour(both[1])
    if both[3] or not 5 <= hour <= 12:
        return hour
    return (hour + 12) % 24
