"""Alerts and their letters of the in-memory twin: the same rules as in SQL, said in plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.care.boxes import LONGEST_PUT_OFF
from bot.care.ports import LetterRow
from bot.care.records import Alert, AlertState, AlertStep, Letter
from bot.store.alerts import UNACKNOWLEDGED
from bot.store.codec import pack_letter, unpack_letter
from bot.store.tables import OutboxState

_AT_ONCE = datetime.min.replace(tzinfo=UTC)


class AlertBook:
    """Alerts and their append-only record."""

    def __init__(self) -> None:
        self.alerts: dict[int, Alert] = {}
        self.chats: dict[int, int] = {}  # only while linked
        self.steps: list[AlertStep] = []
        self.last = 0

    def add_step(self, step: AlertStep, level: int | None) -> None:
        self.steps.append(step)
        alert = self.alerts[step.number]
        self.alerts[step.number] = replace(alert, state=step.state, level=alert.level if level is None else level)

    def note_failure(self, number: int, now: datetime, why: str) -> None:
        self.steps.append(AlertStep(number, AlertState.FAILED, now, "clock", why[:64]))
        alert = self.alerts.get(number)
        if alert is not None and alert.state in UNACKNOWLEDGED:
            self.alerts[number] = replace(alert, state=AlertState.FAILED)

    def unlink(self, client: str) -> None:
        for number, alert in self.alerts.items():
            if alert.client == client:
                self.alerts[number] = replace(alert, client=None)
                self.chats.pop(number, None)


@dataclass(slots=True)
class Posted:
    owner: int
    alert: int
    contact: str
    body: bytes
    due: datetime
    created: datetime
    state: OutboxState = OutboxState.PENDING
    attempts: int = 0
    finished: datetime | None = None


class VolatileLetters:
    """See bot.care.ports.Letters."""

    def __init__(self, alerts: AlertBook) -> None:
        self.rows: dict[int, Posted] = {}
        self._last = 0
        self._alerts = alerts

    def put(self, new: Sequence[Letter], owner: int, now: datetime) -> None:
        for letter in new:
            self._last += 1
            due = letter.not_before or _AT_ONCE
            self.rows[self._last] = Posted(owner, letter.alert, letter.contact, pack_letter(letter), due, now)

    def call_off(self, off: Iterable[tuple[int, str]], now: datetime) -> None:
        for alert, contact in off:
            for row in self._waiting(alert):
                if contact in ("", row.contact):
                    self._close(row, OutboxState.DROPPED, now)

    def hasten(self, alert: int) -> None:
        for row in self._waiting(alert):
            if row.attempts == 0:
                row.due = _AT_ONCE

    def erase(self, owner: int) -> None:
        self.rows = {number: row for number, row in self.rows.items() if row.owner != owner}

    def let_go(self, end: datetime) -> None:
        self.rows = {n: row for n, row in self.rows.items() if not row.finished or row.finished >= end}

    def _waiting(self, alert: int) -> list[Posted]:
        return [row for row in self.rows.values() if row.alert == alert and row.state is OutboxState.PENDING]

    async def claim(self, now: datetime, limit: int) -> list[LetterRow]:
        due = [(n, row) for n, row in self.rows.items() if row.state is OutboxState.PENDING and row.due <= now]
        claimed = []
        for number, row in due[:limit]:
            row.state, row.attempts = OutboxState.SENDING, row.attempts + 1
            claimed.append(LetterRow(number, unpack_letter(row.body), row.attempts, row.created))
        return claimed

    async def sent(self, row: int, now: datetime) -> None:
        if row in self.rows:
            self._close(self.rows[row], OutboxState.SENT, now)

    async def put_off(self, row: int, until: datetime, why: str) -> None:
        if row in self.rows:
            self.rows[row].state, self.rows[row].due = OutboxState.PENDING, until

    async def fail(self, row: int, now: datetime, why: str) -> None:
        if row in self.rows and self.rows[row].state < OutboxState.SENT:
            self._close(self.rows[row], OutboxState.FAILED, now)
            if self.rows[row].alert:
                self._alerts.note_failure(self.rows[row].alert, now, why)

    async def recover(self, now: datetime) -> int:
        for row in self.rows.values():
            if row.state is OutboxState.PENDING and row.due > now + LONGEST_PUT_OFF:
                row.due = _AT_ONCE
        return await self.reclaim()

    async def reclaim(self) -> int:
        lost = [row for row in self.rows.values() if row.state is OutboxState.SENDING]
        for row in lost:
            row.state = OutboxState.PENDING
        return len(lost)

    @staticmethod
    def _close(row: Posted, state: OutboxState, now: datetime) -> None:
        row.state, row.body, row.finished = state, b"", now
