"""What is done for the whole database: counting without identifiers, and letting go of what is past its days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from bot.care.ports import Counts
from bot.care.records import AlertState
from bot.store.codec import micros
from bot.store.tables import InboxState, OutboxState, alerts, clients, counters, inbox, letters, outbox, turns

INBOX_DAYS = 7  # Telegram delivers an update again for a day at most


def _is(state: InboxState | OutboxState) -> ColumnElement[bool]:
    # Written out, not bound: a partial index is only used when the database can see the value.
    table = inbox if isinstance(state, InboxState) else outbox
    return table.c.state == literal_column(str(int(state)))


def _number(*where: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).where(*where)


def counts(connection: Connection) -> Counts:
    def how_many(of: Select[Any]) -> int:
        return int(connection.scalar(of) or 0)

    return Counts(
        clients=how_many(select(func.count()).select_from(clients)),
        inbox_waiting=how_many(_number(_is(InboxState.WAITING))),
        inbox_aside=how_many(_number(_is(InboxState.ASIDE))),
        outbox_pending=how_many(_number(_is(OutboxState.PENDING))),
        outbox_failed=how_many(_number(_is(OutboxState.FAILED))),
        outbox_unknown=how_many(_number(_is(OutboxState.UNKNOWN))),
        alerts_open=how_many(_number(alerts.c.state != AlertState.CLOSED.value)),
        letters_waiting=how_many(_number(letters.c.state < int(OutboxState.SENT))),
        letters_failed=how_many(_number(letters.c.state == int(OutboxState.FAILED))),
    )


def tallies(connection: Connection) -> dict[str, int]:
    """Counters by name, those of the inside left out."""
    rows = connection.execute(
        select(counters).where(counters.c.name.contains(":"), counters.c.value > 0).order_by(counters.c.name)
    )
    return {row.name: row.value for row in rows}


def add_tallies(connection: Connection, counted: Mapping[str, int]) -> None:
    """In the order of their names, so that two programs never wait for each other crosswise."""
    for name, more in sorted(counted.items()):
        raised = update(counters).where(counters.c.name == name).values(value=counters.c.value + more)
        if connection.execute(raised).rowcount == 0:
            _begin_tally(connection, name)
            connection.execute(raised)


def _begin_tally(connection: Connection, name: str) -> None:
    new = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(new(counters).values(name=name, value=0).on_conflict_do_nothing())


def purge(connection: Connection, now: datetime, text_days: int) -> int:
    """Empty the words of turns older than `text_days` and of updates set aside; returns how many turns.

    Handled updates and finished words out, both empty already, go too.
    """
    end = micros(now - timedelta(days=text_days))
    worded = turns.c.worded == literal_column("1")
    emptied = connection.execute(update(turns).where(worded, turns.c.at < end).values(worded=0, words=b""))
    aside = update(inbox).where(_is(InboxState.ASIDE), inbox.c.received < end)
    connection.execute(aside.values(body=b"", who=b"", chat=None))
    inbox_end = micros(now - timedelta(days=INBOX_DAYS))
    connection.execute(delete(inbox).where(_is(InboxState.HANDLED), inbox.c.received < inbox_end))
    connection.execute(delete(outbox).where(outbox.c.finished < end))
    connection.execute(delete(letters).where(letters.c.finished < end))
    return emptied.rowcount
