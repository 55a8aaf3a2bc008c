"""How check-ins stand with all clients of a member, found in an index of the slots, without opening a sealed value.

Measured with 1,000 clients and 100,000 check-ins: fetching two weeks of slots took 100 to 150 ms of CPU, these few
looks a client into the index 30, and 50 clients of a page by themselves 3.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from bot.care.staff.records import Standing
from bot.store.checkin_tables import State, plans, slots
from bot.store.codec import micros, moment
from bot.store.quick import Quick
from bot.store.staff.tables import links
from bot.store.tables import clients

_OPEN = (State.SENT.value, State.UNKNOWN.value)
_ANSWERED = (
    select(func.max(slots.c.due))
    .where(slots.c.client == links.c.client, slots.c.state == State.ANSWERED.value, slots.c.due >= bindparam("since"))
    .correlate(links)
    .scalar_subquery()
)


def _statement(*narrower: ColumnElement[bool]) -> Quick:
    mine = (
        select(links.c.client, clients.c.paused, _ANSWERED.label("answered"))
        .join(clients, clients.c.id == links.c.client)
        .where(links.c.member == bindparam("member"), *narrower)
        .distinct()
        .subquery("mine")
    )
    left = slots.c.client == mine.c.client, slots.c.state.in_([bindparam(None, state) for state in _OPEN])
    since = func.coalesce(mine.c.answered, bindparam("since"))
    count = select(func.count()).select_from(slots).where(*left, slots.c.due > since)
    sent = select(func.max(slots.c.due)).where(*left, slots.c.due >= bindparam("since"))
    coming = select(func.min(plans.c.due)).where(plans.c.client == mine.c.client)
    asked = select(func.min(plans.c.asked)).where(plans.c.client == mine.c.client, plans.c.asked.is_not(None))
    found = {"open": count, "sent": sent, "next": coming, "asked": asked}
    columns = [one.correlate(mine).scalar_subquery().label(name) for name, one in found.items()]
    return Quick(select(mine.c.client, mine.c.paused, mine.c.answered, *columns))


_ALL = _statement()
_ONE = _statement(links.c.client == bindparam("client"))


def load(connection: Connection, member: str, since: datetime, wanted: Sequence[str] | None) -> dict[str, Standing]:
    """Of all the member's clients, or of those wanted alone."""
    values = {"member": member, "since": micros(since)}
    if wanted is None:
        rows = _ALL.all(connection, values)
    else:
        rows = [row for client in wanted for row in _ONE.all(connection, {**values, "client": client})]
    return {row.client: _standing(row) for row in rows}


def _standing(row: Any) -> Standing:
    newest = max((at for at in (row.answered, row.sent) if at is not None), default=None)
    times = _moment(newest), _moment(row.answered), _moment(row.next)
    return Standing(row.open, *times, paused=bool(row.paused), asked=_moment(row.asked))


def _moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)
