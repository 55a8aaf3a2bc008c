"""k-anonymity and l-diversity by showing less: what identifies is hidden, person by person, until no group is small.

Every person's shown values are shared by at least `k` people, and within such a group each sensitive field takes at
least two values (R-06, R-07). People are not thrown away for it: cells are hidden, the least useful first. Test
accounts do not count towards `k`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HIDDEN = "hidden"
L = 2


@dataclass(frozen=True, slots=True)
class Identity:
    """What an outsider may know of a person (`shown`, the most useful first) and must not learn (`sensitive`)."""

    code: str
    shown: tuple[str, ...]
    sensitive: tuple[str, ...]
    test: bool = False


@dataclass(frozen=True, slots=True)
class Masked:
    shown: dict[str, tuple[str, ...]]  # code -> values, some of them "hidden"
    left_out: tuple[str, ...]  # codes that no group could take in
    open_fields: tuple[bool, ...]  # whether each sensitive field may be shown at all


def mask(people: Sequence[Identity], k: int, patterns: Sequence[tuple[int, ...]]) -> Masked:
    """Hide until k and l hold. `patterns`: which places of `shown` to keep, from the fullest on; () is added last.

    A sensitive field that has one value among all people is withheld as a whole, as no group could be diverse in it.
    """
    people = sorted(people, key=lambda person: person.code)
    real = [person for person in people if not person.test]
    fields = _open_fields(real)
    if len(real) < k:
        return Masked({}, tuple(person.code for person in people), fields)
    groups = _grouped(people, k, fields, [*patterns, ()])
    shown = {person.code: values for values, members in groups.items() for person in members}
    return Masked(shown, tuple(person.code for person in people if person.code not in shown), fields)


def holds(people: Iterable[Identity], k: int, fields: Sequence[bool]) -> bool:
    """Whether people who look the same are enough, and differ in every sensitive field that is shown."""
    real = [person for person in people if not person.test]
    if len(real) < k:
        return False
    return all(
        not shown or len({person.sensitive[place] for person in real}) >= L for place, shown in enumerate(fields)
    )


def _open_fields(people: Sequence[Identity]) -> tuple[bool, ...]:
    places = len(people[0].sensitive) if people else 0
    return tuple(len({person.sensitive[place] for person in people}) >= L for place in range(places))


Groups = dict[tuple[str, ...], list[Identity]]


def _grouped(people: Sequence[Identity], k: int, fields: Sequence[bool], patterns: Sequence[tuple[int, ...]]) -> Groups:
    waiting, done = list(people), Groups()
    for pattern in patterns:
        for values, members in _by(waiting, pattern).items():
            # A group may be met again with the same values, when what a person has is "hidden" from the start.
            if holds([*done.get(values, ()), *members], k, fields):
                done.setdefault(values, []).extend(members)
        taken = {person.code for members in done.values() for person in members}
        waiting = [person for person in waiting if person.code not in taken]
    return _with_rest(done, waiting, k, fields)


def _by(people: Iterable[Identity], pattern: tuple[int, ...]) -> Groups:
    groups: Groups = defaultdict(list)
    for person in people:
        groups[tuple(v if place in pattern else HIDDEN for place, v in enumerate(person.shown))].append(person)
    return dict(groups)


def _with_rest(done: Groups, rest: list[Identity], k: int, fields: Sequence[bool]) -> Groups:
    """Those who fit nowhere join a group with everything hidden, and so do whole other groups until it holds."""
    if all(person.test for person in rest):
        return done
    everything = (HIDDEN,) * len(rest[0].shown)
    rest = [*done.pop(everything, ()), *rest]
    while not holds(rest, k, fields):
        # The group that shows least and is smallest loses least by it.
        least = min(done, key=lambda values: (-values.count(HIDDEN), len(done[values]), values))
        rest += done.pop(least)
    done[everything] = rest
    return done
