"""The word floor: plain statements of danger, heard with nothing but Python and its own table.

It stands when the parser, the embedding or the fuller reader of risk has failed, and it is what decides whether a
message may wait for the end of a burst. It knows no context beyond a negation right before; the fuller reader does.
"""

import re
from dataclasses import dataclass

from nlp.crisis.rules import load_spellings
from nlp.fold import Folder
from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal
from nlp.rules import check_records, load_mapping

_KEYS = ("id", "kind", "tier", "pattern")


@dataclass(frozen=True, slots=True)
class _Statement:
    id: str
    kind: Kind
    tier: Tier
    pattern: re.Pattern[str]


class Floor:
    """Made by `load`; safe to share between threads."""

    def __init__(self, statements: tuple[_Statement, ...], not_after: tuple[str, ...], folder: Folder) -> None:
        self._statements = statements
        self._negated = re.compile(rf"\b(?:{'|'.join(map(re.escape, not_after))})(?: (?:really|even|actually))?\s*$")
        self._folder = folder

    @classmethod
    def load(cls, language: str = "en") -> "Floor":
        """Reads and checks the table. rules.RuleError if a row is wrong."""
        name = f"rules/{language}/floor.yaml"
        raw = load_mapping(name, ("not_after", "rules"), ())
        rows = check_records(raw["rules"], _KEYS, (), name)
        statements = tuple(
            _Statement(row["id"], Kind(row["kind"]), Tier[row["tier"]], re.compile(row["pattern"])) for row in rows
        )
        return cls(statements, tuple(map(str, raw["not_after"])), Folder(*load_spellings(language)))

    def read(self, text: str) -> tuple[Signal, ...]:
        """Signs in the whole text, in order of place. Total, and linear in the length of the text."""
        folded = self._folder.fold(text)
        found = [
            Signal(
                statement.kind, Status.ASSERTED, statement.tier, statement.id, folded.span(match.start(), match.end())
            )
            for statement in self._statements
            for match in statement.pattern.finditer(folded.text)
            if not self._negated.search(folded.text, max(0, match.start() - 24), match.start())
        ]
        return tuple(sorted(found, key=lambda signal: signal.span))
