"""Letters by webhook: a JSON body with a signature that its receiver can check (docs/channels.md)."""

import hashlib
import hmac
import json
from collections.abc import Callable
from http import HTTPStatus

import aiohttp

from bot.care.records import Letter
from bot.channels.ports import SendError, WebhookSettings

SIGNATURE, TIMESTAMP, DELIVERY = "Warmline-Signature", "Warmline-Timestamp", "Warmline-Delivery"
_WAIT = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over "timestamp.body" in hex, with its name before it: "v1=9f86...".

    A receiver computes the same, compares in constant time, and refuses a timestamp older than a few minutes.
    """
    return "v1=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class WebhookSender:
    """`now` gives seconds since 1970."""

    def __init__(self, settings: WebhookSettings, now: Callable[[], float]) -> None:
        self._settings, self._now = settings, now

    async def send(self, letter: Letter) -> None:
        """See Sender. 2xx is taken; 4xx is final but for those that ask to wait; redirects are not followed."""
        # One id for every try of the same letter: it may arrive twice, and the receiver can tell.
        await self._post(letter.facts, f"{letter.alert}-{letter.contact}-{'-'.join(letter.facts.get('how', []))}")

    async def probe(self) -> None:
        """Sends a signed ping, which a receiver answers like any other."""
        await self._post({"ping": True}, "ping")

    async def _post(self, facts: object, delivery: str) -> None:
        body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
        timestamp = str(int(self._now()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: timestamp,
            SIGNATURE: signature(self._settings.secret, timestamp, body),
            DELIVERY: delivery,
        }
        limit = aiohttp.ClientTimeout(total=self._settings.seconds)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self._settings.url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                _judge(answer.status)
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise SendError("webhook_no_connection") from None


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    raise SendError(f"webhook_{status}", final=400 <= status < 500 and status not in _WAIT)
