"""Which waiting rows are for care; the rest is dealt with here: malformed, groups, what nobody said."""

import logging
from collections.abc import Sequence

from bot.care.ports import Inbox, InboxRow
from bot.telegram.parse import Aside, Heard, Leave, Parsed, Skip, parse
from bot.telegram.ports import Care, DoorSettings
from bot.telegram.signs import Beside, Signs
from bot.telegram.tally import Tally

log = logging.getLogger(__name__)


class Sorter:
    def __init__(
        self, inbox: Inbox, care: Care, signs: Signs, beside: Beside, settings: DoorSettings, tally: Tally
    ) -> None:
        self._inbox, self._care, self._signs, self._beside = inbox, care, signs, beside
        self._staff, self._tally = settings.staff_chats, tally

    async def sort(self, rows: Sequence[InboxRow], answered: set[int]) -> list[Heard]:
        """Those for care, in order. `answered` holds the rows whose button was answered already, and is added to."""
        heard: list[Heard] = []
        done: list[int] = []
        for row in rows:
            parsed = parse(row, self._staff)
            self._answer_button(row.id, parsed, answered)
            if isinstance(parsed, Heard):
                heard.append(parsed)
            elif isinstance(parsed, Aside):
                await self._set_aside(row.id, parsed.why)
            else:
                await self._leave(parsed)
                done.append(row.id)
        if done:
            await self._inbox.seal(done)
        return heard

    async def _set_aside(self, row: int, why: str) -> None:
        log.warning("update set aside: %s", why)
        self._tally.set_aside += 1
        await self._inbox.set_aside([row], why)

    async def _leave(self, parsed: Leave | Skip) -> None:
        if isinstance(parsed, Leave):
            self._tally.groups_left += 1
            await self._signs.leave(parsed.chat, self._care.group_words())

    def _answer_button(self, row: int, parsed: Parsed, answered: set[int]) -> None:
        query = parsed.query if isinstance(parsed, Heard | Skip) else ""
        if query and row not in answered:
            answered.add(row)
            self._beside.start(self._signs.answered(query))
