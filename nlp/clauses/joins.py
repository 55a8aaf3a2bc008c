"""Two clauses that belong together are said back together: both sides of a "but", a deed and its "because".

Half of a contrast would say what the speaker did not mean; the whole of it is the best reflection there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.clauses.cut import Run
from nlp.reading import Clause

BOTH_SIDES = "both_sides"
_CONTRASTS = {"but": ", but ", "though": ", though ", "although": ", although ", "yet": ", yet "}
_REASONS = dict.fromkeys(("because", "cause", "cos", "cuz", "coz"), " because ")
_ALSO = {**dict.fromkeys(("and", "n", "&", "plus"), " and "), "so": ", so "}
_WORDS = {**_CONTRASTS, **_REASONS, **_ALSO}
_MOST_WORDS = 22


@dataclass(frozen=True, slots=True)
class Found:
    """A clause that stands by itself, with the run it was found in."""

    run: Run
    clause: Clause
    weight: str = ""  # the frame it weighs by, if not its own: the weightier of a pair
    lead: str = ""  # "when", "since" ...: it says when or why its neighbour holds, and never stands alone


def joined(found: Sequence[Found], lost: frozenset[str]) -> Iterator[tuple[Found, Found, str, bool]]:
    """Neighbours with the words between them turned into one joint, and whether it is a contrast.

    `lost` are the words beyond which nothing may be cut off; a pair that is itself half of more is left out.
    """
    for first, second in pairwise(found):
        between = _between(first.run, second.run)
        if first.lead and not second.lead and between == "":
            if second.run.after not in lost and _fits(first, second):
                yield first, second, ", ", False
            continue
        if first.lead or second.lead or between not in _WORDS or first.run.condition or second.run.condition:
            continue
        if first.run.before in lost or second.run.after in lost:
            continue
        if _fits(first, second):
            yield first, second, _WORDS[between], between in _CONTRASTS


def _fits(first: Found, second: Found) -> bool:
    return len(f"{first.clause.text} {second.clause.text}".split()) <= _MOST_WORDS


def _between(first: Run, second: Run) -> str | None:
    """The one joining word between two runs, "" for a mere comma; None if anything else stands there.

    Two runs of one sentence, or of two of which the second opens with a contrast: "I love it here. But I miss home."
    """
    start, end = first.tokens[-1].i + 1, second.tokens[0].i
    turned = second.sentence == first.sentence + 1 and second.before in _CONTRASTS and first.after == second.before
    if end < start or not (first.sentence == second.sentence or turned):
        return None
    words = [token.lower_ for token in first.tokens[0].doc[start:end] if not token.is_punct and not token.is_space]
    return " ".join(words) if len(words) < 2 else None
