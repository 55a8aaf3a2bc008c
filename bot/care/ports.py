"""What care needs from outside, one page. Wiring hands real ones in; tests hand in the twins of bot.store.volatile.

All times are aware and in UTC. Nothing here may be called from another thread than the event loop's.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.care.boxes import Inbox, InboxRow, LetterRow, Letters, Outbox, OutboxRow, RawUpdate
from bot.care.checkins.ports import DuePlans, PlanWork
from bot.care.records import Alert, AlertState, AlertStep, Client, Keepsake, Letter, Outgoing, Turn
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

    async def recall(self, rows: Sequence[int]) -> None:
        """Take back words of this chat's own turns that have not left yet; others change nothing."""

    async def post(self, letter: Letter) -> None:
        """A note by another way than Telegram, committed with this transaction."""

    async def call_off(self, alert: int, contact: str = "") -> None:
        """Take back the letters of an alert (to that contact, or to all) that have not left yet."""

    async def count(self, what: str) -> None:
        """Add one to a counter that names nobody, such as "year:2026:referrals"."""

    async def handled(self, inbox_ids: Sequence[int]) -> None:
        """Mark inbox rows handled in this transaction and empty their bodies."""

    async def raise_alert(self, tier: Tier, kinds: Sequence[str], alias: str, now: datetime) -> Alert: ...

    async def alert(self, number: int) -> Alert | None: ...

    async def open_alert(self) -> Alert | None:
        """The newest alert of this client that is not closed."""

    async def alert_steps(self, number: int) -> list[AlertStep]:
        """The alert's record, with the steps of this transaction."""

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
    letters_waiting: int = 0
    letters_failed: int = 0


class Store(Protocol):
    @property
    def inbox(self) -> Inbox: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def letters(self) -> Letters: ...

    @property
    def staff(self) -> StaffBook: ...

    @property
    def due_plans(self) -> DuePlans: ...

    def work(self, chat: int) -> AbstractAsyncContextManager[Work]: ...

    async def unclosed(self) -> list[tuple[int, Alert]]:
        """(chat, alert) of every alert that is not closed, oldest first; chat 0 when unlinked."""

    async def alert_steps(self, number: int) -> list[AlertStep]: ...

    async def last_step(self, who: str, whys: Sequence[str]) -> AlertStep | None:
        """The newest step of one contact whose reason is one of `whys`."""

    async def tallies(self) -> dict[str, int]:
        """Counters that name nobody, as `Work.count` keeps them."""

    async def alert_chat(self, number: int) -> int | None:
        """The client's chat of an alert, for what the client is told; None when unlinked or unknown."""

    async def purge(self, now: datetime, text_days: int) -> int:
        """Empty words of turns older than `text_days`; returns how many."""

    async def counts(self) -> Counts: ...

    async def try_writing(self) -> None:
        """Changes nothing. Raises StoreError when nothing could be kept now."""

    async def close(self) -> None: ...


__all__ = [
    "Alert",
    "AlertState",
    "AlertStep",
    "Clock",
    "Counts",
    "Inbox",
    "InboxRow",
    "LetterRow",
    "Letters",
    "Outbox",
    "OutboxRow",
    "RawUpdate",
    "Reader",
    "Store",
    "Work",
]
