"""What is kept of the people of a practice, as plain values.

A member's name and Telegram chat are sealed in the store; ids are random and stand in pages' addresses.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    PRACTITIONER = "practitioner"  # plans, notes and alerts for their own clients
    LEAD = "lead"  # the same, and rota, people, sign-off
    OPERATOR = "operator"  # runs the program; sees no client


INVITE_LASTS = timedelta(days=2)
CLIENT_CODE_LASTS = timedelta(days=14)
LINK_LASTS = timedelta(minutes=5)
SESSION_ENDS = timedelta(hours=12)  # whatever happens; idle ones end sooner, as the operator set


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    role: Role
    name: str  # as clients and colleagues know them
    created: datetime
    chat: int = 0  # their chat with the bot; 0 once they left
    zone: str = "UTC"  # IANA
    left: datetime | None = None
    desk: dict[str, Any] = field(default_factory=dict)  # a talk of several steps with the bot (bot.care.flows)

    @property
    def active(self) -> bool:
        return self.left is None


class CodeKind(StrEnum):
    STAFF = "staff"  # lets somebody join the practice
    CLIENT = "client"  # links a client with the practitioner who handed it over


@dataclass(frozen=True, slots=True)
class Code:
    """Something handed over to be typed in once. Only its hash is kept."""

    hash: str
    kind: CodeKind
    ends: datetime
    made: datetime
    name: str = ""  # the new member's name, or what the practitioner calls the client
    role: Role = Role.PRACTITIONER  # of a new member
    member: str = ""  # who made a client's code


@dataclass(frozen=True, slots=True)
class Link:
    """A client and the practitioner they agreed to be looked after by. Goes with the client's data."""

    id: str
    client: str
    member: str
    label: str  # what the practitioner calls the client; the client never sees it
    since: datetime
    notes: bool = True  # the client takes notes from this practitioner
    paused: bool = False  # the client asked Warmline not to write first
    code: str = ""  # hash of the code it came from, so that a repeated step finds it again


@dataclass(frozen=True, slots=True)
class Standing:
    """How check-ins stand with one client, without opening anything sealed: times and counts, no marks, no words."""

    unanswered: int = 0  # sent since the last answer
    sent: datetime | None = None  # the newest
    answered: datetime | None = None
    next: datetime | None = None
    paused: bool = False  # the client asked Warmline not to write first
    asked: datetime | None = None  # since when a proposed plan waits for the client's answer


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a client's data, on the record that the client sees."""

    at: datetime
    member: str  # id
    name: str  # of the member
    what: str  # one of bot.care.staff.access.LOOKS
    link: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A one-time link to the console. Only hashes of the token and of the browser that opened it are kept."""

    hash: str
    member: str
    ends: datetime
    browser: str = ""
    used: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `id` names it to its owner; the token's hash stays in the store."""

    id: str
    member: str
    browser: str  # "Firefox on Linux"
    begun: datetime
    seen: datetime
    ends: datetime


class NoteState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Note:
    """A note that a member wrote to a client by hand. Its words are emptied here once it is sent."""

    id: str
    link: str
    client: str
    member: str
    text: str
    due: datetime
    made: datetime
    state: NoteState = NoteState.WAITING
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Other words that somebody would rather have an entry say; for its author to take up or decline."""

    id: str
    member: str
    name: str
    entry: str
    was: str
    wanted: str
    why: str
    made: datetime
    state: str = "open"  # open, taken, declined
