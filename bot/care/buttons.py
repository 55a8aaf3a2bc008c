"""Buttons for an entry: what is sent back is the name, what is read comes from the library's button labels."""

from collections.abc import Sequence

from bot.care.records import Button
from responses.voice import Voice

_SHORT = 12  # characters: labels up to this length share a row


def rows(voice: Voice, names: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    """One button a row, short labels side by side. `names` are callback data; labels stand at moment "button.NAME"."""
    buttons = [Button(voice.line(f"button.{name}"), name) for name in names]
    if buttons and all(len(button.label) <= _SHORT for button in buttons):
        return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return tuple((button,) for button in buttons)
