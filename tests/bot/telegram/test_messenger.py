"""What was committed leaves: in order, crisis first, never too fast, and every failure has a state."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.care.ports import Counts, Store
from bot.care.records import Button, Delivery, Outgoing, Priority
from bot.telegram.split import LIMIT, units
from tests.bot.telegram.conftest import HandClock, OpenDoor, Pauses, until
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.echo_care import EchoCare


async def put(store: Store, chat: int, *outs: Outgoing) -> None:
    async with store.work(chat) as work:
        for out in outs:
            await work.send(out)
        await work.commit()


async def counted(store: Store, true: Callable[[Counts], object]) -> Counts:
    for _ in range(2000):
        counts = await store.counts()
        if true(counts):
            return counts
        await asyncio.sleep(0.002)
    raise AssertionError(f"never so: {counts}")


async def drained(store: Store) -> Counts:
    return await counted(store, lambda c: c.outbox_pending == 0)


async def test_buttons_silence_and_no_markup(api: FakeBotApi, open_door: OpenDoor, store: Store) -> None:
    client = api.world.client(7)
    buttons = ((Button("Yes", "a:yes"), Button("No", "a:no")), (Button("Later", "a:later"),))
    await put(store, 7, Outgoing("<b>not markup</b> _or this_", buttons, silent=True))
    async with open_door():
        await until(client.heard)
    sent = api.world.sent[0]
    assert sent.text == "<b>not markup</b> _or this_"
    assert sent.buttons == ((("Yes", "a:yes"), ("No", "a:no")), (("Later", "a:later"),))
    assert sent.silent
    assert "parse_mode" not in next(p for m, p in api.world.calls if m == "sendMessage")


async def test_long_text_goes_in_parts_with_the_buttons_on_the_last(
    api: FakeBotApi, open_door: OpenDoor, store: Store
) -> None:
    client = api.world.client(7)
    text = "A sentence with an 😀 in it. " * 500
    await put(store, 7, Outgoing(text, ((Button("Ok", "ok"),),)), Outgoing("next"))
    async with open_door():
        await until(lambda: client.heard()[-1:] == ["next"])
    parts = [s for s in api.world.sent if s.text != "next"]
    assert len(parts) == 4
    assert all(units(p.text) <= LIMIT for p in parts)
    assert " ".join(p.text for p in parts) == text.strip()
    assert [bool(p.buttons) for p in parts] == [False, False, False, True]


async def test_a_fault_between_parts_does_not_repeat_those_sent(
    api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock
) -> None:
    client = api.world.client(7)
    await put(store, 7, Outgoing("a" * 9000))
    async with open_door() as door:
        await until(client.heard)
        await drained(store)
        api.world.sent.clear()
        api.world.to_chat.clear()
        api.world.fail_next("sendMessage", times=1, mode="slow", seconds=0.0)
        api.world.fail_next("sendMessage", 500, times=1)
        await put(store, 7, Outgoing("b" * 9000))
        door.wake()
        await until(lambda: door.tally.put_off)
        clock.move(60)
        await until(lambda: len(client.heard()) == 3)
    assert [len(t) for t in client.heard()] == [4096, 4096, 808]


async def test_a_document_and_an_edit(api: FakeBotApi, open_door: OpenDoor, store: Store) -> None:
    client = api.world.client(7)
    await put(store, 7, Outgoing('{"all": "of it"}', document="warmline.json"), Outgoing("before"))
    async with open_door() as door:
        await until(lambda: len(client.heard()) == 2)
        number = api.world.sent[1].message
        await put(store, 7, Outgoing("after", edit=number), Outgoing("gone", edit=9999), Outgoing("after", edit=number))
        door.wake()
        await drained(store)
    assert (api.world.sent[0].document, api.world.sent[0].text) == ("warmline.json", '{"all": "of it"}')
    rest = [(s.method, s.text) for s in api.world.sent[2:]]
    assert rest == [("editMessageText", "after"), ("sendMessage", "gone")]


async def test_blocked_fails_and_pauses(api: FakeBotApi, open_door: OpenDoor, store: Store, care: EchoCare) -> None:
    api.world.chats.update({7: "private", 8: "private"})
    api.world.blocked.update({7, 8})
    await put(store, 7, Outgoing("hi"), Outgoing("to staff", to=8, priority=Priority.ALERT))
    async with open_door() as door:
        await until(lambda: door.tally.blocked == 2)
        await until(lambda: care.blocked)
        await counted(store, lambda c: c.outbox_failed >= 2)
    assert care.blocked == [7]


@pytest.mark.parametrize("text", ["   ", ""])
async def test_what_telegram_refuses_fails_and_does_not_block_the_chat(
    api: FakeBotApi, open_door: OpenDoor, store: Store, text: str
) -> None:
    client = api.world.client(7)
    await put(store, 7, Outgoing(text), Outgoing("next"))
    async with open_door():
        await until(client.heard)
    assert (await store.counts()).outbox_failed == 1


async def test_an_unknown_chat_fails(open_door: OpenDoor, store: Store) -> None:
    await put(store, 404, Outgoing("hi"))
    async with open_door():
        await counted(store, lambda c: c.outbox_failed == 1)


async def test_429_stops_all_for_as_long_as_asked(
    api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock
) -> None:
    first, second = api.world.client(7), api.world.client(8)
    api.world.fail_next("sendMessage", 429, "Too Many Requests", retry_after=1)
    await put(store, 7, Outgoing("one"))
    start = time.monotonic()
    async with open_door() as door:
        await until(lambda: door.tally.flooded)
        await put(store, 8, Outgoing("two"))
        door.wake()
        clock.move(1)
        await until(lambda: first.heard() and second.heard())
    assert time.monotonic() - start >= 1.0
    assert min(s.at for s in api.world.sent) >= start + 0.95


FAULTS = [
    {"status": 500},
    {"status": 502, "body": "<html>bad gateway</html>"},
    {"status": 200, "body": "not json"},
    {"mode": "drop_before"},
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_of_telegrams_is_tried_again_in_order(
    api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock, fault: dict[str, object]
) -> None:
    client = api.world.client(7)
    api.world.fail_next("sendMessage", **fault)  # type: ignore[arg-type]
    await put(store, 7, Outgoing("one"), Outgoing("two"))
    async with open_door() as door:
        await until(lambda: door.tally.put_off)
        clock.move(60)
        await until(lambda: len(client.heard()) == 2)
        assert door.tally.maybe_doubled == 1
    assert client.heard() == ["one", "two"]


async def test_a_lost_answer_doubles_a_reply_but_never_a_check_in(
    api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock
) -> None:
    client, other = api.world.client(7), api.world.client(8)
    api.world.fail_next("sendMessage", mode="drop_after", chat=7)
    api.world.fail_next("sendMessage", mode="drop_after", chat=8)
    await put(store, 7, Outgoing("reply"))
    await put(store, 8, Outgoing("check-in", delivery=Delivery.AT_MOST_ONCE))
    async with open_door() as door:
        await until(lambda: door.tally.put_off and door.tally.unknown)
        clock.move(60)
        await until(lambda: len(client.heard()) == 2)
        assert (door.tally.maybe_doubled, door.tally.unknown) == (1, 1)
        await drained(store)
    assert other.heard() == ["check-in"]


async def test_nothing_listening_is_surely_not_sent(
    api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock
) -> None:
    client = api.world.client(7)
    async with open_door() as door:
        await until(lambda: door.ready)
        port = int(api.url.rsplit(":", 1)[1])
        await api.stop()
        await put(store, 7, Outgoing("check-in", delivery=Delivery.AT_MOST_ONCE))
        door.wake()
        await until(lambda: door.tally.put_off)
        await api.start(port)
        clock.move(60)
        await until(client.heard)
        assert door.tally.unknown == 0
    assert client.heard() == ["check-in"]


async def test_too_old_to_matter_is_given_up(
    api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock
) -> None:
    api.world.fail_next("sendMessage", 500, times=10)
    await put(store, 7, Outgoing("hi"))
    clock.at = (await store.outbox.claim(clock.now() + timedelta(days=9999), 1))[0].created + timedelta(days=2)
    async with open_door():
        await counted(store, lambda c: c.outbox_failed == 1)


async def test_not_before_waits(api: FakeBotApi, open_door: OpenDoor, store: Store, clock: HandClock) -> None:
    client = api.world.client(7)
    await put(store, 7, Outgoing("later", not_before=clock.now() + timedelta(hours=1)), Outgoing("now"))
    async with open_door() as door:
        await until(client.heard)
        clock.move(3600)
        door.wake()
        await until(lambda: len(client.heard()) == 2)
    assert client.heard() == ["now", "later"]


async def test_crisis_leaves_first_and_limits_hold(api: FakeBotApi, open_door: OpenDoor, store: Store) -> None:
    """The alert overtakes a crowd of check-ins, and no second carries more than Telegram allows."""
    for chat in range(100, 160):
        api.world.client(chat)
        await put(store, chat, Outgoing("check-in", priority=Priority.CHECK_IN))
    api.world.client(7)
    await put(store, 7, Outgoing("crisis", priority=Priority.CRISIS))
    api.world.enforce_rates = True
    async with open_door(rate_limits=True) as door:
        await until(lambda: len(api.world.sent) == 61)
        assert door.tally.flooded == 0
    assert api.world.sent[0].text == "crisis"
    assert api.world.peak() <= 30


async def test_one_chat_gets_a_small_burst_then_one_a_second(
    api: FakeBotApi, open_door: OpenDoor, store: Store
) -> None:
    client = api.world.client(7)
    await put(store, 7, *(Outgoing(f"m{n}") for n in range(5)))
    async with open_door(rate_limits=True):
        await until(lambda: len(client.heard()) == 5)
    times = [s.at for s in api.world.sent]
    assert times[2] - times[0] < 0.9
    assert times[4] - times[3] > 0.9


async def test_what_a_killed_process_was_sending(api: FakeBotApi, open_door: OpenDoor, store: Store) -> None:
    client = api.world.client(7)
    api.world.client(8)
    await put(store, 7, Outgoing("reply"))
    await put(store, 8, Outgoing("check-in", delivery=Delivery.AT_MOST_ONCE))
    async with open_door() as door:
        await until(lambda: len(api.world.sent) == 2)
    await put(store, 7, Outgoing("reply 2"))
    await put(store, 8, Outgoing("check-in 2", delivery=Delivery.AT_MOST_ONCE))
    await store.outbox.claim(HandClock().now() + timedelta(days=9999), 10)
    async with open_door() as door:
        await until(lambda: len(client.heard()) == 2)
        assert (door.tally.maybe_doubled, door.tally.unknown) == (1, 1)
    assert api.world.texts(8) == ["check-in"]


async def test_a_store_that_cannot_mark_does_not_send_twice(
    api: FakeBotApi, open_door: OpenDoor, store: Store, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = api.world.client(7)
    sent, tries = store.outbox.sent, []

    async def stumble(row: int, message: int, now: object) -> None:
        tries.append(row)
        if len(tries) < 3:
            raise OSError("full")
        await sent(row, message, now)  # type: ignore[arg-type]

    monkeypatch.setattr(store.outbox, "sent", stumble)
    await put(store, 7, Outgoing("once"))
    async with open_door():
        await until(lambda: len(tries) == 3)
    assert client.heard() == ["once"]
    assert len(tries) == 3


async def test_a_note_that_reached_a_contact_is_told_to_care(
    api: FakeBotApi, open_door: OpenDoor, store: Store, care: EchoCare
) -> None:
    api.world.client(901)
    await put(store, 7, Outgoing("note", to=901, alert=3, priority=Priority.ALERT))
    async with open_door():
        await until(lambda: care.delivered == [3])
