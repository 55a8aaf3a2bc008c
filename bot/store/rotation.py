"""A new master key: every data key is wrapped anew, and what the master key seals is sealed anew.

One transaction does it all, so a kill leaves everything under the old key and the same command simply runs again. Data
keys stay as they are: who has both the old key and an old copy of the database can still read that copy.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select, update

from bot.store.engine import AnyRow
from bot.store.errors import StoreError, plainly
from bot.store.keys import load_key, write_key
from bot.store.letters import mark as letter_mark
from bot.store.opening import opened, parse, sqlite_path
from bot.store.postgres import IN_USE
from bot.store.schema import check
from bot.store.seals import Box, Master, new_key
from bot.store.staff.tables import SEALED as STAFF_SEALED
from bot.store.tables import clients, inbox, letters, meta, outbox
from bot.store.vault import FINDER, FINGERPRINT, WRONG_KEY, read_meta

_PAGE = 500


async def rotate_key_file(url: str, path: Path) -> int:
    """A new key for the database and its key file at `path`; returns how many rows were sealed anew.

    The new key waits beside the old one until the database is under it; interrupted anywhere, run it again. The old
    key stays as `path`.old-<its mark>, for older backups: destroy it when those are gone. Raises StoreError.
    """
    old = load_key(path, database=sqlite_path(parse(url)))
    coming = path.with_name(f"{path.name}.new")
    if not coming.exists():
        write_key(coming, new_key())
    new = load_key(coming)
    count = await rotate(url, old, new)
    kept = path.with_name(f"{path.name}.old-{Master(old).fingerprint.hex()[:8]}")
    if not kept.exists():
        write_key(kept, old)
    with plainly():
        coming.replace(path)
    return count


async def rotate(url: str, old: bytes, new: bytes) -> int:
    """Returns how many rows were sealed anew; 0 when the database is under `new` already. Raises StoreError."""
    async with opened(parse(url)) as engine:
        return await engine.write(lambda connection: _rotate(connection, Master(old), Master(new)))


def _rotate(connection: Connection, old: Master, new: Master) -> int:
    _alone(connection)
    known = read_meta(connection, FINGERPRINT) if check(connection) else None
    if known == new.fingerprint:
        return 0
    if known != old.fingerprint:
        raise StoreError(WRONG_KEY)
    secret = old.wrap.open(read_meta(connection, FINDER) or b"", FINDER)
    for name, value in ((FINDER, new.wrap.seal(secret, FINDER)), (FINGERPRINT, new.fingerprint)):
        connection.execute(update(meta).where(meta.c.name == name).values(value=value))
    tables = (clients, inbox, outbox, letters, *STAFF_SEALED)
    return sum(_reseal(connection, table, old, new) for table in tables)


def _alone(connection: Connection) -> None:
    # SQLite needs no lock: a program that runs sees before its next write that the key has changed.
    if connection.dialect.name == "postgresql" and not connection.scalar(
        select(func.pg_try_advisory_xact_lock(IN_USE))
    ):
        raise StoreError("The database is in use; stop every running program before changing its key.")


def _reseal(connection: Connection, table: Table, old: Master, new: Master) -> int:
    count = 0
    for row in _rows(connection, table):
        changed = {
            name: _again(box_old, box_new, getattr(row, name), about)
            for name, about, box_old, box_new in _sealed(table, row, old, new)
            if getattr(row, name)  # emptied ones stay empty
        }
        if changed:
            key = _key(table)
            connection.execute(update(table).where(key == getattr(row, key.name)).values(changed))
            count += 1
    return count


def _again(old: Box, new: Box, sealed: bytes, about: str) -> bytes:
    return new.seal(old.open(sealed, about), about)


def _sealed(table: Table, row: AnyRow, old: Master, new: Master) -> list[tuple[str, str, Box, Box]]:
    """(column, its seal's associated data, old box, new box)."""
    if table is clients:
        return [
            ("data_key", f"key {row.id}", old.wrap, new.wrap),
            ("who", f"client {row.id}", old.box, new.box),
        ]
    if table is inbox:
        mark = f"{row.update_id} {row.day}"
        return [("who", f"who {mark}", old.box, new.box), ("body", f"update {mark}", old.box, new.box)]
    if table in STAFF_SEALED:
        name, about = STAFF_SEALED[table]
        return [(name, f"{about} {getattr(row, _key(table).name)}", old.box, new.box)]
    if table is letters:
        return [("body", letter_mark(row.alert, row.contact), old.box, new.box)]
    return [("who", f"to {row.id}", old.box, new.box), ("body", f"out {row.id}", old.box, new.box)]


def _key(table: Table) -> Column[Any]:
    (key,) = table.primary_key.columns
    return key


def _rows(connection: Connection, table: Table) -> Iterator[AnyRow]:
    """All rows, a page at a time, as they may be updated meanwhile."""
    last: Any = None
    key = _key(table)
    while True:
        page = select(table).order_by(key).limit(_PAGE)
        rows = connection.execute(page if last is None else page.where(key > last)).all()
        yield from rows
        if len(rows) < _PAGE:
            return
        last = getattr(rows[-1], key.name)
