"""Text for research (R-05): scrubbed, put before a human, and let out only when every item of it was judged.

A draft is a folder with review.csv (the original words, with a verdict to be filled in for each item) and texts.jsonl
(the scrubbed texts). It is as secret as the database and stays beside it; an export takes the cleared texts out of it.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from bot.care.research.days import Calendar
from bot.care.research.ports import Research
from bot.care.research.records import Said, Study
from bot.research.codebook import Table
from bot.research.errors import ExportError
from bot.research.staging import PEOPLE_AT_ONCE, TYPES, Staged, members
from bot.research.tables import Protected, write_whole
from nlp.scrub import measured
from nlp.scrub.document import Scrubbed
from nlp.scrub.review import Review, ReviewWriter, items, mark_of, read_review
from nlp.scrub.wordlists import Dictionary

REVIEW, TEXTS, STUDY = "review.csv", "texts.jsonl", "study.json"


class Scrubs(Protocol):
    """nlp.scrub.document.Scrubber, as far as it is needed here."""

    def scrub(self, text: str, person: str = "") -> Scrubbed: ...


async def draft(
    research: Research, study: Study, folder: Path, scrubber: Scrubs, dictionary: Dictionary,
    done: Callable[[int, int], None],
) -> dict[str, int]:  # fmt: skip
    """Write the folder for the reviewer; returns how many people and texts. ExportError if it is there already."""
    _make(folder)
    order = await members(research, study, Staged(folder))
    people = texts = 0
    with _private(folder / REVIEW) as table, _private(folder / TEXTS) as made:
        writer = ReviewWriter(table)
        for begin in range(0, len(order), PEOPLE_AT_ONCE):
            for said in await research.said(study.name, order[begin : begin + PEOPLE_AT_ONCE]):
                count = 0
                for number, words in _within(said, study):
                    count += 1
                    scrubbed = scrubber.scrub(words, str(said.person.code))
                    row_id = f"{said.person.code}:{number}"
                    writer.add_whole(row_id, words, scrubbed.text)
                    writer.add(row_id, words, items(words, scrubbed, dictionary))
                    row = {"participant": said.person.code, "turn": number, "mark": mark_of(words)}
                    made.write(json.dumps({**row, "text": scrubbed.text}, ensure_ascii=False) + "\n")
                people, texts = people + bool(count), texts + count
            done(min(begin + PEOPLE_AT_ONCE, len(order)), len(order))
    with _private(folder / STUDY) as file:
        json.dump({"study": study.name, "texts": texts}, file)
    return {"participants": people, "texts": texts}


def _make(folder: Path) -> None:
    if folder.exists():
        raise ExportError(f"There is something at {folder} already; a draft is only written to a new folder.")
    folder.mkdir(mode=0o700, parents=True)


def _private(path: Path) -> Any:
    path.touch(mode=0o600)
    return path.open("w", encoding="utf-8", errors="replace", newline="")


def _within(said: Said, study: Study) -> Iterator[tuple[int, str]]:
    """Numbers as in the table of turns, and the words that are still kept."""
    calendar = Calendar(said.person.enrolled, said.person.zone, study.start, study.end)
    inside = [words for at, words in said.words if calendar.place(at) is not None]
    return ((number, words) for number, words in enumerate(inside, 1) if words.strip())


def refuse_unready(folder: Path, study: Study) -> None:
    """ExportError, in one sentence, unless scrubbing is good enough and every item of the draft has a verdict."""
    if not measured.allows_text():
        raise ExportError("Text stays where it is: scrubbing misses more than it may (measured; see docs/privacy.md).")
    try:
        told = json.loads((folder / STUDY).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExportError(f"{folder} holds no draft; make one with: warmline study text {study.name}") from error
    if told["study"] != study.name:
        raise ExportError(f"The draft in {folder} belongs to another study.")
    review = _review(folder)
    if not review.complete:
        raise ExportError(
            f"The review in {folder / REVIEW} is not finished: {review.open_items} items have no verdict."
        )


def _review(folder: Path) -> Review:
    try:
        return read_review([folder / REVIEW])
    except (OSError, ValueError) as error:
        raise ExportError(f"The review cannot be read: {error}") from error


def write(folder: Path, study: Study, table: Table, staged: Staged, protected: Protected, out: Path) -> int:
    """The cleared texts of people who are in the tables and still agree; returns how many. ExportError as above."""
    refuse_unready(folder, study)
    cleared = _review(folder).cleared
    allowed = staged.text_givers & set(protected.masked.shown)
    rows = [
        (row["participant"], row["turn"], row["text"])
        for row in map(json.loads, (folder / TEXTS).read_text(encoding="utf-8").splitlines())
        if row["participant"] in allowed and row["mark"] in cleared
    ]
    schema = {column.name: TYPES[column.type] for column in table.columns}
    return write_whole(table.name, pl.DataFrame(sorted(rows), schema=schema, orient="row"), out)
