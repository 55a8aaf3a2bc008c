"""A talk in the terminal: the same turns as on Telegram, with a line of text in and printed words out."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from bot.care.conversation import safe_turn, take_turn
from bot.care.incoming import Incoming
from bot.care.memory import Memory
from bot.care.notice import given
from bot.care.ports import OutboxRow, RawUpdate
from bot.care.records import TALK, Button, Client, Consent
from bot.care.visit import Room

log = logging.getLogger(__name__)

CHAT = -1  # no messenger gives this number
_AT_ONCE = 20


@dataclass(slots=True)
class Terminal:
    """One person at one keyboard. What they typed is in the inbox before it is answered, so a kill loses nothing."""

    room: Room
    offered: tuple[Button, ...] = ()  # buttons under the last words, pressed by their number
    _count: int = field(default=0)

    async def consent(self) -> None:
        """For a pipe: the talk is agreed to, and the notice is not repeated."""
        now = self.room.clock.now()
        async with self.room.store.work(CHAT) as work:
            client = Client(uuid4().hex, now, [Consent(TALK, True, self.room.policy.consent_version, now)])
            memory = Memory()
            given(memory, now)
            client.memory = memory.raw()
            await work.add_client(client)
            await work.commit()

    async def agreed(self) -> bool:
        async with self.room.store.work(CHAT) as work:
            client = await work.client()
            return client is not None and client.consented(TALK)

    async def say(self, line: str) -> list[OutboxRow]:
        """Everything answered to one line, in order."""
        await self._accept(line)
        return await self.catch_up()

    async def catch_up(self) -> list[OutboxRow]:
        """Answer what is waiting, also from before a kill, and hand out what is to be printed."""
        waiting = await self.room.store.inbox.waiting(CHAT)
        if waiting:
            batch = [self._incoming(row.id, row.body.decode("utf-8", "surrogatepass")) for row in waiting]
            await self._turn([row.id for row in waiting], batch, tried=max(row.attempts for row in waiting))
        return await self._printed()

    async def _turn(self, ids: Sequence[int], batch: Sequence[Incoming], tried: int) -> None:
        """A line that ended the program twice is answered with the safe words."""
        if tried >= 2:
            await safe_turn(self.room, CHAT, batch)
            return
        await self.room.store.inbox.starting(ids)
        try:
            await take_turn(self.room, CHAT, batch)
        except Exception as fault:  # noqa: BLE001 - never silence: the safe words, and the fault by its type
            log.error("turn failed: %s", type(fault).__name__)
            await safe_turn(self.room, CHAT, batch)

    async def _accept(self, line: str) -> None:
        now = self.room.clock.now()
        self._count += 1
        number = int(now.timestamp() * 1000) * 1000 + self._count % 1000
        body = line.encode("utf-8", "surrogatepass")
        await self.room.store.inbox.accept([RawUpdate(number, CHAT, None, body, now)])

    def _incoming(self, row: int, line: str) -> Incoming:
        now = self.room.clock.now()
        text = line.strip()
        if text.isdigit() and 1 <= int(text) <= len(self.offered):
            return Incoming(row, CHAT, now, what="button", button=self.offered[int(text) - 1].data)
        if text.startswith("/") and text[1:].split(" ")[0].replace("_", "").isalnum():
            command, _, rest = text[1:].partition(" ")
            return Incoming(row, CHAT, now, rest, what="command", command=command.lower())
        return Incoming(row, CHAT, now, line.encode("utf-8", "replace").decode("utf-8"))

    async def _printed(self) -> list[OutboxRow]:
        printed: list[OutboxRow] = []
        while rows := await self.room.store.outbox.claim(self.room.clock.now(), _AT_ONCE):
            for row in rows:
                await self.room.store.outbox.sent(row.id, 0, self.room.clock.now())
            printed += rows
        self.offered = tuple(b for row in printed for line in row.out.buttons for b in line)
        return printed
