"""The whole door against the fake Bot API: what a person sends comes back answered, whatever Telegram does."""

import asyncio
import logging

import pytest

from bot.care.ports import Store
from bot.telegram.errors import DoorError
from bot.telegram.ports import WebhookSettings
from tests.bot.telegram.conftest import HandClock, OpenDoor, Pauses, until
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.echo_care import EchoCare


async def test_many_chats_each_in_order(api: FakeBotApi, open_door: OpenDoor) -> None:
    clients = [api.world.client(n) for n in range(1, 11)]
    async with open_door():
        for number in range(10):
            for client in clients:
                client.says(f"m{number}")
        await until(lambda: all(len(c.heard()) == 10 for c in clients))
    assert all(c.heard() == [f"echo: m{n}" for n in range(10)] for c in clients)


async def test_a_burst_gets_one_reply_and_the_typing_sign(
    api: FakeBotApi, open_door: OpenDoor, clock: HandClock, care: EchoCare
) -> None:
    client = api.world.client(7)
    async with open_door(settle_seconds=3.0) as door:
        for text in ("one", "two", "three"):
            client.says(text)
        await until(lambda: any(method == "sendChatAction" for method, _ in api.world.calls))
        await until(lambda: door.tally.received == 3)
        assert client.heard() == []
        clock.move(3)
        door.dispatcher.arrived({7})
        await until(client.heard)
    assert client.heard() == ["echo: one | two | three"]
    assert len(care.batches) == 1


async def test_what_cannot_wait_is_answered_at_once(api: FakeBotApi, open_door: OpenDoor) -> None:
    client = api.world.client(7)
    async with open_door(settle_seconds=3.0):
        client.says("hello")
        client.says("I want to die")
        await until(client.heard)
        client.says("/help_now")
        await until(lambda: len(client.heard()) == 2)
        client.presses("consent:talk")
        await until(lambda: len(client.heard()) == 3)
    assert client.heard() == ["echo: hello | I want to die", "echo: help_now", "echo: consent:talk"]
    assert [p["callback_query_id"] for m, p in api.world.calls if m == "answerCallbackQuery"] == ["q4"]


async def test_a_turn_that_fails_once_is_answered_all_the_same(
    api: FakeBotApi, open_door: OpenDoor, care: EchoCare
) -> None:
    tries: list[int] = []
    care.fail = lambda batch: tries.append(1) or len(tries) == 1  # type: ignore[func-returns-value]
    async with open_door():
        api.world.client(7).says("hi")
        await until(api.world.client(7).heard)
    assert api.world.client(7).heard() == ["echo: hi"]


async def test_a_turn_that_always_fails_gets_the_safe_entry_and_stops_nobody(
    api: FakeBotApi, open_door: OpenDoor, care: EchoCare, caplog: pytest.LogCaptureFixture
) -> None:
    care.fail = lambda batch: batch[0].chat == 7
    caplog.set_level(logging.DEBUG, "bot")
    async with open_door() as door:
        api.world.client(7).says("hi")
        api.world.client(8).says("hi")
        await until(lambda: api.world.client(7).heard() and api.world.client(8).heard())
        assert (door.tally.turns_failed, door.tally.safe_turns) == (2, 1)
    assert api.world.client(7).heard() == ["safe: hi"]
    assert "RuntimeError" in caplog.text
    assert "person's words" not in caplog.text


async def test_when_even_the_safe_entry_fails_it_is_tried_again_then_kept(
    api: FakeBotApi, open_door: OpenDoor, care: EchoCare, store: Store, pauses: Pauses
) -> None:
    care.fail, care.safe_fails = (lambda batch: True), True
    async with open_door() as door:
        api.world.client(7).says("hi")
        await until(lambda: door.tally.set_aside)
    assert (await store.counts()).inbox_aside == 1
    assert pauses.seconds[-4:] == [1.0, 2.0, 4.0, 8.0]


async def test_a_kill_in_the_middle_of_a_turn_loses_nothing(
    api: FakeBotApi, open_door: OpenDoor, care: EchoCare
) -> None:
    client = api.world.client(7)
    care.may.clear()
    door = open_door()
    await door.start()  # type: ignore[attr-defined]
    client.says("hi")
    await care.took.wait()
    await door.stop(0.0)  # type: ignore[attr-defined]
    assert client.heard() == []
    care.may.set()
    async with open_door():
        await until(client.heard)
    assert client.heard() == ["echo: hi"]


async def test_an_update_that_killed_twice_gets_the_safe_entry(
    api: FakeBotApi, open_door: OpenDoor, care: EchoCare
) -> None:
    client = api.world.client(7)
    care.may.clear()
    client.says("poison")
    for _ in range(2):
        care.took.clear()
        door = open_door()
        await door.start()  # type: ignore[attr-defined]
        await care.took.wait()
        await door.stop(0.0)  # type: ignore[attr-defined]
    care.may.set()
    async with open_door():
        await until(client.heard)
        client.says("after")
        await until(lambda: len(client.heard()) == 2)
    assert client.heard() == ["safe: poison", "echo: after"]


async def test_groups_are_left_politely(api: FakeBotApi, open_door: OpenDoor, care: EchoCare) -> None:
    group = api.world.client(-5)
    async with open_door():
        group.adds_bot()
        await until(lambda: -5 not in api.world.chats)
    assert api.world.texts(-5) == ["I only talk with one person at a time."]
    assert care.batches == []


async def test_a_malformed_update_is_kept_aside_and_stops_nobody(
    api: FakeBotApi, open_door: OpenDoor, store: Store
) -> None:
    api.world.add_raw({"message": {"chat": "nonsense"}})
    api.world.add_raw({"message": [1, 2]})
    api.world.client(7).says("hi")
    async with open_door() as door:
        await until(api.world.client(7).heard)
        await until(lambda: door.tally.set_aside == 2)
    assert (await store.counts()).inbox_aside == 2


async def test_a_wrong_token_is_one_clear_sentence(api: FakeBotApi, open_door: OpenDoor) -> None:
    with pytest.raises(DoorError, match="does not know this bot token"):
        await open_door(token="1:WRONG").start()  # type: ignore[attr-defined]


async def test_a_token_revoked_later_closes_the_door(api: FakeBotApi, open_door: OpenDoor) -> None:
    async with open_door() as door:
        await until(lambda: door.ready)
        api.world.token = "1:NEW"
        api.world.client(7).says("hi")
        with pytest.raises(DoorError):
            await asyncio.wait_for(door.closed(), 10)
        assert not door.ready


async def test_a_door_that_goes_mute_says_so(open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    door = open_door()

    async def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(door.messenger, "run", broken)  # type: ignore[attr-defined]
    async with door:
        with pytest.raises(DoorError, match=r"stopped by a fault \(ZeroDivisionError\)"):
            await asyncio.wait_for(door.closed(), 10)


async def test_no_network_at_start_is_waited_out(api: FakeBotApi, open_door: OpenDoor, pauses: Pauses) -> None:
    api.world.fail_next("getMe", 502, times=3)
    api.world.client(7).says("hi")
    async with open_door() as door:
        await until(api.world.client(7).heard)
        assert door.ready


async def test_the_menu_is_set(api: FakeBotApi, open_door: OpenDoor) -> None:
    async with open_door(commands=(("help_now", "Get help now"),)):
        await until(lambda: api.world.commands)
    assert api.world.commands == [{"command": "help_now", "description": "Get help now"}]


async def test_webhook_is_set_as_configured(api: FakeBotApi, open_door: OpenDoor) -> None:
    hook = WebhookSettings("http://127.0.0.1:1/telegram", "s" * 16)
    async with open_door(webhook=hook) as door:
        await until(lambda: door.ready)
        assert api.world.webhook["secret"] == "s" * 16
    async with open_door():
        await until(lambda: not api.world.webhook)
    asked = [p for m, p in api.world.calls if m in ("setWebhook", "deleteWebhook")]
    assert not any(str(p.get("drop_pending_updates", "")).lower() == "true" for p in asked)
