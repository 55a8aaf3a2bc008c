"""What this door is handed, and how one way of sending says that it could not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.care.records import Channel, Letter


class Sender(Protocol):
    """One way to a contact."""

    async def send(self, letter: Letter) -> None:
        """Return once the other side took it. Raises SendError."""

    async def probe(self) -> None:
        """Whether the other side can be spoken to, sending nothing. Raises SendError."""


class SendError(Exception):
    """`why` is a rule name, never the other side's own words. `final`: trying again is of no use."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.why, self.final = why, final


class Care(Protocol):
    """Wiring binds this to a room."""

    async def letter_delivered(self, alert: int, contact: str, channel: Channel) -> None:
        """The other side took the letter: the record and the client may now say so."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    host: str
    port: int
    security: str  # "starttls", "tls", or "none" for a server on this machine or network
    sender: str  # address
    user: str = ""
    password: str = ""
    seconds: float = 20.0  # for the whole exchange


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    url: str
    secret: str
    seconds: float = 15.0


Senders = Mapping[Channel, Sender]
