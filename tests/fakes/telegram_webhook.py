"""Delivers updates to a webhook as Telegram does: many chats at once, one chat's messages in order, until a 200."""

import asyncio
import contextlib
from typing import Any

import aiohttp

from tests.fakes.telegram_world import World

KINDS = ("message", "edited_message", "my_chat_member")


class Deliverer:
    def __init__(self, world: World) -> None:
        self.world = world
        self.refused: list[int] = []  # statuses other than 200 the bot answered with
        self._queues: dict[Any, asyncio.Task[None]] = {}
        self._waiting: dict[Any, list[dict[str, Any]]] = {}
        self._taken: set[int] = set()
        self._main: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._main = asyncio.create_task(self._run())

    async def stop(self) -> None:
        tasks = [*self._queues.values(), *([self._main] if self._main else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                await asyncio.sleep(0.005)
                if not self.world.webhook:
                    continue
                gate = asyncio.Semaphore(self.world.webhook["connections"])
                while self.world.webhook:
                    for update in list(self.world.updates):
                        self._enqueue(session, gate, update)
                    await asyncio.sleep(0.005)

    def _enqueue(self, session: aiohttp.ClientSession, gate: asyncio.Semaphore, update: dict[str, Any]) -> None:
        if update["update_id"] in self._taken:
            return
        self._taken.add(update["update_id"])
        key = _queue(update)
        self._waiting.setdefault(key, []).append(update)
        if key not in self._queues or self._queues[key].done():
            self._queues[key] = asyncio.create_task(self._deliver(session, gate, key))

    async def _deliver(self, session: aiohttp.ClientSession, gate: asyncio.Semaphore, key: Any) -> None:
        line, delay = self._waiting[key], 0.02
        while line:
            async with gate:
                done = await self._post(session, line[0])
            if done:
                update = line.pop(0)
                with contextlib.suppress(ValueError):
                    self.world.updates.remove(update)
                delay = 0.02
            else:
                await asyncio.sleep(delay)
                delay = min(delay * 2, 0.5)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        hook = self.world.webhook
        if not hook:
            return False
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
        try:
            plain = hook["url"].replace("https://", "http://", 1)  # stands in for the proxy that ends TLS
            async with session.post(plain, json=update, headers=headers) as response:
                if response.status != 200:
                    self.refused.append(response.status)
                return response.status == 200
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False


def _queue(update: dict[str, Any]) -> Any:
    """One chat's messages share a queue; presses of buttons come beside them."""
    for kind in KINDS:
        if isinstance(body := update.get(kind), dict) and isinstance(body.get("chat"), dict):
            return body["chat"].get("id")
    return ("other", update["update_id"])
