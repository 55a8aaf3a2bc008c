"""Invented label rows at the level of the port: any number of people, each made from its number alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from bot.care.checkins.plan import KINDS, Slot, SlotState
from bot.care.records import Alert, AlertState, AlertStep, Consent, Keepsake, Turn
from bot.care.research.records import Life, Person, Record, Said, Study
from bot.care.research.rows import Known
from bot.care.research.standing import gives_text
from bot.research.codebook import CHECK_IN_REASONS, MARK_SOURCES
from bot.research.facts import Program
from nlp import labels
from nlp.labels import Tier
from responses.model import Technique

BEGIN = datetime(2026, 2, 2, 9, 15, 33, tzinfo=UTC)
PRACTICES = ("break", "breath", "grounding")
ENTRIES = (*(f"listening.shelf.entry-{n}" for n in range(40)), "crisis.danger.heard")
FEELINGS, SITUATIONS, ACTS = sorted(labels.FEELINGS), sorted(labels.SITUATIONS), sorted(labels.ACTS)
TECHNIQUES = [technique.value for technique in Technique if technique is not Technique.SAFETY]
WORDS_OF_ROWS = ("short", "long", "left", "stopped", "done", "softer", "same", "harder", *PRACTICES, *KINDS)
PROGRAM = Program(
    Known(
        entries=frozenset(ENTRIES),
        techniques=frozenset(technique.value for technique in Technique),
        languages=frozenset({"en", "de", "fr", "und"}),
        names=frozenset({*WORDS_OF_ROWS, *CHECK_IN_REASONS, *MARK_SOURCES, *(state.value for state in SlotState)}),
    ),
    versions={"warmline": "0.1.0", "ear": "e012345678", "library": "abcdefabcd", "model": "none"},
    lists={"practices": PRACTICES},
    library=dict.fromkeys(ENTRIES, "validation"),
)
_SIGNS = {Tier.T0: (), Tier.T1: ("hopelessness",), Tier.T2: ("wish_dead",), Tier.T3: ("method_or_plan",)}


@dataclass(frozen=True)
class Shape:
    """How people are. `risky`: share of those with signs of risk."""

    people: int = 120
    turns: int = 12  # most
    risky: float = 0.3
    countries: tuple[str, ...] = ("GB", "GB", "GB", "DE", "IE", "JP", "")
    languages: tuple[str, ...] = ("en", "en", "en", "de", "fr")
    consents: tuple[str, ...] = ("research_labels",)
    pronouns: tuple[str, ...] = ("", "she/her", "he/him")
    version: str = "2"  # of the consents
    spread: int = 60  # days over which people come
    spoil: Callable[[Life, Random], Life] | None = None  # changes a life that was made


@dataclass
class World:
    """See bot.care.research.ports.Research. Lives are made when asked for, so that any number fits into memory."""

    shape: Shape = field(default_factory=Shape)
    seed: int = 1
    words: str = "my boss Marguerite laughed"  # of every message
    withdrawn: set[str] = field(default_factory=set)
    known: dict[str, Study] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    book: list[Record] = field(default_factory=list)

    async def people(self, study: str, after: str, limit: int) -> list[Person]:
        begin = int(after) + 1 if after else 0
        return [self.person(study, n) for n in range(begin, min(begin + limit, self.shape.people))]

    async def lives(self, study: str, handles: Sequence[str]) -> list[Life]:
        return [self.life(study, int(handle)) for handle in handles]

    async def said(self, study: str, handles: Sequence[str]) -> list[Said]:
        lives = [self.life(study, int(handle)) for handle in handles]
        return [
            Said(life.person, tuple((turn.at, self.words) for turn in life.turns))
            for life in lives
            if gives_text(life.person)
        ]

    async def study(self, name: str) -> Study | None:
        return self.known.get(name)

    async def studies(self) -> list[Study]:
        return list(self.known.values())

    async def add_study(self, study: Study) -> None:
        self.known[study.name] = study

    async def give_codes(self, study: str, codes: Mapping[str, str]) -> None:
        for handle, code in codes.items():
            self.codes.setdefault((study, handle), code)

    async def destroy_codes(self, study: str) -> int:
        return 0

    async def record(self, record: Record) -> None:
        self.book.append(record)

    async def records(self, study: str) -> list[Record]:
        return self.book

    def person(self, study: str, number: int) -> Person:
        random, handle = Random(f"{self.seed}:{number}"), f"{number:09}"
        enrolled = BEGIN + timedelta(days=random.randrange(self.shape.spread), minutes=random.randrange(1440))
        consents = [Consent("talk", True, self.shape.version, enrolled)]
        consents += [Consent(purpose, True, self.shape.version, enrolled) for purpose in self.shape.consents]
        if handle in self.withdrawn:
            consents.append(Consent("research_labels", False, "1", enrolled))
        country = random.choice(self.shape.countries)
        zone = {"GB": "Europe/London", "DE": "Europe/Berlin", "JP": "Asia/Tokyo"}.get(country, "")
        pronouns = random.choice(self.shape.pronouns)
        return Person(handle, self.codes.get((study, handle)), enrolled, tuple(consents), country, zone, pronouns)

    def life(self, study: str, number: int) -> Life:
        person, random = self.person(study, number), Random(f"{self.seed}:{number}:life")
        language, risky = random.choice(self.shape.languages), random.random() < self.shape.risky
        at, turns = person.enrolled, []
        for _ in range(random.randint(1, self.shape.turns)):
            turns.append(a_turn(at, random, language, risky=risky and random.random() < 0.2))
            at += timedelta(minutes=random.choice((1, 2, 5, 700, 2000, 9000)))
        life = Life(person, tuple(turns), kept(person, random), slots(person, random), alerts(turns, random))
        return self.shape.spoil(life, random) if self.shape.spoil else life


def a_turn(at: datetime, random: Random, language: str, *, risky: bool) -> Turn:
    tier = random.choice((Tier.T1, Tier.T2, Tier.T3)) if risky else Tier.T0
    found: dict[str, Any] = {
        "feelings": random.sample(FEELINGS[:6], random.randrange(3)),
        "situations": random.sample(SITUATIONS[:8], random.randrange(2)),
        "acts": random.sample(ACTS[:4], 1),
        "self_talk": [],
        "kinds": list(_SIGNS[tier]),
        "mood": "negative",
        "sentiment": random.uniform(-1, 1),
        "language": language,
        "faults": [],
        "words": random.randrange(120),
        "reply_words": random.randrange(60),
        "version": "e012345678",
    }
    count = random.randint(1, 3)
    entries = tuple(random.choices(ENTRIES[:12], k=count)) if tier is Tier.T0 else ("crisis.danger.heard",) * count
    techniques = tuple(random.choices(TECHNIQUES, k=count)) if tier is Tier.T0 else ("safety",) * count
    return Turn(at, "", "", tier, found, (), entries, techniques)


def kept(person: Person, random: Random) -> tuple[Keepsake, ...]:
    found = []
    for number in range(random.randrange(4)):
        at = person.enrolled + timedelta(days=number, hours=1)
        found.append(Keepsake(f"m{number}", "mark", at, {"value": random.randint(1, 5), "from": "check_in"}))
        run = {"name": random.choice(PRACTICES), "length": "short", "ended": "done", "after": "softer", "steps": 3}
        found.append(Keepsake(f"p{number}", "practice", at, run))
    return tuple(found)


def slots(person: Person, random: Random) -> tuple[Slot, ...]:
    found = []
    for number in range(random.randrange(6)):
        due = person.enrolled + timedelta(days=3 * number, hours=2)
        state = random.choice((SlotState.SENT, SlotState.ANSWERED, SlotState.ANSWERED, SlotState.SKIPPED))
        why = "late" if state is SlotState.SKIPPED else ""
        changed = due + timedelta(minutes=random.randrange(600))
        found.append(Slot(f"s{number}", "plan", date(2026, 2, 2), number, KINDS[0], state, why, due, changed))
    return tuple(found)


def alerts(turns: Sequence[Turn], random: Random) -> tuple[tuple[Alert, tuple[AlertStep, ...]], ...]:
    found = []
    for number, turn in enumerate(turns):
        if turn.tier >= Tier.T2:
            alert = Alert(number, "h", "client-1234", turn.tier, ("wish_dead",), AlertState.SEEN, turn.at, 0)
            seen = AlertStep(number, AlertState.SEEN, turn.at + timedelta(minutes=random.randrange(90)), "duty-1")
            found.append((alert, (AlertStep(number, AlertState.SENT, turn.at, "clock"), seen)))
    return tuple(found)


def renamed(life: Life, **changes: Any) -> Life:
    return replace(life, person=replace(life.person, **changes))
