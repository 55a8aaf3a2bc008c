"""How values look on a page: times in two zones, ages, and the templates themselves."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.care.checkins.schedule import Send

HERE = Path(__file__).parent
# What a page says at its top after something was done; the address carries only the name.
SAID = {
    "plan": "Proposed. No check-in comes before they accept.",
    "plan-ended": "The plan has ended, and the client was told.",
    "note": "The note is on its way.",
    "note-later": "The note waits for its day. You can withdraw it below.",
    "note-withdrawn": "The note was withdrawn.",
    "label": "Saved.",
    "ended": "The link has ended, and the client was told.",
    "handed": "Handed over. Your colleague and the client were told.",
    "rota": "The rota is saved and holds from now on.",
    "invited": "The invite is ready.",
    "revoked": "Those sessions have ended.",
    "let-go": "They have left the practice; their sessions have ended.",
    "role": "The role is changed.",
    "zone": "Saved. Times are shown in your zone.",
    "proposed": "Your proposal is kept for whoever edits the words; nothing changes by itself.",
    "settled": "The proposal is settled.",
    "signed": "Your signature is kept, for these words as they stand. It counts from the release on that takes it up.",
    "staff-seen": "It is yours now. The client is told that somebody has seen it.",
    "staff-taken": "A colleague has it already. They can hand it on to you.",
    "staff-called": "Noted. The client is told that a call was made, and no more.",
    "staff-handed": "Handed on. It counts as theirs once they confirm it.",
    "staff-sent": "Sent. What they answer comes here and to your chat with the bot.",
    "staff-ended": "The exchange is over; what you write in your chat goes to nobody. The alert is still yours.",
    "staff-closed": "The alert is closed, and how is on the record.",
    "staff-erased": "That client has erased their data. The steps taken stay on record.",
    "staff-unknown": "That cannot be done with this alert any more.",
    "code-dropped": "That code no longer works.",
}


def zone(name: str) -> ZoneInfo:
    """UTC when the name is not known here."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, LookupError):
        return ZoneInfo("UTC")


@cache
def zones() -> tuple[str, ...]:
    """The names of places to choose from, UTC first. Found by walking the zone files, so once."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return ("UTC", *sorted(places))


def place(name: str) -> str:
    """ "Europe/Berlin" as people say it: "Berlin"."""
    return (name or "UTC").rpartition("/")[2].replace("_", " ")


def clock(moment: datetime, zone_name: str) -> str:
    return moment.astimezone(zone(zone_name)).strftime("%H:%M")


def day(moment: datetime, zone_name: str, now: datetime) -> str:
    """ "today", "yesterday", "tomorrow", else "Thu 12 Mar", with the year when it is another."""
    here, today = moment.astimezone(zone(zone_name)).date(), now.astimezone(zone(zone_name)).date()
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((here - today).days)
    return near or _date(here, today)


def dated(moment: datetime, zone_name: str, now: datetime) -> str:
    """ "Thu 12 Mar, 17:30", never "today": where two clocks stand side by side, each may have another day."""
    here, today = moment.astimezone(zone(zone_name)), now.astimezone(zone(zone_name))
    return f"{_date(here, today)}, {clock(moment, zone_name)}"


def _date(here: date, today: date) -> str:
    """ "Thu 12 Mar", with the year when it is another."""
    return here.strftime("%a %-d %b" if here.year == today.year else "%a %-d %b %Y")


def longday(moment: datetime, zone_name: str) -> str:
    return moment.astimezone(zone(zone_name)).strftime("%A, %-d %B")


def when(moment: datetime, zone_name: str, now: datetime) -> str:
    return f"{day(moment, zone_name, now)}, {clock(moment, zone_name)}"


def stretch(send: Send, zone_name: str, now: datetime) -> str:
    """ "Thu 12 Mar, 17:30", and "Thu 12 Mar, 17:30 to 19:30" for one that comes at some time in a window."""
    begins = dated(send.at, zone_name, now)
    return begins if send.until is None else f"{begins} to {clock(send.until, zone_name)}"


def age(span: timedelta) -> str:
    """ "just now", "4 min", "2 h 10 min", "3 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


class Shown:
    """The templates, read once."""

    def __init__(self, practice: str = "", trial: bool = True, demo: bool = False) -> None:
        """`demo`: everybody is invented, and the pages say so."""
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        filters = {"when": when, "clock": clock, "day": day, "age": age, "place": place, "longday": longday}
        self._environment.filters.update(filters, stretch=stretch, dated=dated)
        self._environment.globals.update(practice=practice, trial=trial, demo=demo, said=SAID)

    def page(self, page_name: str, **values: Any) -> str:
        return self._environment.get_template(page_name).render({"seat": None, **values})
