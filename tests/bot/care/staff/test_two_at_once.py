"""Members who are each other's clients, acting in the same moment: over a real SQLite file, where turns interleave."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.care.conversation import take_turn
from bot.care.incoming import Incoming
from bot.care.ports import RawUpdate
from bot.store.opening import open_store, upgrade
from tests.bot.care.staff.conftest import ANA, BEN, Practice

KEY = bytes(range(32))


async def test_two_who_look_after_each_other_act_in_the_same_moment(practice: Practice, tmp_path: Path) -> None:
    """Each needs the other's chat. Were one held while waiting for the other, neither turn would ever end."""
    address = f"sqlite:///{tmp_path / 'warmline.db'}"
    await upgrade(address)
    store = await open_store(address, KEY, now=practice.chat.clock.now)
    practice.chat.room = replace(practice.chat.room, store=store)
    try:
        await practice.hire(ANA, "Ana Sol")
        await practice.hire(BEN, "Ben Ode")
        acts = {
            ANA: f"staff:plan-send:{await practice.take_on(ANA, BEN, 'Ben')}:gentle",
            BEN: f"staff:plan-send:{await practice.take_on(BEN, ANA, 'Ana')}:gentle",
        }
        await asyncio.wait_for(asyncio.gather(*(press(practice, who, acts[who]) for who in acts)), 10)
        left = [(row.out.to or row.chat, row.out.text) for row in await practice.chat.sent()]
    finally:
        await store.close()
    for who in acts:
        told = [text for to, text in left if to == who]
        assert len(told) == 2, told  # the card of the other's proposal, and that the own one was sent


async def press(practice: Practice, who: int, data: str) -> None:
    room, now = practice.chat.room, practice.chat.clock.now()
    await room.store.inbox.accept([RawUpdate(900 + who, who, None, b"", now)])
    [row] = await room.store.inbox.waiting(who)
    await take_turn(room, who, [Incoming(row.id, who, now, what="button", button=data)])
