"""The outbox in SQL: words committed, sent by priority and age, one at a time for a chat. See bot.care.ports.Outbox."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, exists, insert, or_, select, update

from bot.care.ports import OutboxRow
from bot.care.records import AlertState, AlertStep, Delivery, Outgoing
from bot.store import alerts, letters, recovery
from bot.store.codec import micros, moment, pack_outgoing, unpack_outgoing
from bot.store.engine import AnyRow, Engine
from bot.store.following import follow
from bot.store.quick import Quick
from bot.store.recovery import written_out
from bot.store.seals import open_chat, seal_chat
from bot.store.tables import OutboxState, outbox
from bot.store.vault import Vault

_EMPTY = b""
_RIVAL = outbox.alias("rival")


_ROW = outbox.c.id == bindparam("row")

# Of one chat, what is being sent blocks the rest, and so does what was put off, so that the order holds; a row that
# merely waits for its own time (a later check-in) blocks nothing.
_BLOCKED = exists().where(
    _RIVAL.c.chat == outbox.c.chat,
    _RIVAL.c.id != outbox.c.id,
    _RIVAL.c.state < written_out(OutboxState.SENT),
    or_(
        _RIVAL.c.state == written_out(OutboxState.SENDING),
        and_(
            or_(
                _RIVAL.c.priority < outbox.c.priority,
                and_(_RIVAL.c.priority == outbox.c.priority, _RIVAL.c.id < outbox.c.id),
            ),
            or_(_RIVAL.c.not_before <= bindparam("now"), _RIVAL.c.attempts > 0),
        ),
    ),
)
_DUE = (
    select(outbox)
    .where(
        outbox.c.state == written_out(OutboxState.PENDING),
        outbox.c.not_before <= bindparam("now"),
        outbox.c.chat.not_in(bindparam("busy", expanding=True)),
        ~_BLOCKED,
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)  # left out by SQLite, whose writer is alone anyway
)
_TAKE = Quick(
    update(outbox).where(_ROW).values(state=OutboxState.SENDING, taker=bindparam("by"), attempts=outbox.c.attempts + 1)
)
_PUT = Quick(insert(outbox))
_CLOSE = Quick(
    update(outbox)
    .where(_ROW)
    .values(
        state=bindparam("to"),
        body=_EMPTY,
        who=_EMPTY,
        finished=bindparam("at"),
        message=bindparam("telegram"),
        why=bindparam("reason"),
    )
)
_PUT_OFF = Quick(
    update(outbox)
    .where(_ROW, outbox.c.state < written_out(OutboxState.SENT))
    .values(state=OutboxState.PENDING, not_before=bindparam("until"), why=bindparam("reason"))
)


class NewRow(NamedTuple):
    id: int
    out: Outgoing
    owner: int  # the chat whose turn made it


def put(connection: Connection, vault: Vault, rows: Sequence[NewRow], now: datetime) -> None:
    for row in rows:
        _PUT.run(connection, _values(vault, row, now))


def _values(vault: Vault, row: NewRow, now: datetime) -> dict[str, Any]:
    out = row.out
    chat = row.owner if out.to is None else out.to
    return {
        "id": row.id,
        "chat": vault.finder.chat(chat),
        "owner": vault.finder.chat(row.owner),
        "who": seal_chat(vault.master.box, chat, f"to {row.id}"),
        "body": vault.master.box.seal(pack_outgoing(out), f"out {row.id}"),
        "priority": out.priority,
        "once": int(out.delivery is Delivery.AT_MOST_ONCE),
        "alert": out.alert,
        "state": OutboxState.PENDING,
        "not_before": 0 if out.not_before is None else micros(out.not_before),
        "attempts": 0,
        "taker": 0,
        "created": micros(now),
        "finished": None,
        "message": None,
        "why": "",
    }


def recall(connection: Connection, owner: bytes, rows: Iterable[int], now: datetime) -> None:
    """Close the owner's rows that have not left; they were not failures."""
    ids = list(rows)
    if ids:
        mine = update(outbox).where(outbox.c.id.in_(ids), outbox.c.owner == owner)
        waiting = mine.where(outbox.c.state == written_out(OutboxState.PENDING))
        connection.execute(
            waiting.values(state=OutboxState.DROPPED, body=_EMPTY, who=_EMPTY, finished=micros(now), why="recalled")
        )


class SqlOutbox:
    """See bot.care.ports.Outbox."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._once: set[int] = set()  # rows in hand that may go out at most once, each with a slot that follows it

    async def claim(self, now: datetime, limit: int, exclude: Sequence[int] = ()) -> list[OutboxRow]:
        values = {"now": micros(now), "most": limit, "busy": [self._vault.finder.chat(chat) for chat in exclude]}
        taker = self._engine.taker
        rows = await self._engine.write(lambda connection: _claim(connection, values, taker))
        self._once.update(row.id for row in rows if row.once)
        return [self._open(row) for row in rows]

    def _open(self, row: AnyRow) -> OutboxRow:
        box = self._vault.master.box
        return OutboxRow(
            id=row.id,
            chat=open_chat(box, row.who, f"to {row.id}"),
            out=unpack_outgoing(box.open(row.body, f"out {row.id}")),
            attempts=row.attempts + 1,
            created=moment(row.created),
        )

    async def sent(self, row: int, message: int, now: datetime) -> None:
        await self._close(row, OutboxState.SENT, now, message=message)

    async def put_off(self, row: int, until: datetime, why: str) -> None:
        values = {"row": row, "until": micros(until), "reason": why[:64]}
        once = row in self._once
        await self._engine.write(lambda connection: _put_off(connection, values, once))
        self._once.discard(row)

    async def fail(self, row: int, now: datetime, why: str) -> None:
        await self._close(row, OutboxState.FAILED, now, why)

    async def drop(self, row: int, now: datetime, why: str) -> None:
        await self._close(row, OutboxState.DROPPED, now, why)

    async def unclear(self, row: int, now: datetime, why: str) -> None:
        await self._close(row, OutboxState.UNKNOWN, now, why)

    async def _close(
        self, row: int, state: OutboxState, now: datetime, why: str = "", message: int | None = None
    ) -> None:
        values = {"row": row, "to": state, "at": micros(now), "telegram": message, "reason": why[:64]}
        once = row in self._once
        await self._engine.write(lambda connection: _close(connection, values, once))
        self._once.discard(row)

    async def recover(self, now: datetime, own: bool = True) -> dict[str, int]:
        """See the port. With `own` False only what programs that died left behind: fit to be called at any time."""
        left = await self._engine.read(lambda connection: connection.execute(recovery.LEFT).all())
        others = {row.taker for row in left} - {self._engine.taker}
        spared = (await self._engine.alive(others) if others else set()) | (set() if own else {self._engine.taker})
        lost = [row for row in left if row.taker not in spared]
        return await self._engine.write(lambda connection: recovery.recover(connection, lost, now))

    async def reclaim(self, in_hand: Collection[int], now: datetime) -> int:
        mine = {"by": self._engine.taker}
        left = await self._engine.read(lambda connection: connection.execute(recovery.LEFT).all())
        lost = [row for row in left if row.taker == mine["by"] and row.id not in in_hand]
        return await self._engine.write(lambda connection: recovery.give_back(connection, lost, now))


def _claim(connection: Connection, values: dict[str, Any], taker: int) -> list[AnyRow]:
    rows = list(connection.execute(_DUE, values))
    for row in rows:
        _TAKE.run(connection, {"row": row.id, "by": taker})
        if row.once:
            follow(connection, row.id, OutboxState.SENDING, moment(values["now"]))
    return rows


def _put_off(connection: Connection, values: dict[str, Any], once: bool) -> None:
    _PUT_OFF.run(connection, values)
    if once:
        follow(connection, values["row"], OutboxState.PENDING, moment(values["until"]))


def _close(connection: Connection, values: dict[str, Any], once: bool) -> None:
    _CLOSE.run(connection, values)
    if once:
        follow(connection, values["row"], values["to"], moment(values["at"]), values["reason"])
    if values["to"] != OutboxState.FAILED:
        return
    alert = connection.scalar(select(outbox.c.alert).where(outbox.c.id == values["row"]))
    if alert is not None:
        step = AlertStep(alert, AlertState.FAILED, moment(values["at"]), "clock", values["reason"])
        alerts.note_failure(connection, step)
        letters.hasten(connection, alert)
