"""A client's own words in check-ins, and no words twice in a month at the densest plan, through the whole room."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.checkins.asking import OWN
from bot.care.checkins.plan import DAYS, KINDS, Plan, SlotState
from bot.care.checkins.schedule import next_occurrence
from bot.care.ports import OutboxRow
from tests.bot.care.checkins.conftest import on_to, plans, set_up, slots, tick
from tests.bot.care.conftest import VOICE, Chat

pytestmark = pytest.mark.evidence  # takes long; run by make evidence

MONTH = timedelta(days=31)
SEEN_ON_A_LOCKED_SCREEN = 60
WORDS = {
    "hope": "more mornings in the garden",
    "kinder": "I am doing what I can",
    "helped": "my shoulders came down",
    "kindness": "the man at the till waited",
}


async def every_day(chat: Chat, *kinds: str) -> Plan:
    """The densest plan there is: one each day, of these kinds."""
    plan = replace(await set_up(chat), days=DAYS, kinds=kinds)
    plan = replace(plan, next=next_occurrence(plan, chat.clock.now()))
    async with chat.room.store.work(chat.number) as work:
        await work.put_plan(plan)
        await work.commit()
    return plan


async def keeps(chat: Chat, kind: str, text: str) -> None:
    async with chat.room.store.work(chat.number) as work:
        await work.keep(kind, {"text": text}, chat.clock.now())
        await work.commit()


async def days(chat: Chat, number: int) -> list[OutboxRow]:
    """What comes on so many days, each answered with a "not today"."""
    came = []
    for _ in range(number):
        (plan,) = await plans(chat)
        await on_to(chat, plan)
        (row,) = await tick(chat)
        came.append(row)
        chat.clock.pass_(minutes=5)
        await chat.presses(next(b.data for line in row.out.buttons for b in line if b.data.startswith("checkin:skip")))
    return came


@pytest.mark.parametrize("kinds", [*((kind,) for kind in KINDS), KINDS], ids=lambda kinds: " ".join(kinds)[:24])
async def test_nobody_meets_the_same_words_twice_in_a_month(chat: Chat, kinds: tuple[str, ...]) -> None:
    """Also with words of their own in it, over two months with a check-in each day."""
    await every_day(chat, *kinds)
    for kind, text in WORDS.items():
        await keeps(chat, kind, text)
    came = await days(chat, 62)
    found = await slots(chat)
    assert {slot.state for slot in found} == {SlotState.ANSWERED} and len(found) == len(came) == 62
    for number, slot in enumerate(found):
        earlier = {word for other in found[:number] if slot.due - other.due < MONTH for word in other.words}
        assert not earlier & set(slot.words)
    for number, row in enumerate(came):
        assert row.out.text not in [other.out.text for other in came[max(0, number - 30) : number]]


@pytest.mark.parametrize("kind", OWN)
async def test_what_they_kept_comes_back_once_a_month(chat: Chat, kind: str) -> None:
    await every_day(chat, kind)
    own = WORDS[OWN[kind]]
    assert not any(own in row.out.text for row in await days(chat, 2))
    await keeps(chat, OWN[kind], own)
    texts = [row.out.text for row in await days(chat, 40)]
    came = [number for number, text in enumerate(texts) if f"“{own}”" in text]
    assert came in ([0, 31], [0, 32])  # a month that holds a change of the clocks is an hour short of its days


@pytest.mark.parametrize("how", ["erased", "off-limits"])
async def test_what_is_erased_or_off_limits_does_not(chat: Chat, how: str) -> None:
    await every_day(chat, "hopes")
    await keeps(chat, "hope", WORDS["hope"])
    async with chat.room.store.work(chat.number) as work:
        client, (hope,) = await work.client(), await work.kept("hope")
        assert client is not None
        if how == "erased":
            await work.let_go(hope.id)
        else:
            client.settings.off_limits = ["the garden"]
            await work.save(client)
        await work.commit()
    assert not any("garden" in row.out.text for row in await days(chat, 5))


def test_their_words_are_not_seen_on_a_locked_screen() -> None:
    for kept in WORDS:
        for entry in VOICE.library.at(f"checkin.own.{kept}"):
            assert all(text.index("{value}") > SEEN_ON_A_LOCKED_SCREEN for text in entry.say)


async def test_words_of_a_month_are_known_also_where_many_plans_leave_their_rows(chat: Chat) -> None:
    """Four more plans a day, each with its row: the month's wordings lie more than a hundred rows back."""
    first = await every_day(chat, "hopes")
    async with chat.room.store.work(chat.number) as work:
        for number in range(4):
            await work.put_plan(replace(first, id=f"more{number}"))
        await work.commit()
    for _ in range(31):
        await on_to(chat, (await plans(chat))[0])
        (row,) = await tick(chat)
        await chat.presses(next(b.data for line in row.out.buttons for b in line if b.data.startswith("checkin:skip")))
    async with chat.room.store.work(chat.number) as work:
        found = await work.slots(1000)
    said = [word for slot in found for word in slot.words]
    assert len(found) > 150 and len(said) == len(set(said)) == 62
