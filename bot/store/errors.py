"""The two ways the store says no, each with one plain sentence that names no person and no words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class StoreError(Exception):
    """The memory could not do what was asked; nothing of that unit of work was kept. str() is fit to be shown."""


class ConflictError(StoreError):
    """Somebody else was quicker: the update was handled or the client changed meanwhile. Nothing was kept."""


DAMAGED = "The database is damaged or is not one of Warmline's; restore a backup with: warmline restore."
FULL = "The disk of the database is full, so nothing more can be kept until there is room."
LOCKED = "The database is in use by another program and did not come free in time."
UNREACHABLE = "The database cannot be opened: its folder is missing, may not be written to, or the server is away."
SEALED = "A sealed row cannot be opened: it was changed, or it belongs to another key."

_SQLITE = {5: LOCKED, 6: LOCKED, 8: UNREACHABLE, 10: UNREACHABLE, 11: DAMAGED, 13: FULL, 14: UNREACHABLE, 26: DAMAGED}
_POSTGRES = {"08": UNREACHABLE, "28": UNREACHABLE, "3D": UNREACHABLE, "53": FULL, "55": LOCKED, "57": UNREACHABLE}


def plain(error: BaseException) -> StoreError:
    """The sentence for what a driver raised. Driver texts may quote values, so they are never passed on."""
    if isinstance(error, StoreError):
        return error
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) or 0
        known = _SQLITE.get(code & 0xFF)
    else:
        known = _POSTGRES.get(str(getattr(cause, "sqlstate", None) or "")[:2])
    if known is None and isinstance(cause, OSError):
        known = UNREACHABLE
    return StoreError(known or f"The database refused the request ({type(cause).__name__}).")


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what drivers raise into a StoreError; the driver's own text stays out of the chain."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise plain(error) from None
