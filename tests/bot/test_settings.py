"""Settings: option over environment over file over default; what is wrong is named; config.yaml shows everything."""

import itertools
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from bot import settings
from bot.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config.yaml"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No environment of ours and no config.yaml."""
    for name in [name for name in os.environ if name.startswith("WARMLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, text: str, name: str = "config.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_option_beats_environment_beats_file_beats_default(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load().burst.settle_seconds == 3
    written(bare, "burst: {settle_seconds: 4, longest_seconds: 20}")
    assert settings.load().burst.settle_seconds == 4
    monkeypatch.setenv("WARMLINE_BURST__SETTLE_SECONDS", "5")
    found = settings.load()
    assert (found.burst.settle_seconds, found.burst.longest_seconds) == (5, 20)  # the rest of the section stays
    assert settings.load(burst={"settle_seconds": 6}).burst.settle_seconds == 6


def test_config_option_beats_the_file_that_lies_there(bare: Path) -> None:
    written(bare, "burst: {settle_seconds: 4}")
    other = written(bare, "burst: {settle_seconds: 7}", "other.yaml")
    assert settings.load(other).burst.settle_seconds == 7


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WARMLINE_BURST__SETLE_SECONDS", "3", "burst.setle_seconds, which is not a setting"),
        ("WARMLINE_TELEGRAM_TOKEN", "x", "WARMLINE_TELEGRAM_TOKEN, which is not a setting"),
        ("WARMLINE_COLOUR", "x", "WARMLINE_COLOUR, which is not a setting"),
        ("WARMLINE_LOG", "info", "WARMLINE_LOG in a form that cannot be read"),
        ("WARMLINE_LOG__LEVEL", "loud", "log.level cannot be used"),
        ("WARMLINE_BURST__SETTLE_SECONDS", "", "burst.settle_seconds cannot be used"),
        ("WARMLINE_BURST__SETTLE_SECONDS", "-1", "burst.settle_seconds cannot be used"),
        ("WARMLINE_SERVER__PORT", "70000", "server.port cannot be used"),
        ("WARMLINE_RETENTION__TEXT_DAYS", "0", "retention.text_days cannot be used"),
        ("WARMLINE_ON_CALL__CONTACTS", "me", "WARMLINE_ON_CALL in a form that cannot be read"),
        ("WARMLINE_ON_CALL__CONTACTS", '[{"code": "Anna B", "chat": 1}]', "on_call.contacts.0.code"),
        ("WARMLINE_DEPLOYMENT__COUNTRIES", '["Germany"]', "deployment.countries.0"),
        ("WARMLINE_TELEGRAM__WEBHOOK__URL", "http://example.org/telegram", "telegram.webhook.url"),
        ("WARMLINE_TELEGRAM__WEBHOOK__URL", "https://example.org/telegram", "a webhook needs a secret"),
    ],
)
def test_what_is_wrong_in_the_environment_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=re.escape(said)):
        settings.load()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour: blue", "colour, which is not a setting"),
        ("telegram: {tokn: x}", "telegram.tokn, which is not a setting"),
        ("telegram: {webhook: {path: x}}", "telegram.webhook.path, which is not a setting"),
        ("telegram: 3", "telegram cannot be used"),
        ("burst: {settle_seconds: soon}", "burst.settle_seconds cannot be used"),
        ("- a", "could not be read as YAML settings"),
        ("telegram: [", "could not be read as YAML settings"),
        ("a\x00b", "could not be read as YAML settings"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(bare: Path, text: str, said: str) -> None:
    written(bare, text)
    with pytest.raises(SettingsError, match=re.escape(said)):
        settings.load()


def test_a_file_that_is_asked_for_must_be_there(bare: Path) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        settings.load(bare / "none.yaml")


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_is_all_defaults(bare: Path, text: str) -> None:
    written(bare, text)
    assert settings.load().model_dump() == Settings().model_dump()


def test_an_empty_path_is_none_and_not_the_folder_one_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_KEY_FILE", "")
    monkeypatch.setenv("WARMLINE_DATABASE__PASSWORD_FILE", "")
    found = settings.load()
    assert (found.key_file, found.database.password_file) == (None, None)


def test_secrets_are_in_no_message_and_in_no_repr(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_TELEGRAM__TOKEN", "123:do-not-show")
    monkeypatch.setenv("WARMLINE_TELEGRAM__WEBHOOK__URL", "https://example.org/telegram")
    monkeypatch.setenv("WARMLINE_TELEGRAM__WEBHOOK__SECRET", "too-short")
    with pytest.raises(SettingsError) as refused:
        settings.load()
    assert "too-short" not in str(refused.value)
    monkeypatch.setenv("WARMLINE_TELEGRAM__WEBHOOK__SECRET", "long-enough-to-be-one")
    found = settings.load()
    assert "do-not-show" not in repr(found)
    assert "long-enough" not in repr(found)


@given(st.text(max_size=200))
def test_any_file_gives_settings_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        settings.load(path)
    except SettingsError as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)


def test_home_is_the_named_folder_else_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WARMLINE_HOME", str(tmp_path))
    assert settings.home() == tmp_path
    monkeypatch.setenv("WARMLINE_HOME", "~/warm")
    assert settings.home() == Path.home() / "warm"
    monkeypatch.delenv("WARMLINE_HOME")
    assert settings.home().name == "warmline"


def _walked(model: BaseModel, prefix: str = "") -> dict[str, Any]:
    """Every key with its default, sections opened."""
    found: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            found |= _walked(value, f"{prefix}{name}.")
        elif isinstance(value, SecretStr):
            found[prefix + name] = value.get_secret_value()
        else:
            found[prefix + name] = list(value) if isinstance(value, tuple) else value
    return found


def _opened(section: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in section.items():
        found |= _opened(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return found


def test_config_yaml_holds_every_setting_with_its_default() -> None:
    assert _opened(yaml.safe_load(CONFIG.read_text(encoding="utf-8"))) == _walked(Settings())
    assert settings.load(CONFIG).model_dump() == Settings().model_dump()


def test_config_yaml_explains_every_setting() -> None:
    """The line before a key is a comment, or the section it stands in."""
    lines = CONFIG.read_text(encoding="utf-8").splitlines()
    for before, line in itertools.pairwise(lines):
        if re.match(r" +\w+: ", line) and not before.lstrip().startswith("#"):
            assert line.strip() == "port: 8080", f"nothing explains {line.strip()}"  # beside host, explained there


def test_where_the_law_asks_for_a_review_practitioner_mode_waits_for_it() -> None:
    barred = {"jurisdictions": ["US-NY", "US-IL"]}
    with pytest.raises(ValueError, match="practitioner_mode in US-IL needs legal_review"):
        Settings.model_validate({"deployment": barred})
    for passing in ({"practitioner_mode": False}, {"legal_review": {"by": "R. Ode", "date": "2026-11-01"}}):
        assert Settings.model_validate({"deployment": barred | passing}).deployment.jurisdictions == ("US-NY", "US-IL")


@pytest.mark.parametrize("address", ["http://console.example.org", "https://a.example/b", "console.example.org"])
def test_the_console_is_public_over_https_only(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Settings.model_validate({"console": {"address": address}})
