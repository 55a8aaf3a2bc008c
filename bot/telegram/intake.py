"""Updates into the inbox, committed before Telegram is told that they arrived.

Telegram forgets an update once the next offset is asked for or the webhook got its 200. So the loop here works from the
raw JSON and an offset of its own, moved only after the commit; nothing parses an update before it is safe.
"""

import asyncio
import hmac
import json
import logging
import random
import zlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.care.ports import Clock, Inbox, RawUpdate
from bot.telegram.parse import ALLOWED_UPDATES, chat_of
from bot.telegram.tally import Tally
from bot.telegram.transport import AiohttpRequest, FloodedError

log = logging.getLogger(__name__)

POLL_SECONDS = 25
BATCH = 100
BODY_LIMIT = 1 << 20  # bytes; Telegram's own updates stay far below
LONGEST_PAUSE = 30.0  # seconds between tries when Telegram cannot be reached
CONFLICT_PAUSE = 5.0
CONFLICT = "another program is reading this bot's messages; only one of the two can (trying again)"

Arrived = Callable[[set[int]], None]
Sleep = Callable[[float], Awaitable[None]]


def raw_update(update: Mapping[str, Any], clock: Clock) -> RawUpdate:
    """What the inbox keeps of it. The message id is set only for a new message: an edit or a press of a button repeats
    an id that is known already, and must not be taken for a redelivery."""
    message = update.get("message")
    number = message.get("message_id") if isinstance(message, dict) else None
    return RawUpdate(
        update_id=_update_id(update),
        chat=chat_of(update),
        message=number if isinstance(number, int) and abs(number) < 2**62 else None,
        body=json.dumps(update, separators=(",", ":")).encode(),
        received=clock.now(),
    )


def _update_id(update: Mapping[str, Any]) -> int:
    """Its number; for a thing without one a negative number made from its bytes, so that it is kept and kept once."""
    number = update.get("update_id")
    if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**62:
        return number
    return -1 - zlib.crc32(json.dumps(update, sort_keys=True).encode())


class Intake:
    """The one way into the inbox, whichever way Telegram brings the updates."""

    def __init__(self, inbox: Inbox, clock: Clock, arrived: Arrived, tally: Tally) -> None:
        self._inbox, self._clock, self._arrived, self._tally = inbox, clock, arrived, tally

    async def accept(self, updates: list[Any]) -> None:
        """Commit, then wake the chats. Raises what the store raises; then nothing may be acknowledged."""
        raws = [raw_update(u if isinstance(u, dict) else {"not_an_update": u}, self._clock) for u in updates]
        if raws:
            new = await self._inbox.accept(raws)
            self._tally.received += new
            self._tally.redelivered += len(raws) - new
            self._arrived({raw.chat for raw in raws})


class Webhook:
    """What the web route calls; holds the secret it compares with."""

    def __init__(self, intake: Intake, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._intake, self._secret = intake, secret.encode()

    def admits(self, given: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(self._secret, given.encode("utf-8", "replace"))

    async def receive(self, body: bytes) -> int:
        """The HTTP status to answer with: 200 only once committed, so that Telegram brings it again otherwise."""
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        try:
            await self._intake.accept([update])
        except Exception as fault:  # noqa: BLE001 - whatever the store's fault is, Telegram has to bring it again
            log.error("inbox not written: %s", type(fault).__name__)
            return 503
        return 200


class Polling:
    """Long polling with an offset of its own. `run` ends only by cancelling, or raises InvalidToken."""

    def __init__(
        self, request: AiohttpRequest, url: str, intake: Intake, tally: Tally, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._request, self._url, self._intake, self._tally, self._sleep = request, url, intake, tally, sleep
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        while True:
            pause = await self.once()
            if pause:
                await self._sleep(pause)

    async def once(self) -> float:
        """One fetch and commit; returns the seconds to wait before the next."""
        try:
            updates = await self._fetch()
            await self._intake.accept(updates)
        except InvalidToken:
            raise
        except Conflict:
            self._tally.conflicts += 1
            log.warning(CONFLICT)
            return CONFLICT_PAUSE
        except FloodedError as flooded:
            return flooded.seconds
        except TelegramError as fault:
            return self._later("Telegram cannot be reached", fault)
        except Exception as fault:  # noqa: BLE001 - the store's fault; the offset stays, so nothing is lost
            return self._later("inbox not written", fault)
        self._failures = 0
        self._move(updates)
        return 0.0

    async def _fetch(self) -> list[Any]:
        asked: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "limit": BATCH,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            asked["offset"] = self._offset
        result = await self._request.post(f"{self._url}/getUpdates?{urlencode(asked)}", read_timeout=POLL_SECONDS + 10)
        return result if isinstance(result, list) else []

    def _move(self, updates: list[Any]) -> None:
        numbers = [u["update_id"] for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        if numbers:
            self._offset = max(numbers) + 1

    def _later(self, what: str, fault: Exception) -> float:
        self._failures += 1
        longest = min(0.5 * 2.0 ** min(self._failures, 8), LONGEST_PAUSE)
        pause = longest * random.uniform(0.75, 1.25)  # noqa: S311 - jitter
        log.warning("%s (%s); trying again in %.0f s", what, type(fault).__name__, pause)
        return pause
