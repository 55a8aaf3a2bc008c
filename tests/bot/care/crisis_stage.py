"""A small stage for the crisis tests: one client, a clock that is moved by hand, and what was answered."""

from datetime import UTC, datetime, timedelta
from random import Random

from bot.care import crisis
from bot.care.crisis import Scene, Step
from bot.care.episode import Episode
from bot.care.records import Client, Settings
from nlp.labels import Kind, Status, Tier
from nlp.reading import Finding, Reading, Signal, Span
from responses.helplines import Helplines
from responses.voice import Voice
from tests.bot.care.conftest import HELPLINES, VOICE

BEGIN = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)


def voice() -> Voice:
    return VOICE


def helplines() -> Helplines:
    return HELPLINES


def heard(text: str, *signs: tuple[Kind, Tier], act: str = "") -> Reading:
    signals = tuple(Signal(kind, Status.ASSERTED, tier, "test", Span(0, 1)) for kind, tier in signs)
    acts = (Finding(act, "test"),) if act else ()
    return Reading(text, max((tier for _, tier in signs), default=Tier.T0), signals, acts=acts)


class Stage:
    def __init__(
        self, country: str = "", *, on_call: bool = False, talk: bool = True, known: bool = True, seed: int = 0
    ):
        self.client = Client("7f3a01", BEGIN, settings=Settings(country=country)) if known else None
        self.on_call, self.talk, self.seed = on_call, talk, seed
        self.now = BEGIN
        self.turns = 0

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def scene(self, what: Reading | str) -> Scene:
        reading, button = (Reading(""), what) if isinstance(what, str) else (what, "")
        return Scene(
            reading, button, self.client, self.talk, self.on_call, voice(), helplines(), self.now,
            Random(f"{self.seed}:{self.turns}"),
        )  # fmt: skip

    def hear(self, what: Reading | str, minutes: float = 2) -> Step:
        """A message, or callback data; the episode is kept as the conversation would keep it."""
        self.wait(minutes=minutes)
        self.turns += 1
        step = crisis.step(self.scene(what))
        if self.client is not None and step.episode is not None:
            self.client.episode = step.episode.dump()
        if self.client is not None and step.country_set:
            self.client.settings.country = step.country_set
        return step

    def sign(self, kind: Kind, tier: Tier, text: str = "words") -> Step:
        return self.hear(heard(text, (kind, tier)))

    def say(self, text: str, act: str = "") -> Step:
        return self.hear(heard(text, act=act))

    @property
    def episode(self) -> Episode:
        assert self.client is not None
        episode = Episode.load(self.client.episode)
        assert episode is not None
        return episode


def text(step: Step) -> str:
    assert step.reply is not None
    return step.reply.text


def buttons(step: Step) -> set[str]:
    assert step.reply is not None
    return {button.data for row in step.reply.buttons for button in row}


def entries(step: Step) -> list[str]:
    assert step.reply is not None
    return [part.entry for part in step.reply.parts]
