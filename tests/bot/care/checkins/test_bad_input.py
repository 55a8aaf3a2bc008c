"""Whatever a client writes or taps at the wrong time: a kind clear answer or the right silence.

And after each of them a fortnight goes by in which never two messages come on one day, and none at night.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.checkins.schedule import is_quiet
from bot.care.ports import OutboxRow
from tests.bot.care.checkins.conftest import on_to, plans, set_up, slots, tick, until_sent
from tests.bot.care.conftest import VOICE, Chat

Act = Callable[[Chat], Awaitable[None]]


def says(rows: list[OutboxRow], moment: str) -> bool:
    lines = [text.split("{")[0] for entry in VOICE.library.at(moment) for text in entry.say]
    return any(line in row.out.text for row in rows for line in lines)


async def marks(chat: Chat) -> list[int]:
    async with chat.room.store.work(chat.number) as work:
        return [kept.value["value"] for kept in await work.kept("mark")]


def data(row: OutboxRow, part: str) -> str:
    return next(b.data for line in row.out.buttons for b in line if part in b.data)


async def impossible_time(chat: Chat) -> None:
    await set_up(chat)
    (plan,) = await plans(chat)
    await chat.presses(f"checkin:change:{plan.id}")
    for words in ("at 25:00", "18:75", "at 24:61", "13pm", "0 am"):
        assert says(await chat.says(words), "checkin.no-such-time"), words
    assert (await plans(chat))[0].at == plan.at


async def thirtieth_of_february(chat: Chat) -> None:
    await set_up(chat)
    (plan,) = await plans(chat)
    await chat.presses(f"checkin:change:{plan.id}")
    for words in ("until 30 February", "until february 30th", "until 2027-02-30"):
        assert says(await chat.says(words), "checkin.no-such-date"), words
    assert (await plans(chat))[0].until is None


async def whenever(chat: Chat) -> None:
    await set_up(chat)
    (plan,) = await plans(chat)
    await chat.presses(f"checkin:change:{plan.id}")
    assert says(await chat.says("whenever"), "checkin.review")
    await chat.presses("checkin:save")
    assert (await plans(chat))[0].window is not None


async def unknown_city(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    assert says(await chat.says("Atlantis"), "checkin.place-unknown")
    assert await plans(chat) == []
    await chat.says("Berlin")
    await chat.presses("checkin:save")


async def two_answers(chat: Chat) -> None:
    """A mark, then another for the same question, then words, and both in one breath: the last mark holds."""
    await set_up(chat)
    (row,) = await until_sent(chat)
    await chat.presses(data(row, ":mark:").removesuffix(":1") + ":2")
    assert says(await chat.presses(data(row, ":mark:").removesuffix(":1") + ":4"), "checkin.changed-mark")
    assert await marks(chat) == [4]
    heard = await chat.says("it was long", "and loud")
    assert len([row for row in heard if "program" not in row.out.text]) == 1  # beside the notice of the day
    assert await marks(chat) == [4]
    assert [slot.state for slot in await slots(chat)] == ["answered"]


async def old_button(chat: Chat) -> None:
    await set_up(chat)
    (row,) = await until_sent(chat)
    chat.clock.pass_(days=2)
    assert says(await chat.presses(data(row, ":mark:")), "checkin.old")
    assert await marks(chat) == []
    assert says(await chat.presses("checkin:days:all"), "checkin.current")


async def double_tap(chat: Chat) -> None:
    await set_up(chat)
    (row,) = await until_sent(chat)
    assert len(await chat.presses(data(row, ":mark:"))) == 1
    assert await chat.presses(data(row, ":mark:")) == []
    assert len(await marks(chat)) == 1
    before = await plans(chat)
    await chat.presses("checkin:save")
    assert [plan.id for plan in await plans(chat)] == [plan.id for plan in before]


async def edited_while_due(chat: Chat) -> None:
    await set_up(chat)
    (plan,) = await plans(chat)
    await on_to(chat, plan, minutes=-1)
    await chat.presses(f"checkin:change:{plan.id}")
    chat.clock.pass_(minutes=2)
    assert len(await tick(chat)) <= 1
    await chat.says("at 18:45")
    await chat.presses("checkin:save")


async def clock_forward_and_back(chat: Chat) -> None:
    await set_up(chat)
    (plan,) = await plans(chat)
    await on_to(chat, plan)
    first = await tick(chat)
    chat.clock.pass_(hours=9)
    assert await tick(chat) == []
    chat.clock.pass_(hours=-9)
    assert await tick(chat) == [] and len(first) == 1


async def deleted_account(chat: Chat) -> None:
    await set_up(chat)
    await chat.does({"what": "blocked"})
    chat.clock.pass_(days=3)
    assert await tick(chat) == []
    assert {slot.why for slot in await slots(chat)} == {"paused"}


async def zone_to_the_other_side_of_the_day(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan)
    assert len(await tick(chat)) == 1
    async with chat.room.store.work(chat.number) as work:
        (kept,) = await work.plans()
        await work.put_plan(replace(kept, zone="Europe/Berlin"))
        await work.commit()
    await chat.presses(f"checkin:change:{plan.id}")
    await chat.presses("checkin:zone:Pacific/Auckland")
    await chat.presses("checkin:save")


@pytest.mark.parametrize(
    "act",
    [
        impossible_time, thirtieth_of_february, whenever, unknown_city, two_answers, old_button, double_tap,
        edited_while_due, clock_forward_and_back, deleted_account, zone_to_the_other_side_of_the_day,
    ],
    ids=lambda act: act.__name__,
)  # fmt: skip
async def test_never_two_messages_and_never_one_at_night(chat: Chat, act: Act) -> None:
    await act(chat)
    before = {slot.day for slot in await slots(chat) if slot.number == 0}
    found: Counter[object] = Counter()
    begin = chat.clock.time
    while chat.clock.time < begin + timedelta(days=14):
        chat.clock.pass_(minutes=15)
        for row in await tick(chat):
            (plan,) = await plans(chat)
            local = chat.clock.time.astimezone(ZoneInfo(plan.zone))
            assert not is_quiet(local.time(), plan.quiet), row.out.text
            found[local.date()] += 1
    assert set(found.values()) <= {1}
    assert not before & set(found)
    assert bool(found) is (act is not deleted_account)
