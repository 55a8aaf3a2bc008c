"""`warmline demo`: an empty database filled with invented people, to look at before anyone real is there."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import yaml

from bot import wiring
from bot.care.demo.fill import Demo, fill
from bot.care.demo.practice import DemoPractice
from bot.care.demo.scenes import Stage, Talk
from bot.care.turn import Means
from bot.cli.failures import CommandError
from bot.cli.progress import progress
from bot.settings import Settings
from nlp.version import version

MARK = "demo"  # on the database, so that nobody takes it for a real one
_LINES = Path(__file__).with_name("demo_lines.yaml")


def add_to(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    clients: Annotated[int, typer.Option(min=1, max=20_000, help="how many people")] = 60,
    days: Annotated[int, typer.Option(min=1, max=730, help="over how many days")] = 45,
    seed: Annotated[int, typer.Option(help="the same seed invents the same people")] = 1,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="last day; now when left out")] = None,
    config: Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")] = None,
) -> None:
    """Fill an EMPTY database with invented people: talks, check-ins, marks, alerts, a practice. Refuses any other.

    What they write is made up, what they are answered is what Warmline answers. The database is marked as a demo.
    To look at the practice's pages on it: warmline practitioner look

    Example: WARMLINE_HOME=/tmp/demo warmline demo --clients 60 --days 45 --seed 1
    """
    settings, home = wiring.read_settings(config)
    now = until.replace(hour=20, tzinfo=UTC) if until else datetime.now(UTC)
    counts = asyncio.run(_fill(settings, home, Demo(clients, days, seed, now)))
    typer.echo(", ".join(f"{number} {name.replace('_', '-')}" for name, number in counts.items()) + ".")


async def _fill(settings: Settings, home: Path, wanted: Demo) -> dict[str, int]:
    store = await wiring.open_sql_store(settings, home)
    try:
        if (await store.counts()).clients or await store.mark(MARK) is not None:
            raise CommandError("The database is not empty; a demo is only put into an empty one (set WARMLINE_HOME).")
        await store.set_mark(MARK, f"seed {wanted.seed}".encode())
        ear = wiring.load_ear(home)
        means = wiring.load_means(settings)
        stage = Stage(Means(means.voice, means.helplines, on_call=True), ear.read, _talks(), version())
        with progress("Inventing people", wanted.clients) as done:
            counts = await fill(store, stage, wanted, done)
        practice = await DemoPractice.of(store, wanted, means.voice.library.entries).write()
        return counts | practice | {"alerts": counts["alerts"] + practice["open_alerts"]}
    finally:
        await store.close()


def _talks() -> list[Talk]:
    found = yaml.load(_LINES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["talks"]
    return [Talk(talk["risk"], tuple(talk["lines"])) for talk in found]
