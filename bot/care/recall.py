"""What of their own words answers "do you remember ...?": from memory where it is there, and nothing made up.

Pure: memory and the question in, values of slots out.
"""

from collections.abc import Iterable

from bot.care.memory import CLAUSES, Memory, touches
from responses.fill import listed

_MOST = 3  # people and things named at once
# Words of the question itself, not of what it is about.
_ASKING = frozenset(
    "remember recall recollect know tell told say said mention mentioned what who which where when how did do "
    "does you u i we have has had was were is are am can could would will still even again already ever last "
    "time week yesterday today before earlier name names called age thing things about anything something "
    "everything so far me mine us right please ok hey hi really at all any chance by not don't dont forget "
    "forgot forgotten talking up off leave talk mind keep in then now go from whats what's it's long much good "
    "memory hold see".split()
)


def recalled(question: str, memory: Memory, topics: Iterable[str], name: str) -> dict[str, str]:
    """Values of {clause}, {phrases} or {name}; empty where memory holds nothing of it, or it is off-limits."""
    words = [word.strip(".,!?\"'’").lower() for word in question.split()]
    about = [word for word in words if word and word not in _ASKING and not touches(word, ("my your the",))]
    about = [word.removesuffix("'s").removesuffix("’s") for word in about if word not in ("my", "your", "the", "a")]
    if not about and name and "name" in " ".join(words):
        return {"name": name}
    kept = [p for p in memory.phrases if p.turn < memory.turn and not touches(p.text, topics)]
    kept = [p for p in kept if not about or touches(p.text, about)]
    clauses = [p.text for p in kept if p.what in CLAUSES]
    if about and clauses:
        return {"clause": clauses[-1]}
    named = list(dict.fromkeys(p.text for p in kept if p.what not in CLAUSES))[-_MOST:]
    if named:
        return {"phrases": listed(named)}
    return {"clause": clauses[-1]} if clauses else {}
