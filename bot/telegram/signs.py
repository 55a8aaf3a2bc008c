"""Small calls beside the words: the typing sign, the answer a pressed button waits for, leaving a group, the menu.

Each is best effort: a failure is no fault of the conversation, so it is counted in the log and nothing more.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Protocol

from telegram import Bot, BotCommand
from telegram.error import TelegramError

log = logging.getLogger(__name__)


class Signs(Protocol):
    """None of these raises."""

    async def typing(self, chat: int) -> None: ...

    async def answered(self, query: str) -> None: ...

    async def leave(self, chat: int, words: str) -> None: ...


class Beside:
    """Signs on their way, which no conversation waits for."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, sign: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(sign)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def running(self) -> list[asyncio.Task[None]]:
        return list(self._tasks)


class TelegramSigns:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def typing(self, chat: int) -> None:
        try:
            await self._bot.send_chat_action(chat, "typing")
        except TelegramError as fault:
            log.info("typing sign not shown: %s", type(fault).__name__)

    async def answered(self, query: str) -> None:
        """A query older than some minutes is refused by Telegram; the press itself is still handled."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as fault:
            log.info("button not answered: %s", type(fault).__name__)

    async def leave(self, chat: int, words: str) -> None:
        try:
            if words:
                await self._bot.send_message(chat, words)
        except TelegramError as fault:
            log.info("no goodbye in a group: %s", type(fault).__name__)
        try:
            await self._bot.leave_chat(chat)
        except TelegramError as fault:
            log.warning("group not left: %s", type(fault).__name__)

    async def menu(self, commands: Sequence[tuple[str, str]]) -> bool:
        """Whether Telegram took the command menu."""
        try:
            await self._bot.set_my_commands([BotCommand(name, description) for name, description in commands])
        except TelegramError as fault:
            log.warning("command menu not set: %s", type(fault).__name__)
            return False
        return True
