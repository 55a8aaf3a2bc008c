"""The keys in use, and what a database must tell first: under which key it is, and how its chats are found."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from bot.store.errors import StoreError
from bot.store.seals import Finder, Master, new_key
from bot.store.tables import meta

FINGERPRINT = "fingerprint"
FINDER = "finder"
WRONG_KEY = "This key does not fit this database; give the key it was made with, or finish: warmline keys rotate."


@dataclass(frozen=True, slots=True)
class Vault:
    master: Master
    finder: Finder


def read_meta(connection: Connection, name: str) -> bytes | None:
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def check_key(connection: Connection, master: Master) -> None:
    """Raises StoreError when the database is under another key."""
    if read_meta(connection, FINGERPRINT) != master.fingerprint:
        raise StoreError(WRONG_KEY)


def unlock(connection: Connection, key: bytes) -> Vault:
    """The vault of this database; a database without one gets it. Raises StoreError when the key is another's."""
    master = Master(key)
    known = read_meta(connection, FINGERPRINT)
    if known is None:
        secret = new_key()
        values = {FINGERPRINT: master.fingerprint, FINDER: master.wrap.seal(secret, FINDER)}
        connection.execute(insert(meta), [{"name": name, "value": value} for name, value in values.items()])
        return Vault(master, Finder(secret))
    check_key(connection, master)
    return Vault(master, Finder(master.wrap.open(read_meta(connection, FINDER) or b"", FINDER)))
