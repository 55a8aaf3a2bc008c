"""Stages that the same episodes go through (sent, seen, closed), told so that no subtraction gives a small number.

Two totals that may each be shown can still say, one taken from the other, that a single person was never seen. So a
stage is told only when those who are in it and not in another told one, and the other way round, are none or enough
(R-08).
"""

from collections.abc import Collection, Sequence, Set

from bot.care.research.cells import SMALLEST

Item = tuple[str, int]  # study id, and a number within that person


def tellable(known: Set[Item], stages: Sequence[Set[Item]], smallest: int = SMALLEST) -> list[bool]:
    """Of each stage, whether its numbers may stand beside those before it. `known`: all, which other figures tell."""
    told, found = [known], []
    for stage in stages:
        fine = _enough(len(people(stage)), smallest) and all(_apart(stage, other, smallest) for other in told)
        found.append(fine)
        told += [stage] if fine else []
    return found


def split(part: Set[Item], whole: Set[Item], smallest: int = SMALLEST) -> bool:
    """Whether a share may be told: nobody, or enough people, on either side of it."""
    return tellable(whole, [part], smallest) == [True]


def people(items: Set[Item]) -> frozenset[str]:
    return frozenset(code for code, _ in items)


def beside(sizes: Sequence[int], hidden: Collection[int], smallest: int = SMALLEST) -> set[int]:
    """Places to hide besides `hidden` (small groups), as the total of `sizes` stands elsewhere: two at least, and so
    much in them together that each could be any number from 1 to 10 for all the total tells.
    """
    found = set(hidden)
    shown = sorted((place for place, size in enumerate(sizes) if size and place not in found), key=lambda p: sizes[p])
    while found and shown and (len(found) < 2 or sum(sizes[p] for p in found) - len(found) + 1 < smallest):
        found.add(shown.pop(0))
    return found


def _apart(one: Set[Item], other: Set[Item], smallest: int) -> bool:
    steps = (
        len(people(one - other)),
        len(people(other - one)),
        abs(len(people(one)) - len(people(other))),
        abs(len(one) - len(other)),
    )
    return all(_enough(step, smallest) for step in steps)


def _enough(number: int, smallest: int) -> bool:
    return number == 0 or number >= smallest
