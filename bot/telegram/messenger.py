"""The outbox loop: claim, send, mark sent. Crisis first, no chat twice at once, never faster than Telegram allows.

A kill between send and mark doubles at most the sends in flight. What cannot be sent now is put off, what can never be
is failed with a rule name; a check-in whose fate is not known is closed, never sent again.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Bot

from bot.care.ports import Clock, Outbox, OutboxRow
from bot.care.records import Delivery
from bot.telegram.ports import Care, DoorSettings
from bot.telegram.rates import Rates
from bot.telegram.send import Meaning, Verdict, destination, pieces, send_piece, verdict
from bot.telegram.tally import Tally

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0  # seconds between tries of one row
TOO_OLD = timedelta(days=1)  # after this a row is given up and shows as failed
Sleep = Callable[[float], Awaitable[None]]


class Messenger:
    def __init__(
        self,
        bot: Bot,
        outbox: Outbox,
        care: Care,
        clock: Clock,
        settings: DoorSettings,
        tally: Tally,
        token_refused: Callable[[], None] = lambda: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot, self._outbox, self._care, self._clock, self._tally = bot, outbox, care, clock, tally
        self._token_refused, self._sleep = token_refused, sleep
        self._slots = settings.sends_at_once
        self._rates = Rates(on=settings.rate_limits)
        self._wake = asyncio.Event()
        self._flying: dict[int, asyncio.Task[None]] = {}  # chat -> send
        self._held: dict[int, float] = {}  # chat -> monotonic time before which it rests, so that its order is kept
        self._hand: dict[int, int] = {}  # chat -> the row that is on its way there
        self._unsure = False  # a claim failed, and its rows may be marked all the same
        self._progress: dict[int, int] = {}  # row -> pieces already sent
        self._stopping = False

    def wake(self) -> None:
        """Something was committed to the outbox."""
        self._wake.set()

    async def recover(self) -> dict[str, int]:
        """At start, before `run`: what the last process left in sending. Returns the counts by name."""
        found = await self._outbox.recover(self._clock.now())
        self._tally.maybe_doubled += found.get("resent", 0)
        self._tally.unknown += found.get("unknown", 0)
        return found

    async def run(self) -> None:
        """Until `stop`."""
        while not self._stopping:
            self._wake.clear()
            try:
                if self._unsure:
                    await self._outbox.reclaim(self._hand.values(), self._clock.now())
                    self._unsure = False
                claimed = await self._claim()
            except Exception as fault:  # noqa: BLE001 - the store's fault: the rows are safe, look again later
                self._unsure = True
                log.error("outbox not read: %s", type(fault).__name__)
                claimed = 0
            if not claimed:
                await self._rest()

    async def stop(self, seconds: float = 10.0) -> None:
        """Let sends in flight finish; the rest stays in the outbox."""
        self._stopping = True
        self._wake.set()
        tasks = list(self._flying.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def idle(self) -> None:
        """Until no send is in flight."""
        while self._flying:
            await asyncio.wait(list(self._flying.values()))

    async def _claim(self) -> int:
        now = self._now()
        limit = min(self._slots - len(self._flying), self._rates.free(now))
        if limit <= 0:
            return 0
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        resting = {*self._flying, *self._held, *self._rates.cooling(now)}
        rows = await self._outbox.claim(self._clock.now(), limit, sorted(resting))
        for row in rows:
            chat = destination(row)
            self._rates.left(chat, now)
            self._hand[chat] = row.id
            task = asyncio.create_task(self._deliver(row, chat))
            self._flying[chat] = task
        return len(rows)

    async def _rest(self) -> None:
        now = self._now()
        held = min((until - now for until in self._held.values()), default=1.0)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), max(min(self._rates.next_free(now), held), 0.001))

    # --- one row --------------------------------------------------------------------------------------------------

    async def _deliver(self, row: OutboxRow, chat: int) -> None:
        try:
            await self._send(row, chat)
        except Exception as fault:  # noqa: BLE001 - whatever it was, the row gets a state
            await self._settle(row, chat, verdict(fault))
        finally:
            self._flying.pop(chat, None)
            self._hand.pop(chat, None)
            self._wake.set()

    async def _send(self, row: OutboxRow, chat: int) -> None:
        limit = row.out.not_after
        if limit is not None and self._clock.now() > limit:
            await self._mark(row, lambda: self._outbox.drop(row.id, self._clock.now(), "late"))
            return
        texts = pieces(row.out)
        message, first = 0, self._progress.get(row.id, 0)
        for number in range(first, len(texts)):
            if number > first:
                await self._sleep(self._rates.wait(chat, self._now()))
                self._rates.left(chat, self._now())
            try:
                message = await send_piece(self._bot, chat, row.out, texts[number], number == len(texts) - 1)
            finally:
                self._rates.landed(chat, self._now())
            self._progress[row.id] = number + 1
        self._tally.sent += 1
        await self._mark(row, lambda: self._outbox.sent(row.id, message, self._clock.now()))
        if row.out.alert is not None and row.out.to is not None:
            await self._delivered(row.out.alert, chat)

    async def _delivered(self, alert: int, chat: int) -> None:
        """A note reached a contact's chat; where that cannot be noted the alert stays open and goes on to the next."""
        try:
            await self._care.alert_delivered(alert, chat)
        except Exception as fault:  # noqa: BLE001 - escalation goes on, which errs on the safe side
            log.error("delivery of alert %d not noted: %s", alert, type(fault).__name__)
        self._wake.set()

    async def _mark(self, row: OutboxRow, write: Callable[[], Awaitable[None]]) -> None:
        """Until the store took it: Telegram has acted already, so forgetting would mean a double."""
        pause = 0.1
        while True:
            try:
                await write()
            except Exception as fault:  # noqa: BLE001 - the store's fault
                log.error("outbox not written: %s", type(fault).__name__)
                if self._stopping:
                    return
                await self._sleep(pause)
                pause = min(pause * 2, 10.0)
            else:
                self._progress.pop(row.id, None)
                return

    async def _settle(self, row: OutboxRow, chat: int, found: Verdict) -> None:
        """Write down what a failed send means."""
        if found.meaning in (Meaning.REFUSED, Meaning.BLOCKED):
            await self._fail(row, found.why)
            if found.meaning is Meaning.BLOCKED:
                await self._blocked(row, chat)
        elif found.meaning is Meaning.LOST and row.out.delivery is Delivery.AT_MOST_ONCE:
            self._tally.unknown += 1
            log.warning("outbox row %d closed as unknown: %s", row.id, found.why)
            await self._mark(row, lambda: self._outbox.unclear(row.id, self._clock.now(), found.why))
        elif self._clock.now() - max(row.created, row.out.not_before or row.created) > TOO_OLD:
            await self._fail(row, found.why)
        else:
            await self._put_off(row, chat, found)

    async def _fail(self, row: OutboxRow, why: str) -> None:
        self._tally.failed += 1
        log.warning("outbox row %d given up: %s", row.id, why)
        await self._mark(row, lambda: self._outbox.fail(row.id, self._clock.now(), why))

    async def _blocked(self, row: OutboxRow, chat: int) -> None:
        self._tally.blocked += 1
        if row.out.to is not None:  # on-call staff; the alert's own state tells of it
            return
        try:
            await self._care.client_blocked(chat)
        except Exception as fault:  # noqa: BLE001 - the next send will tell again
            log.error("block not noted: %s", type(fault).__name__)

    async def _put_off(self, row: OutboxRow, chat: int, found: Verdict) -> None:
        seconds = min(0.25 * 2.0 ** min(row.attempts, 8) * random.uniform(0.5, 1.0), LONGEST_PAUSE)  # noqa: S311 - jitter
        if found.meaning is Meaning.FLOODED:
            seconds = found.seconds
            self._tally.flooded += 1
            self._rates.freeze(self._now() + seconds)
        elif found.meaning is Meaning.NO_TOKEN:
            self._token_refused()
        elif found.meaning is Meaning.LOST:
            self._tally.maybe_doubled += 1
        self._tally.put_off += 1
        log.warning("outbox row %d put off: %s", row.id, found.why)
        self._held[chat] = self._now() + seconds
        done = self._progress.get(row.id, 0)
        await self._mark(
            row, lambda: self._outbox.put_off(row.id, self._clock.now() + timedelta(seconds=seconds), found.why)
        )
        self._progress[row.id] = done

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
