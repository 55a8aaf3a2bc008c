"""What Warmline remembers: plain values that care decides on and the store keeps.

`Client` is loaded and saved whole in one transaction. Words of a person live only in fields that the store seals with
that client's own key.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from nlp.labels import Tier

TALK = "talk"
CONSENTS = (TALK, "marks", "answers", "alert_content", "research_labels", "research_text")


@dataclass(frozen=True, slots=True)
class Consent:
    """One purpose, given or taken back. The newest of a purpose is the one that holds."""

    purpose: str  # one of CONSENTS
    given: bool
    version: str
    at: datetime


@dataclass(slots=True)
class Settings:
    """What a client chose. Nothing here is guessed."""

    country: str = ""  # ISO 3166-1 alpha-2, asked when first needed
    zone: str = ""  # IANA
    name: str = ""  # only if offered
    pronouns: str = ""  # only if offered
    pace: str = "normal"  # "normal" or "listening": no questions
    gentle: bool = False
    paused: bool = False
    card: bool = False  # a safety card is kept, so that it can be offered without looking
    dark_pictures: bool = False
    off_limits: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Client:
    id: str  # random, made at first contact; never derived from the Telegram id
    created: datetime
    consents: list[Consent] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    memory: dict[str, Any] = field(default_factory=dict)  # bot.care.memory owns its form
    episode: dict[str, Any] = field(default_factory=dict)  # bot.care.episode owns its form
    relay: dict[str, Any] = field(default_factory=dict)  # bot.care.relay owns its form
    follow_up: int = 0  # outbox row of the one note that was agreed on for later

    def consented(self, purpose: str) -> bool:
        given = [c.given for c in self.consents if c.purpose == purpose]
        return bool(given) and given[-1]


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str  # callback_data, at most 64 bytes, no words of a person


class Priority:
    """Order in which the outbox leaves; lower first, then older first."""

    CRISIS = 0
    ALERT = 1
    REPLY = 2
    NOTE = 3
    CHECK_IN = 5


class Delivery(StrEnum):
    AT_LEAST_ONCE = "at_least_once"  # replies, alerts
    AT_MOST_ONCE = "at_most_once"  # check-ins


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Words committed, still to be sent. `to` is a client's chat, or a chat of on-call staff for alerts."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    priority: int = Priority.REPLY
    delivery: Delivery = Delivery.AT_LEAST_ONCE
    to: int | None = None  # Telegram chat id when it is not the client's own chat
    silent: bool = False
    document: str = ""  # file name: `text` is then sent as that file, for /export
    picture: bytes = b""  # a PNG: `text` is then its caption, `document` its file name
    alert: int | None = None  # number of the alert this carries
    edit: int | None = None  # Telegram message id to edit instead of sending anew
    not_before: datetime | None = None
    not_after: datetime | None = None  # later than this it is dropped unsent: a check-in is never late, nor at night


class Channel(StrEnum):
    """Ways to a contact of on-call beside Telegram."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Letter:
    """A note to a contact by another way than Telegram. Holds no client's words, no name and no way to reach anyone."""

    channel: Channel
    address: str  # of the mail; "" for the webhook, whose address is the operator's choice
    contact: str  # code
    alert: int
    subject: str
    text: str
    facts: dict[str, Any] = field(default_factory=dict)  # the same as values, for the webhook
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange, as kept. Text goes after `text_days`; labels and trail may outlive it."""

    at: datetime
    heard: str  # the client's words; sealed
    said: str  # the reply; sealed
    tier: Tier
    labels: dict[str, Any]  # names of findings, no words
    trail: tuple[str, ...]  # why this entry: ids and rule names
    entries: tuple[str, ...]
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Something kept for the client's own sake beside the talk: a mark, their own words, a practice, a card's step."""

    id: str  # random; fits into a button's data
    kind: str  # a name such as "mark" or "hope"; the room that keeps it owns the form of its value
    at: datetime
    value: dict[str, Any]  # JSON; sealed


class AlertState(StrEnum):
    OPEN = "open"
    SENT = "sent"
    SEEN = "seen"
    CLOSED = "closed"
    FAILED = "failed"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class AlertStep:
    """One line of the append-only record of an alert."""

    number: int
    state: AlertState
    at: datetime
    who: str  # contact code, "client", "clock"; never a name
    why: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    number: int  # assigned by the store
    client: str | None  # None once the client erased their data
    alias: str  # what staff see instead of an identity: "client-7f3a"
    tier: Tier
    kinds: tuple[str, ...]
    state: AlertState
    raised: datetime
    level: int  # index into the rota of the contact told last
