"""What waits with a state, as care sees it: updates received, words to be sent, letters to contacts of on-call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.care.records import Letter, Outgoing

LONGEST_PUT_OFF = timedelta(minutes=15)  # more than any row is put off for


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

        A check-in's slot follows its row through every state. What was put off for longer than anything is put off
        (the machine's clock was set back) is due now. Returns how many of the first two, by name:
        {"resent": n, "unknown": m}.
        """

    async def reclaim(self, in_hand: Collection[int], now: datetime) -> int:
        """After a claim whose answer was lost: what counts as being sent by this program and is not goes back.

        Returns how many rows.
        """


@dataclass(frozen=True, slots=True)
class LetterRow:
    id: int
    letter: Letter
    attempts: int
    created: datetime


class Letters(Protocol):
    """Notes by mail and webhook, committed with the alert they are of. At least once each."""

    async def claim(self, now: datetime, limit: int) -> list[LetterRow]:
        """Those that are due, oldest first; marked as being sent."""

    async def sent(self, row: int, now: datetime) -> None:
        """Mark sent and empty it."""

    async def put_off(self, row: int, until: datetime, why: str) -> None: ...

    async def fail(self, row: int, now: datetime, why: str) -> None:
        """Give up; the alert's record gets a step, and its state becomes failed while nobody has seen it."""

    async def recover(self, now: datetime) -> int:
        """At start: those a killed program had in hand are due again. Returns how many."""

    async def reclaim(self) -> int:
        """Those that count as being sent by this program, which has none in hand, are due again. Returns how many."""
