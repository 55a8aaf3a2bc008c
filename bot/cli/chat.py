"""`warmline chat`: listening in the terminal; piped, one reply on one line for each line."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot import logs, wiring
from bot.care.ports import OutboxRow
from bot.care.rota import Rota
from bot.care.visit import Room
from bot.cli.terminal import Terminal
from bot.settings import Settings
from bot.store.volatile import VolatileStore
from nlp.ear import Ear

Config = Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")]


def add_to(app: typer.Typer) -> None:
    app.command()(chat)


def chat(config: Config = None) -> None:
    """Talk in the terminal. What you say is kept sealed under WARMLINE_HOME; piped, nothing is kept.

    Example: warmline chat
    """
    settings, home = wiring.read_settings(config)
    logs.set_up("error")
    ear = wiring.load_ear(home)
    asyncio.run(_piped(settings, ear) if not sys.stdin.isatty() else _at_keyboard(settings, home, ear))


@asynccontextmanager
async def _room(settings: Settings, ear: Ear, home: Path | None) -> AsyncIterator[Room]:
    """A room where nobody is on call: no alert leaves a terminal, and people are told that nobody is watching."""
    store = await wiring.open_room_store(settings, home) if home else VolatileStore()
    try:
        async with wiring.open_room(settings, ear, store) as room:
            yield replace(room, rota=Rota((), None))
    finally:
        await store.close()


async def _piped(settings: Settings, ear: Ear) -> None:
    # A lone carriage return is no end of a line: there is one reply for each "\n".
    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    async with _room(settings, ear, None) as room:
        terminal = Terminal(room)
        await terminal.consent()
        for line in sys.stdin:
            rows = await terminal.say(line.rstrip("\r\n"))
            sys.stdout.write(" ".join(" ".join(row.out.text.split()) for row in rows) + "\n")
            sys.stdout.flush()


async def _at_keyboard(settings: Settings, home: Path, ear: Ear) -> None:
    console = Console(highlight=False)
    async with _room(settings, ear, home) as room:
        terminal = Terminal(room)
        session: PromptSession[str] = PromptSession(history=InMemoryHistory())
        _show(console, await terminal.catch_up())
        if not await terminal.agreed():
            _show(console, await terminal.say("/start"))
            _plain(console, room, "terminal.ask")
        else:
            _plain(console, room, "terminal.ready")
        wiring.warm_up(ear)
        while True:
            try:
                line = await session.prompt_async("you  ")
            except (EOFError, KeyboardInterrupt):
                break
            if line.strip() in ("/quit", "/exit"):
                break
            if line.strip():
                _show(console, await terminal.say(line))
        _plain(console, room, "terminal.bye")


def _plain(console: Console, room: Room, moment: str) -> None:
    console.print(Text(room.voice.say(moment, Random()).text, style="dim"))  # noqa: S311


def _show(console: Console, rows: list[OutboxRow]) -> None:
    number = 0
    for row in rows:
        if row.out.document:
            Path(row.out.document).write_bytes(row.out.picture or row.out.text.encode("utf-8"))
            console.print(Text(f"  {row.out.document}", style="dim"))
            if not row.out.picture:
                continue
        console.print(Padding(Text(row.out.text), (1, 4, 0, 4)))
        for line in row.out.buttons:
            for button in line:
                number += 1
                console.print(Text(f"    [{number}] {button.label}", style="dim"))
    console.print()
