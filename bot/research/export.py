"""One export of a study from beginning to end: a folder that is there whole or not at all, and a line in the book."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.care.research.ports import Research
from bot.care.research.records import Record, Study
from bot.research import attack, browse, codebook, papers, report, tables, texts
from bot.research.errors import ExportError
from bot.research.facts import Options, Program
from bot.research.papers import Export
from bot.research.staging import stage

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many


async def export(
    research: Research, study: Study, out: Path, program: Program, options: Options, progress: Progress
) -> Export:
    """Write the folder `out`. Raises ExportError, and then nothing is there."""
    _refuse_existing(out)
    if options.text is not None:
        texts.refuse_unready(options.text, study)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as name:
        made, staging = Path(name) / "made", Path(name) / "staging"
        made.mkdir()
        staging.mkdir()
        done = await _tables(research, study, made, staging, program, options, progress)
        _papers(done, progress)
        _put(made, out)
    return done


def _put(made: Path, out: Path) -> None:
    if out.exists():  # and is empty
        out.rmdir()
    made.rename(out)


def record(done: Export, out: Path, at: datetime, who: str, why: str) -> Record:
    """The line for the book: who, why, when, how much, and a hash of every file."""
    return Record(
        study=done.study.name,
        at=at,
        who=who,
        why=why,
        options={
            "k": done.options.k,
            "public": done.options.public,
            "text": done.options.text is not None,
            "demo": done.program.demo,
        },
        counts={**done.counts, **{f"people_{name}": n for name, n in sorted(done.staged.standing.items())}},
        files=papers.hashes(out),
    )


async def _tables(
    research: Research, study: Study, made: Path, staging: Path, program: Program, options: Options, progress: Progress
) -> Export:
    specs = codebook.load(program.lists, text=options.text is not None, pronouns=study.pronouns)
    staged = await stage(
        research, study, program.known, specs, codebook.regions(), staging,
        lambda n, of: progress("Reading label rows", n, of),
    )  # fmt: skip
    protected = tables.protect(staged, options.k)
    if not protected.masked.shown:
        raise ExportError(
            f"The study {study.name} has fewer than {options.k} people with rows and consent; nothing was written."
        )
    people = tables.participants(staged, protected, specs["participants"])
    counts = {"participants": tables.write_whole("participants", people, made)}
    for number, (name, parts) in enumerate(staged.parts.items(), 1):
        counts[name] = tables.write(specs[name], parts, protected, made, partition=options.partition)
        progress("Writing tables", number, len(staged.parts))
    shutil.rmtree(staging)
    if options.text is not None:
        counts[codebook.TEXTS] = texts.write(options.text, study, specs[codebook.TEXTS], staged, protected, made)
    return Export(study, program, options, specs, staged, protected, people, counts, made)


def _papers(done: Export, progress: Progress) -> None:
    papers.write(done)
    papers.write_package(done)
    report.write(done, lambda n, of: progress("Drawing the report", n, of))
    if done.options.sqlite:
        browse.write(done)
    if done.options.attack:
        found = attack.attack(done.folder, done.tables, done.protected.k, done.options.against)
        (done.folder / "ATTACK.md").write_text(found.as_markdown(), encoding="utf-8")
        if found.failed:
            raise ExportError(f"The study {done.study.name} was not written: {found.failed[0]}")


def _refuse_existing(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ExportError(f"There is something at {out} already; an export is only written to a new folder.")
