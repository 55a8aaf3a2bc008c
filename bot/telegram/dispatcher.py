"""From the inbox to care: per chat in the order of update ids, chats beside each other, the real work bounded.

A chat has a lane only while something of it waits. A turn that raises is tried once more and then answered with the
safe entry; a turn that killed the process twice is answered with the safe entry at the start after. What one kill hit
is taken up one at a time, so that a second kill names its cause and not those that were beside it. No fault of one chat
stops another, and none is logged with anything but its type.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.care.incoming import Incoming
from bot.care.ports import Clock, Inbox
from bot.telegram.ports import Care, DoorSettings
from bot.telegram.settle import Arrival, ready
from bot.telegram.signs import Beside, Signs
from bot.telegram.sort import Sorter
from bot.telegram.tally import Tally

log = logging.getLogger(__name__)

KILLS = 2  # starts of a row that a process did not survive, before it gets the safe entry
ROUNDS = 5  # of a failing turn and a failing safe turn, before the rows are set aside
AT_ONCE = ("command", "button", "blocked", "unblocked")


class Lane:
    """One chat's line: what is known of its waiting rows beyond what the inbox says."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.wake = asyncio.Event()
        self.urgent: dict[int, bool] = {}
        self.answered: set[int] = set()  # buttons already answered
        self.started: set[int] = set()  # rows this process began
        self.attempts: dict[int, int] = {}
        self.rounds = 0

    def killed(self, incoming: Incoming) -> int:
        """How many processes began it and did not survive."""
        return 0 if incoming.inbox in self.started else self.attempts[incoming.inbox]


class Dispatcher:
    def __init__(
        self,
        inbox: Inbox,
        care: Care,
        clock: Clock,
        signs: Signs,
        settings: DoorSettings,
        tally: Tally,
        committed: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._inbox, self._care, self._clock, self._signs = inbox, care, clock, signs
        self._settings, self._tally, self._committed, self._sleep = settings, tally, committed, sleep
        self._lanes: dict[int, tuple[Lane, asyncio.Task[None]]] = {}
        self._gate = asyncio.Semaphore(settings.turns_at_once)
        self._alone = asyncio.Lock()
        self._beside = Beside()
        self._sorter = Sorter(inbox, care, signs, self._beside, settings, tally)
        self._stopping = False

    async def start(self) -> None:
        """Take up everything the last process left unhandled."""
        self.arrived(await self._inbox.waiting_chats())

    def arrived(self, chats: Iterable[int]) -> None:
        """Something new is committed for these chats."""
        for chat in chats:
            if self._stopping:
                return
            if chat in self._lanes:
                self._lanes[chat][0].wake.set()
            else:
                lane = Lane(chat)
                self._lanes[chat] = lane, asyncio.create_task(self._run(lane))

    async def stop(self, seconds: float = 10.0) -> None:
        """Let turns in flight finish; what is waiting stays in the inbox for the next start."""
        self._stopping = True
        for lane, _ in self._lanes.values():
            lane.wake.set()
        tasks = [task for _, task in self._lanes.values()] + self._beside.running()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def idle(self) -> None:
        """Until no chat has anything waiting."""
        while self._lanes:
            await asyncio.wait([task for _, task in self._lanes.values()])

    # --- one lane -------------------------------------------------------------------------------------------------

    async def _run(self, lane: Lane) -> None:
        try:
            while not self._stopping:
                lane.wake.clear()
                if not await self._step(lane) and not lane.wake.is_set():
                    return
        finally:
            self._lanes.pop(lane.chat, None)

    async def _step(self, lane: Lane) -> bool:
        """One look at what waits; False when nothing is left of what was seen."""
        try:
            rows = await self._inbox.waiting(lane.chat)
            heard = await self._sorter.sort(rows, lane.answered) if rows else []
            if not heard:
                return False
            lane.attempts = {row.id: row.attempts for row in rows}
            return await self._heard(lane, [h.incoming for h in heard])
        except Exception as fault:  # noqa: BLE001 - the store's fault: the rows are still there, so wait and look again
            log.error("chat not served, trying again: %s", type(fault).__name__)
            await self._back_off(lane)
            return True

    async def _heard(self, lane: Lane, waiting: Sequence[Incoming]) -> bool:
        """Answer what is ready; False when that was all."""
        killers = [i for i in waiting if lane.killed(i) >= KILLS]
        if killers:
            log.error("answered with the safe entry after %d starts that did not end", KILLS)
            await self._safely(lane, waiting[: waiting.index(killers[-1]) + 1], "killed_twice")
            return True
        settings = self._settings
        while waiting and not self._stopping:
            now = self._clock.now()
            arrivals = [Arrival(i.at or now, self._at_once(lane, i)) for i in waiting]
            count, wait = ready(arrivals, now, settings.settle_seconds, settings.longest_seconds)
            if not count:
                await self._settle(lane, wait)
                return True
            if not await self._turn(lane, waiting[:count]):
                return True
            waiting = waiting[count:]
            if lane.wake.is_set():  # more came: a burst is judged by its newest message
                return True
        return False

    def _at_once(self, lane: Lane, incoming: Incoming) -> bool:
        if self._settings.settle_seconds <= 0 or incoming.what in AT_ONCE:
            return True
        if incoming.inbox not in lane.urgent:
            lane.urgent[incoming.inbox] = bool(incoming.text) and self._urgent(incoming.text)
        return lane.urgent[incoming.inbox]

    def _urgent(self, text: str) -> bool:
        try:
            return self._care.urgent(text)
        except Exception as fault:  # noqa: BLE001 - not known to be calm is urgent
            log.error("quick read failed: %s", type(fault).__name__)
            return True

    async def _settle(self, lane: Lane, seconds: float) -> None:
        self._beside.start(self._signs.typing(lane.chat))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(lane.wake.wait(), seconds)

    # --- one turn -------------------------------------------------------------------------------------------------

    async def _turn(self, lane: Lane, batch: Sequence[Incoming]) -> bool:
        """Whether the batch is answered."""
        ids = [i.inbox for i in batch]
        async with self._alone if any(lane.killed(i) for i in batch) else contextlib.nullcontext(), self._gate:
            if self._stopping:
                return False
            lane.started.update(ids)
            await self._inbox.starting(ids)
            answered = await self._tried(lane.chat, batch)
            if not answered:
                batch = await self._still(batch)  # another replica may have been quicker
                answered = not batch or await self._tried(lane.chat, batch)
        if not answered:
            return await self._safely(lane, batch, "turn_failed")
        self._finished(lane)
        self._tally.turns += 1
        return True

    async def _still(self, batch: Sequence[Incoming]) -> Sequence[Incoming]:
        waiting = {row.id for row in await self._inbox.waiting(batch[0].chat)}
        return [i for i in batch if i.inbox in waiting]

    async def _tried(self, chat: int, batch: Sequence[Incoming]) -> bool:
        try:
            await self._care.take_turn(chat, batch)
        except Exception as fault:  # noqa: BLE001 - any fault of a turn ends in the safe entry, never in silence
            self._tally.turns_failed += 1
            log.error("turn failed: %s", type(fault).__name__)
            return False
        return True

    async def _safely(self, lane: Lane, batch: Sequence[Incoming], why: str) -> bool:
        """The safe entry. When even that fails (a database that is gone), wait and begin anew; nothing is dropped."""
        lane.started.update(i.inbox for i in batch)
        try:
            await self._care.safe_turn(lane.chat, batch)
        except Exception as fault:  # noqa: BLE001 - see above
            log.error("safe entry failed: %s", type(fault).__name__)
            lane.rounds += 1
            if lane.rounds < ROUNDS:
                await self._back_off(lane)
                return False
        else:
            self._tally.safe_turns += 1
        await self._aside([i.inbox for i in await self._still(batch)], why)
        self._finished(lane)
        return True

    def _finished(self, lane: Lane) -> None:
        lane.rounds = 0
        lane.urgent.clear()
        self._committed()

    async def _aside(self, ids: Sequence[int], why: str) -> None:
        if ids:
            self._tally.set_aside += len(ids)
            await self._inbox.set_aside(ids, why)

    async def _back_off(self, lane: Lane) -> None:
        if not self._stopping:
            await self._sleep(min(0.5 * 2**lane.rounds, 30.0))
