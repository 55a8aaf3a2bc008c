"""Invented people: where they are, what they agreed to, how often they come and when they stop."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.care.records import TALK, Consent

FIRST_CHAT = 1 << 52  # Telegram's ids have fewer bits: nobody real is ever written to
_PLACES = (
    ("GB", "Europe/London", 26), ("US", "America/New_York", 16), ("US", "America/Los_Angeles", 6),
    ("IE", "Europe/Dublin", 12), ("DE", "Europe/Berlin", 10), ("NL", "Europe/Amsterdam", 6),
    ("CA", "America/Toronto", 6),
    ("AU", "Australia/Sydney", 6), ("NZ", "Pacific/Auckland", 3), ("IN", "Asia/Kolkata", 4),
    ("ZA", "Africa/Johannesburg", 2),
    ("", "", 8),
)  # fmt: skip
_HOURS = (
    4,
    2,
    1,
    1,
    0,
    0,
    1,
    3,
    4,
    4,
    4,
    4,
    5,
    4,
    4,
    4,
    5,
    6,
    8,
    9,
    10,
    11,
    10,
    7,
)  # how many talks begin in each hour
_RISKS = ("calm", "concern", "danger", "urgent")
_OTHER_CONSENTS = (("marks", 0.5), ("answers", 0.4), ("alert_content", 0.3))


@dataclass(frozen=True, slots=True)
class Invented:
    """One person. Times are aware and in UTC."""

    handle: str
    chat: int
    country: str
    zone: str
    enrolled: datetime
    until: datetime  # the last moment they are there
    talks_a_week: float
    heavy: float  # 0..1, how much of what they bring is heavy
    likes_marks: bool
    likes_practices: bool
    likes_check_ins: bool
    answers: float  # share of check-ins they answer


def invent(random: Random, number: int, now: datetime, days: int) -> Invented:
    country, zone = random.choices([place[:2] for place in _PLACES], [place[2] for place in _PLACES])[0]
    # More come early than late, as when a practice tells its people; some come in the last days.
    enrolled = now - timedelta(days=days * (1 - random.betavariate(1.1, 1.9)), minutes=random.randrange(600))
    stays = timedelta(days=days * random.choice((0.05, 0.15, 0.4, 1.0, 1.0)))
    return Invented(
        handle=f"{random.getrandbits(128):032x}",
        chat=FIRST_CHAT + number,
        country=country,
        zone=zone,
        enrolled=max(enrolled, now - timedelta(days=days)),
        until=min(now, enrolled + stays),
        talks_a_week=random.lognormvariate(0.4, 0.6),
        heavy=random.betavariate(1.2, 6),
        likes_marks=random.random() < 0.6,
        likes_practices=random.random() < 0.4,
        likes_check_ins=random.random() < 0.6,
        answers=random.betavariate(3, 2),
    )


def consents(person: Invented, random: Random) -> list[Consent]:
    """Talk for all, research for most; some take it back, a few refuse in so many words."""
    found = [Consent(TALK, True, "1", person.enrolled)]
    at = person.enrolled + timedelta(minutes=random.randint(5, 3000))
    for purpose, share in _OTHER_CONSENTS:
        if random.random() < share:
            found.append(Consent(purpose, True, "1", at))
    drawn = random.random()
    if drawn < 0.72:
        found.append(Consent("research_labels", True, "1", at))
    if drawn < 0.22:
        found.append(Consent("research_text", True, "1", at))
    if 0.66 < drawn < 0.78:
        back = at + timedelta(days=random.randint(1, 20))
        found.append(Consent("research_labels", False, "1", min(back, person.until)))
    return [consent for consent in found if consent.at <= max(person.until, person.enrolled)]


def talks(person: Invented, random: Random) -> Iterator[tuple[datetime, str]]:
    """(when a talk begins, its risk). Fewer as the weeks go by; the first one is when they come."""
    at, week = person.enrolled, timedelta(days=7)
    while at <= person.until:
        yield at, _risk(person, random)
        age = (at - person.enrolled) / week
        gap = random.expovariate(person.talks_a_week * max(0.3, 0.93**age)) * week
        at = _waking(at + max(gap, timedelta(hours=7)), person.zone, random)


def _waking(at: datetime, zone: str, random: Random) -> datetime:
    """The same day at an hour at which people write."""
    local = at.astimezone(ZoneInfo(zone or "UTC"))
    hour = random.choices(range(24), _HOURS)[0]
    moved = local.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60), microsecond=0)
    return max(moved.astimezone(at.tzinfo), at - timedelta(hours=6))


def _risk(person: Invented, random: Random) -> str:
    heavy = person.heavy
    return random.choices(_RISKS, (1 - 0.2 * heavy, 0.15 * heavy, 0.045 * heavy, 0.008 * heavy))[0]
