"""The table a human goes through before scrubbed text leaves: what was found, and what was kept but might be more.

It is a CSV file that holds the original words: it is as secret as the texts and stays where they are.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from nlp.scrub.document import Scrubbed
from nlp.scrub.wordlists import Dictionary

COLUMNS = ("text", "item", "id", "what", "type", "words", "surrogate", "before", "after", "why", "verdict")
OK, HIDE = "ok", "hide"  # leave as it is; keep the whole text back
_AROUND = 40
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIGITS = 3
_RISKY = ("=", "+", "-", "@", "\t")  # a spreadsheet would run these


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to judge. `what` is found or kept; offsets are in the original text."""

    text: str  # mark of the text it belongs to
    number: int
    what: str
    type: str
    start: int
    end: int
    surrogate: str
    why: str


def mark_of(text: str) -> str:
    """What ties a review to the very text it was made for: a changed text is not reviewed."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def items(text: str, scrubbed: Scrubbed, dictionary: Dictionary) -> tuple[Item, ...]:
    """Every span that was replaced, and every kept word that is large, rare, unknown or a number."""
    mark = mark_of(text)
    pairs = zip(scrubbed.spans, scrubbed.made, strict=True)
    found = [("found", one.type, one.start, one.end, made, one.rule) for one, made in pairs]
    covered = {at for one in scrubbed.spans for at in range(one.start, one.end)}
    kept = [
        ("kept", "", match.start(), match.end(), "", why)
        for match in _WORD.finditer(text)
        if match.start() not in covered and (why := _doubt(match.group(), _starts(text, match.start()), dictionary))
    ]
    ordered = sorted((*found, *kept), key=lambda row: row[2])
    return tuple(Item(mark, number, *row) for number, row in enumerate(ordered, start=1))


def _doubt(word: str, first: bool, dictionary: Dictionary) -> str:
    """Why a kept word might be an identifier; empty if it is ordinary."""
    if sum(letter.isdigit() for letter in word) >= _DIGITS:
        return "number"
    if word.isdigit() or len(word) < 2:
        return ""
    if not dictionary.knows(word):
        return "unknown"
    if word[0].isupper() and not first and not word.isupper():
        return "capital"
    return "" if dictionary.usual(word) else "rare"


def _starts(text: str, at: int) -> bool:
    """Whether a sentence begins there."""
    before = text[:at].rstrip()
    return not before or before[-1] in ".!?…\n"


class ReviewWriter:
    """Writes the table as texts are scrubbed."""

    def __init__(self, file: TextIO) -> None:
        self._rows = csv.writer(file, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def add(self, row_id: Any, text: str, found: Iterable[Item]) -> None:
        """One line an item, with the words around it; the verdict is left empty for the reviewer."""
        for item in found:
            before, after = text[max(0, item.start - _AROUND) : item.start], text[item.end : item.end + _AROUND]
            cells = (item.text, item.number, row_id, item.what, item.type, text[item.start : item.end], item.surrogate)
            self._rows.writerow([*map(_safe, (*cells, before, after, item.why)), ""])

    def add_whole(self, row_id: Any, text: str, made: str) -> None:
        """A line for the text as a whole, beside what it became: it is read in full even if nothing was found."""
        cells = (mark_of(text), 0, row_id, "whole", "", text, made, "", "", "read it all")
        self._rows.writerow([*map(_safe, cells), ""])


def _safe(cell: object) -> str:
    """As text: a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = str(cell).replace("\r", " ").encode("utf-8", "replace").decode("utf-8")
    return f"'{text}" if text.startswith(_RISKY) else text


@dataclass(frozen=True, slots=True)
class Review:
    """How far a review is: texts with every item judged `ok`, texts kept back, and items still open."""

    cleared: frozenset[str]
    held_back: frozenset[str]
    open_items: int

    @property
    def complete(self) -> bool:
        """Whether every item has a verdict."""
        return self.open_items == 0

    def may_leave(self, text: str) -> bool:
        """Whether this very text was reviewed to its end and nothing in it was to be hidden."""
        return mark_of(text) in self.cleared


def read_review(paths: Iterable[Path]) -> Review:
    """What the tables say. ValueError names the file and line of a verdict that is neither ok, hide nor empty."""
    open_texts: set[str] = set()
    hidden: set[str] = set()
    seen: set[str] = set()
    left = 0
    for path in paths:
        for text, verdict in _verdicts(path):
            seen.add(text)
            if not verdict:
                left += 1
                open_texts.add(text)
            elif verdict == HIDE:
                hidden.add(text)
    return Review(frozenset(seen - open_texts - hidden), frozenset(hidden), left)


def _verdicts(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if set(COLUMNS) - set(rows.fieldnames or ()):
            raise ValueError(f"{path.name}: the columns are not those of a review")
        for row in rows:
            verdict = (row["verdict"] or "").strip().lower()
            if verdict not in (OK, HIDE, ""):
                raise ValueError(f"{path.name}:{rows.line_num}: a verdict is ok, hide or empty")
            yield row["text"], verdict
