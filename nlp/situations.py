"""What a message is about: words that say so (sure), and the head's second opinion (not sure).

Words are regular expressions per label in `rules/en/situations.yaml`; labels stand there from the most specific to the
broadest, and that is the order of what is found.
"""

import re
from collections.abc import Iterable

from nlp import rules
from nlp.heads import Opinion
from nlp.labels import SITUATIONS
from nlp.reading import Finding, Span

TABLE = "rules/en/situations.yaml"
MOST = 3  # findings of one message


class SituationReader:
    """Holds the patterns. `load` raises rules.RuleError on an unknown label or a broken pattern."""

    def __init__(self, table: dict[str, list[str]]) -> None:
        rules.check_labels(table, SITUATIONS, TABLE)
        self._patterns = [
            (label, number, _compiled(pattern, label))
            for label, patterns in table.items()
            for number, pattern in enumerate(rules.texts(patterns, f"{TABLE}: {label}"), start=1)
        ]
        self._place = {label: place for place, label in enumerate(table)}

    @classmethod
    def load(cls) -> "SituationReader":
        return cls(rules.load_mapping(TABLE))

    def read(self, text: str, opinions: Iterable[Opinion] = ()) -> tuple[Finding, ...]:
        """At most three findings in normal text: those with words first, the most specific before the broad."""
        found: dict[str, Finding] = {}
        for label, number, pattern in self._patterns:
            if label not in found and (match := pattern.search(text)):
                found[label] = Finding(label, f"situations.{label}.{number}", True, Span(*match.span()))
        opinions = list(opinions)
        agreed = {opinion.label for opinion in opinions}
        said = sorted(found.values(), key=lambda one: (one.name not in agreed, self._place[one.name]))
        heard = [
            Finding(one.label, f"situations.head.{one.label}", False) for one in opinions if one.label not in found
        ]
        return tuple((said + heard)[:MOST])


def _compiled(pattern: str, label: str) -> re.Pattern[str]:
    try:
        return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    except re.error as error:
        raise rules.RuleError(f"{TABLE}: {label}: {error}") from error
