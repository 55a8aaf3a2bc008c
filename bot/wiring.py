"""Puts the house together: the only place where rooms meet that may not know one another."""

import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from bot import hearing
from bot import settings as settings_file
from bot.care import aftermath, alerts, commands, conversation
from bot.care.incoming import Incoming
from bot.care.ports import Clock, Store
from bot.care.records import Channel
from bot.care.rota import TELEGRAM
from bot.care.staff.duty import KeptRota
from bot.care.turn import Means
from bot.care.visit import Policy, Room
from bot.clock import SystemClock
from bot.pictures.easel import Easel
from bot.places import Atlas
from bot.settings import Settings
from bot.store.keys import load_key
from bot.store.opening import open_store, parse, sqlite_path
from bot.store.store import SqlStore
from nlp.ear import Ear
from nlp.rules import RuleError
from nlp.version import version as ear_version
from responses.helplines import Helplines
from responses.library import Library
from responses.voice import Voice

if TYPE_CHECKING:  # a terminal needs no Telegram and no mail, and their libraries take a second to import
    from bot.channels.courier import Courier
    from bot.telegram.door import TelegramDoor
    from bot.telegram.ports import DoorSettings

log = logging.getLogger(__name__)


def load_ear(home: Path) -> Ear:
    """The ear with its cache below WARMLINE_HOME."""
    return Ear.load(home / "cache")


def warm_up(ear: Ear) -> Thread:
    """In the background, so that neither the start nor a first message waits for rules to be compiled.

    A rule that is broken ends the process as a stop would: nobody is to write to a bot that is deaf to some risk.
    """
    thread = Thread(target=_warm, args=(ear,), name="warm", daemon=True)
    thread.start()
    return thread


def _warm(ear: Ear) -> None:
    try:
        ear.warm()
    except RuleError as error:
        log.critical("stopping: %s", error)
        os.kill(os.getpid(), signal.SIGTERM)
    gc.freeze()  # what was compiled stays too: see bot.cli.serve


def load_means(settings: Settings | None = None) -> Means:
    on_call = bool(settings and settings.on_call.everyone)
    return Means(Voice(Library.load()), Helplines.load(), on_call=on_call)


def database_url(settings: Settings, home: Path) -> str:
    """The address of the database, with the password of its file in place."""
    url, password_file = settings.database.url, settings.database.password_file
    if not url:
        return f"sqlite+aiosqlite:///{home / 'warmline.db'}"
    if password_file is None:
        return url
    password = password_file.read_text(encoding="utf-8").strip()
    return parse(url).set(password=password).render_as_string(hide_password=False)


def key_path(settings: Settings, home: Path) -> Path:
    return settings.key_file or home / "key"


async def open_room_store(settings: Settings, home: Path) -> Store:
    """The store with its key, which is made at the very first start and never beside a database that has one.

    Raises StoreError with one clear sentence.
    """
    return await open_sql_store(settings, home)


async def open_sql_store(settings: Settings, home: Path) -> SqlStore:
    """The same, with what only commands use: marks on the database, and what research sees of it."""
    url, key = _unlocked(settings, home)
    return await open_store(url, key)


def _unlocked(settings: Settings, home: Path) -> tuple[str, bytes]:
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = database_url(settings, home)
    database = sqlite_path(parse(url))
    first = database is None or not database.exists()
    return url, load_key(key_path(settings, home), make=first, database=database)


def policy_of(settings: Settings) -> Policy:
    deployment = settings.deployment
    return Policy(
        text_days=settings.retention.text_days,
        reading_version=ear_version(),
        trial=deployment.trial,
        practice=deployment.practice,
        console=console_address(settings) if deployment.practitioner_mode else "",
        bot=settings.telegram.username,
        zone=settings.console.zone,
        practitioners=deployment.practitioner_mode,
        reviewed=deployment.legal_review.done,
    )


def console_address(settings: Settings) -> str:
    """Where the practice's pages are found."""
    return settings.console.address or f"http://127.0.0.1:{settings.server.port}"


@asynccontextmanager
async def open_room(settings: Settings, ear: Ear, store: Store, clock: Clock | None = None) -> AsyncIterator[Room]:
    """A room over an open store. Readings run in a small thread pool, so that the loop stays free."""
    with ThreadPoolExecutor(hearing.AT_ONCE, thread_name_prefix="read") as pool, Easel() as easel:
        means = load_means(settings)
        yield Room(
            store=store,
            read=hearing.Hearing(ear.read_all, pool).read,
            floor=ear.floor,
            voice=means.voice,
            helplines=means.helplines,
            clock=clock or SystemClock(),
            rota=KeptRota(settings.on_call.duties, store.staff),
            policy=policy_of(settings),
            places=Atlas(),
            draw=easel.draw,
        )


@dataclass(frozen=True, slots=True)
class RoomCare:
    """Care as the Telegram door calls it."""

    room: Room

    async def take_turn(self, chat: int, batch: Sequence[Incoming]) -> None:
        await conversation.take_turn(self.room, chat, batch)

    async def safe_turn(self, chat: int, batch: Sequence[Incoming]) -> None:
        await conversation.safe_turn(self.room, chat, batch)

    def urgent(self, text: str) -> bool:
        return conversation.urgent(self.room.floor, text)

    def group_words(self) -> str:
        return conversation.group_words(self.room)

    async def client_blocked(self, chat: int) -> None:
        await aftermath.client_blocked(self.room, chat)

    async def alert_delivered(self, number: int, chat: int) -> None:
        now = self.room.clock.now()
        contact = (await self.room.rota.at(now)).who(chat)
        code = contact.code if contact is not None else ""
        await alerts.delivered(self.room.store, self.room.voice, number, code, TELEGRAM, now)

    async def letter_delivered(self, alert: int, contact: str, channel: Channel) -> None:
        await alerts.delivered(self.room.store, self.room.voice, alert, contact, channel, self.room.clock.now())


def door_settings(settings: Settings, room: Room) -> "DoorSettings":
    from bot.telegram.ports import DoorSettings, WebhookSettings

    telegram, webhook = settings.telegram, settings.telegram.webhook
    staff = {contact.chat for contact in settings.on_call.everyone if contact.chat is not None}
    return DoorSettings(
        token=telegram.token.get_secret_value(),
        api_base=telegram.api_base,
        webhook=WebhookSettings(webhook.url, webhook.secret.get_secret_value()) if webhook.url else None,
        settle_seconds=settings.burst.settle_seconds,
        longest_seconds=settings.burst.longest_seconds,
        rate_limits=telegram.rate_limits,
        staff_chats=frozenset(staff),
        commands=tuple((name, conversation.menu_line(room, name)) for name in commands.MENU),
    )


def make_door(settings: Settings, room: Room) -> "TelegramDoor":
    from bot.telegram.door import TelegramDoor

    return TelegramDoor(room.store, RoomCare(room), room.clock, door_settings(settings, room))


def make_courier(settings: Settings, room: Room) -> "Courier | None":
    """None when no way beside Telegram is set up."""
    from bot.channels.courier import Courier
    from bot.ways import senders

    found = senders(settings)
    return Courier(room.store.letters, found, RoomCare(room), room.clock) if found else None


def console_routes(settings: Settings, room: Room, wake: Callable[[], None], *, demo: bool = False) -> Sequence[Any]:
    """The practice's pages for the server; none when nobody looks after clients here. `demo`: pages say so."""
    if not settings.deployment.practitioner_mode:
        return ()
    from bot.console.app import routes
    from bot.console.seat import House
    from bot.console.shown import Shown

    deployment, idle = settings.deployment, timedelta(minutes=settings.console.session_minutes)
    shown = Shown(deployment.practice, deployment.trial, demo)
    return routes(House(room, shown, idle, console_address(settings), wake))


def read_settings(config: Path | None) -> tuple[Settings, Path]:
    return settings_file.load(config), settings_file.home()
