"""What a message is about: words that say so (sure), and the head's second opinion (not sure).

Words are regular expressions per label in `rules/en/situations.yaml`; labels stand there from the most specific to the
broadest, and that is the order of what is found.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from nlp import rules
from nlp.heads import Opinion
from nlp.labels import SITUATIONS
from nlp.pieces import needed_pieces
from nlp.reading import Finding, Span

TABLE = "rules/en/situations.yaml"
MOST = 3  # findings of one message


class _Pattern(NamedTuple):
    label: str
    rule: str
    sure: bool
    source: str
    needed: tuple[str, ...]  # one of these stands in every match; looked for first, because that is cheap


class SituationReader:
    """Holds the patterns. `load` raises rules.RuleError on an unknown label or a broken pattern."""

    def __init__(self, said: dict[str, list[str]], mentioned: dict[str, list[str]]) -> None:
        rules.check_labels([*said, *mentioned], SITUATIONS, TABLE)
        self._patterns = [*_patterns(said, "said", True), *_patterns(mentioned, "mentioned", False)]
        self._awake: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for piece in pattern.needed:
                self._awake.setdefault(piece, []).append(number)
        self._always = [number for number, pattern in enumerate(self._patterns) if not pattern.needed]
        self._compiled: dict[str, re.Pattern[str]] = {}  # filled when first needed: compiling all takes half a second
        self._place = {label: place for place, label in enumerate(dict.fromkeys([*said, *mentioned]))}

    @classmethod
    def load(cls) -> "SituationReader":
        table = rules.load_mapping(TABLE, ("said", "mentioned"))
        return cls(table["said"], table["mentioned"])

    def read(self, text: str, opinions: Iterable[Opinion] = ()) -> tuple[Finding, ...]:
        """At most three findings in normal text: the sure ones first, and the specific before the broad.

        A thing only mentioned is sure when the head agrees.
        """
        opinions = list(opinions)
        agreed = {opinion.label for opinion in opinions}
        found: dict[str, Finding] = {}
        for label, rule, sure, source, _ in self._worth_trying(text.lower()):
            if label not in found and (match := self._pattern(source).search(text)):
                found[label] = Finding(label, rule, sure or label in agreed, Span(*match.span()))
        worded = sorted(found.values(), key=lambda one: (not one.sure, one.name not in agreed, self._place[one.name]))
        heard = [
            Finding(one.label, f"situations.head.{one.label}", False) for one in opinions if one.label not in found
        ]
        first = [one for one in worded if one.sure]
        return tuple([*first, *heard, *worded[len(first) :]][:MOST])

    def _pattern(self, source: str) -> re.Pattern[str]:
        if source not in self._compiled:
            self._compiled[source] = re.compile(rf"\b(?:{source})(?!\w)", re.IGNORECASE)
        return self._compiled[source]

    def _worth_trying(self, low: str) -> list[_Pattern]:
        """The patterns of which a needed piece stands in the text, in their order."""
        awake = {number for piece, numbers in self._awake.items() if piece in low for number in numbers}
        return [self._patterns[number] for number in sorted(awake.union(self._always))]


def _patterns(table: dict[str, Any], part: str, sure: bool) -> Iterator[_Pattern]:
    for label, patterns in table.items():
        for number, pattern in enumerate(rules.texts(patterns, f"{TABLE}: {label}"), start=1):
            try:
                needed = needed_pieces(pattern)
            except re.error as error:
                raise rules.RuleError(f"{TABLE}: {label}: {error}") from error
            yield _Pattern(label, f"situations.{part}.{label}.{number}", sure, pattern, needed)
