"""What the door is handed: care's use cases, and the choices of the operator that concern Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.care.incoming import Incoming


class Care(Protocol):
    """Wiring binds these to a Room. Each commits by itself or changes nothing."""

    async def take_turn(self, chat: int, batch: Sequence[Incoming]) -> None:
        """One reply to the whole batch; marks its inbox rows handled. May raise anything."""

    async def safe_turn(self, chat: int, batch: Sequence[Incoming]) -> None:
        """The safe entry, for a batch that `take_turn` failed on or that killed the process."""

    def urgent(self, text: str) -> bool:
        """Whether to answer at once instead of waiting for the end of a burst."""

    def group_words(self) -> str:
        """What is said in a group before leaving it; "" to leave without a word."""

    async def client_blocked(self, chat: int) -> None:
        """The client blocked the bot: pause everything until they come back."""

    async def alert_delivered(self, number: int, chat: int) -> None:
        """The note of an alert really reached a contact's chat: the record and the client may now say so."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    url: str  # the public address, path included
    secret: str
    connections: int = 40


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """`api_base` without a trailing slash or "/bot". Times in seconds."""

    token: str
    api_base: str = "https://api.telegram.org"
    webhook: WebhookSettings | None = None  # None: polling
    settle_seconds: float = 3.0  # silence that ends a burst
    longest_seconds: float = 10.0  # from its first message
    rate_limits: bool = True  # False only for measuring
    staff_chats: frozenset[int] = frozenset()
    commands: tuple[tuple[str, str], ...] = ()  # (name, description), in menu order
    turns_at_once: int = 16
    sends_at_once: int = 32
