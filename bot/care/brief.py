"""The line for a message of a few words: said back, by what kind of answer it is. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from nlp.labels import Mood
from nlp.reading import Bit
from responses.pick import Picked, Wanted

_SHELF = "listening.brief."
_ANY = "any."
# Kind of answer (nlp.clauses.bits) -> the file of the shelf that has its lines.
_FILES: Mapping[str, str] = {
    kind: file
    for file, kinds in {
        "who": "nobody alone everyone person",
        "how": "worse better so_so sound",
        "time": "since lasting when often",
        "what": "means because place thing told doing",
    }.items()
    for kind in kinds.split()
}


def brief_line(bit: Bit | None, base: Wanted, mood: Mood, pick: Callable[[Wanted], Picked | None]) -> Picked | None:
    """The words of `bit` said back with what fits their kind, else with what fits any; None where `base` has no place
    for them. `mood` is that of the talk: a brief answer seldom shows one.
    """
    if bit is None or "said" not in base.slots:
        return None
    wanted = replace(base, mood=mood)
    kind = replace(wanted, shelf=f"{_SHELF}{_FILES[bit.kind]}.{bit.kind}-")
    return pick(kind) or pick(replace(wanted, shelf=_SHELF + _ANY))
