"""What check-ins need from the store: plans and slots inside a client's own turn, and which clients are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.care.checkins.plan import Plan, Slot


class PlanWork(Protocol):
    """Part of bot.care.ports.Work: the client's plans and slots, changed in the same transaction as the rest."""

    async def plans(self) -> list[Plan]:
        """All of the client's, by when they were made."""

    async def put_plan(self, plan: Plan) -> None:
        """Keep a new plan or a changed one. `plan.next` tells when the clock looks at it; None: never."""

    async def slots(self, limit: int = 100) -> list[Slot]:
        """The newest `limit` of the client's, by day and number, newest last."""

    async def put_slot(self, slot: Slot) -> None:
        """Keep a new slot. A second one of the same day and number makes the whole work fail."""

    async def slot(self, slot: str) -> Slot | None:
        """One of the client's own."""

    async def answered(self, slot: str, now: datetime) -> None:
        """The client answered: a slot that left (sent, sending or unknown) is now answered. Others stay as they are."""

    async def withdraw(self, why: str) -> None:
        """Take back check-ins of this client that still wait in the outbox: their slots are skipped for `why`."""


@dataclass(frozen=True, slots=True)
class Due:
    """A client one of whose plans wants looking at."""

    chat: int
    plan: str


class DuePlans(Protocol):
    async def claim(self, now: datetime, limit: int, lease: datetime) -> Sequence[Due]:
        """Plans due at `now`, the longest due first, at most `limit`; nobody else is handed them before `lease`.

        A claim is only a turn to look. Whether something is sent is decided, and written with the words to send, in the
        client's own work, which also says when to look next; a claim whose holder died comes up again at `lease`.
        """


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere people live, with the time zone its clocks follow."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    zone: str  # IANA
    people: int = 0
    region: str = ""  # where a country's towns share names


class Places(Protocol):
    """Where a client's clock is, found without asking anyone outside this machine."""

    async def find(self, name: str) -> Sequence[Place]:
        """Places of that name, one for each time zone, the largest first; none when it is not known."""

    async def zone_at(self, latitude: float, longitude: float) -> str:
        """The time zone of a point; "" at none."""

    async def zones_of(self, country: str) -> Sequence[str]:
        """The time zones of a country, the one most people live in first."""


class NoPlaces:
    """A room without an atlas: no name is known. Offsets still work."""

    async def find(self, name: str) -> Sequence[Place]:
        return ()

    async def zone_at(self, latitude: float, longitude: float) -> str:
        return ""

    async def zones_of(self, country: str) -> Sequence[str]:
        return ()
