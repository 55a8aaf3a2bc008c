"""Drawing happens beside the event loop."""

import asyncio
from datetime import date

from bot.care.month import MonthPicture
from bot.pictures.easel import Easel

PLAN = MonthPicture(
    ((date(2026, 11, 1), 3),), date(2026, 10, 26), date(2026, 11, 22), ("a", "b", "c", "d", "e"), "t", False
)


async def test_the_loop_stays_free_while_a_picture_is_drawn() -> None:
    turns = 0
    with Easel() as easel:
        drawing = asyncio.ensure_future(easel.draw(PLAN))
        while not drawing.done():
            turns += 1
            await asyncio.sleep(0)
        assert (await drawing).startswith(b"\x89PNG")
    assert turns > 1
