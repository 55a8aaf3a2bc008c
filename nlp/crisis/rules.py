"""The risk rules as data: reads `rules/en/crisis*.yaml` into frozen values, refusing what it does not know.

Pattern shorthand, so that rules stay readable: `{name}` is a named piece from crisis_words.yaml; a blank matches
blanks and commas; `@` marks where the core starts, before which negation and the like are looked for.
"""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import count
from typing import Any

from nlp.crisis.tiers import DEFAULT_TIERS
from nlp.labels import Kind, Status, Tier
from nlp.rules import RuleError, check_keys, check_records, load_mapping

_PIECE = re.compile(r"\{([A-Za-z_]\w*)\}")
_BLANK = re.compile(r"(\[[^\]]*\])| [?*]?")
_HEAD = 3  # letters of a word that a family is woken by
_PLACES = frozenset({"before", "after", "sentence", "message"})


def head(word: str) -> str:
    """The part of a word by which families of rules are woken."""
    return word[:_HEAD]


@dataclass(frozen=True)
class RiskRule:
    """One way of saying something. `free_of` lists statuses that context must not give it."""

    id: str
    kind: Kind
    tier: Tier
    source: str
    regex: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    free_of: frozenset[Status] = frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.regex)

    def core(self, found: re.Match[str]) -> int:
        """Where the core of a match starts; the match itself if the rule marks none."""
        return max((found.start(name) for name in self.pattern.groupindex), default=-1)


@dataclass(frozen=True)
class Family:
    name: str
    heads: frozenset[str]
    rules: tuple[RiskRule, ...]


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
    families: tuple[Family, ...]
    masks: re.Pattern[str]
    contexts: tuple[ContextRule, ...]
    combines: tuple[CombineRule, ...]
    by_head: dict[str, tuple[int, ...]] = field(default_factory=dict)


class Pieces:
    """The named pieces; expands a pattern written in the shorthand."""

    def __init__(self, raw: dict[str, str]) -> None:
        self._raw = raw

    def expand(self, pattern: str, where: str) -> str:
        text = re.sub(r"\s+", " ", pattern.strip())
        for _ in range(6):
            text = _PIECE.sub(lambda found: self._piece(found[1], where), text)
        cores = count()
        text = re.sub("@", lambda _: f"(?P<core{next(cores)}>)", text)
        return _BLANK.sub(lambda found: found[1] or ("[ ,]+" if found[0] == " " else "[ ,]*"), text)

    def _piece(self, name: str, where: str) -> str:
        try:
            return "(?:" + re.sub(r"\s+", " ", self._raw[name].strip()) + ")"
        except KeyError:
            raise RuleError(f"{where}: no piece called {name}") from None


def _whole(pattern: str) -> str:
    return rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])"


def _tier(value: object, default: Tier) -> Tier:
    return default if value is None else Tier[str(value)]


def _risk_rule(row: dict[str, Any], kind: Kind, pieces: Pieces, where: str) -> RiskRule:
    kind = Kind(row.get("kind", kind))
    return RiskRule(
        id=row["id"],
        kind=kind,
        tier=_tier(row.get("tier"), DEFAULT_TIERS[kind]),
        source=row["source"],
        regex=_whole(pieces.expand(row["pattern"], f"{where}: {row['id']}")),
        yes=tuple(row["yes"]),
        no=tuple(row["no"]),
        free_of=frozenset(Status(name) for name in row.get("free_of", ())),
    )


def _family(raw: dict[str, Any], pieces: Pieces, where: str) -> Family:
    check_keys(raw, ("family", "kind", "words", "rules"), (), where)
    rows = check_records(
        raw["rules"], ("id", "pattern", "source", "yes", "no"), ("kind", "tier", "free_of"), f"{where}: {raw['family']}"
    )
    kind = Kind(raw["kind"])
    heads = frozenset(head(word) for word in raw["words"].split())
    return Family(raw["family"], heads, tuple(_risk_rule(row, kind, pieces, where) for row in rows))


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
    gap = rf"(?:[ ,]+(?!(?:i|im|ive)\b)[a-z0-9]+){{0,{within}}}" if within else ""
    if row["place"] == "before":
        return rf"(?<![a-z0-9])(?:{pattern}){gap}[ ,]*$"
    if row["place"] == "after":
        return rf"^[a-z0-9]*{gap}[ ,]*(?:{pattern})"
    return _whole(pattern)


def _context(row: dict[str, Any], pieces: Pieces, where: str) -> ContextRule:
    return ContextRule(
        id=row["id"],
        status=Status(row["status"]),
        place=_place(row, where),
        regex=_around(row, pieces, where),
        unless=_whole(pieces.expand(row["unless"], where)) if "unless" in row else None,
        kinds=_kinds(row.get("kinds")),
        tier=Tier[row["tier"]] if "tier" in row else None,
        kind=Kind(row["kind"]) if "kind" in row else None,
    )


def _combine(row: dict[str, Any], pieces: Pieces, where: str) -> CombineRule:
    return CombineRule(
        id=row["id"],
        kinds=_kinds(row["kinds"]),
        place=_place(row, where),
        regex=_whole(pieces.expand(row["pattern"], f"{where}: {row['id']}")),
        tier=Tier[row["tier"]],
        kind=Kind(row["kind"]) if "kind" in row else None,
        unless=_whole(pieces.expand(row["unless"], where)) if "unless" in row else None,
    )


def _rule_files(language: str) -> list[str]:
    folder = files("nlp").joinpath("rules", language)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("crisis_rules_"))
    return [f"rules/{language}/{name}" for name in names]


def load_rules(language: str = "en") -> RuleSet:
    """All risk rules of a language. RuleError names the file and the rule that is wrong."""
    base = f"rules/{language}/"
    pieces = Pieces(load_mapping(base + "crisis_words.yaml"))
    families: list[Family] = []
    for name in _rule_files(language):
        raw = load_mapping(name, ("families",), ())
        families += [_family(entry, pieces, name) for entry in raw["families"]]
    _check_ids(families)
    around = load_mapping(base + "crisis_context.yaml", ("masks", "contexts", "combines"), ())
    keys = ("id", "place", "pattern")
    contexts = check_records(
        around["contexts"], (*keys, "status", "source"), ("within", "unless", "kinds", "tier", "kind"), "contexts"
    )
    combines = check_records(around["combines"], (*keys, "kinds", "tier", "source"), ("kind", "unless"), "combines")
    masks = "|".join(pieces.expand(entry, "masks") for entry in around["masks"])
    return RuleSet(
        families=tuple(families),
        masks=re.compile(_whole(masks)),
        contexts=tuple(_context(row, pieces, "contexts") for row in contexts),
        combines=tuple(_combine(row, pieces, "combines") for row in combines),
        by_head=_index(families),
    )


def _check_ids(families: list[Family]) -> None:
    seen: set[str] = set()
    for rule in (rule for family in families for rule in family.rules):
        if rule.id in seen:
            raise RuleError(f"rule id twice: {rule.id}")
        seen.add(rule.id)


def _index(families: list[Family]) -> dict[str, tuple[int, ...]]:
    index: dict[str, list[int]] = {}
    for number, family in enumerate(families):
        for start in family.heads:
            index.setdefault(start, []).append(number)
    return {start: tuple(numbers) for start, numbers in index.items()}


@cache
def load_spellings(language: str = "en") -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The table for `nlp.fold.Folder`: plain words, and disguised spellings as patterns."""
    raw = load_mapping(f"rules/{language}/crisis_spelling.yaml", ("words", "disguised"), ())
    return dict(raw["words"]), tuple((row["pattern"], row["word"]) for row in raw["disguised"])
