"""`warmline practitioner`: the people of a practice. The first is let in here; leads invite others in the console."""

import asyncio
import gc
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.care.staff import joining, signing_in
from bot.care.staff.records import Role
from bot.care.visit import Room
from bot.cli.demo import MARK as DEMO
from bot.cli.failures import CommandError
from bot.cli.web import serve_pages
from bot.settings import Settings
from nlp.ear import Ear

Config = Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")]
practitioner = typer.Typer(help="The people of a practice.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(practitioner, name="practitioner")


@practitioner.command("invite")
def invite(
    name: Annotated[str, typer.Option(help="as clients and colleagues know them")],
    role: Annotated[Role, typer.Option(help="practitioner, lead or operator")] = Role.PRACTITIONER,
    config: Config = None,
) -> None:
    """Print a code that lets one person join the practice. It works once and ends after two days.

    Example: warmline practitioner invite --name "Ana Sol" --role lead
    """
    settings, home = wiring.read_settings(config)
    if not settings.deployment.practitioner_mode:
        raise CommandError("deployment.practitioner_mode is off: nobody looks after clients here.")
    try:
        code = asyncio.run(_invite(settings, home, name, role))
    except joining.StaffError as refused:
        raise CommandError(str(refused)) from None
    typer.echo(code)
    sys.stderr.write(
        f"Hand this to {joining.clean_name(name)}: send /practitioner {code} to the bot within two days.\n"
    )


@practitioner.command("look")
def look(config: Config = None) -> None:
    """Serve the console alone on a DEMO database, and print a way in for each invented member. Ctrl-C ends it.

    Each link works once, within five minutes, in the browser that opens it first. Nothing is sent to anybody.
    Example: WARMLINE_HOME=/tmp/demo warmline practitioner look
    """
    settings, home = wiring.read_settings(config)
    if not asyncio.run(_is_demo(settings, home)):
        raise CommandError("That is no demo database; real members are let in by the bot (make one: warmline demo).")
    sys.stderr.write("Opening the pages; this may take half a minute. Ctrl-C ends it.\n")
    ear = wiring.load_ear(home)  # outside of the loop, where Ctrl-C would wait until it is read
    gc.freeze()  # what was loaded stays: looking through it for waste at the end would take seconds after Ctrl-C
    asyncio.run(_look(settings, home, ear))


async def _is_demo(settings: Settings, home: Path) -> bool:
    store = await wiring.open_sql_store(settings, home)
    try:
        return await store.mark(DEMO) is not None
    finally:
        await store.close()


async def _look(settings: Settings, home: Path, ear: Ear) -> None:
    store = await wiring.open_sql_store(settings, home)
    try:
        async with wiring.open_room(settings, ear, store) as room:
            # Ways in are made when the pages can be opened: they last five minutes.
            await serve_pages(settings, room, lambda: _ways_in(room, wiring.console_address(settings)))
    finally:
        await store.close()


async def _ways_in(room: Room, address: str) -> None:
    for member in await room.store.staff.people.all():
        token = await signing_in.new_link(room.store.staff, member, room.clock.now())
        if token is not None:
            typer.echo(f"{member.name} ({member.role}): {address}/console/enter/{token}")
    sys.stderr.write(
        "Each link works once, within five minutes. For new ones end this with Ctrl-C and start it again.\n"
    )


async def _invite(settings: Settings, home: Path, name: str, role: Role) -> str:
    store = await wiring.open_room_store(settings, home)
    try:
        return await joining.invite(store.staff, name, role, datetime.now(UTC))
    finally:
        await store.close()
