"""JSON Lines in, JSON Lines out, in order; a bad line gets an error of its own and does not stop the rest."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class BadLineError(Exception):
    """A line that cannot be answered, with a sentence that says what is missing."""


def lines_of(path: Path | None) -> Iterator[str]:
    """Lines of a file, or of stdin when there is none. Bytes that are not UTF-8 come as lone surrogates."""
    if path is None or str(path) == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
        yield from sys.stdin
        return
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        yield from file


def answer_all(lines: Iterable[str], answer: Callable[[Row], Row]) -> int:
    """Print one answer a line on stdout; returns how many lines were bad, counted on stderr."""
    bad = 0
    for line in lines:
        if not line.strip():
            continue
        row, found = _parsed(line)
        if found is None:
            try:
                found = answer(row)
            except BadLineError as error:
                found = {"id": row.get("id"), "error": str(error)}
        bad += "error" in found
        write(found)
    if bad:
        sys.stderr.write(f"{bad} bad line{'s' if bad > 1 else ''}\n")
    return bad


def write(row: Row) -> None:
    # Lone surrogates cannot be written as UTF-8; escaped they can.
    text = json.dumps(row, ensure_ascii=False)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            text = json.dumps(row)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def text_of(row: Row, field: str) -> str:
    if not isinstance(row.get(field), str):
        raise BadLineError(f"'{field}' must be a string")
    found: str = row[field]
    return found


def _parsed(line: str) -> tuple[Row, Row | None]:
    try:
        row = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):  # the second for a line nested thousands deep
        return {}, {"id": None, "error": "not a JSON object"}
    if not isinstance(row, dict):
        return {}, {"id": None, "error": "not a JSON object"}
    return row, None
