"""One gentle note a day or so after a bad hour, if the client said yes to it (C-18). It asks nothing.

Not at night, and taken back when the client pauses, when there is a new sign of risk, or when they erase
their data.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.care.alerts.notes import say
from bot.care.crisis_words import help_row
from bot.care.ports import Work
from bot.care.records import Client, Outgoing, Priority
from bot.care.visit import Visit

AFTER = timedelta(hours=24)
DAY = (time(9), time(21))  # local hours in which it may arrive
MORNING = time(10)


async def arrange(visit: Visit, client: Client) -> None:
    """Put the note into the outbox for later, in place of one that is waiting already."""
    await withdraw(visit.work, client)
    if client.settings.paused:
        return
    voice = visit.room.voice
    known = zone_of(client.settings.zone)
    due = when(visit.now, known or zone_of(visit.room.policy.zone))
    text = say(voice, "crisis.follow_up", seed=visit.memory.turn)
    note = Outgoing(
        text,
        (help_row(voice),),
        Priority.NOTE,
        silent=known is None,  # where it may be night there after all
        not_before=due,
    )
    client.follow_up = await visit.work.send(note)


async def withdraw(work: Work, client: Client) -> None:
    """Take the note back if it has not left yet."""
    if client.follow_up:
        await work.recall([client.follow_up])
        client.follow_up = 0


def when(now: datetime, zone: ZoneInfo | None) -> datetime:
    """24 to 48 hours from `now`, by day where a zone is known, else a day later at the same hour."""
    due = now + AFTER
    if zone is None:
        return due
    local = due.astimezone(zone)
    if DAY[0] <= local.time() < DAY[1]:
        return due
    date = local.date() + timedelta(days=local.time() >= DAY[1])
    return datetime.combine(date, MORNING, zone).astimezone(now.tzinfo)


def zone_of(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
