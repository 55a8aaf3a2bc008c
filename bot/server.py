"""The web face of `serve`: Telegram's webhook, health, metrics, and whatever routes another door brings."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Protocol

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.care.ports import Counts
from bot.telegram.intake import BODY_LIMIT, Webhook
from bot.telegram.tally import Tally

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Door(Protocol):
    """What of the Telegram door is shown here."""

    tally: Tally
    ready: bool
    webhook: Webhook | None


def build_app(
    counts: Callable[[], Awaitable[Counts]],
    door: Door | None = None,
    webhook_path: str = "/telegram",
    routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """`counts` is the store's; `door` None when there is only the console. The webhook route is there when it is on."""
    mine: list[BaseRoute] = [
        Route("/healthz", _healthz),
        Route("/readyz", _readyz(counts, door)),
        Route("/metrics", _metrics(counts, door)),
    ]
    if door is not None and door.webhook is not None:
        mine.append(Route(webhook_path, _webhook(door.webhook), methods=["POST"]))
    return Starlette(routes=[*mine, *routes])


async def _healthz(request: Request) -> Response:
    """The process lives; says nothing of what it depends on, so that it is not restarted for a fault elsewhere."""
    return PlainTextResponse("ok\n")


def _readyz(counts: Callable[[], Awaitable[Counts]], door: Door | None) -> Callable[[Request], Awaitable[Response]]:
    async def readyz(request: Request) -> Response:
        try:
            await counts()
        except Exception:  # noqa: BLE001 - whatever the store's fault is, it is not ready
            return PlainTextResponse("the database does not answer\n", 503)
        if door is not None and not door.ready:
            return PlainTextResponse("Telegram has not answered yet\n", 503)
        return PlainTextResponse("ready\n")

    return readyz


def _webhook(webhook: Webhook) -> Callable[[Request], Awaitable[Response]]:
    async def receive(request: Request) -> Response:
        if not webhook.admits(request.headers.get(SECRET_HEADER, "")):
            return Response(status_code=401)
        body = await _limited(request)
        if body is None:
            return Response(status_code=413)
        return Response(status_code=await webhook.receive(body))

    return receive


async def _limited(request: Request) -> bytes | None:
    """The body, or None beyond the limit; never holds more than that in memory."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _metrics(counts: Callable[[], Awaitable[Counts]], door: Door | None) -> Callable[[Request], Awaitable[Response]]:
    async def metrics(request: Request) -> Response:
        registry = CollectorRegistry()
        registry.register(_Shown(await counts(), door))
        return Response(generate_latest(registry), media_type=METRICS_TYPE)

    return metrics


class _Shown(Collector):
    """Numbers only: no label holds an id."""

    def __init__(self, counts: Counts, door: Door | None) -> None:
        self._counts, self._door = counts, door

    def collect(self) -> Iterator[Metric]:
        for name, value in asdict(self._counts).items():
            yield GaugeMetricFamily(f"warmline_{name}", name.replace("_", " "), value=value)
        if self._door is not None:
            yield GaugeMetricFamily("warmline_telegram_ready", "Telegram answered", value=int(self._door.ready))
            for name, value in asdict(self._door.tally).items():
                yield CounterMetricFamily(f"warmline_telegram_{name}", name.replace("_", " "), value=value)
