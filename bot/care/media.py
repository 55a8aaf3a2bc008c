"""Honest answers to what Warmline cannot read: voice, pictures, files, forwarded words (L-17)."""

from collections.abc import Sequence

from bot.care.incoming import Incoming
from bot.care.visit import Visit

_SILENT = frozenset({"blocked", "unblocked", "command", "button", "edit", "caption"})
_MOMENTS = frozenset("voice audio sticker photo video file location contact forwarded poll dice".split())


def acknowledge(visit: Visit, others: Sequence[Incoming]) -> None:
    """One answer for the whole batch, for the first thing in it that could not be read."""
    moment = next((_moment(incoming) for incoming in others if incoming.what not in _SILENT), "")
    if moment:
        visit.answer(visit.say(moment))


def _moment(incoming: Incoming) -> str:
    if incoming.what == "text":
        return "system.unreadable"  # nothing but white space
    return f"media.{incoming.what}" if incoming.what in _MOMENTS else "media.other"
