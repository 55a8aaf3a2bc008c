"""Cards, the time of day for a kind word, other people: each page leads somewhere and back."""

import pytest

from bot.care.cards import DECKS
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


@pytest.mark.parametrize("when", ["morning", "after-work", "before-sleep", "other"])
async def test_a_time_of_day_leads_to_the_check_ins_and_sets_nothing_by_itself(chat: Chat, when: str) -> None:
    await chat.agrees()
    assert f"everyday:{when}" in data_of(await chat.commands("everyday"))
    (row,) = await chat.presses(f"everyday:{when}")
    assert "/checkins" in row.out.text


async def test_others_says_what_is_not_there(chat: Chat) -> None:
    await chat.agrees()
    (row,) = await chat.commands("others")
    assert "findahelpline.com" in row.out.text
    assert "none yet" in row.out.text
