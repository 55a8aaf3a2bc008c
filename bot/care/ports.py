"""What care needs from outside, one page. Wiring hands real ones in; tests hand in the twins of bot.store.volatile.

All times are aware and in UTC. Nothing here may be called from another thread than the event loop's.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.care.checkins.ports import DuePlans, PlanWork
from bot.care.records import Alert, AlertState, AlertStep, Client, Keepsake, Outgoing, Turn
from bot.care.staff.ports import StaffBook
from nlp.labels import Tier
from nlp.reading import Reading


class Reader(Protocol):
    """The ear, handed in. `read` never raises for a part that failed: it answers with `faults` and the word floor."""

    def read(self, text: str) -> Reading: ...

    def floor(self, text: str) -> Reading:
        """Risk by words alone: plain Python, quick, survives everything else failing."""


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it came. `day` (UTC date of arrival) guards against update ids that start anew."""

    update_id: int
    chat: int  # 0 when the update names no chat
    message: int | None
    body: bytes
    received: datetime


@dataclass(frozen=True, slots=True)
class InboxRow:
    id: int
    update_id: int
    chat: int
    body: bytes  # b"" once handled: the seal is emptied, the row stays to catch a redelivery
    received: datetime
    attempts: int


class Inbox(Protocol):
    async def accept(self, updates: Sequence[RawUpdate]) -> int:
        """Commit before anyone is told they arrived. Known ones are passed over. Returns how many were new."""

    async def waiting_chats(self) -> list[int]:
        """Chats with unhandled rows, oldest first."""

    async def waiting(self, chat: int) -> list[InboxRow]:
        """Unhandled rows of one chat in the order of their update ids."""

    async def starting(self, ids: Sequence[int]) -> None:
        """Count an attempt and commit, so that an update that kills the process is known after the restart."""

    async def set_aside(self, ids: Sequence[int], why: str) -> None:
        """Keep apart for a human (`why` is a rule name); the rest of the chat goes on."""

    async def seal(self, ids: Sequence[int]) -> None:
        """Mark rows handled outside a turn and empty their bodies."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    id: int
    chat: int
    out: Outgoing
    attempts: int
    created: datetime


class Outbox(Protocol):
    async def claim(self, now: datetime, limit: int, exclude: Sequence[int] = ()) -> list[OutboxRow]:
        """Due rows by priority, then age; at most the oldest one of each chat, none of `exclude`; marked sending."""

    async def sent(self, row: int, message: int, now: datetime) -> None:
        """Mark sent and empty the words."""

    async def put_off(self, row: int, until: datetime, why: str) -> None: ...

    async def fail(self, row: int, now: datetime, why: str) -> None:
        """Give up; for an alert its state becomes failed, for a 403 the client is paused by the caller."""

    async def drop(self, row: int, now: datetime, why: str) -> None:
        """Close a row that came too late to be sent; nothing failed."""

    async def unclear(self, row: int, now: datetime, why: str) -> None:
        """Close a row of which nobody knows whether it arrived, and which may not be sent twice."""

    async def recover(self, now: datetime) -> dict[str, int]:
        """At start: at-least-once rows left in sending go back to pending, at-most-once ones close as unknown.

        A check-in's slot follows its row through every state. Returns how many of each, by name:
        {"resent": n, "unknown": m}.
        """


class Work(PlanWork, Protocol):
    """One transaction for one chat. Rolls back unless `commit()` was called; turns of one chat never overlap."""

    async def client(self) -> Client | None: ...

    async def add_client(self, client: Client) -> None:
        """A first contact: makes the client's data key."""

    async def save(self, client: Client) -> None: ...

    async def add_turn(self, turn: Turn) -> None: ...

    async def turns(self, limit: int = 1000) -> list[Turn]:
        """Newest last."""

    async def keep(self, kind: str, value: dict[str, Any], at: datetime) -> Keepsake:
        """Keep something for the client; raises StoreError when there is none."""

    async def kept(self, kind: str = "", limit: int = 1000) -> list[Keepsake]:
        """The client's, of one kind or of all, by time, newest last; the newest `limit` of them."""

    async def let_go(self, keepsake: str) -> None:
        """Erase one of the client's own; an unknown id changes nothing."""

    async def send(self, out: Outgoing) -> int:
        """Put words into the outbox in the order of the calls; returns the row's id."""

    async def handled(self, inbox_ids: Sequence[int]) -> None:
        """Mark inbox rows handled in this transaction and empty their bodies."""

    async def raise_alert(self, tier: Tier, kinds: Sequence[str], alias: str, now: datetime) -> Alert: ...

    async def alert(self, number: int) -> Alert | None: ...

    async def open_alert(self) -> Alert | None:
        """The newest alert of this client that is not closed."""

    async def step(self, step: AlertStep, level: int | None = None) -> None:
        """Append to the alert's record and move its state (and level)."""

    async def unlink_alerts(self) -> None:
        """Erasure: steps stay, the link to the person goes."""

    async def erase(self) -> None:
        """Destroy the data key and every row, queued words and inbox body of this client."""

    async def commit(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Counts:
    """What health and metrics may show: no identifiers."""

    clients: int
    inbox_waiting: int
    inbox_aside: int
    outbox_pending: int
    outbox_failed: int
    outbox_unknown: int
    alerts_open: int


class Store(Protocol):
    @property
    def inbox(self) -> Inbox: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def staff(self) -> StaffBook: ...

    @property
    def due_plans(self) -> DuePlans: ...

    def work(self, chat: int) -> AbstractAsyncContextManager[Work]: ...

    async def unacknowledged(self, now: datetime) -> list[tuple[int, Alert]]:
        """(chat, alert) in states open, sent, failed or escalated, oldest first; chat 0 when unlinked."""

    async def unclosed(self) -> list[tuple[int, Alert]]:
        """(chat, alert) of every alert that is not closed, oldest first; chat 0 when unlinked."""

    async def alert_steps(self, number: int) -> list[AlertStep]: ...

    async def alert_chat(self, number: int) -> int | None:
        """The client's chat of an alert, for what the client is told; None when unlinked or unknown."""

    async def purge(self, now: datetime, text_days: int) -> int:
        """Empty words of turns older than `text_days`; returns how many."""

    async def counts(self) -> Counts: ...

    async def close(self) -> None: ...


__all__ = [
    "Alert",
    "AlertState",
    "AlertStep",
    "Clock",
    "Counts",
    "Inbox",
    "InboxRow",
    "Outbox",
    "OutboxRow",
    "RawUpdate",
    "Reader",
    "Store",
    "Work",
]
