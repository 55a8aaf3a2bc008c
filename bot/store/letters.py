"""Notes by mail and webhook in SQL: a queue of their own, so that the outbox's hot path stays as it is.

See bot.care.ports.Letters. A letter is committed with its alert, armed for later; it is called off when the alert was
delivered or confirmed in another way, and due at once when that way failed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, literal_column, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.care.boxes import LONGEST_PUT_OFF
from bot.care.ports import LetterRow
from bot.care.records import AlertState, AlertStep, Letter
from bot.store import alerts
from bot.store.codec import micros, moment, pack_letter, unpack_letter
from bot.store.engine import AnyRow, Engine
from bot.store.tables import OutboxState, letters
from bot.store.vault import Vault

_EMPTY = b""


def _is(state: OutboxState) -> ColumnElement[bool]:
    # Written out, not bound: a partial index is only used when the database can see the value.
    return letters.c.state == literal_column(str(int(state)))


def mark(alert: int, contact: str) -> str:
    """What a letter's seal is bound to."""
    return f"letter {alert} {contact}"


def put(connection: Connection, vault: Vault, owner: bytes, new: Sequence[Letter], now: datetime) -> None:
    rows = [
        {
            "owner": owner,
            "alert": letter.alert,
            "contact": letter.contact,
            "body": vault.master.box.seal(pack_letter(letter), mark(letter.alert, letter.contact)),
            "state": OutboxState.PENDING,
            "not_before": 0 if letter.not_before is None else micros(letter.not_before),
            "attempts": 0,
            "taker": 0,
            "created": micros(now),
            "why": "",
        }
        for letter in new
    ]
    if rows:
        connection.execute(insert(letters), rows)


def call_off(connection: Connection, off: Iterable[tuple[int, str]], now: datetime) -> None:
    """Of each (alert, contact) what has not left; contact "" for all."""
    for alert, contact in off:
        waiting = update(letters).where(letters.c.alert == alert, _is(OutboxState.PENDING))
        if contact:
            waiting = waiting.where(letters.c.contact == contact)
        closed = waiting.values(state=OutboxState.DROPPED, body=_EMPTY, finished=micros(now), why="called_off")
        connection.execute(closed)


def hasten(connection: Connection, alert: int) -> None:
    """Another way has failed: what was armed for later goes now. A try that was put off keeps its pause."""
    armed = update(letters).where(letters.c.alert == alert, _is(OutboxState.PENDING), letters.c.attempts == 0)
    connection.execute(armed.values(not_before=0))


class SqlLetters:
    """See bot.care.ports.Letters."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    async def claim(self, now: datetime, limit: int) -> list[LetterRow]:
        taker = self._engine.taker
        if not await self._engine.read(lambda connection: connection.execute(_due(now, 1)).first()):
            return []  # nearly always: nobody's writing waits for this look
        rows = await self._engine.write(lambda connection: _claim(connection, now, limit, taker))
        return [self._open(row) for row in rows]

    def _open(self, row: AnyRow) -> LetterRow:
        letter = unpack_letter(self._vault.master.box.open(row.body, mark(row.alert, row.contact)))
        return LetterRow(row.id, letter, row.attempts + 1, moment(row.created))

    async def sent(self, row: int, now: datetime) -> None:
        done = {"state": OutboxState.SENT, "body": _EMPTY, "finished": micros(now)}
        await self._change(row, done)

    async def put_off(self, row: int, until: datetime, why: str) -> None:
        later = {"state": OutboxState.PENDING, "not_before": micros(until), "why": why[:64]}
        await self._change(row, later)

    async def fail(self, row: int, now: datetime, why: str) -> None:
        await self._engine.write(lambda connection: _fail(connection, row, now, why))

    async def recover(self, now: datetime) -> int:
        left = await self._engine.read(
            lambda c: set(c.scalars(select(letters.c.taker).where(_is(OutboxState.SENDING))))
        )
        others = left - {self._engine.taker}
        dead = (left - await self._engine.alive(others)) if others else left
        beyond = micros(now + LONGEST_PUT_OFF)
        return await self._engine.write(lambda connection: _again(connection, dead, beyond))

    async def reclaim(self) -> int:
        mine = {self._engine.taker}
        return await self._engine.write(lambda connection: _again(connection, mine))

    async def _change(self, row: int, values: dict[str, Any]) -> None:
        one = update(letters).where(letters.c.id == row, letters.c.state < int(OutboxState.SENT))
        await self._engine.write(lambda connection: connection.execute(one.values(values)))


def _due(now: datetime, limit: int) -> Select[Any]:
    due = select(letters).where(_is(OutboxState.PENDING), letters.c.not_before <= micros(now))
    return due.order_by(letters.c.id).limit(limit)


def _claim(connection: Connection, now: datetime, limit: int, taker: int) -> list[AnyRow]:
    rows = list(connection.execute(_due(now, limit).with_for_update(skip_locked=True)))
    taken = update(letters).where(letters.c.id.in_([row.id for row in rows]))
    if rows:
        connection.execute(taken.values(state=OutboxState.SENDING, taker=taker, attempts=letters.c.attempts + 1))
    return rows


def _fail(connection: Connection, row: int, now: datetime, why: str) -> None:
    failed = (
        update(letters)
        .where(letters.c.id == row, letters.c.state < int(OutboxState.SENT))
        .values(state=OutboxState.FAILED, body=_EMPTY, finished=micros(now), why=why[:64])
        .returning(letters.c.alert)
    )
    alert = connection.execute(failed).scalar_one_or_none()
    if alert:  # 0 belongs to no alert: word to the operator
        alerts.note_failure(connection, AlertStep(alert, AlertState.FAILED, now, "clock", why))


def _again(connection: Connection, takers: set[int], beyond: int | None = None) -> int:
    """`beyond`: what is armed or put off until later than this is due at once (the machine's clock was set back)."""
    if beyond is not None:
        late = update(letters).where(_is(OutboxState.PENDING), letters.c.not_before > beyond)
        connection.execute(late.values(not_before=0))
    lost = update(letters).where(_is(OutboxState.SENDING), letters.c.taker.in_(takers))
    return connection.execute(lost.values(state=OutboxState.PENDING)).rowcount
