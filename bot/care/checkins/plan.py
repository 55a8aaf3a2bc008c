"""A client's plan of check-ins and the slots it makes: plain values that care decides on and the store keeps."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from secrets import token_hex

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the order of date.weekday()
# In the order in which a plan of all kinds asks them: feelings, thoughts, body and connection come round first (A5).
KINDS = (
    "how_are_you",
    "noticing",
    "body",
    "connection",
    "soothing",
    "kind_words",
    "looking_back",
    "kindness_noticing",
    "hopes",
)
ROTATION = KINDS[:4]
LAST_NOTE = "last_note"  # kind of the one line that ends a plan nobody answers (S-11)
OWN = "client"  # origin of a plan that the client made

Span = tuple[time, time]  # local; may go over midnight when it is quiet hours
QUIET: Span = (time(21), time(9))
USUAL_DAYS = ("mon", "wed", "fri")
USUAL_AT = time(18, 30)
BEFORE = datetime(1970, 1, 1, tzinfo=UTC)  # of a plan that nobody keeps


class Status(StrEnum):
    PROPOSED = "proposed"  # by a practitioner; nothing is sent before the client accepts
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a plan, in the client's time. `day` is the local date by which a slot is unique."""

    day: date
    opens: datetime  # UTC: the time of day as planned; where a window begins
    at: datetime  # UTC: when it is sent; inside a window the same for a plan and date, different among plans
    until: datetime  # UTC: after this it is dropped


@dataclass(frozen=True, slots=True)
class Plan:
    """When and what. Either `at` or `window` is set. `next` is kept by care and tells the store when to look again."""

    id: str
    zone: str  # IANA; "" in a proposal to a client whose zone was not asked yet
    days: tuple[str, ...] = USUAL_DAYS  # of DAYS, in their order
    at: time | None = None
    window: Span | None = None
    kinds: tuple[str, ...] = KINDS
    quiet: Span = QUIET  # equal ends: none
    until: date | None = None  # local, inclusive
    status: Status = Status.ACCEPTED
    origin: str = OWN  # or a practitioner's id
    made: datetime = BEFORE
    changed: datetime = BEFORE
    turn: int = 0  # check-ins sent so far: which kind comes next
    snoozed: date | None = None  # the first local date that counts again
    tell: int | None = None  # Telegram chat of the practitioner who proposed it, to be told the answer
    next: Occurrence | None = None

    @property
    def begins(self) -> time:
        """The time of day at which it is shown."""
        begins = self.at if self.window is None else self.window[0]
        assert begins is not None
        return begins

    @property
    def kind(self) -> str:
        """What the next check-in asks."""
        return self.kind_after(0)

    def kind_after(self, sent: int) -> str:
        return self.kinds[(self.turn + sent) % len(self.kinds)]


def new_plan(now: datetime, **values: object) -> Plan:
    """A plan with an id of its own."""
    return replace(Plan(token_hex(8), "", made=now, changed=now), **values)  # type: ignore[arg-type]


class SlotState(StrEnum):
    PLANNED = "planned"  # in the outbox
    SENDING = "sending"
    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"  # it was being sent when the process died or the line broke; never sent again


@dataclass(frozen=True, slots=True)
class Slot:
    """What became of one occurrence. Unique by (client, day, number): 0 is the day's message, others were skipped."""

    id: str  # random; fits into a button's data
    plan: str
    day: date  # local
    number: int
    kind: str
    state: SlotState
    why: str  # a rule name; "" unless skipped or unknown
    due: datetime
    changed: datetime
    outbox: int | None = None  # row that carries it
    words: tuple[str, ...] = ()  # "entry#wording" of what was said


def new_slot(plan: Plan, number: int, kind: str, state: SlotState, now: datetime, why: str = "") -> Slot:
    """A slot of the plan's next occurrence."""
    assert plan.next is not None
    return Slot(token_hex(8), plan.id, plan.next.day, number, kind, state, why, plan.next.at, now)
