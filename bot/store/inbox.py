"""The inbox in SQL: updates received, kept sealed until they are handled. See bot.care.ports.Inbox."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.care.ports import InboxRow, RawUpdate
from bot.store.codec import micros, moment
from bot.store.engine import AnyRow, Engine
from bot.store.errors import ConflictError
from bot.store.quick import Quick
from bot.store.seals import open_chat, seal_chat
from bot.store.tables import InboxState, inbox
from bot.store.vault import Vault

EMPTY = b""

# Written out, not bound: a partial index is only used when the database can see the value.
_IS_WAITING = inbox.c.state == literal_column(str(int(InboxState.WAITING)))
_ROW = inbox.c.id == bindparam("row")
_NEW: dict[str, Any] = {
    column.name: bindparam(column.name) for column in inbox.c if column.name != "id"
}  # the id is counted up
_KNOWN = Quick(
    select(inbox.c.id).where(inbox.c.update_id == bindparam("update_id"), inbox.c.day >= bindparam("since")).limit(1)
)
_ADD = {
    "sqlite": Quick(sqlite.insert(inbox).values(_NEW).on_conflict_do_nothing()),
    "postgresql": Quick(postgresql.insert(inbox).values(_NEW).on_conflict_do_nothing()),
}
_CHATS = (
    select(inbox.c.update_id, inbox.c.day, inbox.c.who)
    .where(inbox.c.id.in_(select(func.min(inbox.c.id)).where(_IS_WAITING).group_by(inbox.c.chat)))
    .order_by(inbox.c.id)
)
_OF_CHAT = Quick(select(inbox).where(_IS_WAITING, inbox.c.chat == bindparam("of")).order_by(inbox.c.update_id))
_START = Quick(update(inbox).where(_ROW).values(attempts=inbox.c.attempts + 1))
_ASIDE = Quick(update(inbox).where(_ROW, _IS_WAITING).values(state=InboxState.ASIDE, why=bindparam("reason")))
_HANDLE = Quick(
    update(inbox)
    .where(_ROW, inbox.c.state != InboxState.HANDLED)
    .values(state=InboxState.HANDLED, body=EMPTY, who=EMPTY)
)


def settle_handled(connection: Connection, ids: Collection[int]) -> None:
    """Empty the rows. Raises ConflictError when one was handled already: its turn must not be kept twice."""
    if _each(connection, _HANDLE, ids) != len(ids):
        raise ConflictError("An update was handled already; nothing of this turn was kept.")


class SqlInbox:
    """See bot.care.ports.Inbox."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def accept(self, updates: Sequence[RawUpdate]) -> int:
        if not updates:
            return 0
        # In one order everywhere: see _each.
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
        rows = await self._engine.read(lambda connection: _OF_CHAT.all(connection, values))
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
        await self._engine.write(lambda connection: _each(connection, _START, ids))

    async def set_aside(self, ids: Sequence[int], why: str) -> None:
        await self._engine.write(lambda connection: _each(connection, _ASIDE, ids, reason=why[:64]))

    async def seal(self, ids: Sequence[int]) -> None:
        await self._engine.write(lambda connection: _each(connection, _HANDLE, ids))


def _each(connection: Connection, statement: Quick, ids: Collection[int], **values: str) -> int:
    """How many rows it changed. In one order everywhere, so that two programs do not wait for each other in a ring."""
    return sum(statement.run(connection, {"row": number, **values}) for number in sorted(set(ids)))


def _accept(connection: Connection, rows: list[dict[str, Any]]) -> int:
    add = _ADD[connection.dialect.name]
    new = 0
    for row in rows:
        # The day before counts too: an update may be delivered again just after midnight.
        if not _KNOWN.all(connection, {"update_id": row["update_id"], "since": row["day"] - 1}):
            new += add.run(connection, row)
    return new
