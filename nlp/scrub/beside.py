"""Finds what stands beside a place or an address that was found: a postal code of digits alone."""

import re
from collections.abc import Iterable, Iterator

from nlp.scrub.kinds import Found

_AFTER = re.compile(
    r",?\s+(?P<it>\d{4,6})(?![\w%]|[.,:/-]\d)(?=\s*(?:$|[.,;!?)]|(?:and|n|but|so|where|if|is|its|thats)\b))"
)
_BEFORE = re.compile(r"(?<![\w.,£$€:/-])(?P<it>\d{4,6}),?\s+$")
_YEAR = re.compile(r"(?:19|20)\d\d")


def codes_beside(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Postal codes of four to six digits right before or after a place or street; years are none."""
    for one in found:
        if one.type not in ("place", "address"):
            continue
        lead = max(0, one.start - 10)
        for match, offset in ((_AFTER.match(text, one.end), 0), (_BEFORE.search(text[lead : one.start]), lead)):
            if match and not _YEAR.fullmatch(match["it"]):
                yield Found(match.start("it") + offset, match.end("it") + offset, "postcode", 0.9, "beside/place")
