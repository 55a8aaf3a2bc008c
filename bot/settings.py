"""Everything an operator can decide, read once at the roof and checked before anything starts.

Order: the command's own option, then WARMLINE_<SECTION>__<KEY>, then the file (--config, else ./config.yaml), then the
default written here. A key that nobody reads stops the start and is named, so that a typing error is not a silent one.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableValueError

from bot.on_call_settings import Channels, OnCall, Section

PREFIX = "WARMLINE_"
_NOT_SETTINGS = {"WARMLINE_HOME"}  # where data lives: read before the settings are


class SettingsError(Exception):
    """Settings that cannot be used, in one sentence that names the key."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise ValueError("this is not the name of a time zone, such as Europe/Berlin") from None
    return name


# An empty value, as a container's environment often has it, means none and not the folder one stands in.
File = Annotated[Path | None, BeforeValidator(lambda given: None if given == "" else given)]


class Webhook(Section):
    url: Annotated[str, Field(pattern=r"^(https://[^/]+/.*)?$")] = ""  # public address that Telegram calls
    secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _secret_is_strong(self) -> "Webhook":
        if self.url and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", self.secret.get_secret_value()):
            raise ValueError("a webhook needs a secret of 16 to 256 characters of A-Z a-z 0-9 _ -")
        return self


class Telegram(Section):
    token: SecretStr = SecretStr("")
    api_base: str = "https://api.telegram.org"
    webhook: Webhook = Webhook()
    rate_limits: bool = True  # false only for measuring
    username: Annotated[str, Field(pattern=r"^(\w{5,32})?$")] = ""  # the bot's name without @, for links to it


class Database(Section):
    url: str = ""  # SQLAlchemy; empty: SQLite in WARMLINE_HOME/warmline.db
    password_file: File = None  # put into the address, so that it stands in no environment


class Burst(Section):
    settle_seconds: Annotated[float, Field(ge=0, le=60)] = 3.0
    longest_seconds: Annotated[float, Field(ge=0, le=300)] = 10.0


# Statutes there restrict such programs beside a practice (W-06, W-11).
REVIEW_FIRST = frozenset({"US-IL", "US-NV", "US-ME"})


class LegalReview(Section):
    by: str = ""
    date: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""

    @property
    def done(self) -> bool:
        return bool(self.by and self.date)


class Deployment(Section):
    trial: bool = True
    practice: str = ""
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    practitioner_mode: bool = True  # whether people of a practice may look after clients
    jurisdictions: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")], ...] = ()
    legal_review: LegalReview = LegalReview()

    @model_validator(mode="after")
    def _may_be_used_there(self) -> "Deployment":
        barred = sorted(REVIEW_FIRST & set(self.jurisdictions))
        if self.practitioner_mode and barred and not self.legal_review.done:
            raise ValueError(
                f"practitioner_mode in {', '.join(barred)} needs legal_review (by, date) first, or set it to false"
            )
        return self


class Retention(Section):
    text_days: Annotated[int, Field(ge=1, le=180)] = 30


class Server(Section):
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080


class Console(Section):
    # Public address of the practice's pages; empty: only on this machine, at server.host and server.port.
    address: Annotated[str, Field(pattern=r"^(https://[^/]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)?$")] = ""
    session_minutes: Annotated[int, Field(ge=5, le=480)] = 30  # without use
    zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"


class Log(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    telegram: Telegram = Telegram()
    database: Database = Database()
    key_file: File = None  # empty: WARMLINE_HOME/key
    burst: Burst = Burst()
    on_call: OnCall = OnCall()
    channels: Channels = Channels()
    deployment: Deployment = Deployment()
    retention: Retention = Retention()
    server: Server = Server()
    console: Console = Console()
    log: Log = Log()

    @model_validator(mode="after")
    def _every_way_is_there(self) -> "Settings":
        if missing := self.on_call.without_way(self.channels):
            raise ValueError(missing)
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, YamlConfigSettingsSource(settings_cls))


def load(config: Path | None = None, **options: Any) -> Settings:
    """The settings of this start. Raises SettingsError with one sentence that names what is wrong."""
    _refuse_unknown_environment()
    path = config or Path("config.yaml")
    if config is not None and not config.is_file():
        raise SettingsError(f"There is no settings file at {config}.")

    class FromFile(Settings):
        model_config = SettingsConfigDict(**{**Settings.model_config, "yaml_file": path, "yaml_file_encoding": "utf-8"})

    try:
        return FromFile(**options)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    except UnreadableValueError as error:
        named = re.search(r'field "(\w+)"', str(error))
        section = f"{PREFIX}{named[1].upper()}" if named else "a setting"
        raise SettingsError(f"The environment gives {section} in a form that cannot be read: JSON is needed.") from None
    except Exception as error:
        raise SettingsError(f"{path} could not be read as YAML settings.") from error


def home() -> Path:
    """WARMLINE_HOME, else the platform's data folder."""
    named = os.environ.get("WARMLINE_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("warmline", appauthor=False))


def _refuse_unknown_environment() -> None:
    known = {name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if not name.startswith(PREFIX) or name in _NOT_SETTINGS:
            continue
        section = name.removeprefix(PREFIX).split("__")[0]
        if section not in known:
            raise SettingsError(f"The environment names {name}, which is not a setting.")


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"The settings name {key}, which is not a setting."
    if first["type"] == "string_pattern_mismatch":
        return f"The setting {key} does not have the form that config.yaml explains."
    said = first["msg"].removeprefix("Value error, ")
    return f"The setting {key} cannot be used: {said[:1].lower()}{said[1:]}."
