"""Inbox and outbox of the in-memory twin: the same rules as in SQL, said in plain Python."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.care.boxes import LONGEST_PUT_OFF
from bot.care.ports import InboxRow, OutboxRow, RawUpdate
from bot.care.records import Delivery, Outgoing
from bot.store.codec import pack_outgoing, unpack_outgoing
from bot.store.errors import ConflictError
from bot.store.tables import InboxState, OutboxState
from bot.store.volatile_letters import AlertBook, VolatileLetters


@dataclass(slots=True)
class Received:
    raw: RawUpdate
    state: InboxState = InboxState.WAITING
    attempts: int = 0


class VolatileInbox:
    """See bot.care.ports.Inbox."""

    def __init__(self) -> None:
        self.rows: dict[int, Received] = {}
        self._last = 0
        self._days: dict[int, date] = {}  # of every update known
        self._messages: set[tuple[int, int]] = set()

    async def accept(self, updates: Sequence[RawUpdate]) -> int:
        new = 0
        for raw in sorted(updates, key=lambda raw: raw.update_id):
            if self._is_known(raw):
                continue
            self._last += 1
            self.rows[self._last] = Received(raw)
            self._days[raw.update_id] = raw.received.date()
            if raw.message is not None:
                self._messages.add((raw.chat, raw.message))
            new += 1
        return new

    def _is_known(self, raw: RawUpdate) -> bool:
        day = self._days.get(raw.update_id, date.min)
        recent = day >= raw.received.date() - timedelta(days=1)
        return recent or (raw.message is not None and (raw.chat, raw.message) in self._messages)

    def _waiting(self) -> list[tuple[int, Received]]:
        return [(n, row) for n, row in self.rows.items() if row.state is InboxState.WAITING]

    async def waiting_chats(self) -> list[int]:
        return list(dict.fromkeys(row.raw.chat for _, row in self._waiting()))

    async def waiting(self, chat: int) -> list[InboxRow]:
        rows = [
            InboxRow(number, row.raw.update_id, chat, row.raw.body, row.raw.received, row.attempts)
            for number, row in self._waiting()
            if row.raw.chat == chat
        ]
        return sorted(rows, key=lambda row: row.update_id)

    async def starting(self, ids: Sequence[int]) -> None:
        for number in set(ids) & self.rows.keys():
            self.rows[number].attempts += 1

    async def set_aside(self, ids: Sequence[int], why: str) -> None:
        for number in set(ids) & self.rows.keys():
            if self.rows[number].state is InboxState.WAITING:
                self.rows[number].state = InboxState.ASIDE

    async def seal(self, ids: Sequence[int]) -> None:
        self.empty(set(ids) & self.rows.keys())

    def check(self, ids: Collection[int]) -> None:
        known = (number in self.rows and self.rows[number].state is not InboxState.HANDLED for number in ids)
        if not all(known):
            raise ConflictError("An update was handled already; nothing of this turn was kept.")

    def empty(self, ids: Collection[int]) -> None:
        for number in ids:
            row = self.rows[number]
            row.state = InboxState.HANDLED
            row.raw = replace(row.raw, body=b"")

    def erase(self, chat: int) -> None:
        """All but rows not yet begun: they came after the wish to be forgotten and still ask for an answer."""
        for row in self.rows.values():
            begun = row.state is not InboxState.WAITING or row.attempts > 0
            if row.raw.chat == chat and begun:
                row.state = InboxState.HANDLED
                self.forget(row)

    def forget(self, row: Received) -> None:
        self._messages -= {(row.raw.chat, row.raw.message or 0)}
        row.raw = replace(row.raw, body=b"", chat=0, message=None)

    def let_go(self, end: datetime) -> None:
        """Handled rows received before `end`."""
        gone = [n for n, row in self.rows.items() if row.state is InboxState.HANDLED and row.raw.received < end]
        for number in gone:
            raw = self.rows.pop(number).raw
            self._messages -= {(raw.chat, raw.message or 0)}


@dataclass(slots=True)
class Queued:
    id: int
    chat: int
    owner: int
    body: bytes
    priority: int
    once: bool
    alert: int | None
    due: datetime
    created: datetime
    state: OutboxState = OutboxState.PENDING
    attempts: int = 0
    finished: datetime | None = None


class VolatileOutbox:
    """See bot.care.ports.Outbox."""

    def __init__(
        self,
        alerts: AlertBook,
        letters: VolatileLetters,
        follow: Callable[[int, OutboxState, datetime, str], None],
    ) -> None:
        self.rows: dict[int, Queued] = {}
        self.last = 0
        self._alerts, self._letters = alerts, letters
        self._follow = follow  # a check-in's slot goes where its row goes

    def put(self, number: int, out: Outgoing, owner: int, now: datetime) -> None:
        self.rows[number] = Queued(
            id=number,
            chat=owner if out.to is None else out.to,
            owner=owner,
            body=pack_outgoing(out),
            priority=out.priority,
            once=out.delivery is Delivery.AT_MOST_ONCE,
            alert=out.alert,
            due=out.not_before or datetime.min.replace(tzinfo=now.tzinfo),
            created=now,
        )

    def erase(self, chat: int) -> None:
        mine = [row.id for row in self.rows.values() if row.owner == chat or (row.chat == chat and row.alert is None)]
        for number in mine:
            del self.rows[number]

    def recall(self, owner: int, rows: Collection[int], now: datetime) -> None:
        for number in rows:
            row = self.rows.get(number)
            if row is not None and row.owner == owner and row.state is OutboxState.PENDING:
                self._close(number, OutboxState.DROPPED, now)

    async def claim(self, now: datetime, limit: int, exclude: Sequence[int] = ()) -> list[OutboxRow]:
        unsent = [row for row in self.rows.values() if row.state < OutboxState.SENT]
        closed = set(exclude) | {row.chat for row in unsent if row.state is OutboxState.SENDING}
        claimed: list[OutboxRow] = []
        for row in sorted(unsent, key=lambda row: (row.priority, row.id)):
            if len(claimed) >= limit:
                break
            due = row.due <= now
            if due and row.chat not in closed:
                row.attempts += 1
                self._move(row, OutboxState.SENDING, now)
                claimed.append(OutboxRow(row.id, row.chat, unpack_outgoing(row.body), row.attempts, row.created))
            if due or row.attempts:  # what merely waits for its own time holds up nothing
                closed.add(row.chat)
        return claimed

    async def sent(self, row: int, message: int, now: datetime) -> None:
        self._close(row, OutboxState.SENT, now)

    async def put_off(self, row: int, until: datetime, why: str) -> None:
        queued = self.rows.get(row)
        if queued is not None and queued.state < OutboxState.SENT:
            queued.due = until
            self._move(queued, OutboxState.PENDING, until)

    async def fail(self, row: int, now: datetime, why: str) -> None:
        queued = self._close(row, OutboxState.FAILED, now, why)
        if queued is not None and queued.alert is not None:
            self._alerts.note_failure(queued.alert, now, why)
            self._letters.hasten(queued.alert)

    async def drop(self, row: int, now: datetime, why: str) -> None:
        self._close(row, OutboxState.DROPPED, now, why)

    async def unclear(self, row: int, now: datetime, why: str) -> None:
        self._close(row, OutboxState.UNKNOWN, now, why)

    def withdraw(self, chat: int, now: datetime, why: str) -> None:
        for row in self.rows.values():
            if row.chat == chat and row.once and row.state is OutboxState.PENDING:
                self._close(row.id, OutboxState.DROPPED, now, why)

    def _close(self, number: int, state: OutboxState, now: datetime, why: str = "") -> Queued | None:
        row = self.rows.get(number)
        if row is not None:
            row.body, row.finished = b"", now
            self._move(row, state, now, why)
        return row

    def _move(self, row: Queued, state: OutboxState, now: datetime, why: str = "") -> None:
        row.state = state
        if row.once:
            self._follow(row.id, state, now, why)

    async def recover(self, now: datetime) -> dict[str, int]:
        counts = {"resent": 0, "unknown": 0}
        for row in self.rows.values():
            if row.state is OutboxState.PENDING and row.attempts and row.due > now + LONGEST_PUT_OFF:
                row.due = now
        for row in [row for row in self.rows.values() if row.state is OutboxState.SENDING]:
            if row.once:
                self._close(row.id, OutboxState.UNKNOWN, now, "killed")
                counts["unknown"] += 1
            else:
                row.state = OutboxState.PENDING
                counts["resent"] += 1
        return counts

    async def reclaim(self, in_hand: Collection[int], now: datetime) -> int:
        lost = [row for row in self.rows.values() if row.state is OutboxState.SENDING and row.id not in in_hand]
        for row in lost:
            self._move(row, OutboxState.PENDING, now)
        return len(lost)
