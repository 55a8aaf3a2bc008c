"""Which clock a client lives by: a city, an offset such as UTC+2, a shared point. Asked, never guessed (S-10)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.care.checkins.given import BadPlanError
from bot.care.checkins.given import zone as known_zone
from bot.care.checkins.ports import Place, Places

_OFFSET = re.compile(
    r"(?:my |the |time ?zone |zone |is |i'm |i am |in |at )*(?:utc|gmt)? ?([+−-]) ?(\d{1,2})(?::?([0-5]\d))?", re.I
)
_PLAIN = re.compile(r"(?:in |on )?(utc|gmt)\W*", re.I)
_LEAD = re.compile(
    r"^(?:i(?:'m| am| live| stay)?|we(?:'re| are| live)?|living|near|based|currently|it's|my city is)\b\s*", re.I
)
_IN = re.compile(r"^(?:(?:right )?now )?(?:in|near|at|from)\s+", re.I)
_NAMED = re.compile(
    r"(?:i(?:'m| am)(?: now| back)? (?:in|near|at)|i(?: now)? live in|(?:i|we)(?:'ve| have)? moved to|"
    r"we(?:'re| are) in|(?:change|make|set) (?:it|that|(?:the|my) (?:city|town|place|zone)) to|in|near)"
    r" (?P<place>.+?)(?: (?:now|time|please))*|(?P<clock>.+?) time(?: please)?",
    re.I,
)
_WELL_KNOWN = 500_000  # people: towns whose names are words, such as Nice, Reading, Split or Mobile, have fewer
_PART_HOURS = {  # offsets with a part of an hour have no name of their own
    "+03:30": "Asia/Tehran",
    "+04:30": "Asia/Kabul",
    "+05:30": "Asia/Kolkata",
    "+05:45": "Asia/Kathmandu",
    "+06:30": "Asia/Yangon",
    "+08:45": "Australia/Eucla",
    "+09:30": "Australia/Darwin",
    "+10:30": "Australia/Lord_Howe",
    "+12:45": "Pacific/Chatham",
    "-02:30": "America/St_Johns",
    "-03:30": "America/St_Johns",
    "-09:30": "Pacific/Marquesas",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One zone, or the places that may be meant, or neither. `fixed`: an offset, which no change of clocks follows."""

    zone: str = ""
    places: Sequence[Place] = ()
    fixed: bool = False


async def zone_from(text: str, places: Places) -> Found:
    """What a client typed for where they are."""
    text = " ".join(text.replace("’", "'").strip(" .!").split())
    offset = _offset(text)
    if offset:
        return Found(zone=offset, fixed=True)
    if "/" in text and (named := _named(text)):
        return Found(zone=named)
    found = await places.find(text) or await places.find(_IN.sub("", _LEAD.sub("", text)))
    if len(found) == 1:
        return Found(zone=found[0].zone, places=found)
    return Found(places=found)


async def named_in(text: str, places: Places) -> Found:
    """A place that a text names where another answer was asked for: "I moved to Lisbon", "Lisbon time", "Auckland"."""
    text = " ".join(text.replace("’", "'").strip(" .!").split())
    match = _NAMED.fullmatch(text)
    if match:
        return await zone_from(match["place"] or match["clock"], places)
    found = await zone_from(text, places)
    known = all(place.people >= _WELL_KNOWN for place in found.places)
    return found if found.zone and known else Found()


def _offset(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return "Etc/UTC"
    match = _OFFSET.fullmatch(text)
    if match is None:
        return ""
    sign, hours, minutes = "+" if match[1] == "+" else "-", int(match[2]), match[3] or "00"
    if minutes != "00":
        return _PART_HOURS.get(f"{sign}{hours:02}:{minutes}", "")
    if hours > (14 if sign == "+" else 12):
        return ""
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"  # POSIX counts the other way round


def _named(text: str) -> str:
    try:
        return known_zone("/".join(part.strip().replace(" ", "_").title() for part in text.split("/")))
    except BadPlanError:
        return ""
