"""When check-ins come, worked out a second time with `zoneinfo` alone and by another way than Warmline's.

For each date every offset that the zone has around it is tried; where none gives the wall time back, the minutes are
walked until the clock is past it. Slow and plain on purpose.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# Gaps and folds of an hour and of half an hour, at night, at midnight and before it, on both halves of the earth.
ZONES = """Europe/Berlin Europe/London Europe/Dublin America/New_York America/Los_Angeles America/St_Johns
America/Santiago America/Havana America/Asuncion America/Nuuk America/Scoresbysund America/Sao_Paulo Australia/Lord_Howe
Australia/Sydney Pacific/Auckland Pacific/Chatham Pacific/Apia Africa/Cairo Africa/Casablanca Asia/Beirut Asia/Gaza
Asia/Tehran Asia/Kolkata Asia/Kathmandu Asia/Tokyo Asia/Almaty Europe/Chisinau Atlantic/Azores
Antarctica/Troll UTC""".split()


def clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def utc_of(wall: datetime, zone: ZoneInfo) -> datetime:
    around = [wall.replace(tzinfo=UTC) + timedelta(hours=h) for h in range(-30, 31, 3)]
    offsets = {moment.astimezone(zone).utcoffset() for moment in around}
    candidates = [(wall - offset).replace(tzinfo=UTC) for offset in offsets if offset is not None]
    real = [c for c in candidates if c.astimezone(zone).replace(tzinfo=None) == wall]
    if real:
        return min(real)
    moment = min(candidates) - timedelta(hours=2)
    while moment.astimezone(zone).replace(tzinfo=None) < wall:
        moment += timedelta(minutes=1)
    return moment


def quiet(moment: time, span: list[str]) -> bool:
    begin, end = clock(span[0]), clock(span[1])
    if begin == end:
        return False
    minutes, begins, ends = (t.hour * 60 + t.minute for t in (moment, begin, end))
    return (minutes - begins) % 1440 < (ends - begins) % 1440


def refused(plan: dict[str, Any]) -> bool:
    begins = plan.get("at") or plan["window"][0]
    return quiet(clock(begins), plan.get("quiet", ["21:00", "09:00"]))


def sends(row: dict[str, Any]) -> list[tuple[str, str]]:
    """(UTC, local) of each send, as `preview` writes them."""
    plan, zone = row["plan"], ZoneInfo(row["plan"]["zone"])
    begins = clock(plan.get("at") or plan["window"][0])
    after = datetime.fromisoformat(row["from"])
    last = date.fromisoformat(plan["until"]) if "until" in plan else date(2099, 12, 31)
    found: list[tuple[str, str]] = []
    day = after.date() - timedelta(days=3)
    while len(found) < row["count"] and day <= last:
        if NAMES[day.weekday()] in plan["days"]:
            moment = utc_of(datetime.combine(day, begins), zone)
            local = moment.astimezone(zone)
            if moment > after and not quiet(local.time(), plan.get("quiet", ["21:00", "09:00"])):
                found.append((moment.strftime("%Y-%m-%dT%H:%M:%SZ"), local.isoformat()))
        day += timedelta(days=1)
    return found


@cache
def changes(name: str, first: int = 2024, last: int = 2030) -> list[datetime]:
    """The days (UTC) on which the zone's offset changes."""
    zone = ZoneInfo(name)
    day, found = datetime(first, 1, 1, tzinfo=UTC), []
    while day.year <= last:
        tomorrow = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != tomorrow.astimezone(zone).utcoffset():
            found.append(day)
        day = tomorrow
    return found


def random_row(random: Random, number: int) -> dict[str, Any]:
    """A plan at random, two in three near a change of the clocks."""
    zone = random.choice(ZONES)
    plan: dict[str, Any] = {"zone": zone, "days": random.sample(NAMES, random.randint(1, 7))}
    hour = random.choice([0, 1, 2, 2, 3, 22, 23, *range(24)])
    begins = f"{hour:02}:{random.choice([0, 0, 15, 30, 30, 45, random.randrange(60)]):02}"
    if random.random() < 0.3 and begins < "22:00":
        plan["window"] = [begins, f"{random.randint(hour + 1, 23):02}:{random.randrange(60):02}"]
    else:
        plan["at"] = begins
    if random.random() < 0.6:
        plan["quiet"] = [f"{random.randrange(24):02}:{random.choice([0, 30]):02}" for _ in range(2)]
    if changes(zone) and random.random() < 0.67:
        begin = random.choice(changes(zone)) - timedelta(hours=random.uniform(0, 96))
    else:
        begin = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(7 * 365 * 1440))
    if random.random() < 0.3:
        plan["until"] = (begin + timedelta(days=random.randint(-2, 30))).date().isoformat()
    return {"id": number, "plan": plan, "from": begin.replace(microsecond=0).isoformat(), "count": random.randint(1, 9)}
