"""A care that answers each batch with its own texts, so that a test sees what came through, and fails where told."""

import asyncio
from collections.abc import Callable, Sequence

from bot.care.incoming import Incoming
from bot.care.ports import Store
from bot.care.records import Outgoing


class EchoCare:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.batches: list[tuple[int, list[Incoming]]] = []
        self.blocked: list[int] = []
        self.delivered: list[int] = []
        self.fail: Callable[[Sequence[Incoming]], bool] = lambda batch: False
        self.safe_fails = False
        self.took = asyncio.Event()
        self.may = asyncio.Event()  # cleared: turns wait in the middle
        self.may.set()

    async def take_turn(self, chat: int, batch: Sequence[Incoming]) -> None:
        if self.fail(batch):
            raise RuntimeError("a person's words")
        self.batches.append((chat, list(batch)))
        self.took.set()
        await self.may.wait()
        await self._commit(chat, batch, Outgoing(f"echo: {_said(batch)}"))

    async def safe_turn(self, chat: int, batch: Sequence[Incoming]) -> None:
        if self.safe_fails:
            raise RuntimeError("a person's words")
        await self._commit(chat, batch, Outgoing(f"safe: {_said(batch)}"))

    async def _commit(self, chat: int, batch: Sequence[Incoming], out: Outgoing) -> None:
        async with self.store.work(chat) as work:
            await work.send(out)
            await work.handled([i.inbox for i in batch])
            await work.commit()

    def urgent(self, text: str) -> bool:
        return "die" in text

    def group_words(self) -> str:
        return "I only talk with one person at a time."

    async def client_blocked(self, chat: int) -> None:
        self.blocked.append(chat)

    async def alert_delivered(self, number: int, chat: int) -> None:
        self.delivered.append(number)


def _said(batch: Sequence[Incoming]) -> str:
    return " | ".join(i.text or i.button or i.command or i.what for i in batch)
