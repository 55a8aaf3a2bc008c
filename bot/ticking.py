"""What has to happen by the clock: alerts that are nobody's yet, check-ins that are due, notes, old words."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.care import alerts
from bot.care.checkins.sending import send_due
from bot.care.staff.notes import send_due as send_notes
from bot.care.troubles import Trouble, letters, tell
from bot.care.visit import Room
from bot.channels.courier import Courier
from bot.clock import Ticks

log = logging.getLogger(__name__)

LOOK_AFTER_EVERY = timedelta(seconds=20)
WATCH_EVERY = timedelta(seconds=30)
CHECK_IN_EVERY = timedelta(seconds=15)
NOTES_EVERY = timedelta(seconds=30)
PURGE_EVERY = timedelta(hours=1)


class Figures(Protocol):
    """What of a door's tally tells whether Telegram takes what is sent."""

    sent: int
    put_off: int


class Door(Protocol):
    """The Telegram door, as the clock sees it."""

    ready: bool

    @property
    def tally(self) -> Figures: ...

    def wake(self) -> None:
        """Something was committed to the outbox."""


def make_ticks(room: Room, door: Door, courier: Courier | None = None) -> Ticks:
    """Everything above, at its interval and once at the start."""
    does, ticks = _Doing(room, door, courier), Ticks()
    ticks.every(WATCH_EVERY, does.watch, "watch", at_start=True)
    ticks.every(CHECK_IN_EVERY, does.check_in, "check-ins", at_start=True)
    ticks.every(LOOK_AFTER_EVERY, does.look_after, "look after alerts", at_start=True)
    ticks.every(NOTES_EVERY, does.notes, "notes", at_start=True)
    ticks.every(PURGE_EVERY, does.purge, "purge", at_start=True)
    return ticks


@dataclass(frozen=True, slots=True)
class _Doing:
    room: Room
    door: Door
    courier: Courier | None

    async def look_after(self) -> None:
        room, now = self.room, self.room.clock.now()
        if await alerts.look_after(room.store, await room.rota.at(now), room.voice, now):
            self._wake()

    async def notes(self) -> None:
        if await send_notes(self.room.store, self.room.voice, self.room.clock.now()):
            self.door.wake()

    async def purge(self) -> None:
        await self.room.store.purge(self.room.clock.now(), self.room.policy.text_days)
        await self.room.store.staff.doors.tidy(self.room.clock.now())

    async def check_in(self) -> None:
        if (await send_due(self.room)).keys() & {"asked", "ended"}:
            self.door.wake()

    async def watch(self) -> None:
        """Look for parts that fail, and tell the operator."""
        room, now = self.room, self.room.clock.now()
        try:
            await room.store.try_writing()
            await self._look_at_figures(now)
        except Exception as fault:  # noqa: BLE001 - whatever the store's fault is, the operator has to hear of it
            log.error("the store does not answer: %s", type(fault).__name__)
            await self._tell_past_the_store(now)
            return
        operator, found = (await room.rota.at(now)).operator, room.troubles.due(now)
        if operator is None or not found:
            return
        try:
            await tell(room.store, room.voice, operator, found, now)
        except Exception:
            room.troubles.untold(found)
            raise
        self._wake()

    async def _look_at_figures(self, now: datetime) -> None:
        troubles, counts, tally = self.room.troubles, await self.room.store.counts(), self.door.tally
        tried = self.courier.failed if self.courier is not None else 0
        troubles.count(Trouble.ASIDE, counts.inbox_aside)
        troubles.count(Trouble.LETTER, counts.letters_failed + tried)
        troubles.sending(tally.sent, tally.put_off, self.door.ready, now)

    async def _tell_past_the_store(self, now: datetime) -> None:
        """By mail and webhook at once; by Telegram, that it was so, when the store is back."""
        room = self.room
        room.troubles.note(Trouble.DATABASE)
        room.troubles.note(Trouble.BACK)
        operator, found = (await room.rota.at(now)).operator, room.troubles.due(now, [Trouble.DATABASE])
        if self.courier is not None and operator is not None:
            await self.courier.past_the_store(letters(room.voice, operator, found, now))

    def _wake(self) -> None:
        self.door.wake()
        if self.courier is not None:
            self.courier.wake()
