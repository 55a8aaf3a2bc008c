"""Surrogates for dates and ages: moved by an amount that is the person's own, in the form they were written in."""

import re
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december".split()
_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
""".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_YEAR = 2023  # for a date without a year: one with no 29 February and nothing else to it
_ISO = re.compile(r"(?P<y>\d{4})(?P<m1>[-/.])(?P<m>\d{1,2})(?P<m2>[-/.])(?P<d>\d{1,2})")
_NUMBERS = re.compile(r"(?P<a>\d{1,2})(?P<m1>\s?[/.-]\s?)(?P<b>\d{1,2})(?:(?P<m2>\s?[/.-]\s?)(?P<y>\d{4}|\d{2}))?")
_NAMED = re.compile(rf"\b(?P<m>{'|'.join(f'{month[:3]}[a-z]*' for month in _MONTHS)})", re.I)
_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<th>st|nd|rd|th)?(?!\d)", re.I)
_LONG_YEAR = re.compile(r"(?:19|20)\d\d")
_ADULT, _OLDEST = 18, 89


def moved_date(text: str, days: int) -> str:
    """The date `days` later (or earlier), written as before. What has no day becomes the month it moves to."""
    for pattern, move in ((_ISO, _moved_iso), (_NUMBERS, _moved_numbers)):
        match = pattern.fullmatch(text)
        if match and (made := move(match, days)):
            return made
    return _moved_named(text, days)


def _safe(year: int, month: int, day: int, days: int) -> date | None:
    try:
        return date(year, month, day) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def _moved_iso(match: re.Match[str], days: int) -> str | None:
    made = _safe(int(match["y"]), int(match["m"]), int(match["d"]), days)
    return f"{made.year}{match['m1']}{made.month:02}{match['m2']}{made.day:02}" if made else None


def _moved_numbers(match: re.Match[str], days: int) -> str | None:
    """Day first, unless that cannot be."""
    first, second = int(match["a"]), int(match["b"])
    day_first = second <= 12
    day, month = (first, second) if day_first else (second, first)
    year = match["y"]
    whole = _YEAR if year is None else int(year) if len(year) == 4 else (1900 if int(year) > 30 else 2000) + int(year)
    made = _safe(whole, month, day, days)
    if made is None:
        return None
    width = len(match["a"]), len(match["b"])
    parts = (made.day, made.month) if day_first else (made.month, made.day)
    text = f"{parts[0]:0{width[0]}}{match['m1']}{parts[1]:0{width[1]}}"
    if year is None:
        return text
    return f"{text}{match['m2']}{made.year if len(year) == 4 else f'{made.year % 100:02}'}"


def _moved_named(text: str, days: int) -> str:
    named, year, day = _NAMED.search(text), _LONG_YEAR.search(text), None
    bare = _LONG_YEAR.sub(lambda found: "#" * 4, text)
    day = _DAY.search(bare)
    number = next((at + 1 for at, month in enumerate(_MONTHS) if named and named["m"].lower().startswith(month[:3])), 6)
    on = int(day["d"]) if day and 0 < int(day["d"]) < 29 else 14
    made = _safe(int(year.group()) if year else _YEAR, number, on, days) or date(_YEAR, number, 14)
    return _written(text, made, named, day, year)


def _written(
    text: str, made: date, named: re.Match[str] | None, day: re.Match[str] | None, year: re.Match[str] | None
) -> str:
    edits: list[tuple[int, int, str]] = []
    if named:
        long = _MONTHS[made.month - 1]
        month = long if len(named["m"]) > 4 or named["m"].lower() == long else long[: max(3, min(len(named["m"]), 3))]
        edits.append((*named.span("m"), _cased(month, named["m"])))
    if day:
        edits.append((*day.span(), f"{made.day}{ordinal(made.day) if day['th'] else ''}"))
    if year:
        edits.append((*year.span(), str(made.year)))
    if (not named and not day) or (named and not day and re.search(r"[a-z]+(?:st|nd|rd|th)\b", text, re.I)):
        return f"{made.day}{ordinal(made.day)} of {_MONTHS[made.month - 1]}"
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def ordinal(day: int) -> str:
    """st, nd, rd or th."""
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _cased(new: str, old: str) -> str:
    return new.upper() if old.isupper() else new.capitalize() if old[:1].isupper() else new


def moved_age(text: str, years: int) -> str:
    """The age `years` on, on the same side of 18, never above 89, and never the same; words stay words."""
    digits = re.search(r"\d+", text)
    age = int(digits.group()) if digits else _read(text.lower())
    low, high = (1, _ADULT - 1) if age < _ADULT else (_ADULT, _OLDEST)
    made = next(one for one in (age + years, age - years, age + 1, age - 1, high) if low <= one <= high and one != age)
    if digits:
        return text[: digits.start()] + str(made) + text[digits.end() :]
    return _cased(_said(made, "-" if "-" in text else " "), text)


def _read(text: str) -> int:
    return sum(
        _ONES.index(part) if part in _ONES else 10 * _TENS.index(part) if part in _TENS else 0
        for part in re.split(r"[\s-]+", text)
    )


def _said(number: int, mark: str) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (mark + _ONES[ones] if ones else "")
