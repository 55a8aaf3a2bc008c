"""Where practices are found: `/soothe` shows three short ones, "more" shows the rest. Nothing begins by itself."""

from collections.abc import Awaitable, Callable

from bot.care.buttons import rows
from bot.care.practices import talk
from bot.care.reply import Reply
from bot.care.visit import Visit

SHORT = ("break", "breath", "grounding")  # each under a minute (A11)


async def soothe(visit: Visit) -> None:
    """Three practices, more of them, or none."""
    if await talk.allowed(visit):
        known = visit.room.voice.library.practices
        names = [f"practice:{name}" for name in SHORT if name in known]
        said = visit.say("practice.soothe")
        visit.answer(Reply(said.parts, rows(visit.room.voice, [*names, "practice-more", "practice:no"])))


async def more(visit: Visit, data: str) -> None:
    """The practices that are not on the first list."""
    if await talk.allowed(visit):
        known = visit.room.voice.library.practices.values()
        names = [f"practice:{p.name}" for p in known if p.name not in SHORT and p.family != "log" and not p.at_once]
        said = visit.say("practice.more")
        visit.answer(Reply(said.parts, rows(visit.room.voice, [*names, "practice:no"])))


def opens(name: str) -> Callable[[Visit], Awaitable[None]]:
    """A command that opens one practice."""

    async def open_(visit: Visit) -> None:
        await talk.open_(visit, name)

    return open_
