"""The line for a message of a few words: said back, by what kind of answer it is. Pure."""

from collections.abc import Callable, Mapping

from nlp.labels import Mood
from nlp.reading import Reading
from responses.pick import Picked, Wanted

_SHELF = "listening.brief."
_ANY = "any."
_GONE = "listening.thread.gone-"
_BRIEF = 9  # words of a message that leans on what went before
# Kind of answer (nlp.clauses.bits) -> the file of the shelf that has its lines.
_FILES: Mapping[str, str] = {
    kind: file
    for file, kinds in {
        "who": "nobody alone everyone person",
        "how": "worse better so_so sound",
        "time": "since lasting when often",
        "what": "means because place thing told doing",
        "face": "face_sad face_flat face_warm",
    }.items()
    for kind in kinds.split()
}


def brief_line(reading: Reading, base: Wanted, mood: Mood, pick: Callable[[Wanted], Picked | None]) -> Picked | None:
    """A brief message said back with what fits its kind, else with what fits any; None where nothing of it may be.

    In a talk about somebody who died, one that cannot be said back leads to them. `mood` is that of the talk: a brief
    answer seldom shows one.
    """
    wanted = base._replace(mood=mood)
    bit = reading.bit
    if bit is None or "said" not in base.slots:
        about_them = "gone" in base.slots and len(reading.text.split()) <= _BRIEF
        return pick(wanted._replace(shelf=_GONE, techniques=frozenset())) if about_them else None
    kind = wanted._replace(shelf=f"{_SHELF}{_FILES[bit.kind]}.{bit.kind}-")
    if bit.kind.startswith("face"):
        return pick(kind._replace(techniques=frozenset()))  # met, not said back
    return pick(kind) or pick(wanted._replace(shelf=_SHELF + _ANY))
