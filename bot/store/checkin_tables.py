"""Plans and slots. A plan's form is sealed with its client's own key; a slot holds labels and times, no words."""

from enum import IntEnum

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from bot.care.checkins.plan import SlotState
from bot.store.tables import Counted, metadata, partial_index


class State(IntEnum):
    """A slot's state as kept; the first two are open."""

    PLANNED = 0
    SENDING = 1
    SENT = 2
    ANSWERED = 3
    SKIPPED = 4
    UNKNOWN = 5

    @property
    def said(self) -> SlotState:
        return SlotState(self.name.lower())

    @classmethod
    def of(cls, state: SlotState) -> "State":
        return cls[state.name]


plans = Table(
    "plans",
    metadata,
    Column("number", Counted, primary_key=True),
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("id", String(32), nullable=False),
    Column("due", BigInteger),  # when the clock looks at it next
    Column("asked", BigInteger),  # since when it waits for its client's answer, as long as it does
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("client", "id"),
    # All that a claim wants to know of a plan is in here, so that it reads a few pages in a row and no bodies.
    partial_index("plans_due", "due", "client", "id", where="due IS NOT NULL"),
    # Who still owes an answer, of many clients at once: few plans wait.
    partial_index("plans_asked", "client", "asked", where="asked IS NOT NULL"),
)

# Who claims a plan says so here and leaves the plan alone: a thousand plans lie on a thousand pages of a large table,
# and writing those anew cost two thirds of a claim. Here are only those being looked at, side by side. No foreign key,
# for the same reason; what erases plans erases these (bot.store.ground).
leases = Table(
    "plan_leases",
    metadata,
    Column("number", Counted, primary_key=True, autoincrement=False),  # the plan's
    Column("until", BigInteger, nullable=False),  # nobody else is handed the plan before
)

slots = Table(
    "slots",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client", String(64), ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("plan", String(32), nullable=False),
    Column("day", Integer, nullable=False),  # local date, counted from year 1
    Column("number", SmallInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("why", String(64), nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("outbox", BigInteger),
    Column("words", String(400), nullable=False),  # which wordings were said, by their names
    UniqueConstraint("client", "day", "number"),
    Index("slots_standing", "client", "state", "due"),  # how things stand with many clients, from the index alone
    partial_index("slots_open", "outbox", where="state < 2"),
)
