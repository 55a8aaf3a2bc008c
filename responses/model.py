"""What a curated response is. The YAML loader and the linter derive their allowed keys from these classes."""

from dataclasses import dataclass, field
from enum import StrEnum

from nlp.labels import Intensity, Mood, Tier


class Technique(StrEnum):
    SIMPLE_REFLECTION = "simple_reflection"
    COMPLEX_REFLECTION = "complex_reflection"
    DOUBLE_SIDED_REFLECTION = "double_sided_reflection"
    VALIDATION = "validation"
    AFFIRMATION = "affirmation"
    OPEN_QUESTION = "open_question"
    CLOSED_QUESTION = "closed_question"
    SUMMARY = "summary"
    INVITATION = "invitation"
    INFORMATION = "information"
    ACKNOWLEDGEMENT = "acknowledgement"
    REPAIR = "repair"
    SAFETY = "safety"


REFLECTIONS = frozenset(
    {
        Technique.SIMPLE_REFLECTION,
        Technique.COMPLEX_REFLECTION,
        Technique.DOUBLE_SIDED_REFLECTION,
        Technique.SUMMARY,
    }
)
QUESTIONS = frozenset({Technique.OPEN_QUESTION, Technique.CLOSED_QUESTION})


@dataclass(frozen=True, slots=True)
class When:
    """What must be true of the reading. Within a field any label is enough; fields that are set must all hold."""

    moods: frozenset[Mood] = frozenset()
    feelings: frozenset[str] = frozenset()
    intensity: frozenset[Intensity] = frozenset()
    situations: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()  # what a question to the listener is about
    self_talk: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()  # of the clause that is said back
    kinds: frozenset[str] = frozenset()
    tiers: frozenset[Tier] = frozenset()


@dataclass(frozen=True, slots=True)
class Retired:
    on: str
    why: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated response. `say` holds wordings of one thought; `ask` wordings of one question, left out at will."""

    id: str  # repeats its path: shelf.file.name
    purpose: str  # one sentence for the reviewer
    technique: Technique
    say: tuple[str, ...]
    ask: tuple[str, ...] = ()
    moment: str = ""  # one of shelves.yaml's moments: entries that are called by name, not by reading
    validation_level: int = 0  # 0 none, 1..5 (L-09); 6 does not exist
    when: When = field(default_factory=When)
    slots: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()  # what must be true of the world, for example on_call
    buttons: tuple[str, ...] = ()  # ids of labels on shelf system.buttons, for entries that offer a choice
    seed: tuple[str, ...] = ()
    source: str = ""
    author: str = ""
    written: str = ""
    retired: Retired | None = None
    path: str = ""  # set by the loader
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reply, with the entry it came from. `technique` open_question marks an entry's `ask`."""

    entry: str
    technique: Technique
    text: str
