"""A look at a database without changing it: which version its tables have, and whether a key fits."""

from sqlalchemy import Connection

from bot.store import schema
from bot.store.opening import opened, parse
from bot.store.seals import Master
from bot.store.vault import check_key


async def look(url: str, key: bytes | None) -> str | None:
    """The version of the tables; None for an empty database. The key is tried if there is one. Raises StoreError."""

    def see(connection: Connection) -> str | None:
        revision = schema.check(connection)
        if revision is not None and key is not None:
            check_key(connection, Master(key))
        return revision

    async with opened(parse(url)) as engine:
        return await engine.read(see)
