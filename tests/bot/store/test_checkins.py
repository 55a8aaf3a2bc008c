"""Plans and slots: kept in a client's own turn, claimed by one, at most one message a day, gone with the client."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.care.checkins.plan import Occurrence, Plan, Slot, SlotState, Status, new_plan, new_slot
from bot.care.records import Client, Delivery, Outgoing, Priority
from bot.store.checkin_codec import pack_plan, unpack_plan
from bot.store.errors import ConflictError, StoreError
from tests.bot.store.conftest import NOW, Place

CHAT = 77
LEASE = NOW + timedelta(minutes=2)
DAY = date(2026, 3, 16)
NEXT = Occurrence(DAY, NOW, NOW, NOW + timedelta(hours=1))


def plan(**values: Any) -> Plan:
    return new_plan(NOW, **{"zone": "Europe/Berlin", "at": time(18, 30), "next": NEXT, **values})


async def client_with(store: Any, *plans: Plan, chat: int = CHAT) -> None:
    async with store.work(chat) as work:
        await work.add_client(Client(f"c{chat}", NOW))
        for one in plans:
            await work.put_plan(one)
        await work.commit()


async def planned(store: Any, one: Plan, chat: int = CHAT, number: int = 0) -> Slot:
    """A check-in committed to the outbox."""
    async with store.work(chat) as work:
        out = Outgoing("words", delivery=Delivery.AT_MOST_ONCE, priority=Priority.CHECK_IN)
        row = await work.send(out)
        slot = replace(new_slot(one, number, "body", SlotState.PLANNED, NOW), outbox=row, words=("a#0", "b#1"))
        await work.put_slot(slot)
        await work.commit()
    return slot


async def seen(store: Any, slot: Slot, chat: int = CHAT) -> Slot:
    async with store.work(chat) as work:
        found = await work.slot(slot.id)
    assert found is not None
    return found


def test_a_plan_comes_back_as_it_was() -> None:
    full = Plan(
        "p1",
        "Asia/Kathmandu",
        days=("tue",),
        window=(time(9), time(11, 45)),
        kinds=("hopes",),
        quiet=(time(22), time(7, 30)),
        until=date(2027, 2, 28),
        status=Status.PROPOSED,
        origin="prac-1",
        made=NOW,
        changed=NOW + timedelta(seconds=1),
        turn=3,
        snoozed=date(2026, 4, 1),
        tell=-5,
        next=NEXT,
    )
    assert unpack_plan(pack_plan(full)) == full
    assert unpack_plan(pack_plan(plan())).window is None


async def test_plans_and_slots_are_kept_and_changed(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    async with store.work(CHAT) as work:
        assert await work.plans() == [one]
        assert await work.slots() == [slot]
        await work.put_plan(replace(one, at=time(19)))
        assert [p.at for p in await work.plans()] == [time(19)]
        await work.commit()
    async with store.work(CHAT) as work:
        assert [p.at for p in await work.plans()] == [time(19)]
        assert await work.slot("of nobody") is None


async def test_a_day_has_one_message_whatever_the_sources(place: Place) -> None:
    store = await place.open()
    one, other = plan(), plan()
    await client_with(store, one, other)
    first = await planned(store, one)
    with pytest.raises(ConflictError):
        await planned(store, other)
    async with store.work(CHAT) as work:
        assert [s.id for s in await work.slots()] == [first.id]
    skipped = await planned(store, other, number=1)  # what was skipped has a number of its own
    async with store.work(CHAT) as work:
        assert [s.id for s in await work.slots()] == [first.id, skipped.id]
    assert len(await store.outbox.claim(NOW, 10)) == 1


async def test_due_plans_are_claimed_by_one_only_until_the_lease_ends(place: Place) -> None:
    store = await place.open()
    await client_with(store, plan())
    assert await store.due_plans.claim(NOW - timedelta(seconds=1), 10, LEASE) == []
    (due,) = await store.due_plans.claim(NOW, 10, LEASE)
    assert due.chat == CHAT
    assert await store.due_plans.claim(NOW, 10, LEASE) == []
    (again,) = await store.due_plans.claim(LEASE, 10, LEASE + timedelta(minutes=2))
    assert again == due


async def test_a_plan_that_was_put_again_may_be_claimed_again(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    (due,) = await store.due_plans.claim(NOW, 10, LEASE)
    async with store.work(CHAT) as work:
        await work.put_plan(one)
        await work.commit()
    assert await store.due_plans.claim(NOW, 10, LEASE) == [due]


async def test_a_claim_goes_with_an_erased_client(place: Place) -> None:
    store = await place.open()
    await client_with(store, plan())
    await store.due_plans.claim(NOW, 10, LEASE)
    async with store.work(CHAT) as work:
        await work.erase()
        await work.commit()
    await client_with(store, plan())  # SQLite gives its row the number of the one that went
    assert len(await store.due_plans.claim(NOW, 10, LEASE)) == 1


async def test_programs_that_look_at_the_same_time_share_what_is_due(lasting: Place) -> None:
    stores = [await lasting.open() for _ in range(2)]
    for chat in range(300, 340):
        await client_with(stores[0], plan(), chat=chat)
    looks = [store.due_plans.claim(NOW, 15, LEASE) for store in stores * 3]
    claimed = [due.chat for found in await asyncio.gather(*looks) for due in found]
    rest = [due.chat for due in await stores[0].due_plans.claim(NOW, 99, LEASE)]
    assert sorted(claimed + rest) == list(range(300, 340))


async def test_the_longest_due_come_first_and_no_more_than_asked_for(place: Place) -> None:
    store = await place.open()
    for n in range(5):
        early = replace(NEXT, at=NOW - timedelta(minutes=n))
        await client_with(store, plan(next=early), chat=100 + n)
    assert [due.chat for due in await store.due_plans.claim(NOW, 3, LEASE)] == [104, 103, 102]
    assert [due.chat for due in await store.due_plans.claim(NOW, 3, LEASE)] == [101, 100]


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.DECLINED, Status.PAUSED, Status.ENDED])
async def test_only_what_was_accepted_is_ever_due(place: Place, status: Status) -> None:
    store = await place.open()
    await client_with(store, plan(status=status), plan(next=None))
    assert await store.due_plans.claim(NOW + timedelta(days=9), 10, LEASE) == []


async def test_a_slot_goes_where_its_message_goes(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    (row,) = await store.outbox.claim(NOW, 1)
    assert (await seen(store, slot)).state is SlotState.SENDING
    await store.outbox.put_off(row.id, NOW, "flooded")
    assert (await seen(store, slot)).state is SlotState.PLANNED
    (row,) = await store.outbox.claim(NOW, 1)
    await store.outbox.sent(row.id, 9, NOW)
    assert (await seen(store, slot)).state is SlotState.SENT
    async with store.work(CHAT) as work:
        await work.answered(slot.id, NOW)
        await work.commit()
    assert (await seen(store, slot)).state is SlotState.ANSWERED


@pytest.mark.parametrize(
    ("close", "state"),
    [("fail", SlotState.SKIPPED), ("drop", SlotState.SKIPPED), ("unclear", SlotState.UNKNOWN)],
)
async def test_why_a_message_did_not_arrive_is_kept(place: Place, close: str, state: SlotState) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    (row,) = await store.outbox.claim(NOW, 1)
    await getattr(store.outbox, close)(row.id, NOW, "a_reason")
    found = await seen(store, slot)
    assert (found.state, found.why) == (state, "a_reason")


async def test_what_was_being_sent_at_a_kill_is_closed_as_unknown_and_not_sent_again(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    await store.outbox.claim(NOW, 1)
    await store.close()
    again = await place.open()
    assert (await again.outbox.recover(NOW))["unknown"] == 1
    found = await seen(again, slot)
    assert (found.state, found.why) == (SlotState.UNKNOWN, "killed")
    assert await again.outbox.claim(NOW + timedelta(days=1), 10) == []
    async with again.work(CHAT) as work:  # it may have arrived after all
        await work.answered(slot.id, NOW)
        await work.commit()
    assert (await seen(again, slot)).state is SlotState.ANSWERED


async def test_what_waits_is_taken_back(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    async with store.work(CHAT) as work:
        await work.send(Outgoing("a reply"))
        await work.withdraw("paused")
        assert (await work.slots())[0].state is SlotState.SKIPPED
        await work.commit()
    found = await seen(store, slot)
    assert (found.state, found.why) == (SlotState.SKIPPED, "paused")
    (row,) = await store.outbox.claim(NOW, 10)
    assert row.out.text == "a reply"


async def test_what_has_left_cannot_be_taken_back(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    await store.outbox.claim(NOW, 1)
    async with store.work(CHAT) as work:
        await work.withdraw("paused")
        await work.commit()
    assert (await seen(store, slot)).state is SlotState.SENDING


async def test_a_planned_slot_is_not_answered(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    slot = await planned(store, one)
    async with store.work(CHAT) as work:
        await work.answered(slot.id, NOW)
        await work.commit()
    assert (await seen(store, slot)).state is SlotState.PLANNED


async def test_another_clients_slot_is_out_of_reach(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    await client_with(store, plan(), chat=78)
    slot = await planned(store, one)
    await store.outbox.claim(NOW, 1)
    async with store.work(78) as work:
        assert await work.slot(slot.id) is None
        await work.answered(slot.id, NOW)
        await work.commit()
    assert (await seen(store, slot)).state is SlotState.SENDING


async def test_erasure_takes_plans_slots_and_waiting_words(place: Place) -> None:
    store = await place.open()
    one = plan()
    await client_with(store, one)
    await planned(store, one)
    async with store.work(CHAT) as work:
        await work.erase()
        assert await work.plans() == [] and await work.slots() == []
        await work.commit()
    assert await store.due_plans.claim(NOW + timedelta(days=9), 10, LEASE) == []
    assert await store.outbox.claim(NOW, 10) == []
    await client_with(store)
    async with store.work(CHAT) as work:
        assert await work.plans() == [] and await work.slots() == []


async def test_nothing_is_kept_for_nobody(place: Place) -> None:
    store = await place.open()
    async with store.work(CHAT) as work:
        with pytest.raises(StoreError):
            await work.put_plan(plan())


async def test_what_is_not_committed_is_not_kept(place: Place) -> None:
    store = await place.open()
    await client_with(store)
    async with store.work(CHAT) as work:
        await work.put_plan(plan())
    async with store.work(CHAT) as work:
        assert await work.plans() == []


async def test_a_plan_is_sealed(sqlite_place: Place) -> None:
    store = await sqlite_place.open()
    await client_with(store, plan(zone="Africa/Ouagadougou", kinds=("kindness_noticing",)))
    await store.close()
    folder = Path(sqlite_place.url.removeprefix("sqlite:///")).parent
    raw = b"".join(path.read_bytes() for path in folder.glob("warmline.db*"))
    assert b"Ouagadougou" not in raw and b"kindness_noticing" not in raw
