"""A copy of a SQLite database while it is in use, and the way back.

A backup holds what the database held, sealed under the key of that day: keep that key, and let backups go in time, for
people who erased their data are still in those made before.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.errors import DAMAGED, StoreError, plainly
from bot.store.opening import parse, sqlite_path

_ELSEWHERE = "Only SQLite is copied here; for PostgreSQL use pg_dump and pg_restore."


def backup(url: str, to: Path) -> None:
    """Copy the database to the new file `to`. Raises StoreError; then there is no file."""
    source = _file(url)
    if not source.exists():
        raise StoreError("There is no database at the given place.")
    if to.exists():
        raise StoreError("There is a file already where the backup should go; give another name.")
    with plainly():
        _copy_new(source, to)


def restore(source: Path, url: str, *, replace: bool = False) -> None:
    """Put the backup in place, all or nothing. With `replace` over the database that is there. Raises StoreError."""
    target = _file(url)
    if not source.exists():
        raise StoreError("There is no backup at the given place.")
    if target.exists() and not replace:
        raise StoreError("There is a database already at the given place; say so if it is to be replaced.")
    with plainly():
        _verify(source)
        if target.exists():
            _copy(source, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy_new(source, target)


def _file(url: str) -> Path:
    path = sqlite_path(parse(url))
    if path is None:
        raise StoreError(_ELSEWHERE)
    return path


def _copy_new(source: Path, to: Path) -> None:
    """Under its name only once it is whole."""
    part = to.with_name(f"{to.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
        _copy(source, part)
        _verify(part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source, "ro")) as old, closing(_open(target, "rw")) as new:
        old.backup(new)


def _verify(path: Path) -> None:
    with closing(_open(path, "ro")) as connection:
        whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alert_steps'").fetchone()
    if not (whole and ours):
        raise StoreError(DAMAGED)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=5.0)
