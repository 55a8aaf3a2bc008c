"""The letters' loop: claim, send, mark sent. At least once: a kill between send and mark doubles what was in flight.

It runs beside the Telegram door and needs nothing of it, so that an outage there does not silence an alert.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Sequence
from datetime import timedelta

from bot.care.boxes import LetterRow, Letters
from bot.care.ports import Clock
from bot.care.records import Letter
from bot.channels.ports import Care, SendError, Senders

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds between looks at the store, when nothing woke it
AT_ONCE = 8
TOO_OLD = timedelta(days=1)  # after this a letter is given up and shows as failed
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0  # seconds between tries of one letter


class Courier:
    def __init__(self, letters: Letters, senders: Senders, care: Care, clock: Clock) -> None:
        self._letters, self._senders, self._care, self._clock = letters, senders, care, clock
        self._wake = asyncio.Event()
        self._stopping = False
        self._unsure = False  # the store failed, and letters may count as being sent that nobody has in hand
        self.failed = 0  # tries that came to nothing, since the start
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take up what a killed program had in hand, then run until `stop`."""
        again = await self._letters.recover(self._clock.now())
        if again:
            log.info("letters due again", extra={"letters": again})
        self._running = asyncio.create_task(self._run())

    def wake(self) -> None:
        """A letter may have become due."""
        self._wake.set()

    async def stop(self, seconds: float = 10.0) -> None:
        """Let letters in hand finish; the rest stays for the next start."""
        self._stopping = True
        self._wake.set()
        if self._running is not None:
            _, late = await asyncio.wait({self._running}, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            if not await self.once():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_EVERY)

    async def once(self) -> int:
        """Send what is due now; returns how many letters were tried."""
        try:
            if self._unsure:
                await self._letters.reclaim()
                self._unsure = False
            rows = await self._letters.claim(self._clock.now(), AT_ONCE)
        except Exception as fault:  # noqa: BLE001 - the store's fault: the letters are safe, look again later
            log.error("letters not read: %s", type(fault).__name__)
            self._unsure = True
            return 0
        await asyncio.gather(*(self._guarded(row) for row in rows))
        return len(rows)

    async def past_the_store(self, letters: Sequence[Letter]) -> None:
        """Send at once and once, keeping nothing: for word of the store's own failing."""
        for letter in letters:
            try:
                if (sender := self._senders.get(letter.channel)) is not None:
                    await sender.send(letter)
            except Exception as fault:  # noqa: BLE001 - there is no other way left; the log and /readyz say it too
                log.error("word to the operator not sent: %s", type(fault).__name__)

    async def _guarded(self, row: LetterRow) -> None:
        """Whatever happens to one letter stops no other; one left as being sent is taken up with the next look."""
        try:
            await self._deliver(row)
        except Exception as fault:  # noqa: BLE001
            log.error("letter %d not settled: %s", row.id, type(fault).__name__)
            self._unsure = True

    async def _deliver(self, row: LetterRow) -> None:
        letter = row.letter
        sender = self._senders.get(letter.channel)
        try:
            if sender is None:
                raise SendError("not_configured", final=True)
            await sender.send(letter)
        except SendError as refused:
            await self._settle(row, refused)
            return
        except Exception as fault:  # noqa: BLE001 - whatever it was, the letter gets a state
            await self._settle(row, SendError(type(fault).__name__))
            return
        await self._letters.sent(row.id, self._clock.now())
        await self._care.letter_delivered(letter.alert, letter.contact, letter.channel)

    async def _settle(self, row: LetterRow, refused: SendError) -> None:
        now = self._clock.now()
        self.failed += 1
        log.warning("letter %d of alert %d not sent: %s", row.id, row.letter.alert, refused.why)
        if refused.final or now - row.created > TOO_OLD:
            await self._letters.fail(row.id, now, refused.why)
            return
        pause = min(_FIRST_PAUSE * 2.0 ** (row.attempts - 1), _LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311
        await self._letters.put_off(row.id, now + timedelta(seconds=pause), refused.why)
