"""The transport says truthfully whether a call may have taken effect, and puts nobody's words into the log."""

import logging

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from bot.telegram.send import Meaning, verdict
from bot.telegram.transport import AiohttpRequest, FloodedError, LostAnswerError, NotSentError, retry_after
from tests.fakes.bot_api import FakeBotApi


@pytest.fixture
async def bot(api: FakeBotApi) -> Bot:
    sending, polling = AiohttpRequest(read_timeout=0.2), AiohttpRequest()
    yield Bot(api.world.token, base_url=f"{api.url}/bot", request=sending, get_updates_request=polling)  # type: ignore[misc]
    await sending.shutdown()
    await polling.shutdown()


async def test_a_message_and_a_file(api: FakeBotApi, bot: Bot) -> None:
    api.world.client(7)
    sent = await bot.send_message(7, "héllo 😀")
    assert sent.text == "héllo 😀"
    await bot.send_document(7, b"a line", filename="a.txt")
    await bot.send_document(7, b"x" * 2_000_000, filename="large.txt")
    assert len(api.world.sent.pop().text) == 2_000_000
    assert [(s.text, s.document) for s in api.world.sent] == [("héllo 😀", ""), ("a line", "a.txt")]


@pytest.mark.parametrize(
    ("fault", "error", "meaning"),
    [
        ({"status": 429, "retry_after": 3}, FloodedError, Meaning.FLOODED),
        ({"status": 500}, NetworkError, Meaning.LOST),
        ({"status": 502, "body": "<html>"}, NetworkError, Meaning.LOST),
        ({"status": 200, "body": "{"}, NetworkError, Meaning.LOST),
        ({"status": 200, "body": "[]"}, NetworkError, Meaning.LOST),
        ({"mode": "drop_before"}, LostAnswerError, Meaning.LOST),
        ({"mode": "drop_after"}, LostAnswerError, Meaning.LOST),
        ({"mode": "slow", "seconds": 0.5}, LostAnswerError, Meaning.LOST),
        ({"status": 401, "description": "Unauthorized"}, InvalidToken, Meaning.NO_TOKEN),
        ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, Forbidden, Meaning.BLOCKED),
        ({"status": 400, "description": "Bad Request: chat not found"}, BadRequest, Meaning.REFUSED),
        (
            {"status": 400, "description": "x", "body": '{"parameters": {"migrate_to_chat_id": 5}}'},
            Exception,
            Meaning.REFUSED,
        ),
    ],
)
async def test_faults(
    api: FakeBotApi, bot: Bot, fault: dict[str, object], error: type[Exception], meaning: Meaning
) -> None:
    api.world.client(7)
    api.world.fail_next("sendMessage", **fault)  # type: ignore[arg-type]
    with pytest.raises(error) as caught:
        await bot.send_message(7, "hi")
    assert verdict(caught.value).meaning is meaning


async def test_nobody_there(api: FakeBotApi, bot: Bot) -> None:
    await api.stop()
    with pytest.raises(NotSentError) as caught:
        await bot.send_message(7, "hi")
    assert verdict(caught.value).meaning is Meaning.NOT_SENT


async def test_words_stay_out_of_log_and_error(api: FakeBotApi, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    api.world.client(7)
    api.world.fail_next("sendMessage", 200, body='{"ok": true, "result": "my secret words')
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(7, "my secret words")
    assert "secret" not in caplog.text + str(caught.value)


@pytest.mark.parametrize(
    ("payload", "seconds"),
    [(b'{"parameters": {"retry_after": 7}}', 7), (b"{}", 60), (b"[]", 60), (b"nonsense", 60), (b"null", 60)],
)
def test_retry_after(payload: bytes, seconds: float) -> None:
    assert retry_after(payload) == seconds


def test_any_exception_has_a_meaning() -> None:
    assert verdict(ValueError("a person's words")).why == "ValueError"
