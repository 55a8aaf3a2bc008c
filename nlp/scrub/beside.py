"""Finds what stands beside what was found: a postal code by a place, more digits by a phone, a flat by a street."""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlp.scrub.kinds import STRUCTURED, Found

_AFTER = re.compile(
    r",?\s+(?P<it>\d{4,6}|\d{3} \d{2,3}|\d\d-\d{3}|\d{4} [A-Z]{2}|[A-Z]{1,2}-\d{3} ?\d{2})(?![\w%]|[.,:/-]\d)"
    r"(?=\s*(?:$|[.,;!?)]|(?:and|n|but|so|where|if|is|its|thats)\b))"
)
_BEFORE = re.compile(
    r"(?<![\w.,£$€:/-])(?P<it>\d{4,6}|\d{3} \d{2,3}|\d\d-\d{3}|\d{4} [A-Z]{2}|[A-Z]{1,2}-\d{3} ?\d{2}),?\s+$"
)
_SAID = r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred|\d+)"
_EXT = r"(?:x|ext|extension)\.?\s*"
_FLAT = (
    r"(?:(?:flat|apt|apartment|unit|room|rm|block|floor|suite|ste|lot|plot|no|number|tent|pitch|berth|bay|bed|site|space|tower|mile|km|cell|lot|hostel|shop|house|hut|cabin|caravan|chalet|stall|phase|sector|stage|wing|pocket|house|tower)\.?(?:\s*#?\d\w{0,3}|\s+(?:[a-z]|i{2,3}|iv))\b"
    r"|#\s?\d\w{0,3}\b|(?:top|ground|first|second|third|basement|\d(?:st|nd|rd|th))\s+(?:floor|flat)\b)"
)
_MARGINS = {
    "phone": (
        re.compile(rf"(?<![\w.])(?:\+?\(?{_SAID}\)?[\s,./()-]{{1,3}})+$"),
        re.compile(rf"(?:[\s,./()-]{{1,3}}(?:{_EXT})?{_SAID}\b)+"),
    ),
    "address": (
        re.compile(
            rf"(?<![\w.])(?:(?:{_FLAT}|[a-z]{{1,2}}-?\d{{1,4}}|\d{{1,4}}[a-z]?)[\s,]+|(?:c/o|no\.?|number|unit|flat|block|plot|lot|house|shop|corner\s+of|h\.?\s?no\.?)\s+|(?:number|no\.?|house|flat)\s+\d{{1,4}}[a-z]?\s+(?:on|in|at|of)\s+)+$"
        ),
        re.compile(rf"(?:,?\s+(?:{_FLAT}|\d{{1,2}}\s?[oºª°]\s?\w{{0,4}}\b))+"),
    ),
}  # what belongs to one of these: before it, after it
_ORGS = frozenset("school employer health_org community_org".split())
_HEADS_AFTER = re.compile(
    r"(?:\s+(?:society|clubs?|fellowship|church|chapel|mosque|temple|mandir|school|academy|college|university|primary|hospital|clinic"
    r"|surgery|centre|center|trust|association|allotments?|choir|band|ltd|limited|works|factory|depot|warehouse|foundation|institute"
    r"|vidyalaya|works|hall|hotel|inn|pub|cafe|bakery|garage|aa|na|(?:no\.?|number|\#)\s*\d{1,3}))+\b(?!\s+(?:day|days|night)\b)"
)
_DAY_BEFORE = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\s+(?:night\s+|morning\s+|lunch\s?time\s+)?$")
_SOMEWHERE = re.compile(r"\s+(?:at|in|on|of|am|an\s+der)\s+(?:the\s+)?")
_ILLNESS_BEFORE = re.compile(r"(?<![\w-])[a-z-]{3,}(?:ar|al|ic|ous|oid|us|ed)\s+$")
_ILLNESS_AFTER = re.compile(
    r"(?:\s+(?:[a-z]+\s+)?(?:degeneration|insensitivity|deficiency|disorder|dystrophy|syndrome|disease|malformation|palsy"
    r"|sclerosis|dysplasia|dementia|tumou?r))\b"
)
_NAME_AFTER = re.compile(
    r"\s+(?:bhai|bhaiya|didi|aunty|auntie|aunti|uncle|ji|jaan|akka|anna|amma|chacha|chachi|masi|mausi|sir|maam|boy)\b(?=\s*(?:$|[.,;!?)]|\w))"
)
_RUN = re.compile(r"[^\W_]+")
_HYPHENED = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})+")
_PARTICLE = re.compile(r"\s+(?:o'?|mc|mac|de|de la|del|van|van der|von|bin|ibn|al|el|da|dos|di|ben|ap|ter|le|la)\s+")
_LEAD = 40  # letters before it that are looked at
_YEAR = re.compile(r"(?:19|20)\d\d")


def codes_beside(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Postal codes of four to six digits right before or after a place or street; years are none."""
    for one in found:
        if one.type not in ("place", "address"):
            continue
        lead = max(0, one.start - 10)
        for match, offset in ((_AFTER.match(text, one.end), 0), (_BEFORE.search(text[lead : one.start]), lead)):
            if match and (offset + match.start("it") == 0 or not _YEAR.fullmatch(match["it"])):
                yield Found(match.start("it") + offset, match.end("it") + offset, "postcode", 0.9, "beside/place")


def grown(low: str, found: Iterable[Found]) -> Iterator[Found]:
    """Phones with the digits that go on beside them, addresses with the flat or floor. `low` is in small letters.

    Numbers and contacts never end inside a run of letters and digits, names inside one with a hyphen.
    """
    for one in found:
        if one.type in STRUCTURED:
            one = _whole(low, one, _RUN)
        elif one.type == "name":
            one = _whole(low, one, _HYPHENED)
        elif one.type in _ORGS | {"rare_diagnosis"}:
            one = _with_its_head(low, one)
        if one.type == "name":
            kin = _NAME_AFTER.match(low, one.end)
            one = one._replace(end=kin.end()) if kin else one
        if one.type not in _MARGINS:
            yield one
            continue
        before, after = _MARGINS[one.type]
        left, right = before.search(low, max(0, one.start - _LEAD), one.start), after.match(low, one.end)
        yield one._replace(start=left.start() if left else one.start, end=right.end() if right else one.end)


def bridged(low: str, found: Sequence[Found]) -> Iterator[Found]:
    """What stands between two parts of a name is part of it: "liam o connor", "ana de la cruz"."""
    names = [one for one in found if one.type == "name"]
    for one in names:
        particle = _PARTICLE.match(low, one.end)
        if particle and any(other.start == particle.end() for other in names):
            yield one._replace(end=particle.end() + 1)


def placed(low: str, found: Sequence[Found]) -> Iterator[Found]:
    """A group or a place of care told by where it is goes on to there: "camhs in Redcar", "AA at the chapel hall"."""
    for one in found:
        somewhere = _SOMEWHERE.match(low, one.end) if one.type in ("health_org", "community_org", "school") else None
        if somewhere and any(
            other.type in _ORGS | {"place", "address", "name"} and other.start in (somewhere.end(), somewhere.end() - 4)
            for other in found
        ):
            yield one._replace(end=somewhere.end() + 1)


def _with_its_head(low: str, one: Found) -> Found:
    """With the words that head a group ("moss lane allotment society"), its day ("tuesday AA"), an illness's own."""
    illness = one.type == "rare_diagnosis"
    after = (_ILLNESS_AFTER if illness else _HEADS_AFTER).match(low, one.end)
    before = None
    if illness or one.type == "community_org":
        before = (_ILLNESS_BEFORE if illness else _DAY_BEFORE).search(low, max(0, one.start - _LEAD), one.start)
    return one._replace(start=before.start() if before else one.start, end=after.end() if after else one.end)


def _whole(low: str, one: Found, runs: re.Pattern[str]) -> Found:
    """With the runs that it begins and ends in."""
    start, end = one.start, one.end
    for run in runs.finditer(low, max(0, start - _LEAD), end + _LEAD):
        if run.start() < start < run.end():
            start = run.start()
        if run.start() < end < run.end():
            end = run.end()
    return one._replace(start=start, end=end)
