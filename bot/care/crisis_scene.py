"""What the crisis flow is given and what it answers with."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.care.episode import Episode
from bot.care.records import Client
from bot.care.reply import Reply
from nlp.labels import Tier
from nlp.reading import Reading
from responses.helplines import Helplines
from responses.voice import Voice


@dataclass(frozen=True, slots=True)
class Scene:
    reading: Reading  # of the words; an empty one for a tapped button
    button: str  # callback data, or ""
    client: Client | None  # None before consent
    talk: bool  # consent to talk given
    on_call: bool  # somebody is configured who would be told, now or in their hours
    voice: Voice
    helplines: Helplines
    now: datetime
    random: Random
    hours: str = ""  # when nobody is on duty now: when notes are read

    @property
    def kept(self) -> bool:
        """Whether anything may be remembered and anyone may be told: a client who agreed to talk."""
        return self.client is not None and self.talk

    @property
    def has_card(self) -> bool:
        return self.kept and self.client is not None and self.client.settings.card

    @property
    def shares_words(self) -> bool:
        """Whether a note may hold the client's last messages."""
        return self.client is not None and self.client.consented("alert_content")

    @property
    def of_the_note(self) -> list[str]:
        """What is true of a note that goes out: when it is read, and whether it holds the client's words."""
        holds = {"off_hours": bool(self.hours), "content": self.shares_words}
        return ["on_call", *(name for name, held in holds.items() if held)]

    @property
    def with_person(self) -> bool:
        """A person of on-call and the client are writing to one another: calm words are for that person."""
        return self.kept and self.client is not None and bool(self.client.relay)

    @property
    def country(self) -> str:
        return self.client.settings.country if self.client is not None else ""


@dataclass(frozen=True, slots=True)
class Step:
    episode: Episode | None  # new state to save; None: nothing to keep
    tier: Tier  # tier of this message
    reply: Reply | None  # None: calm listening may answer, kept simple if `limited`
    limited: bool  # in an episode: only simple reflection, feeling and summary (L-06), and the help button
    alert: tuple[Tier, tuple[str, ...]] | None  # raise one: (tier, kinds)
    country_set: str = ""  # a country the client chose, to be kept in their settings
    follow: bool = False  # the client would like one note in a day or so
    named_help: bool = False  # a line or a number was named (C-23 counts it)
    back: bool = False  # danger was denied: what was told before the question is listened to now
