"""Honest answers to what Warmline cannot read: voice, pictures, files, forwarded words (L-17)."""

from collections.abc import Sequence

from bot.care.incoming import Incoming
from bot.care.visit import Visit

_SILENT = frozenset({"blocked", "unblocked", "command", "button", "text", "edit", "caption"})
_MOMENTS = frozenset("voice audio sticker photo video file location contact forwarded poll dice".split())


def acknowledge(visit: Visit, others: Sequence[Incoming]) -> None:
    """One answer for the whole batch, the first kind that was sent; a caption is read as text by the caller."""
    kind = next((i.what for i in others if i.what not in _SILENT and not (i.text and i.what != "forwarded")), "")
    if kind:
        visit.answer(visit.say(f"media.{kind}" if kind in _MOMENTS else "media.other"))
