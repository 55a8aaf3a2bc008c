"""The master key's file: made when asked for, read, and refused where it would be found together with what it opens."""

import base64
import binascii
import os
import stat
from pathlib import Path

import bot
from bot.store.errors import StoreError, plainly
from bot.store.seals import KEY_BYTES, new_key


def load_key(path: Path, *, make: bool = False, database: Path | None = None) -> bytes:
    """The 32 bytes in the base64 file at `path`; made, readable by its owner alone, if absent and `make`.

    Raises StoreError when it is missing, is no key, may be read by others, or lies inside a repository, inside
    Warmline's own folder or in the database's file.
    """
    refuse_place(path, database)
    if make and not path.exists():
        write_key(path, new_key())
    with plainly():
        if not path.exists():
            raise StoreError("There is no key file at the given place; without its key a database cannot be opened.")
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise StoreError("The key file may be read by others; let only its owner read it: chmod 600.")
        return decode(path.read_bytes())


def decode(written: bytes) -> bytes:
    """The key in base64 text. Raises StoreError when it is none."""
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError(f"The key file does not hold a key: {KEY_BYTES} bytes in base64.")
    return key


def write_key(path: Path, key: bytes) -> None:
    """Write a new file, on the disk before this returns. Raises StoreError when there is one already."""
    with plainly():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            raise StoreError("There is a key file already; it is never written over.") from None
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(key) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def refuse_place(path: Path, database: Path | None) -> None:
    """Raises StoreError when a key at `path` would lie with the code or with what it opens."""
    place = path.resolve()
    code = Path(bot.__file__).resolve().parent.parent
    if code in place.parents or any((folder / ".git").exists() for folder in place.parents):
        raise StoreError("The key file lies inside a repository or inside Warmline's own folder; keep it elsewhere.")
    if database is not None and place in {Path(f"{database.resolve()}{end}") for end in ("", "-wal", "-shm")}:
        raise StoreError("The key file and the database are the same file; keep the key elsewhere.")
