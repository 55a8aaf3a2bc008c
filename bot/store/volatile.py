"""The in-memory twin of the store, for the piped terminal and for fast tests: the same promises, and nothing kept.

Records are packed and unpacked as on disk, so that a value changed after it was handed over changes nothing here.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.care.checkins.plan import Plan, Slot
from bot.care.ports import Counts, Work
from bot.care.records import Alert, AlertState, AlertStep, Client, Keepsake, Turn
from bot.store.codec import pack, pack_client, pack_turn, unpack, unpack_client, unpack_turn
from bot.store.engine import ChatLocks
from bot.store.errors import ConflictError, StoreError
from bot.store.staff.volatile import VolatileStaffBook
from bot.store.tables import InboxState, OutboxState
from bot.store.upkeep import INBOX_DAYS
from bot.store.volatile_boxes import VolatileInbox, VolatileOutbox
from bot.store.volatile_checkins import VolatileCheckIns
from bot.store.volatile_letters import AlertBook, VolatileLetters
from bot.store.volatile_research import VolatileResearch
from bot.store.work import Changes, ChatWork


@dataclass(slots=True)
class KeptTurn:
    at: datetime
    words: bytes | None
    notes: bytes


@dataclass(slots=True)
class KeptClient:
    id: str
    record: bytes
    turns: list[KeptTurn] = field(default_factory=list)
    keepsakes: dict[str, tuple[str, datetime, bytes]] = field(default_factory=dict)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class VolatileStore:
    """See bot.care.ports.Store."""

    def __init__(self, now: Callable[[], datetime] = _utc_now) -> None:
        self.alerts = AlertBook()
        self.inbox = VolatileInbox()
        self.due_plans = VolatileCheckIns()
        self.letters = VolatileLetters(self.alerts)
        self.outbox = VolatileOutbox(self.alerts, self.letters, self.due_plans.follow)
        self.counted: Counter[str] = Counter()
        self.clients: dict[int, KeptClient] = {}
        self.staff = VolatileStaffBook(self._standing, self.due_plans)
        self.now = now
        self._marks: dict[str, bytes] = {}
        self._locks = ChatLocks()

    def _standing(self) -> dict[str, tuple[int, bool]]:
        """Of each client: the chat, and whether they paused."""
        return {kept.id: (chat, unpack_client(kept.record).settings.paused) for chat, kept in self.clients.items()}

    @asynccontextmanager
    async def work(self, chat: int) -> AsyncIterator[Work]:
        async with self._locks.hold(b"%d" % chat):
            yield ChatWork(VolatileGround(self, chat))

    async def unclosed(self) -> list[tuple[int, Alert]]:
        waiting = [alert for alert in self.alerts.alerts.values() if alert.state is not AlertState.CLOSED]
        waiting.sort(key=lambda alert: (alert.raised, alert.number))
        return [(self.alerts.chats.get(alert.number, 0), alert) for alert in waiting]

    async def alert_steps(self, number: int) -> list[AlertStep]:
        return [step for step in self.alerts.steps if step.number == number]

    async def last_step(self, who: str, whys: Sequence[str]) -> AlertStep | None:
        mine = [step for step in self.alerts.steps if step.who == who and step.why in whys]
        return mine[-1] if mine else None

    async def tallies(self) -> dict[str, int]:
        return dict(sorted(self.counted.items()))

    async def alert_chat(self, number: int) -> int | None:
        return self.alerts.chats.get(number)

    async def purge(self, now: datetime, text_days: int) -> int:
        end = now - timedelta(days=text_days)
        old = [t for c in self.clients.values() for t in c.turns if t.at < end and t.words is not None]
        for turn in old:
            turn.words = None
        inbox_end = now - timedelta(days=INBOX_DAYS)
        for row in self.inbox.rows.values():
            if row.state is InboxState.ASIDE and row.raw.received < end:
                self.inbox.forget(row)
        self.inbox.let_go(inbox_end)
        self.outbox.rows = {n: row for n, row in self.outbox.rows.items() if not row.finished or row.finished >= end}
        self.letters.let_go(end)
        return len(old)

    async def try_writing(self) -> None:
        return None

    async def counts(self) -> Counts:
        inbox = [row.state for row in self.inbox.rows.values()]
        outbox = [row.state for row in self.outbox.rows.values()]
        return Counts(
            clients=len(self.clients),
            inbox_waiting=inbox.count(InboxState.WAITING),
            inbox_aside=inbox.count(InboxState.ASIDE),
            outbox_pending=outbox.count(OutboxState.PENDING),
            outbox_failed=outbox.count(OutboxState.FAILED),
            outbox_unknown=outbox.count(OutboxState.UNKNOWN),
            alerts_open=sum(alert.state is not AlertState.CLOSED for alert in self.alerts.alerts.values()),
            letters_waiting=sum(row.state < OutboxState.SENT for row in self.letters.rows.values()),
            letters_failed=sum(row.state is OutboxState.FAILED for row in self.letters.rows.values()),
        )

    async def mark(self, name: str) -> bytes | None:
        return self._marks.get(name)

    async def set_mark(self, name: str, value: bytes) -> None:
        if name in self._marks:
            raise StoreError(f"The database is marked {name} already.")
        self._marks[name] = value

    def research(self, staff: Iterable[int] = ()) -> VolatileResearch:
        return VolatileResearch(self, staff)

    async def close(self) -> None:
        """Nothing is kept, so there is nothing to close."""


@dataclass(frozen=True, slots=True)
class Packed:
    record: bytes
    turns: list[KeptTurn]
    keepsakes: dict[str, tuple[str, datetime, bytes]]


def _pack(changes: Changes) -> Packed:
    client = changes.added or changes.saved
    turns = [KeptTurn(turn.at, *pack_turn(turn)) for turn in changes.turns]
    kept = {k.id: (k.kind, k.at, pack(k.value)) for k in changes.kept.values()}
    return Packed(pack_client(client) if client is not None else b"", turns, kept)


class VolatileGround:
    """See bot.store.work.Ground."""

    def __init__(self, store: VolatileStore, chat: int) -> None:
        self._store = store
        self._chat = chat
        self._loaded: KeptClient | None = None

    async def client(self) -> Client | None:
        self._loaded = self._store.clients.get(self._chat)
        return unpack_client(self._loaded.record) if self._loaded is not None else None

    async def turns(self, limit: int) -> list[Turn]:
        kept = self._loaded.turns[-limit:] if self._loaded is not None and limit > 0 else []
        return [unpack_turn(turn.at, turn.words, turn.notes) for turn in kept]

    async def keepsakes(self, kind: str, limit: int) -> list[Keepsake]:
        kept = self._loaded.keepsakes if self._loaded is not None else {}
        mine = [Keepsake(i, k, at, unpack(body)) for i, (k, at, body) in kept.items() if kind in ("", k)]
        return sorted(mine, key=lambda keepsake: (keepsake.at, keepsake.id))[-limit:] if limit > 0 else []

    async def plans(self) -> list[Plan]:
        return self._store.due_plans.plans(self._chat)

    async def slots(self, limit: int) -> list[Slot]:
        return self._store.due_plans.slots(self._chat, limit)

    async def slot(self, slot: str) -> Slot | None:
        return self._store.due_plans.slot(self._chat, slot)

    async def alert(self, number: int) -> Alert | None:
        return self._store.alerts.alerts.get(number)

    async def alert_steps(self, number: int) -> list[AlertStep]:
        return await self._store.alert_steps(number)

    async def unclosed_alerts(self) -> list[Alert]:
        mine = self._loaded.id if self._loaded is not None else None
        alerts = self._store.alerts.alerts.values()
        return [a for a in alerts if mine is not None and a.client == mine and a.state is not AlertState.CLOSED]

    async def outbox_id(self) -> int:
        self._store.outbox.last += 1
        return self._store.outbox.last

    async def alert_number(self) -> int:
        self._store.alerts.last += 1
        return self._store.alerts.last

    async def apply(self, changes: Changes) -> None:
        """No `await` inside: nobody sees half of it. What may be refused is refused before anything is changed."""
        store = self._store
        store.inbox.check(changes.handled)
        if self._loaded is not None and store.clients.get(self._chat) is not self._loaded:
            raise ConflictError("The client was changed or erased meanwhile; nothing of this turn was kept.")
        store.due_plans.check(self._chat, changes.planning)
        packed = _pack(changes)
        store.inbox.empty(changes.handled)
        if self._loaded is not None and (changes.unlinked or changes.erased):
            store.alerts.unlink(self._loaded.id)
        if changes.erased:
            store.inbox.erase(self._chat)
            store.outbox.erase(self._chat)
            store.due_plans.erase(self._chat)
            store.letters.erase(self._chat)
            store.clients.pop(self._chat, None)
        now = store.now()
        if changes.planning.withdrawn:
            store.outbox.withdraw(self._chat, now, changes.planning.withdrawn)
        self._apply_client(changes, packed)
        store.due_plans.apply(self._chat, changes.planning)
        for number, out in changes.sends:
            store.outbox.put(number, out, self._chat, now)
        store.outbox.recall(self._chat, changes.recalled, now)
        self._apply_alerts(changes)
        store.letters.call_off(changes.called_off, now)
        store.letters.put(changes.letters, self._chat, now)
        store.counted.update(changes.counted)

    def _apply_client(self, changes: Changes, packed: Packed) -> None:
        clients = self._store.clients
        if changes.added is not None:
            clients[self._chat] = KeptClient(changes.added.id, packed.record)
        elif changes.saved is not None:
            clients[self._chat].record = packed.record
        if packed.turns:
            clients[self._chat].turns.extend(packed.turns)
        kept = clients[self._chat].keepsakes if self._chat in clients else {}
        for gone in changes.let_go:
            kept.pop(gone, None)
        kept.update(packed.keepsakes)

    def _apply_alerts(self, changes: Changes) -> None:
        book = self._store.alerts
        for alert in changes.raised:
            book.alerts[alert.number] = alert
            if alert.client is not None:
                book.chats[alert.number] = self._chat
        for step, level in changes.steps:
            book.add_step(step, level)
