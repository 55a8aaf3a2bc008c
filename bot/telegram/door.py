"""The whole of Telegram as one thing that starts and stops: intake, dispatcher, messenger, menu."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.care.ports import Clock, Store
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.errors import DoorError
from bot.telegram.intake import LONGEST_PAUSE, Intake, Polling, Webhook
from bot.telegram.messenger import Messenger
from bot.telegram.parse import ALLOWED_UPDATES
from bot.telegram.ports import Care, DoorSettings
from bot.telegram.signs import TelegramSigns
from bot.telegram.tally import Tally
from bot.telegram.transport import AiohttpRequest, FloodedError

log = logging.getLogger(__name__)

REFUSED = "Telegram does not know this bot token; check WARMLINE_TELEGRAM__TOKEN."
BAD_ADDRESS = "Telegram does not accept the webhook address; check WARMLINE_TELEGRAM__WEBHOOK__URL."
Sleep = Callable[[float], Awaitable[None]]


class TelegramDoor:
    """`async with` it, or `start` and `stop`. `webhook` is what the web route calls; None when polling."""

    def __init__(
        self, store: Store, care: Care, clock: Clock, settings: DoorSettings, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.tally = Tally()
        self.ready = False  # Telegram answered, and updates are being taken in
        self._settings, self._sleep = settings, sleep
        base = settings.api_base.rstrip("/")
        self._sending = AiohttpRequest(connections=settings.sends_at_once * 2)
        self._polling = AiohttpRequest(connections=2)
        self._bot = Bot(
            settings.token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )
        self._signs = TelegramSigns(self._bot)
        self.messenger = Messenger(
            self._bot, store.outbox, care, clock, settings, self.tally, self._token_refused, sleep
        )
        self.dispatcher = Dispatcher(
            store.inbox, care, clock, self._signs, settings, self.tally, self.messenger.wake, sleep
        )
        intake = Intake(store.inbox, clock, self.dispatcher.arrived, self.tally)
        self.webhook = Webhook(intake, settings.webhook.secret) if settings.webhook else None
        self._loop = Polling(self._polling, f"{base}/bot{settings.token}", intake, self.tally, sleep)
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = asyncio.Event()
        self._why_closed = ""

    async def __aenter__(self) -> "TelegramDoor":
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    async def start(self) -> dict[str, int]:
        """Open the door and return at once; what needs Telegram is tried until it answers.

        Returns what of the outbox the last process left in sending, by name. Raises DoorError when Telegram refuses
        the token at the first call, and what the store raises.
        """
        await self._sending.initialize()
        await self._polling.initialize()
        try:
            greeted = await self._greet()
        except DoorError:
            await self._close()
            raise
        found = await self.messenger.recover()
        await self.dispatcher.start()
        self._tasks = [asyncio.create_task(self.messenger.run()), asyncio.create_task(self._take_in(greeted))]
        for task in self._tasks:
            task.add_done_callback(self._ended)
        return found

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing more in, finish what is in flight, leave the rest in the inbox and the outbox."""
        self.ready = False
        for task in self._tasks[1:]:
            task.cancel()
        await self.dispatcher.stop(seconds)
        await self.messenger.stop(seconds)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._close()

    async def closed(self) -> None:
        """Until the door cannot go on (Telegram refuses this bot, or a fault of its own); then raises DoorError."""
        await self._closed.wait()
        raise DoorError(self._why_closed)

    def wake(self) -> None:
        """Someone else (a tick of the clock) committed to the outbox."""
        self.messenger.wake()

    async def idle(self) -> None:
        """Until nothing known is waiting or in flight; for tests and measuring."""
        await self.dispatcher.idle()
        await self.messenger.idle()

    # --- opening --------------------------------------------------------------------------------------------------

    async def _greet(self) -> bool:
        """Whether Telegram answered. Raises DoorError when it knows no such token."""
        try:
            await self._bot.get_me()
            await self._choose_way()
        except InvalidToken:
            raise DoorError(REFUSED) from None
        except BadRequest:
            raise DoorError(BAD_ADDRESS) from None
        except TelegramError as fault:
            log.warning("Telegram cannot be reached yet (%s); trying again", type(fault).__name__)
            await self._sleep(fault.seconds if isinstance(fault, FloodedError) else 0)
            return False
        return True

    async def _choose_way(self) -> None:
        """Webhook or polling. Updates that wait at Telegram are never dropped."""
        hook = self._settings.webhook
        if hook is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        await self._bot.set_webhook(
            hook.url,
            secret_token=hook.secret,
            max_connections=hook.connections,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )

    async def _take_in(self, greeted: bool) -> None:
        try:
            pause = 1.0
            while not greeted:
                await self._sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                greeted = await self._greet()
            self.ready = True
            if self._settings.commands:
                await self._signs.menu(self._settings.commands)
            if self.webhook is None:
                await self._loop.run()
        except DoorError as refused:
            self._give_up(str(refused))
        except InvalidToken:
            self._token_refused()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A door that went mute by a fault of its own must be seen and restarted, not stand open."""
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._give_up(f"The Telegram door stopped by a fault ({type(fault).__name__}).")

    def _token_refused(self) -> None:
        self._give_up(REFUSED)

    def _give_up(self, why: str) -> None:
        if not self._why_closed:
            log.error(why)
            self._why_closed = why
        self.ready = False
        self._closed.set()

    async def _close(self) -> None:
        await self._sending.shutdown()
        await self._polling.shutdown()


def stop_on_signals(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets, so that `serve` can stop in order."""
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            loop.add_signal_handler(number, asked.set)
    return asked
