"""When no question is to be put: one stands in the reply already, or they said that there is no more to say."""

import re
from collections.abc import Iterable

from nlp.reading import Reading
from responses.model import Part

_ASKED = re.compile(r"\?|\bi wonder (how|what)\b|\btell me (how|what)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(nothing|not much|no) (more|else|left)( there is)? to (say|tell|add)\b|^that'?s (it|all)( really)?[.!]*$|"
    r"\bend of( the)? story\b|\benough said\b|\bleave it at that\b"
)


def asks_already(parts: Iterable[Part]) -> bool:
    """Whether the reply asks, outright or by "I wonder how that was": a second question makes it a quiz."""
    return any(_ASKED.search(part.text) for part in parts)


def closes_it(reading: Reading) -> bool:
    """They closed the subject: "nothing more to say about it"."""
    return _CLOSED.search(reading.low) is not None
