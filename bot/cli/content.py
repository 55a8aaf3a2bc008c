"""For authors: try, library check|coverage|sign, helplines check."""

import asyncio
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from bot import settings, wiring
from bot.care.listening import Listener
from bot.care.memory import Memory
from bot.care.need import wish_of
from bot.care.records import Settings
from bot.care.rehearsal import Rehearsal
from bot.cli.changes import Wishes, write
from bot.cli.failures import CommandError
from bot.cli.measure import Seed, shown
from bot.settings import Settings as Config
from nlp.labels import FEELINGS, SITUATIONS, Intensity
from nlp.reading import Reading
from responses.helplines import Helplines
from responses.library import Library
from responses.lint import check
from responses.pick import consider
from responses.signoff import sign, unsigned
from responses.voice import Voice

library = typer.Typer(help="Check, sign and survey the curated responses.", no_args_is_help=True)
helplines = typer.Typer(help="Check the table of helplines.", no_args_is_help=True)
_SHOWN = 12


def add_to(app: typer.Typer) -> None:
    app.command("try")(try_)
    app.add_typer(library, name="library")
    app.add_typer(helplines, name="helplines")


def try_(text: Annotated[str, typer.Argument(help="what a client might write")], seed: Seed = 0) -> None:
    """What would be heard in a text, what would be said, and why every other entry fell out.

    Example: warmline try "I miss my sister"
    """
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    reading, answered = Rehearsal(means, ear.read, seed).answer(text)
    for key, value in shown(reading, None).items():
        if key != "id" and value not in ([], None):
            typer.echo(f"{key:12} {value}")
    for name, found in (("feelings", reading.feelings), ("situations", reading.situations), ("acts", reading.acts)):
        for finding in found:
            typer.echo(f"  {name[:-1]} {finding.name}: {finding.rule}{'' if finding.sure else ' (not sure)'}")
    for clause in reading.clauses:
        typer.echo(f'  clause "{clause.text}": {clause.frame}, {clause.mood.value}')
    for phrase in reading.phrases:
        typer.echo(f'  {phrase.what} "{phrase.text}": {phrase.rule}')
    typer.echo(f"\nreply        {answered.reply.text}")
    for step in answered.reply.trail:
        typer.echo(f"  {step}")
    _show_considered(means.voice, reading)


def _show_considered(voice: Voice, reading: Reading) -> None:
    memory, choices = Memory(), Settings()
    wanted = Listener(reading, memory, choices, voice, Random(0)).wanted()  # noqa: S311
    typer.echo(f"\nneed         {wish_of(reading, memory, choices).need.value}")
    found = consider(voice.library, wanted)
    left = sorted((c for c in found if not c.out), key=lambda c: -c.fit)
    typer.echo(f"considered   {len(found)} entries of {wanted.shelf}")
    for considered in left[:_SHOWN]:
        typer.echo(f"  {considered.fit:4.1f}  {considered.entry.id}")
    for reason, number in Counter(c.out for c in found if c.out).most_common():
        typer.echo(f"  fell out by {reason}: {number}")


@library.command("check")
def library_check() -> None:
    """Lint every entry: `path:line: rule: sentence`. Unsigned entries are counted, not listed.

    Example: warmline library check
    """
    findings = check()
    for finding in findings:
        typer.echo(str(finding))
    entries = Library.load().entries.values() if not findings else ()
    if entries:
        sys.stderr.write(f"{len(entries)} entries, no findings; {len(unsigned(entries))} not signed by a clinician\n")
    if any(finding.error for finding in findings):
        raise CommandError(f"{len(findings)} findings.")


@library.command("coverage")
def library_coverage() -> None:
    """How many entries speak to each feeling (by intensity) and each situation; thin ones first.

    Example: warmline library coverage
    """
    entries = Library.load().live
    rows = []
    for feeling in FEELINGS:
        mine = [e for e in entries if feeling in e.when.feelings]
        by = [sum(not e.when.intensity or i in e.when.intensity for e in mine) for i in Intensity]
        rows.append((len(mine), f"feeling    {feeling:20} {len(mine):3}   low/middle/high {by[0]}/{by[1]}/{by[2]}"))
    for situation in SITUATIONS:
        mine = [e for e in entries if situation in e.when.situations]
        asks = sum(bool(e.ask) for e in mine)
        rows.append((len(mine), f"situation  {situation:20} {len(mine):3}   with a question {asks}"))
    for _, row in sorted(rows):
        typer.echo(row)
    shelves = Counter(entry.id.split(".")[0] for entry in entries)
    typer.echo("\n" + "  ".join(f"{name} {number}" for name, number in shelves.most_common()))


@library.command("sign")
def library_sign(
    reviewer: Annotated[str, typer.Argument(help="the reviewer's code")],
    ids: Annotated[list[str], typer.Argument(help="entry ids, or prefixes ending in a dot")],
) -> None:
    """Sign entries as they stand, after reading every wording of them.

    Example: warmline library sign clin-01 crisis.urgent.
    """
    chosen = [
        e for e in Library.load().live if e.id in ids or e.id.startswith(tuple(i for i in ids if i.endswith(".")))
    ]
    if not chosen:
        raise CommandError("No entry has any of these ids.")
    number = sign(chosen, reviewer, datetime.now(UTC).date())
    sys.stderr.write(f"{number} entries signed by {reviewer}\n")


@library.command("changes")
def library_changes(
    out: Annotated[Path, typer.Option(help="folder for proposals.patch and reviewed.lock")],
    config: Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")] = None,
) -> None:
    """What the practice wishes of the words: open proposals of the console as a patch, its signatures as a lock file.

    Example: warmline library changes --out /tmp/wishes && git apply /tmp/wishes/proposals.patch
    """
    made = asyncio.run(_changes(out, *wiring.read_settings(config)))
    for sentence in made.left:
        typer.echo(sentence)
    sys.stderr.write(f"{made.proposals} proposals and {made.signatures} signatures written to {out}\n")
    if made.left:
        sys.stderr.write(f"{len(made.left)} proposals fit no line as it stands now; they are printed above\n")


async def _changes(out: Path, settings: Config, home: Path) -> Wishes:
    store = await wiring.open_room_store(settings, home)
    try:
        proposals, signatures = await store.staff.proposals.all(), await store.staff.signatures.load() or {}
    finally:
        await store.close()
    return write(out, proposals, signatures, Library.load())


@helplines.command("check")
def helplines_check() -> None:
    """Age, verification, form of numbers and links of every row. Exit 1 on an error.

    Example: warmline helplines check
    """
    findings = Helplines.load().check(datetime.now(UTC).date())
    wrong = [finding for finding in findings if finding.rule != "verified"]
    for finding in wrong:
        typer.echo(f"responses/{finding.where}: {finding.rule}: {finding.sentence}")
    sys.stderr.write(
        f"{len(findings) - len(wrong)} rows were not verified in time; outside a trial they may not be used\n"
    )
    if wrong:
        raise CommandError(f"{len(wrong)} findings.")
