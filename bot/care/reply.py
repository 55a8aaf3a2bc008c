"""What Warmline answers with, before it becomes a message: parts with their entries, buttons and the trail."""

from dataclasses import dataclass

from bot.care.records import Button, Priority
from responses.model import Part


@dataclass(frozen=True, slots=True)
class Reply:
    parts: tuple[Part, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    trail: tuple[str, ...] = ()  # rule and entry ids: why this reply
    priority: int = Priority.REPLY
    apart: bool = False  # parts stand in paragraphs of their own: notices, crisis steps

    @property
    def text(self) -> str:
        return ("\n\n" if self.apart else " ").join(part.text for part in self.parts)
