"""How the house is put together: addresses, keys, rota and door from the settings."""

import signal
from pathlib import Path
from random import Random

import pytest

from bot import wiring
from bot.care.visit import Room
from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.errors import StoreError
from bot.store.volatile import VolatileStore
from nlp.reading import Reading
from nlp.rules import RuleError
from responses.helplines import Helplines
from responses.library import Library
from responses.voice import Voice
from tests.loaded import loaded

CONTACTS = {"contacts": [{"code": "duty-1", "chat": 11}], "operator": {"code": "operator", "chat": 12}}


def settings(**sections: object) -> Settings:
    return Settings.model_validate(sections)


@pytest.fixture(scope="module")
def voice() -> Voice:
    return Voice(loaded(Library))


@pytest.fixture
def room(voice: Voice) -> Room:
    async def read(text: str) -> Reading:
        return Reading(text)

    return Room(
        VolatileStore(), read, Reading, voice, loaded(Helplines), SystemClock(),
        settings(on_call=CONTACTS).on_call.duties,
    )  # fmt: skip


def test_sqlite_lies_in_home_unless_an_address_is_given(tmp_path: Path) -> None:
    assert wiring.database_url(settings(), tmp_path) == f"sqlite+aiosqlite:///{tmp_path}/warmline.db"
    other = "postgresql+asyncpg://warmline@host/warmline"
    assert wiring.database_url(settings(database={"url": other}), tmp_path) == other


def test_the_password_comes_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("a b/c@d\n", encoding="utf-8")
    found = settings(database={"url": "postgresql+asyncpg://warmline@host/warmline", "password_file": str(file)})
    assert wiring.database_url(found, tmp_path) == "postgresql+asyncpg://warmline:a b%2Fc%40d@host/warmline"


def test_the_key_is_made_at_the_first_start_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    wiring._unlocked(settings(), home)
    assert (home / "key").stat().st_mode & 0o077 == 0
    (home / "warmline.db").touch()
    (home / "key").unlink()
    with pytest.raises(StoreError, match="no key file"):
        wiring._unlocked(settings(), home)
    assert not (home / "key").exists()


async def test_the_rota_and_the_staff_chats_are_those_of_the_settings(room: Room) -> None:
    found = wiring.door_settings(settings(telegram={"token": "1:x"}, on_call=CONTACTS), room)
    assert found.staff_chats == {11, 12}
    rota = await room.rota.at(SystemClock().now())
    assert [contact.code for contact in rota.order] == ["duty-1", "operator"]
    assert found.webhook is None


def test_the_webhook_is_on_when_it_has_an_address(room: Room) -> None:
    hook = {"url": "https://example.org/telegram", "secret": "a-secret-of-this-test"}
    found = wiring.door_settings(settings(telegram={"token": "1:x", "webhook": hook}), room)
    assert found.webhook is not None
    assert (found.webhook.url, found.webhook.secret) == (hook["url"], hook["secret"])


def test_every_line_of_the_menu_has_its_words(room: Room) -> None:
    found = wiring.door_settings(settings(telegram={"token": "1:x"}), room)
    assert all(words and len(words) <= 256 for _, words in found.commands)


def test_numbers_that_people_are_told_come_from_the_settings(voice: Voice) -> None:
    policy = wiring.policy_of(settings(retention={"text_days": 9}))
    assert policy.text_days == 9
    assert "9 days" in voice.say("system.privacy", Random(0), slots={"days": str(policy.text_days)}).text


def test_a_broken_rule_stops_the_process_and_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def warm(self) -> None:
            raise RuleError("rule past_pair: its pattern is broken")

    stopped: list[int] = []
    monkeypatch.setattr(wiring.os, "kill", lambda _, sign: stopped.append(sign))
    thread = wiring.warm_up(Broken())  # type: ignore[arg-type]
    thread.join()
    assert stopped == [signal.SIGTERM]
    assert "past_pair" in caplog.text
