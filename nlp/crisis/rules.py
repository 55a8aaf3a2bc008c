"""The risk rules as data: reads `rules/en/crisis*.yaml` into frozen values, refusing what it does not know.

Pattern shorthand, so that rules stay readable: `{name}` is a named piece from crisis_words.yaml or
crisis_classes.yaml; a blank matches blanks and commas; `@` marks where the core starts, before which negation and the
like are looked for.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from nlp.crisis.cues import Cue, load_cues
from nlp.crisis.needs import ways
from nlp.crisis.shorthand import Pieces
from nlp.crisis.tiers import DEFAULT_TIERS
from nlp.fold import Folder, whole
from nlp.kept import NOTHING, Kept
from nlp.labels import Kind, Status, Tier
from nlp.rules import RuleError, check_keys, check_records, load_mapping
from nlp.waking import Waking

_OWN_CLAUSE = r"(?:i|im|ive|ill|id|me|my|him|her|it|us|and|anymore)\b"  # words a cue does not reach across
_PLACES = frozenset({"before", "after", "sentence", "message"})


@dataclass(frozen=True)
class RiskRule:
    """One way of saying something. `free_of` lists statuses that context must not give it.

    `supporting`: too loose to count alone; it counts beside a sign that another rule found in the same message.
    """

    id: str
    kind: Kind
    tier: Tier
    source: str
    written: str  # a regular expression; it matches whole words
    yes: tuple[str, ...]
    no: tuple[str, ...]
    free_of: frozenset[Status] = frozenset()
    supporting: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(whole(self.written))

    def core(self, found: re.Match[str]) -> int:
        """Where the core of a match starts; the match itself if the rule marks none."""
        return max((found.start(name) for name in self.pattern.groupindex), default=-1)


@dataclass(frozen=True)
class ContextRule:
    """What the words around a sign do to it. First match wins, in the order of the file."""

    id: str
    status: Status
    place: str
    regex: str
    unless: str | None
    kinds: frozenset[Kind]
    tier: Tier | None = None
    kind: Kind | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.regex)

    @cached_property
    def stopped_by(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None


@dataclass(frozen=True)
class CombineRule:
    """A sign of `kinds` that stands with `regex` in the same place asks for `tier`, and may become `kind`."""

    id: str
    kinds: frozenset[Kind]
    place: str
    regex: str
    tier: Tier
    kind: Kind | None
    unless: str | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.regex)

    @cached_property
    def stopped_by(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None


@dataclass(frozen=True)
class RuleSet:
    rules: tuple[RiskRule, ...]
    waking: Waking  # of the rules, in their order
    cues: tuple[Cue, ...]
    masks: re.Pattern[str]
    contexts: tuple[ContextRule, ...]
    combines: tuple[CombineRule, ...]

    @cached_property
    def supporting(self) -> frozenset[str]:
        """Ids of the rules that never count alone."""
        return frozenset(rule.id for rule in self.rules if rule.supporting)

    def awake(self, text: str) -> list[RiskRule]:
        """The rules whose needed words stand in `text`."""
        return [self.rules[place] for place in self.waking.places(text)]


def _tier(value: object, default: Tier) -> Tier:
    return default if value is None else Tier[str(value)]


def _risk_rule(row: dict[str, Any], kind: Kind, pieces: Pieces, where: str) -> RiskRule:
    kind = Kind(row.get("kind", kind))
    return RiskRule(
        id=row["id"],
        kind=kind,
        tier=_tier(row.get("tier"), DEFAULT_TIERS[kind]),
        source=row["source"],
        written=pieces.expand(row["pattern"], f"{where}: {row['id']}"),
        yes=tuple(row["yes"]),
        no=tuple(row["no"]),
        free_of=frozenset(Status(name) for name in row.get("free_of", ())),
        supporting=bool(row.get("supporting", False)),
    )


def _family(raw: dict[str, Any], pieces: Pieces, where: str) -> list[RiskRule]:
    check_keys(raw, ("family", "kind", "rules"), (), where)
    rows = check_records(
        raw["rules"],
        ("id", "pattern", "source", "yes", "no"),
        ("kind", "tier", "free_of", "supporting"),
        f"{where}: {raw['family']}",
    )
    kind = Kind(raw["kind"])
    return [_risk_rule(row, kind, pieces, where) for row in rows]


def _kinds(value: object) -> frozenset[Kind]:
    return frozenset(Kind(name) for name in str(value).split()) if value else frozenset()


def _place(row: dict[str, Any], where: str) -> str:
    if row["place"] not in _PLACES:
        raise RuleError(f"{where}: {row['id']}: unknown place")
    return str(row["place"])


def _around(row: dict[str, Any], pieces: Pieces, where: str) -> str:
    """A cue before a sign must end near it, one after must start near it: at most `within` words between."""
    pattern = pieces.expand(row["pattern"], f"{where}: {row['id']}")
    within = int(row.get("within", 0))
    gap = (
        rf"(?:[ ,]+(?!(?:i|im|ive|ill|id|me|my|him|her|it|us|and|anymore)\b)[a-z0-9]+){{0,{within}}}" if within else ""
    )
    if row["place"] == "before":
        return rf"(?<![a-z0-9])(?:{pattern}){gap}[ ,]*$"
    if row["place"] == "after":
        return rf"^[a-z0-9]*{gap}[ ,]*(?:{pattern})"
    return whole(pattern)


def _context(row: dict[str, Any], pieces: Pieces, where: str) -> ContextRule:
    return ContextRule(
        id=row["id"],
        status=Status(row["status"]),
        place=_place(row, where),
        regex=_around(row, pieces, where),
        unless=whole(pieces.expand(row["unless"], where)) if "unless" in row else None,
        kinds=_kinds(row.get("kinds")),
        tier=Tier[row["tier"]] if "tier" in row else None,
        kind=Kind(row["kind"]) if "kind" in row else None,
    )


def _combine(row: dict[str, Any], pieces: Pieces, where: str) -> CombineRule:
    return CombineRule(
        id=row["id"],
        kinds=_kinds(row["kinds"]),
        place=_place(row, where),
        regex=whole(pieces.expand(row["pattern"], f"{where}: {row['id']}")),
        tier=Tier[row["tier"]],
        kind=Kind(row["kind"]) if "kind" in row else None,
        unless=whole(pieces.expand(row["unless"], where)) if "unless" in row else None,
    )


def _rule_files(language: str) -> list[str]:
    folder = files("nlp").joinpath("rules", language)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("crisis_rules_"))
    return [f"rules/{language}/{name}" for name in names]


def load_rules(language: str = "en", kept: Kept = NOTHING) -> RuleSet:
    """All risk rules of a language. RuleError names the file and the rule that is wrong."""
    base = f"rules/{language}/"
    words = load_mapping(base + "crisis_words.yaml") | load_mapping(base + "crisis_classes.yaml")
    pieces = Pieces(words, Folder(*load_spellings(language)))
    rules: list[RiskRule] = []
    for name in _rule_files(language):
        raw = load_mapping(name, ("families",), ())
        rules += [rule for entry in raw["families"] for rule in _family(entry, pieces, name)]
    _check_ids(rules)
    around = load_mapping(base + "crisis_context.yaml", ("masks", "contexts", "combines"), ())
    keys = ("id", "place", "pattern")
    contexts = check_records(
        around["contexts"], (*keys, "status", "source"), ("within", "unless", "kinds", "tier", "kind"), "contexts"
    )
    combines = check_records(around["combines"], (*keys, "kinds", "tier", "source"), ("kind", "unless"), "combines")
    written = [rule.written for rule in rules]
    masks = "|".join(pieces.expand(entry, "masks") for entry in around["masks"])
    return RuleSet(
        rules=tuple(rules),
        waking=Waking(kept.ways(f"crisis-{language}", written, lambda: [ways(source) for source in written])),
        cues=load_cues(base + "crisis_cues.yaml", pieces),
        masks=re.compile(whole(masks)),
        contexts=tuple(_context(row, pieces, "contexts") for row in contexts),
        combines=tuple(_combine(row, pieces, "combines") for row in combines),
    )


def _check_ids(rules: list[RiskRule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"rule id twice: {rule.id}")
        seen.add(rule.id)


@cache
def load_spellings(language: str = "en") -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The table for `nlp.fold.Folder`: plain words, and disguised spellings as patterns."""
    raw = load_mapping(f"rules/{language}/crisis_spelling.yaml", ("words", "disguised"), ())
    return dict(raw["words"]), tuple((row["pattern"], row["word"]) for row in raw["disguised"])
