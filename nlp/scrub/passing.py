"""What only looks like an identifier: a laptop's age, a plant called Steve, chapter and verse, a public number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp import rules
from nlp.scrub.kinds import Found
from nlp.scrub.wordlists import data, either, phrases, split

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, repr=False)
class Passing:
    """`public` are whole identifiers that everybody has: helplines, well-known sites and accounts."""

    forms: Mapping[str, tuple[re.Pattern[str], ...]]
    public: frozenset[str]

    @classmethod
    def load(cls) -> "Passing":
        """RuleError on wrong data."""
        file = data("passing")
        thing = f"(?:{either(split(file['things']))})"
        forms = {
            kind: tuple(re.compile(text.replace("{thing}", thing)) for text in rules.texts(file[kind], "scrub passing"))
            for kind in ("age", "name", "event_date", "rare_job")
        }
        return cls(forms, frozenset(phrases(data("kept")["public"])))

    def spans(self, low: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where, by kind, nothing of that kind stands."""
        return {
            kind: [match.span("it") for form in forms for match in form.finditer(low)]
            for kind, forms in self.forms.items()
        }

    def is_public(self, low: str, one: Found) -> bool:
        """Whether all of it is known to everybody."""
        return _SPACE.sub(" ", low[one.start : one.end]) in self.public
