"""For researchers, through the operator: `study create|list|unlink` and `export`."""

import asyncio
import getpass
import importlib.util
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import settings, wiring
from bot.care.research.records import Record, Study
from bot.care.visit import Policy
from bot.cli.demo import MARK
from bot.cli.existing import existing_database
from bot.cli.failures import CommandError
from bot.cli.progress import stages
from bot.store.research import SqlResearch
from bot.store.store import SqlStore

if TYPE_CHECKING:
    from bot.research.facts import Options

study = typer.Typer(help="What an export is for.", no_args_is_help=True)
Config = Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")]
_DAY = ["%Y-%m-%d"]
_NEEDED = ("polars",)
_PEOPLE = "people_"  # counts of who is in the study and who is not


def add_to(app: typer.Typer) -> None:
    app.add_typer(study, name="study")
    app.command()(export)


@study.command("create")
def create(
    name: Annotated[str, typer.Argument(help="1 to 64 letters, digits, spaces, - and _")],
    start: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="first day that counts")] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="last day that counts")] = None,
    purpose: Annotated[str, typer.Option(help="what it is to find out")] = "",
    contact: Annotated[str, typer.Option(help="who answers for it")] = "",
    pronouns: Annotated[
        bool, typer.Option("--pronouns", help="ask for pronouns, where offered, in broad groups")
    ] = False,
    config: Config = None,
) -> None:
    """Make a study. It is not changed afterwards, so that each export of it means the same.

    Example: warmline study create sleep-2026 --from 2026-01-01 --to 2026-06-30 --purpose "talk about sleep"
    """
    first, last = start.date() if start else None, end.date() if end else None
    if first and last and last < first:
        raise CommandError("The study ends before it begins.")
    asyncio.run(_create(config, _study(name, first, last, purpose, contact, pronouns=pronouns)))
    sys.stderr.write(f"The study {name} is there; next: warmline export --study {name} --out DIR\n")


@study.command("list")
def list_(config: Config = None) -> None:
    """Every study with its period, and who took an export of it, when and why.

    Example: warmline study list
    """
    for line in asyncio.run(_list(config)):
        typer.echo(line)


@study.command("unlink")
def unlink(name: Annotated[str, typer.Argument(help="its name")], config: Config = None) -> None:
    """Destroy a study's table of ids: nobody, not even you, can find a person of its past exports after that.

    Example: warmline study unlink sleep-2026
    """
    count = asyncio.run(_unlink(config, name))
    typer.echo(f"{count} links between people and their ids in {name} are gone. A later export gives new ids.")


@study.command("text")
def text(
    name: Annotated[str, typer.Argument(help="its name; one not yet known is made, over all days")],
    out: Annotated[Path, typer.Option(help="a folder that is not there yet")],
    who: Annotated[str, typer.Option(help="who opens the words, for the record; your user name when left out")] = "",
    why: Annotated[str, typer.Option(help="what for, for the record")] = "",
    config: Config = None,
) -> None:
    """Scrub the messages of people who agreed to text, and write them out for a human to review.

    Fill the column `verdict` of review.csv with ok or hide, line by line; then: warmline export --text DIR. The folder
    holds the original words: keep it where the database is, and delete it afterwards.

    Example: warmline study text sleep-2026 --out sleep-2026-review --why "a paper on sleep"
    """
    _need_parts()
    counts = asyncio.run(_text(config, name, out, who or getpass.getuser(), why))
    typer.echo(f"{out}: {_told(counts)}.")
    sys.stderr.write(f"{out / 'review.csv'} holds the original words. Nothing leaves before each line has a verdict.\n")


def export(
    study: Annotated[str, typer.Option(help="its name; one not yet known is made, over all days")],
    out: Annotated[Path, typer.Option(help="a folder that is not there yet")],
    public: Annotated[bool, typer.Option("--public", help="k = 11 in place of 5")] = False,
    sqlite: Annotated[bool, typer.Option("--sqlite", help="also a file to browse with Datasette")] = False,
    attack: Annotated[bool, typer.Option("--attack", help="try to find people in it; a failure stops it")] = False,
    against: Annotated[list[Path] | None, typer.Option(help="with --attack: an earlier export to link with")] = None,
    text: Annotated[Path | None, typer.Option(help="also texts, out of a finished review: see study text")] = None,
    partition: Annotated[bool, typer.Option("--partition", help="Parquet in parts, for many millions of rows")] = False,
    who: Annotated[str, typer.Option(help="who takes it, for the record; your user name when left out")] = "",
    why: Annotated[str, typer.Option(help="what for, for the record")] = "",
    config: Config = None,
) -> None:
    """Write a study's anonymised tables, codebook and report to a new folder. It asks nothing and is recorded.

    Only people with living research consent are in it; no names, no dates, and no text but what --text lets out.

    Example: warmline export --study sleep-2026 --out sleep-2026-export --sqlite --attack
    """
    _need_parts()
    from bot.research.facts import Options  # after the check: the parts may be missing

    options = Options(public, sqlite, attack or bool(against), tuple(against or ()), partition, text)
    counts = asyncio.run(_export(config, study, out, options, who or getpass.getuser(), why))
    rows = {name: number for name, number in counts.items() if not name.startswith(_PEOPLE)}
    people = {name.removeprefix(_PEOPLE): number for name, number in counts.items() if name.startswith(_PEOPLE)}
    typer.echo(f"{out}: {_told(rows)}.")
    sys.stderr.write(f"Of everybody: {_told(people)}. Read {out / 'PRIVACY.md'} before you hand it on.\n")


def _need_parts() -> None:
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise CommandError("Parts for research are missing; install them with: pip install 'warmline[research]'")


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())


def _study(
    name: str, start: date | None, end: date | None, purpose: str = "", contact: str = "", *, pronouns: bool = False
) -> Study:
    if not 1 <= len(name) <= 64 or not all(c.isalnum() or c in " -_" for c in name):
        raise CommandError("A study's name has 1 to 64 letters, digits, spaces, - and _.")
    voice = wiring.load_means().voice
    text = voice.line("consent.research-labels-on")
    return Study(name, start, end, purpose, contact, Policy().consent_version, text, pronouns)


async def _open(config: Path | None) -> tuple[SqlStore, list[int]]:
    settings, home = wiring.read_settings(config)
    existing_database(settings, home)
    store = await wiring.open_sql_store(settings, home)
    return store, [one.chat for one in settings.on_call.everyone if one.chat is not None]


async def _create(config: Path | None, made: Study) -> None:
    store, _ = await _open(config)
    try:
        await store.research().add_study(made)
    finally:
        await store.close()


async def _list(config: Path | None) -> list[str]:
    store, _ = await _open(config)
    lines = []
    try:
        book = store.research()
        for one in await book.studies():
            asked = "  with pronouns" if one.pronouns else ""
            lines.append(f"{one.name}  {one.start or 'all days'} to {one.end or 'now'}{asked}  {one.purpose}".rstrip())
            for record in await book.records(one.name):
                at = record.at.strftime("%Y-%m-%d %H:%M UTC")
                people = record.counts["participants"]
                lines.append(f"  {at}  {record.who}  {people} participants  {record.why}".rstrip())
    finally:
        await store.close()
    return lines


async def _unlink(config: Path | None, name: str) -> int:
    store, _ = await _open(config)
    try:
        if await store.research().study(name) is None:
            raise CommandError(f"There is no study {name}.")
        return await store.research().destroy_codes(name)
    finally:
        await store.close()


async def _text(config: Path | None, name: str, out: Path, who: str, why: str) -> dict[str, int]:
    from bot.research import texts
    from nlp.scrub.document import Scrubber

    store, staff = await _open(config)
    try:
        research = store.research(staff)
        study = await _known(research, name)
        scrubber = Scrubber.load(cache=settings.home() / "cache")
        with stages() as progress:
            counts = await texts.draft(
                research, study, out, scrubber, scrubber.finder.dictionary,
                lambda n, of: progress("Scrubbing messages", n, of),
            )  # fmt: skip
        await research.record(Record(name, datetime.now(UTC), who, why, {"draft of texts": True}, counts))
        return counts
    finally:
        await store.close()


async def _known(research: SqlResearch, name: str) -> Study:
    """The study, made over all days if there is none."""
    if (found := await research.study(name)) is not None:
        return found
    made = _study(name, None, None)
    await research.add_study(made)
    return made


async def _export(config: Path | None, name: str, out: Path, options: "Options", who: str, why: str) -> dict[str, int]:
    from bot.cli.research_program import research_program
    from bot.research import export as exporting

    store, staff = await _open(config)
    try:
        research = store.research(staff)
        wanted = await _known(research, name)
        program = research_program(demo=await store.mark(MARK) is not None)
        with stages() as progress:
            done = await exporting.export(research, wanted, out, program, options, progress)
        record = exporting.record(done, out, datetime.now(UTC), who, why)
        await research.record(record)
        return dict(record.counts)
    finally:
        await store.close()
