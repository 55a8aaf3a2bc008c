"""What the ear understood of one message: plain frozen values that every room above may hold.

Each finding names the rule or example it rests on and where in the original text it stands, so that a reply can
always say why. A span is [start, end) in code points of the original text.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.labels import Intensity, Kind, Mood, Status, Tier


def small(text: str) -> str:
    """`text` in small letters, its apostrophes the plain ones."""
    return text.replace("\u2019", "'").casefold()


class Span(NamedTuple):
    start: int
    end: int


NOWHERE = Span(0, 0)  # of what only the head supposes


SUPPOSED = "risk.head"  # rule of a sign that the risk head holds by its own opinion


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of risk. `tier` is what this sign alone asks for, with its status already taken into account."""

    kind: Kind
    status: Status
    tier: Tier
    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class Feeling:
    """`sure`: the client said it, or lexicon and head agree strongly. What is not sure is not named in a reply."""

    name: str  # labels.FEELINGS
    intensity: Intensity
    holder: str  # "self" or "other"
    span: Span
    rule: str
    sure: bool = True
    status: Status = Status.ASSERTED  # asserted, negated, past or hypothetical
    word: str = ""  # adjective the client used, ready for "you feel {word}": "let down"; empty if none fits


@dataclass(frozen=True, slots=True)
class Finding:
    """An act, a situation or a piece of self-talk. `sure`: the words are there, not only the head's opinion."""

    name: str
    rule: str
    sure: bool = True
    span: Span = NOWHERE
    worth: float = 0.0  # of a theme, how well lines for it fit such a message (nlp.theme_worth): 1 well, -1.5 wrongly


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the client's that may be said back, pronouns and agreement already turned to "you"."""

    text: str  # "you can't get through to them": lower-case start, no final stop
    frame: str
    rule: str
    span: Span
    mood: Mood = Mood.NEUTRAL
    weight: float = 0.0  # what it is worth saying back (nlp.clauses.weighing.Worth)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A person or a thing the client named, turned: "your mum", "the interview"."""

    text: str
    what: str  # "person" or "thing"
    span: Span
    rule: str
    gone: bool = False  # it is told of them here that they died: to be spoken of as having been


@dataclass(frozen=True, slots=True)
class Bit:
    """A brief message whole, turned, ready to be said back: ("since", "since your wife passed")."""

    kind: str  # nlp.clauses.bits.KINDS
    text: str  # lower-case start, no final stop
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the client asks whether, how or what to do, turned: ("whether", "tell your mum")."""

    way: str  # "whether", "how" or "what"
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    tier: Tier = Tier.T0
    signals: tuple[Signal, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    sentiment: float = 0.0  # -1..1; never raises a tier by itself
    mood: Mood = Mood.NEUTRAL
    acts: tuple[Finding, ...] = ()
    asked: tuple[Finding, ...] = ()  # what a question to the listener is about
    choice: Choice | None = None  # of all of the message
    situations: tuple[Finding, ...] = ()
    self_talk: tuple[Finding, ...] = ()
    themes: tuple[Finding, ...] = ()
    clauses: tuple[Clause, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    bit: Bit | None = None  # where all of the message is a few words
    language: str = "und"  # ISO 639-1 or "und"
    understood: bool = True  # False: nothing here that the ear can honestly answer to
    faults: tuple[str, ...] = field(default=())  # parts of the ear that failed: names, never words

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of the signals that count (tier above T0, or underage), in order of appearance, once each."""
        counting = (s.kind for s in self.signals if s.tier > Tier.T0 or s.kind is Kind.UNDERAGE)
        return tuple(dict.fromkeys(counting))

    @property
    def danger_in_words(self) -> bool:
        """Danger was read in the words themselves, and not only supposed by the head."""
        return any(signal.tier >= Tier.T2 for signal in self.in_rules)

    @property
    def in_rules(self) -> tuple[Signal, ...]:
        """Signs that rules heard in the words."""
        return tuple(signal for signal in self.signals if signal.rule != SUPPOSED)

    @property
    def supposed(self) -> bool:
        """Only the head asks for as high a tier as this; what the words say, if anything, is less."""
        asking = {signal.rule for signal in self.signals if signal.tier is self.tier}
        return self.tier > Tier.T0 and asking == {SUPPOSED}

    @property
    def low(self) -> str:
        """The text in small letters, its apostrophes the plain ones."""
        return small(self.text)

    def did(self, act: str) -> bool:
        return any(found.name == act for found in self.acts)
