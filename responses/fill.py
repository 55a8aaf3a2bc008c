"""Puts a person's own words or a table's values into a curated line. The only place where reply text is made.

Closed vocabulary: what comes out is the entry's text with its slots replaced, and nothing else. A slot without a value
is an error here, because picking must not have offered that line.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_SLOT = re.compile(r"\{([A-Za-z_]+)\}")
_LINES = 8192  # of the library, asked about again with each message
_STOPS = re.compile(r"([.?!])\.(?=\s|$)")  # "going on?." after a value that ends in its own stop


@lru_cache(_LINES)
def slots_of(text: str) -> frozenset[str]:
    """Names of the slots in a line, in the case they are written: {"Clause", "person"}."""
    return frozenset(_SLOT.findall(text))


@lru_cache(_LINES)
def length(text: str) -> int:
    """Words of a line, a slot being one."""
    return len(text.split())


def can_fill(text: str, values: Mapping[str, str]) -> bool:
    return "{" not in text or all(values.get(name.lower()) for name in slots_of(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The line with values in place; {Clause} takes the value of "clause" with a capital first letter.

    Raises KeyError for a slot without a value.
    """

    def put(match: re.Match[str]) -> str:
        name = match[1]
        value = values[name.lower()]
        return value[:1].upper() + value[1:] if name[0].isupper() else value

    return _STOPS.sub(r"\1", _SLOT.sub(put, text))


def listed(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; "" for none."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def shortened(text: str, most: int) -> str:
    """The beginning of a text in one line of at most `most` characters; a cut is shown."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[: most - 1].rstrip() + "…"


def opener(text: str, words: int = 3) -> str:
    """The first words of a reply, folded, by which repetition is noticed."""
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'"))[:words])
