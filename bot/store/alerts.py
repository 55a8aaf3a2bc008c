"""Alerts and their append-only record, in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.care.records import Alert, AlertState, AlertStep
from bot.store.codec import micros, moment
from bot.store.engine import AnyRow
from bot.store.tables import alert_steps, alerts, clients, counters
from nlp.labels import Tier

COUNTER = "alerts"
UNACKNOWLEDGED = (AlertState.OPEN, AlertState.SENT, AlertState.FAILED, AlertState.ESCALATED)

_NEXT = (
    update(counters).where(counters.c.name == COUNTER).values(value=counters.c.value + 1).returning(counters.c.value)
)
_STEPS = select(alert_steps).where(alert_steps.c.number == bindparam("of")).order_by(alert_steps.c.id)


def next_number(connection: Connection) -> int:
    """Small and spoken easily; never given twice, though a rolled-back turn leaves a gap."""
    return int(connection.execute(_NEXT).scalar_one())


def load(connection: Connection, number: int) -> Alert | None:
    row = connection.execute(select(alerts).where(alerts.c.number == number)).first()
    return to_alert(row) if row is not None else None


def unclosed(connection: Connection, client: str) -> list[Alert]:
    of_client = select(alerts).where(alerts.c.client == client, alerts.c.state != AlertState.CLOSED.value)
    return [to_alert(row) for row in connection.execute(of_client)]


def all_unclosed(connection: Connection) -> list[tuple[bytes | None, Alert]]:
    """(sealed chat, alert) of everybody's, oldest first."""
    waiting = (
        select(alerts, clients.c.who)
        .outerjoin(clients, clients.c.id == alerts.c.client)
        .where(alerts.c.state.in_([state.value for state in AlertState if state is not AlertState.CLOSED]))
        .order_by(alerts.c.raised, alerts.c.number)
    )
    return [(row.who, to_alert(row)) for row in connection.execute(waiting)]


def client_of(connection: Connection, number: int) -> AnyRow | None:
    """(id, who) of the client; None when unlinked or unknown."""
    linked = select(clients.c.id, clients.c.who).join(alerts, alerts.c.client == clients.c.id)
    return connection.execute(linked.where(alerts.c.number == number)).first()


def add(connection: Connection, alert: Alert) -> None:
    values = {
        "number": alert.number,
        "client": alert.client,
        "alias": alert.alias[:64],
        "tier": int(alert.tier),
        "kinds": " ".join(alert.kinds),
        "state": alert.state.value,
        "raised": micros(alert.raised),
        "level": alert.level,
    }
    connection.execute(insert(alerts), values)


def add_step(connection: Connection, step: AlertStep, level: int | None) -> None:
    append(connection, step)
    moved: dict[str, Any] = {"state": step.state.value} | ({} if level is None else {"level": level})
    connection.execute(update(alerts).where(alerts.c.number == step.number).values(moved))


def note_failure(connection: Connection, step: AlertStep) -> None:
    """A note that could not be delivered: on the record always, as the state only while nobody has seen the alert."""
    append(connection, step)
    unseen = alerts.c.state.in_([state.value for state in UNACKNOWLEDGED])
    failed = update(alerts).where(alerts.c.number == step.number, unseen).values(state=AlertState.FAILED.value)
    connection.execute(failed)


def append(connection: Connection, step: AlertStep) -> None:
    values = {
        "number": step.number,
        "state": step.state.value,
        "at": micros(step.at),
        "who": step.who[:64],
        "why": step.why[:64],
    }
    connection.execute(insert(alert_steps), values)


def steps(connection: Connection, number: int) -> list[AlertStep]:
    rows = connection.execute(_STEPS, {"of": number})
    return [_to_step(row) for row in rows]


def _to_step(row: AnyRow) -> AlertStep:
    return AlertStep(row.number, AlertState(row.state), moment(row.at), row.who, row.why)


def last_step(connection: Connection, who: str, whys: Sequence[str]) -> AlertStep | None:
    newest = select(alert_steps).where(alert_steps.c.who == who, alert_steps.c.why.in_(whys))
    row = connection.execute(newest.order_by(alert_steps.c.id.desc()).limit(1)).first()
    return None if row is None else _to_step(row)


def unlink(connection: Connection, client: str | None) -> None:
    if client is not None:
        connection.execute(update(alerts).where(alerts.c.client == client).values(client=None))


def to_alert(row: AnyRow) -> Alert:
    return Alert(
        number=row.number,
        client=row.client,
        alias=row.alias,
        tier=Tier(row.tier),
        kinds=tuple(row.kinds.split()),
        state=AlertState(row.state),
        raised=moment(row.raised),
        level=row.level,
    )
