"""Where pictures are drawn: one thread beside the event loop, since matplotlib is slow and not made for several."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from bot.care.month import MonthPicture


class Easel:
    """Use as a context; leaving it waits for what is being drawn."""

    def __init__(self) -> None:
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="draw")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._hand.shutdown()

    async def draw(self, plan: MonthPicture) -> bytes:
        """A PNG; see bot.pictures.month.draw."""
        return await asyncio.get_running_loop().run_in_executor(self._hand, _drawn, plan)


def _drawn(plan: MonthPicture) -> bytes:
    from bot.pictures.month import draw  # here: matplotlib takes a while to import, and most never ask

    return draw(plan)
