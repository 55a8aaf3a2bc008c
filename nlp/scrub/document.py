"""Scrubs a text: finds identifiers and puts surrogates in their place, letter by letter the same elsewhere."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlp.scrub.draws import Draws
from nlp.scrub.find import Finder
from nlp.scrub.kinds import Found
from nlp.scrub.surrogates import Surrogates

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """`text` with surrogates; `spans` are where identifiers stood in the original, `made` what stands there now."""

    text: str
    spans: tuple[Found, ...]
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Scrubber:
    """Scrubs under one secret: the same person's same identifier gets the same surrogate in every text."""

    finder: Finder
    surrogates: Surrogates
    key: bytes = field(default_factory=lambda: secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def load(cls, key: bytes | None = None, cache: Path | None = None) -> "Scrubber":
        """With a secret of this run's own, or that of a study. Takes seconds; ScrubUnavailableError, RuleError."""
        return cls(Finder.load(cache), Surrogates.load(), key or secrets.token_bytes(_KEY_BYTES))

    def scrub(self, text: str, person: str = "") -> Scrubbed:
        """Nothing outside the spans changes. `person` parts people whose names must not be told alike."""
        spans = self.finder.find(text)
        taken = frozenset(text[one.start : one.end].lower() for one in spans)
        draws = Draws(self.key, person)
        made = tuple(self.surrogates.make(one, text, taken, draws) for one in spans)
        return Scrubbed(put(text, spans, made), spans, made)


def put(text: str, spans: Sequence[Found], made: Sequence[str]) -> str:
    """The text with each span replaced; spans are in order and do not overlap."""
    pieces, last = [], 0
    for one, new in zip(spans, made, strict=True):
        pieces += [text[last : one.start], new]
        last = one.end
    return "".join((*pieces, text[last:]))
