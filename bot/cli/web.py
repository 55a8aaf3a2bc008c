"""The web server of `serve`, inside our own loop; also alone, for the console on a demo database."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn

from bot import server, wiring
from bot.care.visit import Room
from bot.cli.failures import CommandError
from bot.settings import Settings
from bot.telegram.door import TelegramDoor, stop_on_signals

_PATIENCE = 1  # seconds for pages under way when the console alone is ended; `serve` waits for its own


class Web(uvicorn.Server):
    """uvicorn inside our loop; signals are ours. `door` None: the console alone, on a demo."""

    def __init__(self, settings: Settings, room: Room, door: TelegramDoor | None) -> None:
        path = urlsplit(settings.telegram.webhook.url).path or "/telegram"
        wake = door.wake if door is not None else _nobody
        app = server.build_app(
            room.store.counts, door, path, wiring.console_routes(settings, room, wake, demo=door is None)
        )
        super().__init__(
            uvicorn.Config(
                app,
                host=settings.server.host,
                port=settings.server.port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=None if door is not None else _PATIENCE,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def finish(self, serving: asyncio.Task[None]) -> None:
        self.should_exit = True
        await serving

    def opened(self) -> socket.socket:
        """The listening socket. Raises CommandError when the port cannot be opened: uvicorn itself would just exit."""
        family = socket.AF_INET6 if ":" in self.config.host else socket.AF_INET
        try:
            return socket.create_server((self.config.host, self.config.port), family=family, backlog=2048)
        except OSError as error:
            why = error.strerror or "no such address"
            raise CommandError(f"The port {self.config.port} on {self.config.host} cannot be opened: {why}.") from None


def _nobody() -> None:
    """Who sends what was queued, where nothing is sent."""


async def serve_pages(settings: Settings, room: Room, opened: Callable[[], Awaitable[None]]) -> None:
    """The console without Telegram, until a signal. `opened` is called once it can be reached."""
    stopped = stop_on_signals(asyncio.get_running_loop())
    web = Web(settings, room, None)
    serving = asyncio.create_task(web.serve([web.opened()]))
    await opened()
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait([waiting, serving], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    await web.finish(serving)
