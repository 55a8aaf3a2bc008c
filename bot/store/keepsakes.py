"""What is kept for a client's own sake, in SQL, sealed with that client's own key."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from bot.care.records import Keepsake
from bot.store.codec import micros, moment, pack, unpack
from bot.store.engine import AnyRow
from bot.store.seals import Box
from bot.store.tables import keepsakes


def load(connection: Connection, box: Box, client: str, kind: str, limit: int) -> list[Keepsake]:
    """Newest last; of all kinds for ""."""
    wanted = select(keepsakes).where(keepsakes.c.client == client)
    if kind:
        wanted = wanted.where(keepsakes.c.kind == kind)
    newest = wanted.order_by(keepsakes.c.at.desc(), keepsakes.c.id.desc()).limit(limit)
    return [_opened(box, row) for row in reversed(connection.execute(newest).all())]


def _opened(box: Box, row: AnyRow) -> Keepsake:
    value = unpack(box.open(row.body, f"keepsake {row.id} {row.kind}"))
    return Keepsake(row.id, row.kind, moment(row.at), value)


def add(connection: Connection, box: Box, client: str, kept: Iterable[Keepsake]) -> None:
    rows = [
        {
            "id": keepsake.id,
            "client": client,
            "kind": keepsake.kind,
            "at": micros(keepsake.at),
            "body": box.seal(pack(keepsake.value), f"keepsake {keepsake.id} {keepsake.kind}"),
        }
        for keepsake in kept
    ]
    if rows:
        connection.execute(insert(keepsakes), rows)


def remove(connection: Connection, client: str, ids: Iterable[str]) -> None:
    """Only the client's own go."""
    gone = list(ids)
    if gone:
        connection.execute(delete(keepsakes).where(keepsakes.c.client == client, keepsakes.c.id.in_(gone)))
