"""Nothing is acknowledged to Telegram before it is committed, whichever way it comes."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import InvalidToken

from bot.care.ports import RawUpdate, Store
from bot.telegram.intake import CONFLICT_PAUSE, LONGEST_PAUSE, Intake, Polling, Webhook, raw_update
from bot.telegram.tally import Tally
from bot.telegram.transport import AiohttpRequest
from tests.bot.telegram.conftest import HandClock, message
from tests.fakes.bot_api import FakeBotApi


class Line:
    """Polling on the fake, one step at a time."""

    def __init__(self, api: FakeBotApi, store: Store) -> None:
        self.tally, self.woken = Tally(), set[int]()
        self.request = AiohttpRequest()
        self.intake = Intake(store.inbox, HandClock(), self.woken.update, self.tally)
        self.polling = Polling(self.request, f"{api.url}/bot{api.world.token}", self.intake, self.tally)


@pytest.fixture
async def line(api: FakeBotApi, store: Store, monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr("bot.telegram.intake.POLL_SECONDS", 0)
    made = Line(api, store)
    yield made  # type: ignore[misc]
    await made.request.shutdown()


async def test_the_offset_moves_only_after_the_commit(
    api: FakeBotApi, store: Store, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = store.inbox.accept
    api.world.client(7).says("hi")

    async def broken(updates: list[RawUpdate]) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(store.inbox, "accept", broken)
    assert await line.polling.once() > 0
    assert await line.polling.once() > 0
    assert len(api.world.updates) == 1
    monkeypatch.setattr(store.inbox, "accept", accept)
    assert await line.polling.once() == 0
    assert await line.polling.once() == 0
    assert (line.woken, len(api.world.updates), line.tally.received) == ({7}, 0, 1)


async def test_what_is_delivered_twice_is_kept_once(api: FakeBotApi, store: Store, line: Line) -> None:
    api.world.client(7).says("hi")
    await line.polling.once()
    again = Line(api, store)  # a restart: it asks without an offset and is given the same again
    await again.polling.once()
    await again.request.shutdown()
    assert (again.tally.received, again.tally.redelivered) == (0, 1)
    assert len(await store.inbox.waiting(7)) == 1


async def test_an_edit_and_a_press_are_not_taken_for_the_message(api: FakeBotApi, store: Store, line: Line) -> None:
    client = api.world.client(7)
    client.says("hi")
    client.edits(1, "hi there")
    client.presses("a:b", message=1)
    client.presses("a:b", message=1)
    await line.polling.once()
    assert len(await store.inbox.waiting(7)) == 4


async def test_another_reader_is_named(api: FakeBotApi, line: Line, caplog: pytest.LogCaptureFixture) -> None:
    api.world.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    assert await line.polling.once() == CONFLICT_PAUSE
    assert "another program is reading this bot's messages" in caplog.text
    assert line.tally.conflicts == 1


async def test_a_refused_token_stops_the_polling(api: FakeBotApi, line: Line) -> None:
    api.world.token = "1:NEW"
    with pytest.raises(InvalidToken):
        await line.polling.once()


async def test_a_429_is_waited_out(api: FakeBotApi, line: Line) -> None:
    api.world.fail_next("getUpdates", 429, "Too Many Requests", retry_after=17)
    assert await line.polling.once() == 17


async def test_pauses_grow_and_end(api: FakeBotApi, line: Line, caplog: pytest.LogCaptureFixture) -> None:
    api.world.fail_next("getUpdates", 500, times=10)
    pauses = [await line.polling.once() for _ in range(10)]
    assert pauses[0] < 2
    assert pauses[-1] <= LONGEST_PAUSE * 1.25
    assert pauses[0] < pauses[3] < pauses[6]
    assert line.polling._url not in caplog.text
    assert await line.polling.once() == 0


@pytest.mark.parametrize("body", ["nonsense", '{"ok": true}', "[]", '{"ok": true, "result": 3}'])
async def test_an_answer_that_is_none_is_survived(api: FakeBotApi, line: Line, body: str) -> None:
    api.world.fail_next("getUpdates", 200, body=body)
    api.world.client(7).says("hi")
    await line.polling.once()
    await line.polling.once()
    assert line.woken == {7}


async def test_no_words_in_the_log(api: FakeBotApi, line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.world.client(7).says("my secret words")
    api.world.fail_next("getUpdates", 200, body='{"ok": true, "result": [{"text": "my secret words"')
    await line.polling.once()
    await line.polling.once()
    assert "secret" not in caplog.text


async def test_webhook_answers_200_only_once_committed(
    store: Store, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = Webhook(line.intake, "s" * 16)
    body = json.dumps({"update_id": 4, "message": message("hi")}).encode()

    async def broken(updates: list[RawUpdate]) -> int:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(store.inbox, "accept", broken)
        assert await hook.receive(body) == 503
    assert await hook.receive(body) == 200
    assert await hook.receive(body) == 200
    assert len(await store.inbox.waiting(7)) == 1


async def test_webhook_without_json_is_refused_and_odd_json_is_kept(store: Store, line: Line) -> None:
    hook = Webhook(line.intake, "s" * 16)
    assert await hook.receive(b"{nonsense") == 400
    assert await hook.receive(b"\xff\xfe") == 400
    assert await hook.receive(b"[1, 2]") == 200
    assert await hook.receive(b'{"no": "id"}') == 200
    assert len(await store.inbox.waiting(0)) == 2


def test_the_secret(line: Line) -> None:
    hook = Webhook(line.intake, "s" * 16)
    assert hook.admits("s" * 16)
    assert not hook.admits("")
    assert not hook.admits("s" * 15 + "é")
    with pytest.raises(ValueError, match="needs a secret"):
        Webhook(line.intake, "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "other"]), json_values))
def test_any_object_can_be_kept(update: dict[str, object]) -> None:
    raw = raw_update(update, HandClock())
    assert -(2**63) <= raw.update_id < 2**63
    assert json.loads(raw.body) == update
