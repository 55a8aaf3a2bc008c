"""Plans and slots in SQL: loading a client's, applying what a turn changed, and claiming what is due."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from bot.care.checkins.plan import Plan, Slot
from bot.care.checkins.ports import Due
from bot.store.checkin_codec import asked_of, due_of, pack_plan, unpack_plan
from bot.store.checkin_tables import State, leases, plans, slots
from bot.store.checkin_work import PlanChanges
from bot.store.codec import micros, moment
from bot.store.engine import AnyRow, Engine
from bot.store.errors import ConflictError
from bot.store.following import follow
from bot.store.quick import Quick, driver
from bot.store.seals import Box, open_chat
from bot.store.tables import OutboxState, clients, outbox
from bot.store.vault import Vault

_HELD = exists().where(leases.c.number == plans.c.number, leases.c.until > bindparam("now"))
_DUE = Quick(
    select(plans.c.number, plans.c.id, plans.c.client, clients.c.who)
    .join(clients, clients.c.id == plans.c.client)
    .where(plans.c.due <= bindparam("now"), ~_HELD)
    .order_by(plans.c.due)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=plans)  # left out by SQLite, whose writer is alone anyway
)
_NEWER: dict[str, Any] = {"until": literal_column("excluded.until")}
_LEASE = Quick(
    sqlite.insert(leases)
    .values(number=bindparam("number"), until=bindparam("until"))
    .on_conflict_do_update(index_elements=[leases.c.number], set_=_NEWER)
)
# One parameter for a thousand numbers: a list written out is compiled and planned anew each time. A lease that another
# program took since the plans were looked at stays, and its plan is not handed out twice.
_NUMBERS = func.unnest(bindparam("numbers", type_=ARRAY(BigInteger)))
_LEASES = (
    postgresql.insert(leases)
    .from_select(["number", "until"], select(_NUMBERS, bindparam("until", type_=BigInteger)))
    .on_conflict_do_update(
        index_elements=[leases.c.number], set_=_NEWER, where=leases.c.until <= bindparam("now", type_=BigInteger)
    )
    .returning(leases.c.number)
)
_RELEASE = Quick(delete(leases).where(leases.c.number == bindparam("which")))
_PLANS_OF = select(plans.c.number).join(clients, clients.c.id == plans.c.client)
ERASE_LEASES = delete(leases).where(leases.c.number.in_(_PLANS_OF.where(clients.c.chat == bindparam("mine"))))
_MINE = slots.c.client == bindparam("mine")
_SLOTS = select(slots).where(_MINE).order_by(slots.c.day.desc(), slots.c.number.desc()).limit(bindparam("most"))
_ANSWER = (
    update(slots)
    .where(_MINE, slots.c.id == bindparam("which"), slots.c.state.in_((State.SENDING, State.SENT, State.UNKNOWN)))
    .values(state=State.ANSWERED, changed=bindparam("at"))
)


def load_plans(connection: Connection, box: Box, client: str) -> list[Plan]:
    rows = connection.execute(select(plans.c.id, plans.c.body).where(plans.c.client == client))
    return [unpack_plan(box.open(row.body, f"plan {row.id}")) for row in rows]


def load_slots(connection: Connection, client: str, limit: int) -> list[Slot]:
    rows = connection.execute(_SLOTS, {"mine": client, "most": limit}).all()
    return [_slot(row) for row in reversed(rows)]


def load_slot(connection: Connection, client: str, slot: str) -> Slot | None:
    row = connection.execute(select(slots).where(slots.c.client == client, slots.c.id == slot)).first()
    return None if row is None else _slot(row)


def _slot(row: AnyRow) -> Slot:
    return Slot(
        id=row.id,
        plan=row.plan,
        day=date.fromordinal(row.day),
        number=row.number,
        kind=row.kind,
        state=State(row.state).said,
        why=row.why,
        due=moment(row.due),
        changed=moment(row.changed),
        outbox=row.outbox,
        words=tuple(row.words.split()),
    )


def apply(connection: Connection, box: Box, client: str, chat: bytes, changes: PlanChanges, now: datetime) -> None:
    """What one turn changed. Raises ConflictError when a day had its check-in already."""
    if changes.withdrawn:
        _withdraw(connection, chat, changes.withdrawn, now)
    for plan in changes.plans.values():
        _put_plan(connection, box, client, plan)
    try:
        for slot in changes.slots:
            connection.execute(insert(slots), _slot_values(client, slot))
    except IntegrityError:
        raise ConflictError("That day has its check-in already; nothing of this turn was kept.") from None
    for number, at in changes.answered.items():
        connection.execute(_ANSWER, {"mine": client, "which": number, "at": micros(at)})


def _put_plan(connection: Connection, box: Box, client: str, plan: Plan) -> None:
    values = {
        "due": _micros(due_of(plan)),
        "asked": _micros(asked_of(plan)),
        "body": box.seal(pack_plan(plan), f"plan {plan.id}"),
    }
    known = update(plans).where(plans.c.client == client, plans.c.id == plan.id)
    number = connection.scalar(known.values(values).returning(plans.c.number))
    if number is None:
        connection.execute(insert(plans), {"client": client, "id": plan.id, **values})
    else:
        _RELEASE.run(connection, {"which": number})


def _micros(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _slot_values(client: str, slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "client": client,
        "plan": slot.plan,
        "day": slot.day.toordinal(),
        "number": slot.number,
        "kind": slot.kind,
        "state": State.of(slot.state),
        "why": slot.why[:64],
        "due": micros(slot.due),
        "changed": micros(slot.changed),
        "outbox": slot.outbox,
        "words": " ".join(slot.words)[:400],
    }


def _withdraw(connection: Connection, chat: bytes, why: str, now: datetime) -> None:
    """Check-ins that wait in the outbox are dropped; one that is being sent has left."""
    waiting = (outbox.c.state < literal_column("2"), outbox.c.state == int(OutboxState.PENDING))
    taken = update(outbox).where(outbox.c.chat == chat, outbox.c.once == 1, *waiting)
    closed = taken.values(state=OutboxState.DROPPED, body=b"", who=b"", finished=micros(now), why=why[:64])
    for row in connection.execute(closed.returning(outbox.c.id)).all():
        follow(connection, row.id, OutboxState.DROPPED, now, why)


class SqlDuePlans:
    """See bot.care.checkins.ports.DuePlans."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def claim(self, now: datetime, limit: int, lease: datetime) -> Sequence[Due]:
        values = {"now": micros(now), "most": limit, "until": micros(lease)}
        rows = await self._engine.write(lambda connection: _claim(connection, values))
        box = self._vault.master.box
        return [Due(open_chat(box, row.who, f"client {row.client}"), row.id) for row in rows]


def _claim(connection: Connection, values: dict[str, Any]) -> list[AnyRow]:
    rows = _DUE.all(connection, {"now": values["now"], "most": values["most"]})
    until, numbers = values["until"], [row.number for row in rows]
    if driver(connection) is not None:  # one by one in the driver costs a tenth of compiling a list of a thousand
        _LEASE.run_many(connection, [{"number": number, "until": until} for number in sorted(numbers)])
        return rows
    if not numbers:
        return []
    taken = connection.execute(_LEASES, {"numbers": numbers, "until": until, "now": values["now"]}).scalars()
    mine = set(taken)
    return [row for row in rows if row.number in mine]
