"""What a study is, and what of a person may be looked at for one: labels and times, no name.

Words stand in `Said` alone, which exists only of people who gave the second consent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.care.checkins.plan import Slot
from bot.care.records import Alert, AlertStep, Consent, Keepsake, Turn

LABELS, TEXT = "research_labels", "research_text"  # the two consents
MARK, PRACTICE = "mark", "practice"
KEPT_KINDS = (MARK, PRACTICE)  # of what is kept for a person, all that a study may look at; own words are text


@dataclass(frozen=True, slots=True)
class Study:
    """What an export is for. Made once and not changed, so that every export of it means the same."""

    name: str
    start: date | None = None  # first and last local day that count; None: all days
    end: date | None = None
    purpose: str = ""
    contact: str = ""
    consent_version: str = ""
    consent_text: str = ""  # the words people agreed to
    pronouns: bool = False  # whether it asks for pronouns, in broad groups


@dataclass(frozen=True, slots=True)
class Person:
    """A client as the study's book sees them. `handle` is the store's; it leaves no export."""

    handle: str
    code: str | None  # the study id; None until one was given
    enrolled: datetime  # first contact
    consents: tuple[Consent, ...]
    country: str = ""
    zone: str = ""
    pronouns: str = ""  # as the person offered them: no export holds these words
    underage: bool = False
    test: bool = False  # a chat of staff

    def consented(self, purpose: str) -> bool:
        given = [consent.given for consent in self.consents if consent.purpose == purpose]
        return bool(given) and given[-1]


@dataclass(frozen=True, slots=True)
class Life:
    """One person with their label rows, oldest first. The words of turns were never opened: they stand as ""."""

    person: Person
    turns: tuple[Turn, ...] = ()
    kept: tuple[Keepsake, ...] = ()  # of KEPT_KINDS only
    check_ins: tuple[Slot, ...] = ()
    alerts: tuple[tuple[Alert, tuple[AlertStep, ...]], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What one person wrote, of somebody who agreed to both. Holds words: it is never printed."""

    person: Person
    words: tuple[tuple[datetime, str], ...] = ()  # of every turn, oldest first; "" where they are gone


@dataclass(frozen=True, slots=True)
class Record:
    """The line in the book for one export: append-only."""

    study: str
    at: datetime
    who: str
    why: str
    options: Mapping[str, object] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # path -> sha256
