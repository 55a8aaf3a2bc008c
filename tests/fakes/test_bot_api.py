"""The fake refuses what the real Bot API refuses, so that a test that passes here means something."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.telegram_world import World


class Caller:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def __call__(self, method: str, **params: Any) -> tuple[int, Any]:
        async with self.session.post(f"{self.url}/{method}", json=params) as response:
            body = await response.json()
            return response.status, body.get("result", body.get("description"))


@pytest.fixture
async def api() -> Any:
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
async def call(api: FakeBotApi) -> Any:
    async with aiohttp.ClientSession() as session:
        yield Caller(f"{api.url}/bot{api.world.token}", session)


async def test_updates_are_forgotten_by_the_next_offset(api: FakeBotApi, call: Caller) -> None:
    client = api.world.client(7)
    client.says("one")
    client.says("two")
    for _ in range(2):
        _, got = await call("getUpdates")
        assert [u["message"]["text"] for u in got] == ["one", "two"]
    _, got = await call("getUpdates", offset=2)
    assert [u["update_id"] for u in got] == [2]
    assert (await call("getUpdates", offset=3))[1] == []
    assert (await call("getUpdates"))[1] == []


async def test_long_poll_ends_when_something_comes_and_a_second_poller_ends_the_first(
    api: FakeBotApi, call: Caller
) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call("getUpdates", timeout=20))
    assert (await first)[0] == 409
    api.world.client(7).says("hi")
    status, got = await second
    assert (status, len(got)) == (200, 1)


async def test_no_polling_beside_a_webhook(api: FakeBotApi, call: Caller) -> None:
    await call("setWebhook", url="http://127.0.0.1:1/x", secret_token="s")
    assert (await call("getUpdates"))[0] == 409
    await call("deleteWebhook", drop_pending_updates="false")
    assert (await call("getUpdates"))[0] == 200


@pytest.mark.parametrize(
    ("params", "status", "words"),
    [
        ({"chat_id": 7, "text": "a" * 4096}, 200, None),
        ({"chat_id": 7, "text": "a" * 4097}, 400, "message is too long"),
        ({"chat_id": 7, "text": "😀" * 2049}, 400, "message is too long"),
        ({"chat_id": 7, "text": "  "}, 400, "message text is empty"),
        ({"chat_id": 8, "text": "hi"}, 400, "chat not found"),
        ({"chat_id": 9, "text": "hi"}, 403, "blocked by the user"),
        ({"chat_id": 7, "text": "<b>x</b>", "parse_mode": "HTML"}, 200, None),
        ({"chat_id": 7, "text": "<b>x", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"chat_id": 7, "text": "1 < 2", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"chat_id": 7, "text": "<script>", "parse_mode": "HTML"}, 400, "Unsupported start tag"),
        ({"chat_id": 7, "text": "<b>x"}, 200, None),
        (
            {
                "chat_id": 7,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b" * 65}]]},
            },
            400,
            "BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_send_message(
    api: FakeBotApi, call: Caller, params: dict[str, Any], status: int, words: str | None
) -> None:
    api.world.client(7)
    api.world.client(9).blocks()
    got, answer = await call("sendMessage", **params)
    assert got == status
    assert words is None or words in answer


async def test_editing(api: FakeBotApi, call: Caller) -> None:
    api.world.client(7)
    _, sent = await call("sendMessage", chat_id=7, text="a")
    edit = {"chat_id": 7, "message_id": sent["message_id"]}
    assert (await call("editMessageText", **edit, text="a"))[1] == "Bad Request: message is not modified"
    assert (await call("editMessageText", **edit, text="b"))[0] == 200
    assert (await call("editMessageText", chat_id=7, message_id=999, text="b"))[0] == 400


async def test_rates_are_enforced_when_asked(api: FakeBotApi, call: Caller) -> None:
    api.world.client(7)
    api.world.enforce_rates = True
    statuses = [(await call("sendMessage", chat_id=7, text="a"))[0] for _ in range(5)]
    assert statuses[-1] == 429


async def test_wrong_token_and_unknown_method(api: FakeBotApi, call: Caller) -> None:
    assert (await call("noSuchMethod"))[0] == 404
    call.url = f"{api.url}/bot1:WRONG"
    assert (await call("getMe"))[0] == 401


def test_the_state_survives() -> None:
    world = World()
    world.client(7).says("hi")
    world.record("sendMessage", 7, "hello", buttons=())
    again = World.load(json.loads(json.dumps(world.dump())))
    assert again.texts(7) == ["hello"]
    assert list(again.updates) == list(world.updates)


async def test_as_a_process_steered_from_outside(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    command = [sys.executable, "-m", "tests.fakes.bot_api", "--port", "0", "--state", str(state)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as session:
        await session.post(f"{url}/control/says", json={"chat": 7, "text": "hi"})
        _, got = await Caller(f"{url}/bot1000:TEST", session)("getUpdates")
    process.terminate()
    await process.wait()
    assert got[0]["message"]["text"] == "hi"
    assert json.loads(state.read_text())["next_update"] == 2
