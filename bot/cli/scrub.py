"""`warmline scrub`: identifiers in texts replaced by surrogates, with a table for a human reviewer if wanted."""

import secrets
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli.failures import CommandError
from bot.cli.jsonl import Row, answer_all, lines_of, text_of
from nlp.scrub.document import Scrubber
from nlp.scrub.review import ReviewWriter, items

File = Annotated[Path | None, typer.Argument(help="JSON Lines; stdin when left out")]
Key = Annotated[
    Path | None,
    typer.Option("--key", help="a file with the study's secret, made if missing; else one for this run only"),
]
ReviewFile = Annotated[
    Path | None, typer.Option("--review", help="a CSV table to write for the reviewer; holds the words")
]
_LEAST_BYTES = 16


def add_to(app: typer.Typer) -> None:
    app.command()(scrub)


def scrub(file: File = None, key: Key = None, review: ReviewFile = None) -> None:
    """Replaces what could identify somebody, in each text. Nothing is sent or fetched.

    A row may name its `person`: surrogates, dates and ages are stable within a person. Some identifiers are missed: see
    docs/privacy.md; a human has to review what leaves.
    Example: echo '{"id": "1", "text": "my sister priya rang"}' | warmline scrub
    """
    scrubber = Scrubber.load(_secret(key) if key else None, settings.home() / "cache")
    table = review.open("w", encoding="utf-8", newline="") if review else nullcontext()
    with table as opened:
        writer = ReviewWriter(opened) if opened else None

        def answer(row: Row) -> Row:
            text = text_of(row, "text")
            done = scrubber.scrub(text, str(row.get("person", "")))
            if writer:
                writer.add(row.get("id"), text, items(text, done, scrubber.finder.dictionary))
            spans = [{"start": one.start, "end": one.end, "type": one.type} for one in done.spans]
            return {"id": row.get("id"), "text": done.text, "spans": spans}

        answer_all(lines_of(file), answer)
    if review:
        review.chmod(0o600)
        sys.stderr.write(f"{review.name} holds the original words: keep it where the texts are.\n")


def _secret(path: Path) -> bytes:
    """The secret in the file, which is made for its owner alone when it is not there."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_hex(32).encode("ascii"))
    found = path.read_bytes().strip()
    if len(found) < _LEAST_BYTES:
        raise CommandError(f"{path.name} holds no secret: at least {_LEAST_BYTES} bytes are needed.")
    return found
