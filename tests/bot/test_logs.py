"""Log lines: one JSON object each, ids and rule names, no words, no token."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot import logs

TOKEN = "123456:a-token-of-this-test"


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Logging set up as at a start; put back afterwards."""
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    caught = io.StringIO()
    monkeypatch.setattr(sys, "stderr", caught)
    logs.set_up("info", TOKEN)
    yield caught
    root.handlers[:], root.level = before[0], before[1]


def lines(caught: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in caught.getvalue().splitlines()]


def test_a_line_is_one_json_object_in_utc(stderr: io.StringIO) -> None:
    logging.getLogger("bot.care").info("turn taken", extra={"client": "7f3a", "rules": ["r1"]})
    (line,) = lines(stderr)
    assert line["level"] == "info"
    assert line["room"] == "bot.care"
    assert line["event"] == "turn taken"
    assert line["client"] == "7f3a"
    assert line["rules"] == ["r1"]
    assert str(line["at"]).endswith("Z")


def test_an_exception_is_named_by_its_type_alone(stderr: io.StringIO) -> None:
    try:
        raise ValueError("what a person wrote")
    except ValueError:
        logging.getLogger("bot").exception("turn failed")
    (line,) = lines(stderr)
    assert line["error"] == "ValueError"
    assert "person wrote" not in stderr.getvalue()
    assert "Traceback" not in stderr.getvalue()


def test_the_token_is_masked_wherever_it_appears(stderr: io.StringIO) -> None:
    log = logging.getLogger("bot")
    log.info("https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("in an extra", extra={"url": f"/bot{TOKEN}"})
    assert TOKEN not in stderr.getvalue()
    assert "***" in stderr.getvalue()


@pytest.mark.parametrize(
    "name", ["telegram.ext", "httpx", "aiohttp.access", "sqlalchemy.engine.Engine", "uvicorn.access"]
)
def test_libraries_that_log_bodies_are_held_at_warning(stderr: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("the body of a request")
    assert stderr.getvalue() == ""


@pytest.mark.parametrize(
    "text",
    ["two\nlines", "\ud800", "\u202eright to left", '"quoted"', "\x00\x1b[31m"],
    ids=["newline", "surrogate", "right-to-left", "quoted", "control"],
)
def test_any_event_stays_one_line(text: str) -> None:
    line = logs.JsonLine().format(logging.makeLogRecord({"msg": "%s", "args": (text,), "name": "bot"}))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["event"] == text


def test_the_level_holds(stderr: io.StringIO) -> None:
    logging.getLogger("bot").debug("too fine")
    assert stderr.getvalue() == ""
