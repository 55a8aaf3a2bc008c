"""`warmline serve`: the bot, its clock, and health over the web."""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import logs, ticking, wiring
from bot.care.visit import Room
from bot.cli.failures import CommandError
from bot.cli.readiness import lacking
from bot.cli.web import Web
from bot.settings import Settings
from bot.telegram.door import stop_on_signals
from responses.helplines import Helplines
from responses.library import Library

log = logging.getLogger(__name__)
Config = Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")]


def add_to(app: typer.Typer) -> None:
    app.command()(serve)


def serve(config: Config = None) -> None:
    """Run the Telegram bot. Prints "ready" on stderr once it can receive.

    Example: WARMLINE_TELEGRAM__TOKEN=... warmline serve
    """
    settings, home = wiring.read_settings(config)
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise CommandError("No bot token is set: give it as WARMLINE_TELEGRAM__TOKEN.")
    logs.set_up(settings.log.level, token)
    _refuse_unready(settings)
    _say_what_holds(settings)
    _run_in_loop(_serve(settings, home))


def _run_in_loop(work: Coroutine[Any, Any, None]) -> None:
    try:
        from uvloop import run  # not on every platform
    except ImportError:
        run = asyncio.run
    run(work)


def _refuse_unready(settings: Settings) -> None:
    """Outside a trial nobody is served with words no clinician signed or with numbers nobody checked."""
    if settings.deployment.trial:  # spares reading the library twice
        return
    if missing := lacking(settings, Library.load(), Helplines.load()):
        more = f" ({len(missing) - 1} more: warmline doctor)" if len(missing) > 1 else ""
        raise CommandError(f"This is no trial, and {missing[0][:1].lower()}{missing[0][1:-1]}{more}.")


def _say_what_holds(settings: Settings) -> None:
    """Loud at every start: what an operator must not overlook."""
    if settings.deployment.trial:
        sys.stderr.write("TRIAL: the words are not signed by a clinician and no helpline is verified.\n")
    if not settings.on_call.everyone:
        sys.stderr.write("WARNING: nobody is on call. Clients in danger are told that no person is watching.\n")
    if settings.on_call.contacts and settings.on_call.operator is None:
        sys.stderr.write("WARNING: no operator is set. An alert that nobody takes ends with the last contact.\n")


async def _serve(settings: Settings, home: Path) -> None:
    ear = await asyncio.to_thread(wiring.load_ear, home)
    for fault in ear.faults:
        sys.stderr.write(f"WARNING: the ear runs without its {fault}.\n")
    store = await wiring.open_room_store(settings, home)
    try:
        async with wiring.open_room(settings, ear, store) as room:
            await _run(settings, room, lambda: wiring.warm_up(ear))
    finally:
        await store.close()


async def _run(settings: Settings, room: Room, once_ready: Callable[[], object]) -> None:
    stopped = stop_on_signals(asyncio.get_running_loop())
    door = wiring.make_door(settings, room)
    web = Web(settings, room, door)
    courier = wiring.make_courier(settings, room)
    ticks = ticking.make_ticks(room, door, courier)
    serving = asyncio.create_task(web.serve([web.opened()]))
    try:
        recovered = await door.start()
    except BaseException:
        await web.finish(serving)
        raise
    if recovered:
        log.info("recovered the outbox", extra={"counts": recovered})
    if courier is not None:
        await courier.start()
    ticks.start()
    sys.stderr.write("ready\n")
    sys.stderr.flush()
    once_ready()
    gc.freeze()  # what was loaded stays: looking through it for waste would stop all chats for a quarter of a second
    ended = [asyncio.create_task(stopped.wait()), asyncio.create_task(door.closed()), serving]
    try:
        await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        if ended[1].done():
            ended[1].result()
    finally:
        ticks.stop()
        await door.stop()
        if courier is not None:
            await courier.stop()
        await web.finish(serving)
        for task in ended[:2]:
            task.cancel()
