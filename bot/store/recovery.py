"""What of the outbox a program left in sending, by dying or by losing the database's answer, and how it goes on."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select, update

from bot.care.boxes import LONGEST_PUT_OFF
from bot.store.codec import micros
from bot.store.engine import AnyRow
from bot.store.following import follow
from bot.store.quick import Quick
from bot.store.tables import OutboxState, outbox

_EMPTY = b""


def written_out(state: OutboxState) -> Any:
    """The state's number in the statement itself: a partial index is only used when the database can see the value."""
    return literal_column(str(int(state)))


LEFT = select(outbox.c.id, outbox.c.taker, outbox.c.once).where(
    outbox.c.state < written_out(OutboxState.SENT), outbox.c.state == written_out(OutboxState.SENDING)
)
_LOST = update(outbox).where(
    outbox.c.id == bindparam("row"),
    outbox.c.taker == bindparam("by"),
    outbox.c.state == written_out(OutboxState.SENDING),
)
_AGAIN = Quick(_LOST.values(state=OutboxState.PENDING))
_SOON = (
    update(outbox)
    .where(
        outbox.c.state == written_out(OutboxState.PENDING),
        outbox.c.attempts > 0,
        outbox.c.not_before > bindparam("beyond"),
    )
    .values(not_before=0)
)
_GIVE_UP = Quick(
    _LOST.values(state=OutboxState.UNKNOWN, body=_EMPTY, who=_EMPTY, finished=bindparam("at"), why="killed")
)


def give_back(connection: Connection, lost: list[AnyRow], now: datetime) -> int:
    """None of these was ever handed to anybody, so a check-in among them may still go out."""
    for row in lost:
        if _AGAIN.run(connection, {"row": row.id, "by": row.taker}) and row.once:
            follow(connection, row.id, OutboxState.PENDING, now)
    return len(lost)


def recover(connection: Connection, lost: list[AnyRow], now: datetime) -> dict[str, int]:
    connection.execute(_SOON, {"beyond": micros(now + LONGEST_PUT_OFF)})
    counts = {"resent": 0, "unknown": 0}
    for row in lost:
        mine = {"row": row.id, "by": row.taker}
        if row.once:
            counts["unknown"] += _GIVE_UP.run(connection, mine | {"at": micros(now)})
            follow(connection, row.id, OutboxState.UNKNOWN, now, "killed")
        else:
            counts["resent"] += _AGAIN.run(connection, mine)
    return counts
