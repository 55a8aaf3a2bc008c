"""`serve` when it cannot start: one clear sentence on stderr, exit 1, no traceback; usage errors are 2."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.keys import load_key
from tests.bot.cli.conftest import Outcome, Warmline
from tests.fakes.bot_api import FakeBotApi


@pytest.fixture(autouse=True)
def told(home: Path, monkeypatch: pytest.MonkeyPatch, bot_api: FakeBotApi) -> Iterator[None]:
    """A token, a Bot API and a free port."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    monkeypatch.setenv("WARMLINE_TELEGRAM__TOKEN", bot_api.world.token)
    monkeypatch.setenv("WARMLINE_TELEGRAM__API_BASE", bot_api.url)
    monkeypatch.setenv("WARMLINE_SERVER__PORT", str(port))
    yield


def sentence(found: Outcome) -> str:
    """The last line; before it stand only notices and log lines."""
    assert (found.code, found.out) == (1, "")
    assert "Traceback" not in found.err
    last = found.err.splitlines()[-1]
    assert last.endswith(".")
    return last


def test_no_token(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARMLINE_TELEGRAM__TOKEN")
    assert sentence(warmline("serve")) == "No bot token is set: give it as WARMLINE_TELEGRAM__TOKEN."


def test_a_wrong_token(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_TELEGRAM__TOKEN", "1000:WRONG")
    found = warmline("serve")
    assert sentence(found) == "Telegram does not know this bot token; check WARMLINE_TELEGRAM__TOKEN."
    assert "1000:WRONG" not in found.err
    assert "TRIAL: " in found.err
    assert "nobody is on call" in found.err


def test_a_missing_key_beside_a_database(warmline: Warmline, home: Path) -> None:
    home.mkdir()
    (home / "warmline.db").touch()
    assert sentence(warmline("serve")).startswith("There is no key file at the given place")
    assert not (home / "key").exists()


def test_a_damaged_database(warmline: Warmline, home: Path) -> None:
    load_key(home / "key", make=True)
    (home / "warmline.db").write_bytes(b"no database at all" * 500)
    assert sentence(warmline("serve")).startswith("The database is damaged")


def test_a_home_that_cannot_be_written(warmline: Warmline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WARMLINE_HOME", str(tmp_path / "file" / "home"))
    assert sentence(warmline("serve")).startswith("Not a directory: ")


def test_a_setting_nobody_knows(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_TELEGRAM__TOKN", "x")
    assert sentence(warmline("serve")) == "The settings name telegram.tokn, which is not a setting."


def test_a_port_that_is_taken(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("WARMLINE_SERVER__PORT", str(taken.getsockname()[1]))
        assert "cannot be opened" in sentence(warmline("serve"))


def test_outside_a_trial_nothing_unsigned_is_served(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_DEPLOYMENT__TRIAL", "false")
    assert sentence(warmline("serve")).startswith("This is no trial, and ")


@pytest.mark.parametrize("arguments", [("serve", "--colour"), ("sing",), ("read", "a", "b"), ("reply", "--seed", "x")])
def test_wrong_usage_is_two(warmline: Warmline, arguments: tuple[str, ...]) -> None:
    assert warmline(*arguments).code == 2
