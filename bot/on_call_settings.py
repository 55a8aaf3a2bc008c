"""Settings about people: who is on call in which hours, and the ways beside Telegram by which they are told."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from bot.care.rota import Contact, Duties, Duty, Hours

_NEAR = ("localhost", "127.0.0.1", "::1")


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactSetting(Section):
    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$")]  # stands in records instead of a name
    chat: int | None = None  # Telegram chat id of that person's chat with the bot
    name: Annotated[str, Field(max_length=40)] = ""  # told to a client whom this person writes to
    mail: Annotated[str, Field(pattern=r"^([^@\s,;<>]+@[^@\s,;<>]+)?$")] = ""
    webhook: bool = False
    hours: tuple[str, ...] = ()  # "mon-fri 09:00-17:00"; none: always

    @field_validator("hours")
    @classmethod
    def _can_be_read(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        for said in hours:
            Hours.parse(said)
        return hours

    @model_validator(mode="after")
    def _can_be_told(self) -> "ContactSetting":
        if not self.contact.ways:
            raise ValueError(f"{self.code} has no chat, mail or webhook to be told by")
        return self

    @property
    def contact(self) -> Contact:
        return Contact(self.code, self.chat, self.name, self.mail, self.webhook)


class OnCall(Section):
    contacts: tuple[ContactSetting, ...] = ()
    operator: ContactSetting | None = None
    zone: str = "UTC"  # IANA, of the hours and holidays
    holidays: tuple[date, ...] = ()

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f'"{zone}" is not a time zone such as Europe/Berlin')
        return zone

    @model_validator(mode="after")
    def _one_code_each(self) -> "OnCall":
        people = {one.contact for one in self.everyone}  # the operator may stand in the list as well
        codes, chats = [one.code for one in people], [one.chat for one in people if one.chat is not None]
        if len(set(codes)) < len(codes) or len(set(chats)) < len(chats):
            raise ValueError("two contacts have the same code or chat")
        return self

    @property
    def everyone(self) -> tuple[ContactSetting, ...]:
        return (*self.contacts, *((self.operator,) if self.operator is not None else ()))

    @property
    def duties(self) -> Duties:
        contacts = tuple(Duty(one.contact, tuple(map(Hours.parse, one.hours))) for one in self.contacts)
        operator = self.operator.contact if self.operator is not None else None
        return Duties(contacts, operator, ZoneInfo(self.zone), frozenset(self.holidays))

    def without_way(self, channels: "Channels") -> str:
        """A sentence when somebody is to be told by a way that is not set up; "" otherwise."""
        if any(one.mail for one in self.everyone) and not channels.mail.host:
            return "a contact has a mail address, and channels.mail.host is empty"
        if any(one.webhook for one in self.everyone) and not channels.webhook.url:
            return "a contact has webhook: true, and channels.webhook.url is empty"
        return ""


class Mail(Section):
    host: str = ""  # empty: no mail
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    user: str = ""
    password: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _is_safe(self) -> "Mail":
        if self.host and not self.sender:
            raise ValueError("mail needs a sender's address")
        if self.security == "none" and self.host and self.host not in _NEAR:
            raise ValueError("mail without encryption goes to a server on this machine only")
        if self.security == "none" and self.password.get_secret_value():
            raise ValueError("a password is not sent without encryption")
        return self


class Hook(Section):
    url: Annotated[str, Field(pattern=r"^(https://\S+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(/\S*)?)?$")] = ""
    secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _is_signed(self) -> "Hook":
        if self.url and len(self.secret.get_secret_value()) < 16:
            raise ValueError("a webhook needs a secret of 16 characters or more to be signed with")
        return self


class Channels(Section):
    mail: Mail = Mail()
    webhook: Hook = Hook()
