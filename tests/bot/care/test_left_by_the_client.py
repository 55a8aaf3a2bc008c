"""What a client leaves for bad hours: a way to be reached, a trusted person, a card, a yes to one note later on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import card, commands, follow_up, reach, relay
from bot.care.card import STEPS
from bot.care.records import Priority
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import BEGIN, Chat, risk

DANGER = "words of danger"


async def in_danger(chat: Chat, tier: Tier = Tier.T2) -> None:
    await chat.says(chat.understands(DANGER, **risk(Kind.WISH_DEAD, tier)))


# A way to be reached


async def test_what_was_left_stands_in_an_alert_and_in_me_and_goes_when_erased(watched: Chat) -> None:
    await watched.agrees()
    await watched.presses("reach:me")
    await watched.says("0123 456 789")
    await watched.presses("reach:trusted")
    await watched.says("my aunt Ilse, 0987")
    (me,) = await watched.commands("me")
    assert "0123 456 789" in me.out.text
    await in_danger(watched)
    note = next(text for text in watched.heard if text.startswith("Alert 1"))
    assert "0123 456 789" in note
    assert "my aunt Ilse, 0987" in note
    await watched.presses("reach:drop:me")
    async with watched.room.store.work(501) as work:
        assert [kept.value["what"] for kept in await work.kept("reach")] == ["trusted"]


async def test_a_new_way_takes_the_place_of_the_old(watched: Chat) -> None:
    await watched.agrees()
    for number in ("111", "222"):
        await watched.presses("reach:me")
        await watched.says(number)
    async with watched.room.store.work(501) as work:
        assert [kept.value["text"] for kept in await work.kept("reach")] == ["222"]


async def test_nobody_is_asked_where_nobody_would_see_it(chat: Chat) -> None:
    await chat.agrees()
    (said,) = await chat.presses("reach:me")
    assert "Nobody is on call" in said.out.text
    (me,) = await chat.commands("me")
    assert "reach" not in "".join(b.data for row in me.out.buttons for b in row)


async def test_a_note_without_anything_left_says_so(watched: Chat) -> None:
    await watched.agrees()
    await in_danger(watched)
    assert "They left no way to be reached" in next(text for text in watched.heard if text.startswith("Alert 1"))


# The card


async def filled(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("safetycard:fill")
    for name in STEPS:
        await (chat.presses("safetycard:skip") if name == "company" else chat.says(f"my {name}"))


async def test_a_card_is_filled_step_by_step_and_called_up_at_once(chat: Chat) -> None:
    await filled(chat)
    (card,) = await chat.commands("card")
    for name in STEPS:
        assert (f"my {name}" in card.out.text) == (name != "company")


async def test_in_a_bad_hour_there_is_a_button_for_it(chat: Chat) -> None:
    await filled(chat)
    rows = await chat.says(chat.understands(DANGER, **risk(Kind.WISH_DEAD, Tier.T2)))
    assert "do:card" in [b.data for row in rows[0].out.buttons for b in row]
    (card,) = await chat.presses("do:card")
    assert "my alone" in card.out.text
    assert "help_now" in [b.data for row in card.out.buttons for b in row]


async def test_lines_are_changed_and_erased_one_by_one(chat: Chat) -> None:
    await filled(chat)
    (edit,) = await chat.presses("safetycard:edit")
    buttons = [b for row in edit.out.buttons for b in row]
    change = next(b.data for b in buttons if b.data.startswith("safetycard:change") and "my ask" in b.label)
    drop = next(b.data for b in buttons if b.data.startswith("safetycard:drop") and "my signs" in b.label)
    await chat.presses(change)
    (card,) = await chat.says("ring Ilse")
    assert "ring Ilse" in card.out.text
    assert "my ask" not in card.out.text
    await chat.presses(drop)
    (card,) = await chat.commands("card")
    assert "my signs" not in card.out.text
    assert all(len(b.data.encode()) <= 64 for b in buttons)


async def test_a_line_that_reads_as_risk_is_answered_first_and_kept_all_the_same(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("safetycard:fill")
    await in_danger(chat)
    assert chat.heard[-1] != ""
    async with chat.room.store.work(501) as work:
        assert [kept.value for kept in await work.kept("card")] == [{"step": "signs", "text": DANGER}]


async def test_a_card_is_not_begun_in_a_bad_hour(chat: Chat) -> None:
    await chat.agrees()
    await in_danger(chat)
    for rows in (await chat.commands("card"), await chat.presses("safetycard:fill")):
        assert "calmer hour" in rows[0].out.text
        assert "help_now" in [b.data for row in rows[0].out.buttons for b in row]


def test_no_other_room_answers_these_buttons() -> None:
    """Prefixes of buttons are one table, filled by several rooms."""
    own = {"safetycard:": card.press, "reach:": reach.press, "relay:end": relay.end_by_client}
    for prefix, press in own.items():
        first = next(p for known, p in commands.PRESSES.items() if f"{prefix}x".startswith(known))
        assert first is press


async def test_before_consent_there_is_no_card(chat: Chat) -> None:
    assert "/start" in (await chat.commands("card"))[0].out.text
    assert "/start" in (await chat.presses("safetycard:fill"))[0].out.text


# One note later on


async def agreed(chat: Chat) -> None:
    await chat.agrees()
    await in_danger(chat)
    await chat.presses("crisis:follow:yes")


async def test_one_note_comes_a_day_later_and_asks_nothing(chat: Chat) -> None:
    await agreed(chat)
    chat.clock.pass_(hours=23)
    assert await chat.sent() == []
    chat.clock.pass_(hours=25)
    (row,) = await chat.sent()
    assert "?" not in row.out.text
    assert row.out.priority == Priority.NOTE
    chat.clock.pass_(days=9)
    assert await chat.sent() == []


@pytest.mark.parametrize("how", ["pause", "stop", "forget", "new sign"])
async def test_it_is_taken_back(chat: Chat, how: str) -> None:
    await agreed(chat)
    if how == "forget":
        await chat.presses("forget:yes")
    elif how == "new sign":
        await in_danger(chat)
    elif how == "stop":
        await chat.says("stop")
    else:
        await chat.commands("pause")
    chat.clock.pass_(hours=49)
    assert await chat.sent() == []


async def test_a_no_is_a_no(chat: Chat) -> None:
    await chat.agrees()
    await in_danger(chat)
    await chat.presses("crisis:follow:no")
    chat.clock.pass_(hours=49)
    assert await chat.sent() == []


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_it_comes_by_day_and_within_two_days(now: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    due = follow_up.when(now, zone)
    assert timedelta(hours=24) <= due - now <= timedelta(hours=48)
    assert 9 <= due.astimezone(zone).hour < 21


def test_where_no_zone_is_known_it_comes_a_day_later() -> None:
    assert follow_up.when(BEGIN, None) == BEGIN + timedelta(days=1)
    assert follow_up.zone_of("Nowhere/Land") is None
