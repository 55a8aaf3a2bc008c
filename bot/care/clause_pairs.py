"""Which two clauses from apart in a message may be said back as one."""

from nlp.labels import Mood
from nlp.reading import Clause

_BESIDE = 0.5  # how much less than the first a second clause may be worth, to be said back with it
_MOST_OF_BOTH = 20  # words of two clauses said back together


def goes_with(first: Clause, second: Clause) -> bool:
    """Whether `second` is worth saying beside `first`, the better one, and reads well with it."""
    return _weighs_beside(first, second) and _go_together(first, second)


def _weighs_beside(first: Clause, second: Clause) -> bool:
    """A second clause that weighs little would only make a list of what was told."""
    return second.weight >= first.weight - _BESIDE


def _go_together(some: Clause, other: Clause) -> bool:
    """Short enough for one breath, of one direction, and the earlier without a joint of its own."""
    first = min(some, other, key=lambda c: c.span.start)
    if "," in first.text or " and " in first.text or {some.mood, other.mood} == {Mood.POSITIVE, Mood.NEGATIVE}:
        return False
    alike = some.text.split()[:3] == other.text.split()[:3]
    return not alike and len(f"{some.text} {other.text}".split()) <= _MOST_OF_BOTH
