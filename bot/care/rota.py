"""Who is on call at an instant: contacts with hours, a zone, holidays, and the operator behind them. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from bot.care.records import Channel
from responses.fill import listed

TELEGRAM = "telegram"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"(?P<days>[a-z]{3,5}(?:[-,][a-z]{3})*) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can be told, by one way or several."""

    code: str  # what the record says instead of a name
    chat: int | None = None  # of Telegram
    name: str = ""  # what a client is told when this person writes to them; "" for none
    mail: str = ""
    webhook: bool = False

    @property
    def ways(self) -> tuple[str, ...]:
        """In the order in which they are tried."""
        has = ((TELEGRAM, self.chat is not None), (Channel.MAIL, bool(self.mail)), (Channel.WEBHOOK, self.webhook))
        return tuple(str(way) for way, there in has if there)


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of the week in local time. An end at or before the start lies on the next day."""

    days: frozenset[int]  # 0 is Monday
    start: time
    end: time
    said: str  # as it was written

    @classmethod
    def parse(cls, said: str) -> Self:
        """ "mon-fri 09:00-17:00", "sat,sun 10:00-14:00", "daily 22:00-06:00". Raises ValueError with a sentence."""
        match = _HOURS.fullmatch(said.strip().lower())
        if match is None:
            raise ValueError(f'hours are written like "mon-fri 09:00-17:00", not "{said}"')
        return cls(_days(match["days"]), _time(match["start"]), _time(match["end"]), said.strip())

    def covers(self, local: datetime) -> bool:
        at, today = local.time(), local.weekday()
        if self.start < self.end:
            return today in self.days and self.start <= at < self.end
        began_yesterday = (today - 1) % 7 in self.days and at < self.end
        return began_yesterday or (today in self.days and at >= self.start)

    def __str__(self) -> str:
        return self.said


def _days(said: str) -> frozenset[int]:
    if said == "daily":
        return frozenset(range(7))
    found: set[int] = set()
    for part in said.split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise ValueError(f"days are {', '.join(DAYS)} or daily")
        begin, span = DAYS.index(first), (DAYS.index(last or first) - DAYS.index(first)) % 7
        found |= {(begin + day) % 7 for day in range(span + 1)}
    return frozenset(found)


def _time(said: str) -> time:
    hour, minute = (int(part) for part in said.split(":"))
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise ValueError(f"{said} is not a time of day")
    return time(hour, minute)


@dataclass(frozen=True, slots=True)
class Rota:
    """Who is told, in this order; the operator last. As it holds at one instant, or for good."""

    contacts: tuple[Contact, ...] = ()
    operator: Contact | None = None
    off_duty: tuple[Contact, ...] = ()
    hours: str = ""  # said to a client when nobody at all is on duty: when notes are read
    colleagues: tuple[Contact, ...] = ()  # without a place on the rota: told nothing but what is handed to them

    @property
    def order(self) -> tuple[Contact, ...]:
        last = (self.operator,) if self.operator is not None else ()
        return tuple(dict.fromkeys((*self.contacts, *last)))

    @property
    def everyone(self) -> tuple[Contact, ...]:
        """Also those who are off duty: a button they press and a client's answer to them still count."""
        return tuple(dict.fromkeys((*self.order, *self.off_duty)))

    @property
    def known(self) -> tuple[Contact, ...]:
        """Everybody whose chat or code is recognised."""
        return tuple(dict.fromkeys((*self.everyone, *self.colleagues)))

    @property
    def staffed(self) -> bool:
        """Whether a note would reach somebody, now or in their hours."""
        return bool(self.everyone)

    def who(self, chat: int) -> Contact | None:
        return next((contact for contact in self.known if contact.chat == chat), None)

    def coded(self, code: str) -> Contact | None:
        return next((contact for contact in self.known if contact.code == code), None)

    async def at(self, now: datetime) -> "Rota":
        """A rota without hours holds always."""
        return self

    def changed(self) -> None:
        """Nothing is remembered that could have changed."""


class RotaBook(Protocol):
    """Where the rota comes from: the settings, or one that the practice edits."""

    async def at(self, now: datetime) -> Rota:
        """As it holds at this instant. May not fail for want of a store: then the settings' rota holds."""

    def changed(self) -> None:
        """Somebody joined, left or moved: what is remembered no longer holds."""


@dataclass(frozen=True, slots=True)
class Duty:
    contact: Contact
    hours: tuple[Hours, ...] = ()  # none: always, holidays too


@dataclass(frozen=True, slots=True)
class Duties:
    """The rota of the settings."""

    duties: tuple[Duty, ...]
    operator: Contact | None
    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()  # local dates on which whoever has hours is off duty

    async def at(self, now: datetime) -> Rota:
        return self.rota(now)

    def changed(self) -> None:
        """Settings are read once."""

    def rota(self, now: datetime) -> Rota:
        on = tuple(duty.contact for duty in self.duties if self._is_on(duty, now))
        off = tuple(duty.contact for duty in self.duties if duty.contact not in on)
        nobody = not on and self.operator is None
        return Rota(on, self.operator, off, self.said() if nobody else "")

    def _is_on(self, duty: Duty, now: datetime) -> bool:
        if not duty.hours:
            return True
        local = now.astimezone(self.zone)
        return any(hours.covers(local) and not self._is_holiday(hours, local) for hours in duty.hours)

    def _is_holiday(self, hours: Hours, local: datetime) -> bool:
        """A night belongs to the day on which it began."""
        over_midnight = hours.start >= hours.end and local.time() < hours.end
        return (local.date() - timedelta(days=over_midnight)) in self.holidays

    def said(self) -> str:
        """When notes are read, in words for a client: "Mon-Fri 09:00-17:00 (Berlin time)"."""
        stretches = dict.fromkeys(str(hours) for duty in self.duties for hours in duty.hours)
        place = self.zone.key.rpartition("/")[2].replace("_", " ")
        return f"{listed([_spoken(said) for said in stretches])} ({place} time)"


def _spoken(said: str) -> str:
    return re.sub(r"[a-z]{3,}", lambda found: found[0].capitalize(), said.lower()).replace("Daily", "every day")
