"""The clock's side: sent once, in time, for a reason or not at all; and what clients do with what arrives."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.care.aftermath import client_blocked
from bot.care.checkins import sending
from bot.care.checkins.given import BadPlanError
from bot.care.checkins.plan import Plan, SlotState, Status
from bot.care.checkins.proposals import propose
from bot.care.checkins.sending import send_due
from bot.care.records import Delivery
from nlp.labels import Kind, Mood, Tier
from tests.bot.care.checkins.conftest import on_to, plans, set_up, slots, tick, until_sent
from tests.bot.care.conftest import Chat, risk


async def marks(chat: Chat) -> list[dict[str, object]]:
    async with chat.room.store.work(chat.number) as work:
        return [keepsake.value for keepsake in await work.kept("mark")]


async def test_a_check_in_is_sent_once_and_at_its_time(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan, seconds=-1)
    assert await tick(chat) == []
    await on_to(chat, plan)
    (row,) = await tick(chat)
    assert row.out.delivery is Delivery.AT_MOST_ONCE and row.out.not_after == chat.clock.time + timedelta(hours=1)
    assert await tick(chat) == []
    (slot,) = await slots(chat)
    assert (slot.state, slot.kind, slot.number) == (SlotState.SENT, "how_are_you", 0)


async def test_each_has_a_way_out_and_a_neutral_beginning(chat: Chat) -> None:
    await set_up(chat)
    for _ in range(9):
        (row,) = await until_sent(chat)
        last = [button.label for button in row.out.buttons[-1]]
        assert last == ["Not today", "Change these"]
        await chat.presses(row.out.buttons[-1][0].data)


async def test_kinds_come_round(chat: Chat) -> None:
    await set_up(chat)
    for _ in range(5):
        (row,) = await until_sent(chat)
        await chat.presses(row.out.buttons[-1][0].data)
    assert [slot.kind for slot in await slots(chat)] == ["how_are_you", "noticing", "body", "connection", "soothing"]


async def test_what_was_missed_while_nobody_ran_is_closed_with_its_reason(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan, days=8)
    assert await tick(chat) == []
    for _ in range(5):
        chat.clock.pass_(seconds=15)
        await tick(chat)
    assert [slot.why for slot in await slots(chat)] == ["late"] * 4
    assert await until_sent(chat)


async def test_two_plans_make_one_message_a_day(chat: Chat) -> None:
    first = await set_up(chat)
    async with chat.room.store.work(chat.number) as work:
        await work.put_plan(replace(first, id="other"))
        await work.commit()
    await on_to(chat, first)
    assert len(await tick(chat)) == 1
    found = await slots(chat)
    assert [(slot.number, slot.why) for slot in found] == [(0, ""), (1, "one_a_day")]


async def test_nobody_who_talks_is_interrupted(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan, seconds=-20)
    await chat.says("so much to tell")
    await on_to(chat, plan)
    assert await tick(chat) == []
    chat.clock.pass_(minutes=2)
    assert len(await tick(chat)) == 1


async def test_silence_ends_it_after_six_messages(chat: Chat) -> None:
    await set_up(chat)
    arrived = []
    for _ in range(40 * 24):
        chat.clock.pass_(hours=1)
        arrived += await tick(chat)
    assert len(arrived) == 6
    assert "?" not in arrived[-1].out.text and arrived[-1].out.buttons == ()
    assert (await plans(chat))[0].status is Status.ENDED
    assert [slot.why for slot in await slots(chat) if slot.why] == ["slowed", "slowed"]


async def test_who_comes_back_after_silence_is_asked_again(chat: Chat) -> None:
    await set_up(chat)
    for _ in range(40 * 24):
        chat.clock.pass_(hours=1)
        await tick(chat)
    await chat.commands("checkins")
    await chat.presses("checkin:save")
    (row,) = await until_sent(chat)
    assert "?" in row.out.text


async def test_any_word_is_an_answer(chat: Chat) -> None:
    await set_up(chat)
    for _ in range(8):
        assert await until_sent(chat)
        await chat.says("hm")
    assert {slot.state for slot in await slots(chat)} == {SlotState.ANSWERED}


async def test_a_mark_by_button_is_kept_and_a_second_tap_is_silent(chat: Chat) -> None:
    await set_up(chat)
    (row,) = await until_sent(chat)
    very_hard = row.out.buttons[0][0]
    (answer,) = await chat.presses(very_hard.data)
    assert "ery hard" in answer.out.text or "hard" in answer.out.text
    assert answer.out.buttons[-1][0].data == "help_now"
    slot = (await slots(chat))[0]
    assert await marks(chat) == [{"value": 1, "from": "check_in", "slot": slot.id}]
    assert await chat.presses(very_hard.data) == []
    (changed,) = await chat.presses(row.out.buttons[1][1].data)
    assert "hanged" in changed.out.text
    assert [mark["value"] for mark in await marks(chat)] == [5]


@pytest.mark.parametrize(("words", "value"), [("3", 3), ("not great", 2), ("good", 5)])
async def test_a_mark_in_words(chat: Chat, words: str, value: int) -> None:
    await set_up(chat)
    await until_sent(chat)
    await chat.says(words)
    assert [mark["value"] for mark in await marks(chat)] == [value]


async def test_a_number_out_of_the_blue_is_no_mark(chat: Chat) -> None:
    await set_up(chat)
    await chat.says("3")
    assert await marks(chat) == []


async def test_a_mark_for_a_day_long_over_is_left_alone(chat: Chat) -> None:
    await set_up(chat)
    (row,) = await until_sent(chat)
    chat.clock.pass_(days=3)
    (answer,) = await chat.presses(row.out.buttons[0][0].data)
    assert "a while ago" in answer.out.text or "another day" in answer.out.text
    assert await marks(chat) == []


@pytest.mark.parametrize(
    "data", ["checkin:mark:nobodys:3", "checkin:mark:x:9", "checkin:mark", "checkin:skip:nobodys", "checkin:"]
)
async def test_a_button_of_nothing(chat: Chat, data: str) -> None:
    await set_up(chat)
    (row,) = await chat.presses(data)
    assert row.out.text
    assert await marks(chat) == []


async def test_words_are_answered_in_the_check_ins_own_key(chat: Chat) -> None:
    await set_up(chat)
    await until_sent(chat)
    await chat.presses("checkin:skip:" + (await slots(chat))[0].id)
    await until_sent(chat)  # noticing
    *_, row = await chat.says(chat.understands("the list, mostly", mood=Mood.NEUTRAL, language="en"))
    heard = {text for entry in chat.room.voice.library.at("checkin.heard.noticing") for text in entry.say}
    assert any(text in row.out.text for text in heard)
    async with chat.room.store.work(chat.number) as work:
        assert (await work.turns())[-1].heard == "the list, mostly"


async def test_risk_in_an_answer_is_a_matter_of_risk(chat: Chat) -> None:
    await set_up(chat)
    await until_sent(chat)
    (row,) = await chat.says(chat.understands("very hard, I want to die", **risk(Kind.WISH_DEAD, Tier.T2)))
    assert row.out.priority == 0
    assert await marks(chat) == []
    assert await until_sent(chat, days=1) == []


async def test_check_ins_rest_while_risk_is_raised(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan, hours=-3)
    await chat.says(chat.understands("I want to die", **risk(Kind.WISH_DEAD, Tier.T2)))
    await on_to(chat, plan)
    assert await tick(chat) == []
    assert [slot.why for slot in await slots(chat)] == ["episode"]


async def test_what_waits_to_leave_is_taken_back_by_a_stop(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan)
    await send_due(chat.room)  # committed, not yet sent
    rows = await chat.says("stop")
    assert len(rows) == 1
    assert [(slot.state, slot.why) for slot in await slots(chat)] == [(SlotState.SKIPPED, "paused")]


async def test_what_waits_to_leave_is_taken_back_when_risk_is_raised(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan)
    await send_due(chat.room)
    rows = await chat.says(chat.understands("I want to die", **risk(Kind.WISH_DEAD, Tier.T2)))
    assert [row.out.priority for row in rows] == [0]
    assert [slot.why for slot in await slots(chat)] == ["episode"]


async def test_a_deleted_account_pauses_everything(chat: Chat) -> None:
    await set_up(chat)
    await client_blocked(chat.room, chat.number)
    assert await until_sent(chat, days=5) == []
    assert {slot.why for slot in await slots(chat)} == {"paused"}


async def test_without_consent_nothing_is_sent(chat: Chat) -> None:
    await set_up(chat)
    await chat.presses("consent:talk:off")
    assert await until_sent(chat, days=3) == []
    assert {slot.why for slot in await slots(chat)} == {"no_consent"}


async def test_clocks_that_jump_send_nothing_twice(chat: Chat) -> None:
    plan = await set_up(chat)
    await on_to(chat, plan, minutes=5)
    assert len(await tick(chat)) == 1
    await on_to(chat, plan, minutes=-30)
    assert await tick(chat) == []
    await on_to(chat, plan, minutes=10)
    assert await tick(chat) == []


async def test_a_client_who_wants_no_questions_gets_none(chat: Chat) -> None:
    await set_up(chat)
    await chat.presses("me:pace:listening")
    (row,) = await until_sent(chat)
    assert "?" not in row.out.text


async def test_a_fault_with_one_client_keeps_nobody_else_waiting(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await set_up(chat)
    chat.number = 502
    await set_up(chat)
    work = chat.room.store.work

    def broken(number: int) -> object:
        if number == 501:
            raise OSError
        return work(number)

    monkeypatch.setattr(chat.room.store, "work", broken)
    await on_to(chat, plan)
    assert dict(await send_due(chat.room)) == {"fault": 1, "asked": 1}
    monkeypatch.undo()
    chat.clock.time += sending.LEASE
    assert dict(await send_due(chat.room)) == {"asked": 1}  # the claim comes up again, still in time


async def proposed(chat: Chat, hour: int = 17) -> Plan:
    return await propose(chat.room, chat.number, Plan("", "", ("tue",), at=time(hour)), origin="m1", tell=900)


async def test_a_proposal_is_sent_as_a_card_and_nothing_comes_before_a_yes(chat: Chat) -> None:
    await chat.agrees()
    await chat.sent()
    plan = await proposed(chat)
    (card,) = await chat.sent()
    assert "Tuesday" in card.out.text and [b.data for row in card.out.buttons for b in row] == [
        f"checkin:{name}:{plan.id}" for name in ("accept", "alter", "decline")
    ]
    assert await until_sent(chat, days=9) == []


async def test_a_yes_asks_the_zone_once_and_tells_the_practitioner(chat: Chat) -> None:
    await chat.agrees()
    plan = await proposed(chat)
    await chat.sent()
    (ask,) = await chat.presses(f"checkin:accept:{plan.id}")
    assert "city" in ask.out.text
    await chat.says("Berlin")
    rows = await chat.presses("checkin:save")
    told = [row.out for row in rows if row.out.to == 900]
    assert len(told) == 1 and "said yes" in told[0].text and "Tuesday, at 17:00" in told[0].text
    assert (await plans(chat))[0].status is Status.ACCEPTED
    assert await until_sent(chat)


async def test_a_client_with_a_zone_accepts_in_one_tap(chat: Chat) -> None:
    first = await set_up(chat)
    await chat.presses(f"checkin:end:{first.id}")
    plan = await proposed(chat)
    await chat.sent()
    rows = await chat.presses(f"checkin:accept:{plan.id}")
    assert [row.out.to for row in rows] == [None, 900] or [row.out.to for row in rows] == [900, None]
    (again,) = await chat.presses(f"checkin:accept:{plan.id}")
    assert "answered before" in again.out.text


async def test_changing_a_proposal_is_told_truthfully(chat: Chat) -> None:
    await set_up(chat)
    plan = await proposed(chat)
    await chat.sent()
    await chat.presses(f"checkin:alter:{plan.id}")
    await chat.says("thursdays at 16:00")
    rows = await chat.presses("checkin:save")
    (told,) = [row.out.text for row in rows if row.out.to == 900]
    assert "chose other check-ins: Thursday, at 16:00" in told


async def test_a_no_is_told_without_a_reason(chat: Chat) -> None:
    await set_up(chat)
    plan = await proposed(chat)
    await chat.sent()
    rows = await chat.presses(f"checkin:decline:{plan.id}")
    (told,) = [row.out.text for row in rows if row.out.to == 900]
    assert "said no" in told
    assert Status.DECLINED in {plan.status for plan in await plans(chat)}


@pytest.mark.parametrize("case", ["no client", "paused", "night", "too many", "the same"])
async def test_a_proposal_that_may_not_be_made_says_why(chat: Chat, case: str) -> None:
    at = time(22) if case == "night" else time(17)
    if case != "no client":
        await chat.agrees()
    if case == "paused":
        await chat.commands("pause")
    if case == "too many":
        for hour in (14, 15, 16):
            await proposed(chat, hour)
    if case == "the same":
        await proposed(chat)
    with pytest.raises(BadPlanError, match=r"\.$"):
        await propose(chat.room, chat.number, Plan("", "", ("tue",), at=at), origin="m1")
