"""What a message is about: words that say so (sure), and the head's second opinion (not sure).

Words are regular expressions per label in `rules/en/situations.yaml`; labels stand there from the most specific to the
broadest, and that is the order of what is found.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from nlp import rules
from nlp.aside import Asides
from nlp.heads import Opinion
from nlp.kept import NOTHING, Kept
from nlp.labels import GOOD_SITUATIONS, OPEN_SITUATIONS, SITUATIONS
from nlp.meant import meant
from nlp.patterns import Patterns
from nlp.reading import Finding, Span

TABLE = "rules/en/situations.yaml"
MOST = 3  # findings of one message
_WEIGHING = SITUATIONS - GOOD_SITUATIONS - OPEN_SITUATIONS
# Where somebody else's is no situation of the client's.
_OWN = frozenset(
    "job_loss job_search burnout bad_grade school_stress sleep tired panic overthinking crying procrastination "
    "body_image social_anxiety self_doubt feeling_behind chronic_pain becoming_parent missing_ex".split()
)


class _Meaning(NamedTuple):
    label: str
    rule: str
    sure: bool


class SituationReader:
    """Holds the patterns. `load` raises rules.RuleError on an unknown label or a broken pattern."""

    def __init__(self, said: dict[str, list[str]], mentioned: dict[str, list[str]], kept: Kept = NOTHING) -> None:
        rules.check_labels([*said, *mentioned], SITUATIONS, TABLE)
        rows = [*_rows(said, "said", True), *_rows(mentioned, "mentioned", False)]
        self._patterns = Patterns(rows, _whole, TABLE, kept=kept)
        self._place = {label: place for place, label in enumerate(dict.fromkeys([*said, *mentioned]))}

    @classmethod
    def load(cls, kept: Kept = NOTHING) -> "SituationReader":
        table = rules.load_mapping(TABLE, ("said", "mentioned"))
        return cls(table["said"], table["mentioned"], kept)

    def warm(self) -> None:
        self._patterns.warm()

    def read(self, text: str, opinions: Iterable[Opinion] = ()) -> tuple[Finding, ...]:
        """At most three findings in normal text: the sure ones first, and the specific before the broad.

        A thing only mentioned is sure when the head agrees and it does not stand in passing.
        """
        opinions = list(opinions)
        agreed = {opinion.label for opinion in opinions}
        asides = Asides.of(text.lower())
        found: dict[str, Finding] = {}
        for (label, rule, sure), pattern in self._patterns.worth_trying(text.lower()):
            span = _first_meant(label, pattern, text) if label not in found else None
            if span is not None:
                backed = label in agreed and not asides.holds(*span)
                found[label] = Finding(label, rule, sure or backed, span)
        worded = sorted(found.values(), key=lambda one: (not one.sure, one.name not in agreed, self._place[one.name]))
        heard = [
            Finding(one.label, f"situations.head.{one.label}", False) for one in opinions if one.label not in found
        ]
        first = [one for one in worded if one.sure]
        return tuple([*first, *heard, *worded[len(first) :]][:MOST])


def _whole(source: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{source})(?!\w)", re.IGNORECASE)


def _first_meant(label: str, pattern: re.Pattern[str], text: str) -> Span | None:
    """The first place in normal text where it is said in earnest, and of the client where it must be."""
    low = text.lower()
    spans = (match.span() for match in pattern.finditer(text))
    said = (s for s in spans if meant(low, *s, own=label in _OWN, weighs=label in _WEIGHING))
    return next((Span(*one) for one in said), None)


def _rows(table: dict[str, Any], part: str, sure: bool) -> Iterator[tuple[_Meaning, str]]:
    for label, patterns in table.items():
        for number, pattern in enumerate(rules.texts(patterns, f"{TABLE}: {label}"), start=1):
            yield _Meaning(label, f"situations.{part}.{label}.{number}", sure), pattern
