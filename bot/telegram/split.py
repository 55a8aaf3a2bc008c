"""Telegram takes 4096 UTF-16 units; a longer text goes as several messages, cut where a reader would pause."""

import re

LIMIT = 4096
# From the best place to cut to the worst; the cut comes after the match.
PLACES = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?…][\"'”’)]*\s"), re.compile(r"\s"))


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Parts of at most `limit` units, none of them blank, which together hold every letter of `text` in order."""
    parts = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, _fitting(rest, limit))
        if head := rest[:cut].rstrip():
            parts.append(head)
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _fitting(text: str, limit: int) -> int:
    """How many code points fit; at least one."""
    used = 0
    for number, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return max(number, 1)
    return len(text)


def _cut(text: str, fits: int) -> int:
    """The last good place in the second half of what fits, else right at the limit."""
    for place in PLACES:
        ends = [match.end() for match in place.finditer(text, 0, fits)]
        if ends and ends[-1] > fits // 2:
            return ends[-1]
    return fits
