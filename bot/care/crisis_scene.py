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
    on_call: bool  # somebody is configured and on call
    voice: Voice
    helplines: Helplines
    now: datetime
    random: Random

    @property
    def kept(self) -> bool:
        """Whether anything may be remembered and anyone may be told: a client who agreed to talk."""
        return self.client is not None and self.talk

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
