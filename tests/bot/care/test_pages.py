"""Cards, the time of day for a kind word, other people: each page leads somewhere and back."""

import pytest

from bot.care.cards import DECKS
from bot.care.checkins.plan import Plan
from bot.care.pages import KINDS, WHEN
from tests.bot.care.conftest import VOICE, Chat


def data_of(chat_rows: list) -> list[str]:  # type: ignore[type-arg]
    return [b.data for row in chat_rows for line in row.out.buttons for b in line]


@pytest.mark.parametrize("deck", DECKS)
async def test_every_card_of_a_deck_can_be_picked_and_leads_back(chat: Chat, deck: str) -> None:
    await chat.agrees()
    offered = data_of(await chat.commands(deck))
    assert offered[-1] == "card:enough"
    assert len(offered) - 1 >= 6
    for data in offered[:-1]:
        rows = await chat.presses(data)
        assert data_of(rows) == [f"card:{deck}", "card:enough"]
    assert data_of(await chat.presses(f"card:{deck}")) == offered
    assert data_of(await chat.presses("card:enough")) == []


@pytest.mark.parametrize("data", ["card:nothing", "card:learn:nothing", "card:a:b:c", "everyday:noon"])
async def test_forged_buttons_are_old_ones(chat: Chat, data: str) -> None:
    await chat.agrees()
    (row,) = await chat.presses(data)
    assert row.out.text in VOICE.library.entries["system.commands.old-button"].say


@pytest.mark.parametrize("when", WHEN)
async def test_a_time_of_day_becomes_a_check_in_only_by_their_own_tap(chat: Chat, when: str) -> None:
    await chat.agrees()
    await in_berlin(chat)
    assert f"everyday:{when}" in data_of(await chat.commands("everyday"))
    rows = await chat.presses(f"everyday:{when}")
    assert "checkin:save" in data_of(rows)
    assert await plans(chat) == []
    await chat.presses("checkin:save")
    (plan,) = await plans(chat)
    assert (plan.window, plan.kinds) == (WHEN[when], KINDS)


async def test_who_has_a_plan_is_shown_that_one(chat: Chat) -> None:
    await chat.agrees()
    await in_berlin(chat)
    await chat.presses("everyday:morning")
    await chat.presses("checkin:save")
    await chat.presses("everyday:before-sleep")
    (plan,) = await plans(chat)
    assert plan.window == WHEN["morning"]


async def in_berlin(chat: Chat) -> None:
    async with chat.room.store.work(chat.number) as work:
        client = await work.client()
        assert client is not None
        client.settings.zone = "Europe/Berlin"
        await work.save(client)
        await work.commit()


async def plans(chat: Chat) -> list[Plan]:
    async with chat.room.store.work(chat.number) as work:
        return await work.plans()


async def test_others_says_what_is_not_there(chat: Chat) -> None:
    await chat.agrees()
    (row,) = await chat.commands("others")
    assert "findahelpline.com" in row.out.text
    assert "none yet" in row.out.text
