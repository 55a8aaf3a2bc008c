"""Who has signed which words. The lock file (id -> hash, reviewer, date) ships empty: no clinician has signed yet.

A changed comma changes the hash, and the entry is unsigned again. Outside a trial, crisis entries are served only when
signed (C-24).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from responses.findings import Finding
from responses.load import HOME
from responses.model import Entry

LOCK = HOME / "reviewed.lock"
MUST_BE_SIGNED = ("crisis.", "language.tongues.")


def digest(entry: Entry) -> str:
    """SHA-256 over what a person would read and when they would read it."""
    when = entry.when
    spoken = [entry.id, entry.moment, list(entry.say), list(entry.ask), sorted(entry.needs)]
    spoken += [sorted(map(str, getattr(when, name))) for name in when.__slots__]
    return hashlib.sha256(json.dumps(spoken, ensure_ascii=False).encode()).hexdigest()


def read_lock(path: Path = LOCK) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def is_signed(entry: Entry, lock: Mapping[str, Mapping[str, str]]) -> bool:
    kept = lock.get(entry.id)
    return kept is not None and kept["sha256"] == digest(entry)


def signature(entry: Entry, reviewer: str, today: date) -> Mapping[str, str]:
    """Under an entry as it stands now."""
    return {"sha256": digest(entry), "reviewer": reviewer, "date": today.isoformat()}


def sign(entries: Iterable[Entry], reviewer: str, today: date, path: Path = LOCK) -> int:
    """Write the reviewer's signature under each entry as it stands now; returns how many."""
    signed = {entry.id: signature(entry, reviewer, today) for entry in entries}
    path.write_text(as_lock({**read_lock(path), **signed}), encoding="utf-8")
    return len(signed)


def as_lock(signatures: Mapping[str, Mapping[str, str]]) -> str:
    """The lock file's text."""
    return json.dumps(signatures, indent=1, sort_keys=True) + "\n"


def unsigned(entries: Iterable[Entry], path: Path = LOCK) -> list[Finding]:
    """Entries without a signature that holds: notes in a trial, a refusal to start outside one if crisis words."""
    lock = read_lock(path)
    return [
        Finding(e.path, e.line, "signed", f"{e.id} is not signed as it stands", error=False)
        for e in entries
        if e.retired is None and not is_signed(e, lock)
    ]
