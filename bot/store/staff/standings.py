"""How check-ins stand with all clients of a member, in two readings of the tables that open no sealed value."""

from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection, bindparam, func, select

from bot.care.staff.records import Standing
from bot.store.checkin_tables import State, plans, slots
from bot.store.codec import micros, moment
from bot.store.staff.tables import links

_LEFT = (State.SENT.value, State.ANSWERED.value, State.UNKNOWN.value)
_SLOTS = (
    select(slots.c.client, slots.c.state, slots.c.due)
    .join(links, links.c.client == slots.c.client)
    .where(links.c.member == bindparam("member"), slots.c.day >= bindparam("day"), slots.c.state.in_(_LEFT))
    .order_by(slots.c.client, slots.c.day.desc(), slots.c.number.desc())
)
_NEXT = (
    select(plans.c.client, func.min(plans.c.due).label("due"))
    .join(links, links.c.client == plans.c.client)
    .where(links.c.member == bindparam("member"), plans.c.due.is_not(None))
    .group_by(plans.c.client)
)


def load(connection: Connection, member: str, since: datetime) -> dict[str, Standing]:
    values = {"member": member, "day": (since - timedelta(days=1)).toordinal()}
    coming = {row.client: moment(row.due) for row in connection.execute(_NEXT, values)}
    found: dict[str, Standing] = {client: Standing(next=due) for client, due in coming.items()}
    first = micros(since)
    for client, rows in groupby(connection.execute(_SLOTS, values), key=lambda row: row.client):
        left = [(row.state, row.due) for row in rows if row.due >= first]
        answered = next((at for at, (state, _) in enumerate(left) if state == State.ANSWERED), None)
        found[client] = Standing(
            unanswered=len(left) if answered is None else answered,
            sent=moment(left[0][1]) if left else None,
            answered=moment(left[answered][1]) if answered is not None else None,
            next=coming.get(client),
        )
    return found
