"""What the practice wishes of the words: proposals as a patch, signatures as a lock file, for who edits the words."""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.care.staff.records import Proposal
from responses import signoff
from responses.library import Library
from responses.load import HOME
from responses.model import Entry

PATCH, LOCK = "proposals.patch", "reviewed.lock"


@dataclass
class Wishes:
    """What was made of them. `left` are sentences about proposals that fit no line of a file as it stands now."""

    patch: str = ""
    proposals: int = 0
    signatures: int = 0
    left: list[str] = field(default_factory=list)


def write(
    out: Path, proposals: Iterable[Proposal], signatures: Mapping[str, Mapping[str, str]], library: Library
) -> Wishes:
    """Write PATCH (for `git apply` in the folder that holds responses/) and LOCK (to put in place of the old one)."""
    made = Wishes()
    texts: dict[str, str] = {}
    for proposal in reversed(list(proposals)):  # oldest first
        entry = library.entries.get(proposal.entry)
        if proposal.state != "open":
            continue
        if entry is None or not _put_in(texts, entry, proposal):
            made.left.append(f"{proposal.entry}: {proposal.name} proposes: {' / '.join(proposal.wanted.splitlines())}")
            continue
        made.proposals += 1
    made.patch = "".join(_diff(path, text) for path, text in sorted(texts.items()))
    valid = {name: given for name, given in signatures.items() if _holds(library.entries.get(name), given)}
    made.signatures = len(valid)
    out.mkdir(parents=True, exist_ok=True)
    (out / PATCH).write_text(made.patch, encoding="utf-8")
    (out / LOCK).write_text(signoff.as_lock({**signoff.read_lock(), **valid}), encoding="utf-8")
    return made


def _holds(entry: Entry | None, given: Mapping[str, str]) -> bool:
    """A signature under other words than today's says nothing."""
    return entry is not None and given["sha256"] == signoff.digest(entry)


def _put_in(texts: dict[str, str], entry: Entry, proposal: Proposal) -> bool:
    """Change the entry's lines in its file's text; False when what it was is not there line by line."""
    lines = texts.get(entry.path, _read(entry.path)).splitlines(keepends=True)
    was, wanted = proposal.was.splitlines(), proposal.wanted.splitlines()
    found = [_line_of(lines, entry.line - 1, wording) for wording in was]
    places = [place for place in found if place is not None]
    if len(places) != len(was) or places != list(range(places[0], places[0] + len(was))):
        return False
    indent = lines[places[0]].partition("-")[0]
    new = [f"{indent}- {json.dumps(wording, ensure_ascii=False)}\n" for wording in wanted]
    lines[places[0] : places[-1] + 1] = new
    texts[entry.path] = "".join(lines)
    return True


def _line_of(lines: list[str], begin: int, wording: str) -> int | None:
    """Where a wording stands as an item of its own, at the entry or below it."""
    item = f"- {json.dumps(wording, ensure_ascii=False)}"
    return next((n for n in range(begin, len(lines)) if lines[n].strip() == item), None)


def _read(path: str) -> str:
    return (HOME.parent / path).read_text(encoding="utf-8")


def _diff(path: str, text: str) -> str:
    lines = difflib.unified_diff(
        _read(path).splitlines(keepends=True), text.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(lines)
