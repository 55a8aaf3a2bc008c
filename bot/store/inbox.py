"""The inbox in SQL: updates received, kept sealed until they are handled. See bot.care.ports.Inbox."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.care.ports import InboxRow, RawUpdate
from bot.store.codec import micros, moment
from bot.store.engine import AnyRow, Engine
from bot.store.errors import ConflictError
from bot.store.seals import open_chat, seal_chat
from bot.store.tables import InboxState, inbox
from bot.store.vault import Vault

EMPTY = b""

# Written out, not bound: a partial index is only used when the database can see the value.
_IS_WAITING = inbox.c.state == literal_column(str(int(InboxState.WAITING)))
_IDS = inbox.c.id.in_(bindparam("ids", expanding=True))
_KNOWN = select(inbox.c.update_id).where(
    inbox.c.update_id.in_(bindparam("ids", expanding=True)), inbox.c.day >= bindparam("since")
)
_CHATS = (
    select(inbox.c.update_id, inbox.c.day, inbox.c.who)
    .where(inbox.c.id.in_(select(func.min(inbox.c.id)).where(_IS_WAITING).group_by(inbox.c.chat)))
    .order_by(inbox.c.id)
)
_OF_CHAT = select(inbox).where(_IS_WAITING, inbox.c.chat == bindparam("of")).order_by(inbox.c.update_id)
_START = update(inbox).where(_IDS).values(attempts=inbox.c.attempts + 1)
_ASIDE = update(inbox).where(_IDS, _IS_WAITING).values(state=InboxState.ASIDE, why=bindparam("reason"))
_HANDLE = (
    update(inbox)
    .where(_IDS, inbox.c.state != InboxState.HANDLED)
    .values(state=InboxState.HANDLED, body=EMPTY, who=EMPTY)
)


def settle_handled(connection: Connection, ids: Collection[int]) -> None:
    """Empty the rows. Raises ConflictError when one was handled already: its turn must not be kept twice."""
    if connection.execute(_HANDLE, {"ids": sorted(ids)}).rowcount != len(ids):
        raise ConflictError("An update was handled already; nothing of this turn was kept.")


class SqlInbox:
    """See bot.care.ports.Inbox."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def accept(self, updates: Sequence[RawUpdate]) -> int:
        if not updates:
            return 0
        # In one order everywhere, so that two programs given the same batch do not wait for each other in a ring.
        rows = [self._row(raw) for raw in sorted(updates, key=lambda raw: raw.update_id)]
        return await self._engine.write(lambda connection: _accept(connection, rows))

    def _row(self, raw: RawUpdate) -> dict[str, Any]:
        day = raw.received.date().toordinal()
        box, finder = self._vault.master.box, self._vault.finder
        return {
            "update_id": raw.update_id,
            "day": day,
            "chat": finder.chat(raw.chat),
            "guard": None if raw.message is None else finder.message(raw.chat, raw.message),
            "who": seal_chat(box, raw.chat, f"who {raw.update_id} {day}"),
            "body": box.seal(raw.body, f"update {raw.update_id} {day}"),
            "received": micros(raw.received),
            "state": InboxState.WAITING,
            "attempts": 0,
            "why": "",
        }

    async def waiting_chats(self) -> list[int]:
        rows = await self._engine.read(lambda connection: connection.execute(_CHATS).all())
        return [self._chat(row) for row in rows]

    async def waiting(self, chat: int) -> list[InboxRow]:
        values = {"of": self._vault.finder.chat(chat)}
        rows = await self._engine.read(lambda connection: connection.execute(_OF_CHAT, values).all())
        return [self._open(row) for row in rows]

    def _chat(self, row: AnyRow) -> int:
        return open_chat(self._vault.master.box, row.who, f"who {row.update_id} {row.day}")

    def _open(self, row: AnyRow) -> InboxRow:
        return InboxRow(
            id=row.id,
            update_id=row.update_id,
            chat=self._chat(row),
            body=self._vault.master.box.open(row.body, f"update {row.update_id} {row.day}"),
            received=moment(row.received),
            attempts=row.attempts,
        )

    async def starting(self, ids: Sequence[int]) -> None:
        await self._engine.write(lambda connection: connection.execute(_START, {"ids": list(ids)}))

    async def set_aside(self, ids: Sequence[int], why: str) -> None:
        values = {"ids": list(ids), "reason": why[:64]}
        await self._engine.write(lambda connection: connection.execute(_ASIDE, values))

    async def seal(self, ids: Sequence[int]) -> None:
        await self._engine.write(lambda connection: connection.execute(_HANDLE, {"ids": list(ids)}))


def _accept(connection: Connection, rows: list[dict[str, Any]]) -> int:
    # The day before counts too: an update may be delivered again just after midnight.
    asked = {"ids": [row["update_id"] for row in rows], "since": min(row["day"] for row in rows) - 1}
    known = set(connection.scalars(_KNOWN, asked))
    new = [row for row in rows if row["update_id"] not in known]
    if not new:
        return 0
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    kept = connection.execute(make(inbox).on_conflict_do_nothing().returning(inbox.c.id), new)
    return len(kept.all())
