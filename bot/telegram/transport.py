"""The Bot API over aiohttp: what python-telegram-bot sends and fetches goes through here.

A third of the CPU the library's own transport costs a send. Says of each failure whether the call may have taken
effect, because only a call that never left may be repeated without a double.
"""

import io
import json
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

JSON = {"Content-Type": "application/json"}
DEFAULT_WAIT = 60.0  # seconds asked of us by a 429 that does not say how long


class NotSentError(NetworkError):
    """No connection was made: the call cannot have taken effect."""

    def __init__(self) -> None:
        super().__init__("no connection")


class LostAnswerError(NetworkError):
    """The connection broke or stayed silent after the call left: it may have taken effect."""


class FloodedError(TelegramError):
    """429. The library's own error for it warns of deprecation in its constructor, so it cannot be used here."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One pool of connections. `initialize` and `shutdown` may be called any number of times; proxies are not used."""

    def __init__(self, connections: int = 64, read_timeout: float = 20.0, connect_timeout: float = 5.0) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=False)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body. Raises NotSentError, LostAnswerError or FloodedError."""
        if self._session is None:
            await self.initialize()
        assert self._session is not None
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_seconds(connect_timeout, self._connect_timeout),
            sock_read=_seconds(read_timeout, self._read_timeout),
        )
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                payload = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotSentError from None
        except TimeoutError:
            raise LostAnswerError("timed out") from None
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            raise LostAnswerError(type(fault).__name__) from None
        if response.status == 429:
            raise FloodedError(retry_after(payload))
        return response.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As the library's own, but without putting the payload, which holds a person's words, into the log."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise NetworkError("invalid server response") from None
        if not isinstance(parsed, dict):
            raise NetworkError("invalid server response")
        return parsed


class _Plain:
    """Has of RequestData what the transport above reads."""

    contains_files = False

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.json_payload = json.dumps(parameters).encode()


async def call(request: BaseRequest, url: str, **parameters: Any) -> Any:
    """A call in plain JSON, for the hot path: the library's objects cost more CPU than the call itself.

    Returns the result as parsed. Raises what the library's own calls raise.
    """
    return await request.post(url, cast(RequestData, _Plain(parameters)))


def _seconds(given: Any, default: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": JSON}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return {"data": form}


def retry_after(payload: bytes) -> float:
    """Seconds a 429 asks to wait; a minute when it does not say."""
    try:
        return max(float(json.loads(payload)["parameters"]["retry_after"]), 0.0)
    except (ValueError, TypeError, LookupError, RecursionError):
        return DEFAULT_WAIT
