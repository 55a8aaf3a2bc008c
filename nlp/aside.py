"""Whether what was heard is told in passing: beside the point of its message, however plainly it stands there.

"Since my wife died I've had to do the talking at the club" is about the club, "I'm tired but it was worth it" about
what it was worth. A line that speaks to the rest outright misses the point. Short looks, in normal lower-case text.
"""

import re

_WITHIN = r"(?:(?! (?:and|but|so|then) )[^.!?,;\n]){0,60}$"  # still in the clause that was begun
# A clause that only sets the scene for another one.
_SCENE = re.compile(
    r"(?:^|[.!?,;:\n(]\s*|\b(?:and|but|so|then|cos|because) )"
    r"(?:(?:it|that|this) (?:was|is|happened) )?(?:just |only |even |ever |not long |right |shortly |the \w+ )?"
    r"(?:since|when|whenever|while|after|before|until|till|by the time|although|even though|though|ever since)\b"
    rf"{_WITHIN}"
)
_REASON = re.compile(rf"\b(?:because|cos|cuz|bc|in case|so that)\b{_WITHIN}")
# What comes after "but" is the point: enough words must follow, and none that brings it back.
_OUTWEIGHED = re.compile(r"[^.!?\n]{0,40}?,? but (?!(?:i )?(?:don't know|dunno)\b)(?:[^\s.!?]+ ){3}")
_QUOTED = re.compile(r"(?:^|[\s(])\"[^\"\n]*$")
_BRACKETS = re.compile(r"\([^)\n]*$")
_ENDS = re.compile(r"[.!?\n…]+(?=\s|$)|\n")
_LONG, _MANY = 40, 4  # words, sentences: a message in the middle of which something may well stand in passing
_LOOSE, _MUCH, _BRIEF = 2, 16, 8  # words of the match, in a message of so many, unless its own sentence is brief
_MORE = 4  # words of a main clause that follows its scene


def in_passing(low: str, start: int, end: int, *, grave: bool = False) -> bool:
    """Whether `low[start:end]` sets a scene, is outweighed, is quoted, or stands in the middle of a long message.

    So is what rests on a word or two of a message of many. `low` is normal text in lower case. `grave`: it weighs
    wherever in a message it is told, and in however few words.
    """
    return (
        _sets_a_scene(low, start, end)
        or _QUOTED.search(low, 0, start) is not None
        or _BRACKETS.search(low, 0, start) is not None
        or _OUTWEIGHED.match(low, end) is not None
        or (not grave and (_in_the_middle(low, start, end) or _rests_on_little(low, start, end)))
    )


def _sets_a_scene(low: str, start: int, end: int) -> bool:
    if not (_SCENE.search(low, 0, start) or _REASON.search(low, 0, start)):
        return False
    return len(_sentence(low, start, end).split()) > len(low[start:end].split()) + _MORE


def _sentence(low: str, start: int, end: int) -> str:
    begin = max((m.end() for m in _ENDS.finditer(low, 0, start)), default=0)
    stop = _ENDS.search(low, end)
    return low[begin : stop.start() if stop else len(low)]


def _in_the_middle(low: str, start: int, end: int) -> bool:
    """Neither in the first two sentences nor in the last two, of a message long enough to have a middle."""
    ends = [m.end() for m in _ENDS.finditer(low)]
    if len(low.split()) < _LONG or len(ends) < _MANY:
        return False
    after = sum(1 for place in ends if place >= end and low[place:].strip())
    return sum(1 for place in ends if place <= start) > 1 and after > 1


def _rests_on_little(low: str, start: int, end: int) -> bool:
    return (
        len(low[start:end].split()) <= _LOOSE
        and len(low.split()) >= _MUCH
        and len(_sentence(low, start, end).split()) > _BRIEF
    )
