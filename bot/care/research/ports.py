"""What research needs from the store. Nothing here gives names or Telegram ids: the store does not open them.

Words come through `Words` alone, and only of people with the second consent.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.care.research.records import Life, Person, Record, Said, Study


class Logs(Protocol):
    """People and their label rows, a page at a time, so that memory stays bounded."""

    async def people(self, study: str, after: str, limit: int) -> list[Person]:
        """The next page by handle, whatever they consented to; [] at the end. Begin with ""."""

    async def lives(self, study: str, handles: Sequence[str]) -> list[Life]:
        """In this order; those who are gone are left out."""


class Words(Protocol):
    """What people wrote, for a human's review before text leaves."""

    async def said(self, study: str, handles: Sequence[str]) -> list[Said]:
        """In this order. Of those who do not give text (see standing.gives_text) nothing is opened or told."""


class Book(Protocol):
    """Studies, the tables of study ids, and the record of every export."""

    async def study(self, name: str) -> Study | None: ...

    async def studies(self) -> list[Study]:
        """By name."""

    async def add_study(self, study: Study) -> None:
        """Raises StoreError when there is one of that name."""

    async def give_codes(self, study: str, codes: Mapping[str, str]) -> None:
        """Handle -> study id, sealed with each person's own key. One given before stays."""

    async def destroy_codes(self, study: str) -> int:
        """Break the link between people and their ids in every past export; returns how many links there were."""

    async def record(self, record: Record) -> None: ...

    async def records(self, study: str) -> list[Record]:
        """Oldest first."""


class Research(Logs, Words, Book, Protocol):
    """All of it, as wiring hands it to the command."""
