"""A check-in's slot goes where the outbox row that carries it goes."""

from datetime import datetime

from sqlalchemy import Connection, literal_column, update

from bot.store.checkin_tables import State, slots
from bot.store.codec import micros
from bot.store.tables import OutboxState

SLOT_OF = {
    OutboxState.PENDING: State.PLANNED,
    OutboxState.SENDING: State.SENDING,
    OutboxState.SENT: State.SENT,
    OutboxState.FAILED: State.SKIPPED,
    OutboxState.UNKNOWN: State.UNKNOWN,
    OutboxState.DROPPED: State.SKIPPED,
}


def follow(connection: Connection, row: int, state: OutboxState, now: datetime, why: str = "") -> None:
    """An at-most-once row is now `state`; so is its slot, unless it was closed before."""
    mine = update(slots).where(slots.c.state < literal_column("2"), slots.c.outbox == row)
    why = why if state in (OutboxState.FAILED, OutboxState.UNKNOWN, OutboxState.DROPPED) else ""
    connection.execute(mine.values(state=SLOT_OF[state], why=why[:64], changed=micros(now)))
