"""`warmline counts`: how often help was named, by calendar year, without any key of a person (C-23)."""

import asyncio
import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.cli.existing import existing_database
from bot.settings import Settings

Config = Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")]
WHAT = {
    "referrals": "replies that named an emergency number, a helpline or a directory",
    "t2": "messages answered as ideation, self-harm or danger",
    "t3": "messages answered as imminent",
    "alerts": "notes to people on call",
}


def add_to(app: typer.Typer) -> None:
    app.command()(counts)


def counts(
    year: Annotated[int | None, typer.Option(help="one calendar year; all when left out")] = None, config: Config = None
) -> None:
    """Yearly counts for a public report: CSV of year, count, number and meaning. They hold no key of any person.

    A message is counted in the year (UTC) in which it was answered. Counting began with the first release.
    Example: warmline counts --year 2026
    """
    settings, home = wiring.read_settings(config)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["year", "what", "count", "meaning"])
    out.writerows(rows(asyncio.run(_tallies(settings, home)), year))


def rows(tallies: dict[str, int], year: int | None = None) -> list[tuple[int, str, int, str]]:
    """Every year that has a count, with each of the four, also those that are 0."""
    found = {name: number for name, number in tallies.items() if name.startswith("year:")}
    years = sorted({int(name.split(":")[1]) for name in found})
    chosen = [one for one in years if year in (None, one)] or ([year] if year is not None else [])
    return [
        (one, what, found.get(f"year:{one}:{what}", 0), meaning) for one in chosen for what, meaning in WHAT.items()
    ]


async def _tallies(settings: Settings, home: Path) -> dict[str, int]:
    existing_database(settings, home)
    store = await wiring.open_room_store(settings, home)
    try:
        return await store.tallies()
    finally:
        await store.close()
