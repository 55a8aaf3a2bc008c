"""Cues: words that risk is told with, too loose to count, which let the embedding head speak at a lower certainty.

A cue may instead say that its words are `figurative`: words the rules know so well that, where none counts, risk was
most likely not meant, and the head must be nearly certain.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from nlp.crisis.shorthand import Pieces
from nlp.fold import whole
from nlp.labels import Kind, Status
from nlp.rules import check_records, load_mapping


@dataclass(frozen=True)
class Cue:
    """Words of one kind of risk. Its sign has no tier and is not judged in context."""

    id: str
    kind: Kind
    status: Status
    yes: tuple[str, ...]
    regex: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.regex)


def load_cues(name: str, pieces: Pieces) -> tuple[Cue, ...]:
    """The cues of a file. RuleError names the one that is wrong."""
    rows = check_records(
        load_mapping(name, ("cues",), ())["cues"], ("id", "kind", "pattern", "source", "yes"), ("status",), name
    )
    return tuple(
        Cue(
            id=row["id"],
            kind=Kind(row["kind"]),
            status=Status(row.get("status", Status.ASSERTED)),
            yes=tuple(row["yes"]),
            regex=whole(pieces.expand(row["pattern"], row["id"])),
        )
        for row in rows
    )
