"""The word floor: plain statements of risk, found with nothing but Python and tuples already in memory.

It runs when all else in the ear has failed, over texts of any length, and knows no grammar: a few frames for what
is said plainly, a short look back for "not" and "they", and a list of harmless phrases. The reader in nlp.crisis
hears far more.
"""

import re
from dataclasses import dataclass
from typing import Any

from nlp.fold import Folded, Folder, spaced, whole
from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal
from nlp.rules import check_records, load_mapping

_BACK = 60  # characters looked back for "not", and the room a statement may take before its danger word
_AHEAD = 90
_KEYS = ("id", "kind", "tier", "pattern")


@dataclass(frozen=True, slots=True)
class FloorRule:
    id: str
    kind: Kind
    tier: Tier
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Floor:
    folder: Folder
    rules: tuple[FloorRule, ...]
    near: re.Pattern[str]
    hidden: re.Pattern[str]
    not_after: re.Pattern[str]

    @classmethod
    def load(cls, language: str = "en") -> "Floor":
        """Reads the floor's data once; afterwards it needs no file and no library. RuleError if the data is wrong."""
        raw = load_mapping(f"rules/{language}/floor.yaml", ("near", "not_after", "hidden", "rules"), ())
        spellings = load_mapping(f"rules/{language}/crisis_spelling.yaml", ("words", "disguised"), ())
        pairs = [(row["pattern"], row["word"]) for row in spellings["disguised"]]
        return cls(
            folder=Folder(spellings["words"], pairs),
            rules=tuple(_rule(row) for row in check_records(raw["rules"], _KEYS, (), "floor.yaml")),
            near=_compiled(raw["near"]),
            hidden=_compiled(whole(raw["hidden"])),
            not_after=_compiled(rf"(?<![a-z0-9])(?:{raw['not_after']})[ ,]*$"),
        )

    def read(self, text: str) -> tuple[Signal, ...]:
        """Asserted signs only, in order of place; spans are code points of `text`. Linear in its length."""
        folded = self.folder.fold(text)
        plain = self.hidden.sub(lambda found: "·" * len(found[0]), folded.text)
        signals = [
            signal for start, end in self._stretches(plain) for signal in self._within(folded, plain, start, end)
        ]
        return tuple(sorted(set(signals), key=lambda signal: (signal.span, signal.rule)))

    def _stretches(self, text: str) -> list[tuple[int, int]]:
        """The parts of the text that lie around a danger word, joined where they overlap."""
        stretches: list[tuple[int, int]] = []
        for found in self.near.finditer(text):
            start, end = max(0, found.start() - _BACK), found.end() + _AHEAD
            if stretches and start <= stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
        return stretches

    def _within(self, folded: Folded, text: str, start: int, end: int) -> list[Signal]:
        return [
            Signal(rule.kind, Status.ASSERTED, rule.tier, rule.id, folded.span(*found.span()))
            for rule in self.rules
            for found in rule.pattern.finditer(text, start, end)
            if not self.not_after.search(text, max(0, found.start() - _BACK), found.start())
        ]


def _rule(row: dict[str, Any]) -> FloorRule:
    return FloorRule(row["id"], Kind(row["kind"]), Tier[row["tier"]], _compiled(whole(row["pattern"])))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(spaced(pattern))
