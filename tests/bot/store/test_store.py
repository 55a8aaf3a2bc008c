"""What every store promises (bot.care.ports), in memory, on SQLite and on PostgreSQL alike."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.care.ports import Counts, RawUpdate
from bot.care.records import (
    TALK,
    AlertState,
    AlertStep,
    Button,
    Client,
    Consent,
    Delivery,
    Outgoing,
    Priority,
    Settings,
    Turn,
)
from bot.store.errors import ConflictError, StoreError
from nlp.labels import Tier
from tests.bot.store.conftest import NOW, Place

CHAT = 7_000_000_001
STAFF = -44


def client(name: str = "k3v9") -> Client:
    return Client(
        id=name,
        created=NOW,
        consents=[Consent(TALK, True, "1", NOW)],
        settings=Settings(country="DE", zone="Europe/Berlin", name="Jo", off_limits=["work"]),
        memory={"topics": ["exam"], "counts": {"turns": 3}},
        episode={"tier": 2},
    )


def turn(heard: str = "I miss her", at: datetime = NOW) -> Turn:
    return Turn(at, heard, "You miss her.", Tier.T1, {"feelings": ["grief"]}, ("rule.a", "rule.b"), ("e1",), ("t1",))


def update(number: int, chat: int = CHAT, message: int | None = None, received: datetime = NOW) -> RawUpdate:
    return RawUpdate(number, chat, message, b'{"text": "hello"}', received)


async def met(store: Any, chat: int = CHAT, name: str = "k3v9") -> None:
    async with store.work(chat) as work:
        await work.add_client(client(name))
        await work.commit()


async def send(store: Any, *outs: Outgoing, chat: int = CHAT) -> list[int]:
    async with store.work(chat) as work:
        ids = [await work.send(out) for out in outs]
        await work.commit()
    return ids


class TestTurn:
    async def test_everything_comes_back_as_it_was_kept(self, place: Place) -> None:
        store = await place.open()
        async with store.work(CHAT) as work:
            assert await work.client() is None
            assert await work.turns() == []
            await work.add_client(client())
            assert await work.client() == client()
            await work.add_turn(turn())
            assert await work.turns() == [turn()]
            await work.commit()
        store = await place.open()
        async with store.work(CHAT) as work:
            assert await work.client() == client()
            assert await work.turns() == [turn()]
        async with store.work(CHAT + 1) as work:
            assert await work.client() is None

    async def test_without_commit_nothing_is_kept(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1)])
        [row] = await store.inbox.waiting(CHAT)
        async with store.work(CHAT) as work:
            await work.add_client(client())
            await work.add_turn(turn())
            await work.send(Outgoing("hello"))
            await work.raise_alert(Tier.T2, ["self_harm"], "client-1", NOW)
            await work.handled([row.id])
        with pytest.raises(ZeroDivisionError):
            async with store.work(CHAT) as work:
                await work.add_client(client())
                raise ZeroDivisionError
        assert await store.counts() == Counts(0, 1, 0, 0, 0, 0, 0)
        assert await store.outbox.claim(NOW, 10) == []

    async def test_saving_changes_the_client_and_turns_are_newest_last(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        for number in range(5):
            async with store.work(CHAT) as work:
                known = await work.client()
                known.memory["counts"]["turns"] = number
                await work.save(known)
                await work.add_turn(turn(f"word {number}"))
                await work.commit()
        async with store.work(CHAT) as work:
            assert (await work.client()).memory["counts"] == {"turns": 4}
            assert [kept.heard for kept in await work.turns()] == [f"word {n}" for n in range(5)]
            assert [kept.heard for kept in await work.turns(2)] == ["word 3", "word 4"]
            assert await work.turns(0) == []
            await work.add_turn(turn("now"))
            assert [kept.heard for kept in await work.turns(2)] == ["word 4", "now"]

    async def test_a_client_changed_after_loading_is_not_changed_in_the_store(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            (await work.client()).settings.name = "someone else"
            await work.commit()
        async with store.work(CHAT) as work:
            assert (await work.client()).settings.name == "Jo"

    async def test_what_makes_no_sense_is_refused(self, place: Place) -> None:
        store = await place.open()
        async with store.work(CHAT) as work:
            with pytest.raises(StoreError):
                await work.add_turn(turn())
            with pytest.raises(StoreError):
                await work.save(client())
            with pytest.raises(StoreError):
                await work.step(AlertStep(99, AlertState.SEEN, NOW, "c1"))
            await work.add_client(client())
            with pytest.raises(StoreError):
                await work.add_client(client("other"))
            await work.commit()
            with pytest.raises(StoreError):
                await work.commit()

    async def test_turns_of_one_chat_never_overlap_and_of_two_chats_do(self, place: Place) -> None:
        store = await place.open()
        inside: list[int] = []
        met_other = asyncio.Event()

        async def one(chat: int) -> None:
            async with store.work(chat) as work:
                assert chat not in inside
                inside.append(chat)
                if chat == CHAT:
                    await asyncio.wait_for(met_other.wait(), 5)
                else:
                    met_other.set()
                known = await work.client()
                if known is None:
                    await work.add_client(client(f"c{chat}"))
                else:
                    known.memory["seen"] = known.memory.get("seen", 0) + 1
                    await work.save(known)
                await work.commit()
                inside.remove(chat)

        await asyncio.gather(*[one(CHAT) for _ in range(5)], one(CHAT + 1))
        async with store.work(CHAT) as work:
            assert (await work.client()).memory["seen"] == 4

    async def test_many_chats_at_once(self, place: Place) -> None:
        store = await place.open()

        async def one(chat: int) -> None:
            await met(store, chat, f"c{chat}")
            async with store.work(chat) as work:
                await work.client()
                await work.add_turn(turn(str(chat)))
                await work.send(Outgoing(str(chat)))
                await work.commit()

        await asyncio.gather(*[one(chat) for chat in range(1, 41)])
        assert (await store.counts()).clients == 40
        assert {row.out.text for row in await store.outbox.claim(NOW, 100)} == {str(n) for n in range(1, 41)}

    async def test_a_turn_that_fails_at_commit_does_not_take_others_with_it(self, place: Place) -> None:
        store = await place.open()

        async def bad() -> None:
            async with store.work(CHAT) as work:
                await work.add_client(client("bad"))
                await work.handled([12345])
                await work.commit()

        outcomes = await asyncio.gather(
            bad(), *[met(store, chat, f"c{chat}") for chat in range(1, 9)], return_exceptions=True
        )
        assert isinstance(outcomes[0], ConflictError)
        assert outcomes[1:] == [None] * 8
        assert (await store.counts()).clients == 8

    async def test_memory_that_cannot_be_kept_changes_nothing(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1)])
        [row] = await store.inbox.waiting(CHAT)
        async with store.work(CHAT) as work:
            await work.add_client(replace(client(), memory={"x": object()}))
            await work.handled([row.id])
            with pytest.raises(TypeError):
                await work.commit()
        assert await store.inbox.waiting(CHAT) == [row]


class TestInbox:
    async def test_accepted_once_and_in_order(self, place: Place) -> None:
        store = await place.open()
        assert await store.inbox.accept([]) == 0
        assert await store.inbox.accept([update(9), update(7), update(8, STAFF), update(7)]) == 3
        assert await store.inbox.accept([update(8, STAFF), update(10)]) == 1
        store = await place.open()
        assert await store.inbox.waiting_chats() == [CHAT, STAFF]
        rows = await store.inbox.waiting(CHAT)
        assert [(row.update_id, row.chat, row.body, row.received, row.attempts) for row in rows] == [
            (number, CHAT, b'{"text": "hello"}', NOW, 0) for number in (7, 9, 10)
        ]

    async def test_an_update_without_a_chat(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1, 0)])
        assert await store.inbox.waiting_chats() == [0]
        assert [row.chat for row in await store.inbox.waiting(0)] == [0]

    async def test_the_same_number_is_new_on_a_later_day_but_not_just_after_midnight(self, place: Place) -> None:
        store = await place.open()
        assert await store.inbox.accept([update(5)]) == 1
        assert await store.inbox.accept([update(5, received=NOW + timedelta(days=1))]) == 0
        assert await store.inbox.accept([update(5, received=NOW + timedelta(days=9))]) == 1

    async def test_the_same_message_under_another_number_is_known(self, place: Place) -> None:
        store = await place.open()
        assert await store.inbox.accept([update(1, message=50)]) == 1
        assert await store.inbox.accept([update(2, message=50)]) == 0
        assert await store.inbox.accept([update(4, STAFF, message=50), update(5), update(6)]) == 3

    async def test_handled_in_a_turn_it_is_gone_and_stays_known(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1, message=50), update(2, message=51)])
        first, second = await store.inbox.waiting(CHAT)
        async with store.work(CHAT) as work:
            await work.handled([first.id])
            await work.commit()
        await store.inbox.seal([second.id, second.id])
        assert await store.inbox.waiting(CHAT) == []
        assert await store.inbox.waiting_chats() == []
        store = await place.open()
        assert await store.inbox.accept([update(1, message=50), update(2, message=51)]) == 0
        assert await store.inbox.waiting(CHAT) == []

    async def test_a_turn_for_an_update_handled_elsewhere_is_not_kept(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1)])
        [row] = await store.inbox.waiting(CHAT)
        await store.inbox.seal([row.id])
        async with store.work(CHAT) as work:
            await work.send(Outgoing("twice"))
            await work.handled([row.id])
            with pytest.raises(ConflictError):
                await work.commit()
        assert await store.outbox.claim(NOW, 10) == []

    async def test_attempts_are_counted_over_a_restart(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1), update(2)])
        ids = [row.id for row in await store.inbox.waiting(CHAT)]
        await store.inbox.starting(ids)
        await store.inbox.starting(ids[:1])
        store = await place.open()
        assert [row.attempts for row in await store.inbox.waiting(CHAT)] == [2, 1]

    async def test_set_aside_the_rest_goes_on_and_it_may_still_be_answered(self, place: Place) -> None:
        store = await place.open()
        await store.inbox.accept([update(1), update(2)])
        first, second = await store.inbox.waiting(CHAT)
        await store.inbox.set_aside([first.id], "killed-twice")
        assert await store.inbox.waiting(CHAT) == [second]
        assert (await store.counts()).inbox_aside == 1
        async with store.work(CHAT) as work:
            await work.handled([first.id, second.id])
            await work.commit()
        assert await store.counts() == Counts(0, 0, 0, 0, 0, 0, 0)


class TestOutbox:
    async def test_words_come_back_whole(self, place: Place) -> None:
        store = await place.open()
        out = Outgoing(
            "hello",
            buttons=((Button("a", "x:1"), Button("b", "x:2")), (Button("c", "x:3"),)),
            priority=Priority.NOTE,
            delivery=Delivery.AT_MOST_ONCE,
            silent=True,
            document="mine.json",
            picture=b"\x89PNG \x00\xff",
            edit=99,
            not_before=NOW,
        )
        [number] = await send(store, out)
        store = await place.open()
        [row] = await store.outbox.claim(NOW, 10)
        assert (row.id, row.chat, row.out, row.attempts, row.created) == (number, CHAT, out, 1, NOW)

    async def test_by_priority_then_age_one_of_each_chat(self, place: Place) -> None:
        store = await place.open()
        await send(store, Outgoing("check-in", priority=Priority.CHECK_IN), chat=1)
        await send(store, Outgoing("first"), Outgoing("second"), chat=2)
        await send(store, Outgoing("crisis", priority=Priority.CRISIS), chat=3)
        await send(store, Outgoing("alert", to=STAFF, priority=Priority.ALERT), chat=3)
        rows = await store.outbox.claim(NOW, 3)
        assert [(row.chat, row.out.text) for row in rows] == [(3, "crisis"), (STAFF, "alert"), (2, "first")]
        assert [row.out.text for row in await store.outbox.claim(NOW, 3)] == ["check-in"]
        await store.outbox.sent(rows[2].id, 1, NOW)
        assert [row.out.text for row in await store.outbox.claim(NOW, 3)] == ["second"]
        assert await store.outbox.claim(NOW, 3) == []

    async def test_a_crisis_reply_overtakes_what_waits_in_its_own_chat(self, place: Place) -> None:
        store = await place.open()
        await send(store, Outgoing("check-in", priority=Priority.CHECK_IN), Outgoing("help", priority=Priority.CRISIS))
        assert [row.out.text for row in await store.outbox.claim(NOW, 3)] == ["help"]

    async def test_excluded_chats_and_the_limit(self, place: Place) -> None:
        store = await place.open()
        for chat in (1, 2, 3):
            await send(store, Outgoing(str(chat)), chat=chat)
        assert await store.outbox.claim(NOW, 0) == []
        assert [row.chat for row in await store.outbox.claim(NOW, 1, exclude=[1])] == [2]
        assert [row.chat for row in await store.outbox.claim(NOW, 9, exclude=[2])] == [1, 3]

    async def test_what_has_its_own_time_waits_and_holds_up_nothing(self, place: Place) -> None:
        store = await place.open()
        later = NOW + timedelta(hours=1)
        await send(store, Outgoing("later", not_before=later), Outgoing("now"))
        [row] = await store.outbox.claim(NOW, 9)
        assert row.out.text == "now"
        await store.outbox.sent(row.id, 1, NOW)
        assert await store.outbox.claim(later - timedelta(microseconds=1), 9) == []
        assert [row.out.text for row in await store.outbox.claim(later, 9)] == ["later"]

    async def test_what_was_put_off_can_be_taken_back_by_its_own_chat_only(self, place: Place) -> None:
        store = await place.open()
        later = NOW + timedelta(minutes=1)
        [mine] = await send(store, Outgoing("a minute has passed", not_before=later))
        [other] = await send(store, Outgoing("of somebody else", not_before=later), chat=8)
        async with store.work(CHAT) as work:
            await work.recall([mine])
            await work.recall([other])
            await work.commit()
        assert [row.out.text for row in await store.outbox.claim(later, 9)] == ["of somebody else"]

    async def test_what_is_being_sent_is_not_taken_back(self, place: Place) -> None:
        store = await place.open()
        [row] = await send(store, Outgoing("on its way"))
        await store.outbox.claim(NOW, 9)
        async with store.work(CHAT) as work:
            await work.recall([row])
            await work.commit()
        assert (await store.outbox.recover(NOW))["resent"] == 1

    async def test_put_off_keeps_the_order_of_its_chat(self, place: Place) -> None:
        store = await place.open()
        await send(store, Outgoing("first"), Outgoing("second"))
        [row] = await store.outbox.claim(NOW, 9)
        later = NOW + timedelta(seconds=30)
        await store.outbox.put_off(row.id, later, "429")
        assert await store.outbox.claim(NOW, 9) == []
        [again] = await store.outbox.claim(later, 9)
        assert (again.out.text, again.attempts) == ("first", 2)

    async def test_sent_failed_and_dropped_rows_are_done_with(self, place: Place) -> None:
        store = await place.open()
        ids = await send(store, Outgoing("a"), Outgoing("b"), Outgoing("c"))
        await store.outbox.sent(ids[0], 1, NOW)
        await store.outbox.fail(ids[1], NOW, "403")
        await store.outbox.drop(ids[2], NOW, "late")
        await store.outbox.put_off(ids[0], NOW, "no")
        for nowhere in (store.outbox.sent(404, 1, NOW), store.outbox.fail(404, NOW, "403")):
            await nowhere
        assert await store.outbox.claim(NOW, 9) == []
        counts = await store.counts()
        assert (counts.outbox_pending, counts.outbox_failed, counts.outbox_unknown) == (0, 1, 0)

    async def test_after_a_kill_replies_go_again_and_check_ins_do_not(self, place: Place) -> None:
        store = await place.open()
        await send(store, Outgoing("reply"), chat=1)
        await send(store, Outgoing("check-in", delivery=Delivery.AT_MOST_ONCE), chat=2)
        await send(store, Outgoing("waits"), chat=3)
        assert len(await store.outbox.claim(NOW, 9, exclude=[3])) == 2
        if place.name == "postgres":
            await store.close()
        store = await place.open()
        assert await store.outbox.recover(NOW) == {"resent": 1, "unknown": 1}
        assert await store.outbox.recover(NOW) == {"resent": 0, "unknown": 0}
        rows = await store.outbox.claim(NOW, 9)
        assert [(row.out.text, row.attempts) for row in rows] == [("reply", 2), ("waits", 1)]
        assert (await store.counts()).outbox_unknown == 1


class TestAlerts:
    async def test_from_open_to_closed(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            alert = await work.raise_alert(Tier.T3, ["self_harm", "method_or_plan"], "client-7f3a", NOW)
            assert (alert.number, alert.client, alert.state, alert.level) == (1, "k3v9", AlertState.OPEN, 0)
            assert await work.open_alert() == alert == await work.alert(1)
            await work.step(AlertStep(1, AlertState.OPEN, NOW, "clock", "raised"))
            await work.commit()
        assert await store.unclosed() == [(CHAT, alert)]
        assert await store.alert_chat(1) == CHAT
        async with store.work(STAFF) as work:
            await work.step(AlertStep(1, AlertState.ESCALATED, NOW, "clock", "10 min"), level=1)
            assert await work.alert(1) == replace(alert, state=AlertState.ESCALATED, level=1)
            assert await work.open_alert() is None  # staff have none of their own
            await work.commit()
        [(_, escalated)] = await store.unclosed()
        assert (escalated.state, escalated.level) == (AlertState.ESCALATED, 1)
        async with store.work(CHAT) as work:
            await work.step(AlertStep(1, AlertState.SEEN, NOW, "c2"))
            assert (await work.open_alert()).state is AlertState.SEEN
            assert [step.state.value for step in await work.alert_steps(1)] == ["open", "escalated", "seen"]
            await work.commit()
        [(_, seen)] = await store.unclosed()
        assert seen.state is AlertState.SEEN
        assert (await store.counts()).alerts_open == 1
        async with store.work(CHAT) as work:
            await work.step(AlertStep(1, AlertState.CLOSED, NOW, "c2", "spoke"))
            assert await work.open_alert() is None
            await work.commit()
        async with store.work(CHAT) as work:
            assert await work.open_alert() is None
            assert (await work.alert(1)).state is AlertState.CLOSED
            assert await work.alert(2) is None
        assert [(step.state.value, step.who, step.why) for step in await store.alert_steps(1)] == [
            ("open", "clock", "raised"),
            ("escalated", "clock", "10 min"),
            ("seen", "c2", ""),
            ("closed", "c2", "spoke"),
        ]
        assert (await store.counts()).alerts_open == 0

    async def test_the_newest_open_alert_counts_and_the_oldest_is_listed_first(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            old = await work.raise_alert(Tier.T2, ["past"], "a", NOW)
            await work.commit()
        async with store.work(CHAT) as work:
            new = await work.raise_alert(Tier.T2, ["past"], "a", NOW + timedelta(minutes=1))
            assert new.number > old.number
            assert await work.open_alert() == new
            await work.commit()
        assert [alert for _, alert in await store.unclosed()] == [old, new]

    async def test_a_note_that_fails_makes_the_alert_failed_unless_someone_saw_it(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        for seen in (False, True):
            async with store.work(CHAT) as work:
                alert = await work.raise_alert(Tier.T2, ["past"], "a", NOW)
                note = await work.send(Outgoing("note", to=STAFF, alert=alert.number))
                if seen:
                    await work.step(AlertStep(alert.number, AlertState.SEEN, NOW, "c1"))
                await work.commit()
            await store.outbox.fail(note, NOW, "403")
            async with store.work(CHAT) as work:
                expected = AlertState.SEEN if seen else AlertState.FAILED
                assert (await work.alert(alert.number)).state is expected
            last = (await store.alert_steps(alert.number))[-1]
            assert last == AlertStep(alert.number, AlertState.FAILED, NOW, "clock", "403")

    async def test_unlinked_the_steps_stay(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            alert = await work.raise_alert(Tier.T2, ["past"], "a", NOW)
            await work.step(AlertStep(alert.number, AlertState.SENT, NOW, "c1"))
            await work.commit()
        async with store.work(CHAT) as work:
            await work.unlink_alerts()
            assert await work.open_alert() is None
            assert (await work.alert(alert.number)).client is None
            await work.commit()
        assert await store.alert_chat(alert.number) is None
        assert await store.alert_chat(404) is None
        assert await store.unclosed() == [(0, replace(alert, client=None, state=AlertState.SENT))]
        assert len(await store.alert_steps(alert.number)) == 1

    async def test_an_alert_without_a_client_is_linked_to_nobody(self, place: Place) -> None:
        store = await place.open()
        async with store.work(CHAT) as work:
            alert = await work.raise_alert(Tier.T2, ["past"], "a", NOW)
            await work.commit()
        assert await store.unclosed() == [(0, alert)]


class TestErase:
    async def test_nothing_of_the_client_is_left(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        await met(store, 2, "other")
        await store.inbox.accept([update(1, message=1), update(2, message=2), update(3, message=3), update(4, 2)])
        first, forget, _ = await store.inbox.waiting(CHAT)
        await store.inbox.set_aside([first.id], "odd")
        await store.inbox.starting([forget.id])
        async with store.work(CHAT) as work:
            alert = await work.raise_alert(Tier.T3, ["past"], "a", NOW)
            await work.send(Outgoing("words on their way"))
            await work.send(Outgoing("her words", to=STAFF, alert=alert.number))
            await work.commit()
        async with store.work(STAFF) as work:
            await work.send(Outgoing("from the practice", to=CHAT))
            await work.commit()
        await send(store, Outgoing("for another"), chat=2)
        async with store.work(CHAT) as work:
            await work.client()
            await work.add_turn(turn())
            await work.send(Outgoing("all erased"))
            await work.unlink_alerts()
            await work.erase()
            assert await work.client() is None
            assert await work.turns() == []
            assert await work.open_alert() is None
            await work.send(Outgoing("the client erased their data", to=STAFF, alert=alert.number))
            await work.handled([forget.id])
            await work.commit()
        assert await store.unclosed() == [(0, replace(alert, client=None))]
        counts = await store.counts()
        assert (counts.clients, counts.inbox_aside) == (1, 0)
        rows = await store.outbox.claim(NOW, 9)
        assert [(row.chat, row.out.text) for row in rows] == [
            (2, "for another"),
            (CHAT, "all erased"),
            (STAFF, "the client erased their data"),
        ]
        # What came after the wish to be forgotten still asks for an answer; what came before is still known.
        assert [row.update_id for row in await store.inbox.waiting(CHAT)] == [3]
        assert await store.inbox.accept([update(1), update(2)]) == 0
        async with store.work(CHAT) as work:
            assert await work.client() is None
            await work.add_client(client("anew"))
            await work.commit()
        async with store.work(CHAT) as work:
            assert await work.turns() == []

    async def test_on_call_staff_who_erase_their_own_data_still_get_alerts(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            alert = await work.raise_alert(Tier.T3, ["past"], "a", NOW)
            await work.send(Outgoing("note", to=STAFF, alert=alert.number))
            await work.commit()
        async with store.work(STAFF) as work:
            await work.erase()
            await work.commit()
        assert [row.out.text for row in await store.outbox.claim(NOW, 9)] == ["note"]

    async def test_erased_and_back_within_one_turn(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            await work.erase()
            await work.add_client(client("anew"))
            await work.add_turn(turn("again"))
            await work.commit()
        async with store.work(CHAT) as work:
            assert (await work.client()).id == "anew"
            assert [kept.heard for kept in await work.turns()] == ["again"]


class TestUpkeep:
    async def test_words_go_after_their_days_and_labels_stay(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            await work.add_turn(turn("old", NOW - timedelta(days=31)))
            await work.add_turn(turn("new", NOW - timedelta(days=29)))
            await work.commit()
        assert await store.purge(NOW, 30) == 1
        assert await store.purge(NOW, 30) == 0
        async with store.work(CHAT) as work:
            old, new = await work.turns()
        assert old == replace(turn("", NOW - timedelta(days=31)), said="")
        assert new.heard == "new"

    async def test_empty_rows_of_inbox_and_outbox_go_and_waiting_ones_stay(self, place: Place) -> None:
        store = await place.open()
        long_ago = NOW - timedelta(days=40)
        await store.inbox.accept([update(n, message=n, received=long_ago) for n in (1, 2, 3)])
        handled, aside, waiting = await store.inbox.waiting(CHAT)
        await store.inbox.seal([handled.id])
        await store.inbox.set_aside([aside.id], "odd")
        await store.outbox.sent((await send(store, Outgoing("a")))[0], 1, long_ago)
        await send(store, Outgoing("b"))
        await store.purge(NOW, 30)
        assert await store.inbox.waiting(CHAT) == [waiting]
        assert await store.inbox.accept([update(1, message=1), update(4, message=3)]) == 1
        counts = await store.counts()
        assert (counts.inbox_aside, counts.outbox_pending) == (1, 1)

    async def test_marks_are_set_once(self, place: Place) -> None:
        store = await place.open()
        assert await store.mark("demo") is None
        await store.set_mark("demo", b"1")
        with pytest.raises(StoreError):
            await store.set_mark("demo", b"2")
        assert await store.mark("demo") == b"1"


class TestKeepsakes:
    async def test_what_is_kept_comes_back_by_kind_and_time(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            late = await work.keep("hope", {"text": "a garden"}, NOW + timedelta(hours=1))
            early = await work.keep("hope", {"text": "sleep"}, NOW)
            mark = await work.keep("mark", {"value": 3}, NOW)
            assert await work.kept("hope") == [early, late]
            await work.commit()
        store = await place.open()
        async with store.work(CHAT) as work:
            assert await work.kept("hope") == [early, late]
            assert await work.kept("hope", 1) == [late]
            assert await work.kept("mark") == [mark]
            assert {k.id for k in await work.kept()} == {early.id, late.id, mark.id}
            assert await work.kept(limit=0) == []
        async with store.work(CHAT + 1) as work:
            assert await work.kept() == []

    async def test_one_is_let_go_and_only_by_its_owner(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        await met(store, CHAT + 1, "other")
        async with store.work(CHAT) as work:
            first = await work.keep("hope", {"text": "a garden"}, NOW)
            second = await work.keep("hope", {"text": "sleep"}, NOW)
            await work.commit()
        async with store.work(CHAT + 1) as work:
            await work.let_go(first.id)
            await work.commit()
        async with store.work(CHAT) as work:
            await work.let_go(second.id)
            assert await work.kept("hope", 1) == [first]
            await work.commit()
        async with store.work(CHAT) as work:
            assert await work.kept() == [first]

    async def test_erasure_takes_them_along(self, place: Place) -> None:
        store = await place.open()
        await met(store)
        async with store.work(CHAT) as work:
            await work.keep("hope", {"text": "a garden"}, NOW)
            await work.commit()
        async with store.work(CHAT) as work:
            gone = await work.keep("hope", {"text": "sleep"}, NOW)
            await work.let_go(gone.id)
            await work.let_go("unknown")
            await work.erase()
            await work.commit()
        await met(store, name="again")
        async with store.work(CHAT) as work:
            assert await work.kept() == []

    async def test_without_a_client_nothing_is_kept(self, place: Place) -> None:
        store = await place.open()
        async with store.work(CHAT) as work:
            with pytest.raises(StoreError):
                await work.keep("hope", {}, NOW)
