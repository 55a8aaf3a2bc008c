"""doctor, db upgrade, keys rotate, backup, restore: what they do, and one clear sentence when they cannot."""

import asyncio
from pathlib import Path

import pytest

from bot.store.keys import load_key
from bot.store.opening import open_store
from nlp.ear import Ear
from nlp.rules import RuleError
from tests.bot.cli.conftest import Warmline
from tests.fakes.bot_api import FakeBotApi


@pytest.fixture
def kept(home: Path) -> Path:
    """A home with a key and a database, as after a first start."""
    home.mkdir()
    key = load_key(home / "key", make=True)

    async def begin() -> None:
        store = await open_store(f"sqlite:///{home / 'warmline.db'}", key)
        await store.close()

    asyncio.run(begin())
    return home


def test_doctor_on_a_bare_machine(warmline: Warmline) -> None:
    found = warmline("doctor")
    states = {line.split()[1].rstrip(":"): line.split()[0] for line in found.out.splitlines()}
    assert states["settings"] == "ok"
    assert states["home"] == states["key"] == states["database"] == states["on-call"] == states["token"] == "warn"
    assert all(line.endswith(".") for line in found.out.splitlines())


def test_doctor_names_a_rule_of_the_ear_that_is_broken(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Ear) -> None:
        raise RuleError("some_rule: missing ), unterminated subpattern")

    monkeypatch.setattr(Ear, "warm", broken)
    found = warmline("doctor")
    assert found.code == 1
    assert "fail  ear: some_rule: missing )" in found.out


def test_doctor_on_a_home_in_use(warmline: Warmline, kept: Path) -> None:
    out = warmline("doctor").out
    assert "warn  key: It fits" in out
    assert "ok    database: It opens" in out


def test_doctor_names_a_key_that_others_may_read(warmline: Warmline, kept: Path) -> None:
    (kept / "key").chmod(0o644)
    found = warmline("doctor")
    assert found.code == 1
    assert "fail  key: The key file may be read by others" in found.out
    assert found.err.endswith("failed.\n")


def test_doctor_names_a_missing_key_and_a_foreign_one(warmline: Warmline, kept: Path) -> None:
    (kept / "key").unlink()
    assert "fail  key: There is no key file" in warmline("doctor").out
    load_key(kept / "key", make=True)
    assert "fail  database: This key does not fit" in warmline("doctor").out


def test_doctor_names_a_damaged_database(warmline: Warmline, kept: Path) -> None:
    (kept / "warmline.db").write_bytes(b"no database at all" * 500)
    assert "fail  database: The database is damaged" in warmline("doctor").out


def test_doctor_stops_at_settings_it_cannot_read(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_LOG__LEVEL", "loud")
    found = warmline("doctor")
    assert found.code == 1
    assert found.out.splitlines()[-1].startswith("fail  settings: The setting log.level")


def test_doctor_asks_telegram_only_when_told(
    warmline: Warmline, bot_api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARMLINE_TELEGRAM__API_BASE", bot_api.url)
    monkeypatch.setenv("WARMLINE_TELEGRAM__TOKEN", bot_api.world.token)
    assert "With --online" in warmline("doctor").out
    assert bot_api.world.calls == []
    assert "ok    token: Telegram knows this bot as @warmline_test_bot." in warmline("doctor", "--online").out
    monkeypatch.setenv("WARMLINE_TELEGRAM__TOKEN", "1000:WRONG")
    assert "fail  token: Telegram does not know this bot token" in warmline("doctor", "--online").out


def test_doctor_outside_a_trial_names_what_is_missing(warmline: Warmline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_DEPLOYMENT__TRIAL", "false")
    monkeypatch.setenv("WARMLINE_DEPLOYMENT__COUNTRIES", '["GB"]')
    out = warmline("doctor").out
    assert "crisis entries are not signed by a clinician." in out
    assert "fail  deployment: GB has no emergency number that was checked" in out
    assert "fail  deployment: GB has no helpline that was checked" in out


@pytest.mark.parametrize("command", [("db", "upgrade"), ("keys", "rotate"), ("backup", "copy.db")])
def test_nothing_is_made_where_there_is_no_database(warmline: Warmline, home: Path, command: tuple[str, ...]) -> None:
    found = warmline(*command)
    assert (found.code, found.out) == (1, "")
    assert found.err == "There is no database yet; it is made at the first start.\n"
    assert not home.exists()


def test_upgrade_says_the_version(warmline: Warmline, kept: Path) -> None:
    assert warmline("db", "upgrade").out.startswith("The tables are of version ")


def test_rotate_gives_a_new_key_that_fits_and_keeps_the_old(warmline: Warmline, kept: Path) -> None:
    before = (kept / "key").read_bytes()
    found = warmline("keys", "rotate")
    assert found.code == 0, found.err
    assert (kept / "key").read_bytes() != before
    assert [path.read_bytes() for path in kept.glob("key.old-*")] == [before]
    assert "ok    database: It opens" in warmline("doctor").out


def test_backup_and_restore(warmline: Warmline, kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert warmline("backup", str(copy)).code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert "There is a file already" in warmline("backup", str(copy)).err
    assert "There is a database already" in warmline("restore", str(copy)).err
    (kept / "warmline.db").write_bytes(b"damaged" * 900)
    (kept / "warmline.db").unlink()
    assert warmline("restore", str(copy)).code == 0
    assert "ok    database: It opens" in warmline("doctor").out
    assert warmline("restore", str(tmp_path / "none.db"), "--replace").err == "There is no backup at the given place.\n"
