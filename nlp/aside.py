"""Whether what was heard is told in passing: beside the point of its message, however plainly it stands there.

"Since my wife died I've had to do the talking at the club" is about the club, "I'm tired but it was worth it" about
what it was worth. A line that speaks to the rest outright misses the point. Short looks, in normal lower-case text.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

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
_NEAR = 400  # characters before the match in which its clause, quotation or bracket can have begun


@dataclass(frozen=True, slots=True)
class Asides:
    """One message, measured once: `low` is normal text in lower case, `ends` where its sentences end."""

    low: str
    words: int
    ends: tuple[int, ...]

    @classmethod
    def of(cls, low: str) -> "Asides":
        return cls(low, len(low.split()), tuple(match.end() for match in _ENDS.finditer(low)))

    def holds(self, start: int, end: int, *, grave: bool = False) -> bool:
        """Whether `low[start:end]` sets a scene, is outweighed, is quoted, or stands in the middle of a long message.

        So is what rests on a word or two of a message of many. `grave`: it weighs wherever in a message it is told, and
        in however few words.
        """
        begin = max(0, start - _NEAR)
        return (
            self._sets_a_scene(begin, start, end)
            or _QUOTED.search(self.low, begin, start) is not None
            or _BRACKETS.search(self.low, begin, start) is not None
            or _OUTWEIGHED.match(self.low, end) is not None
            or (not grave and (self._in_the_middle(start, end) or self._rests_on_little(start, end)))
        )

    def _sets_a_scene(self, begin: int, start: int, end: int) -> bool:
        if not (_SCENE.search(self.low, begin, start) or _REASON.search(self.low, begin, start)):
            return False
        return self._sentence(start, end) > len(self.low[start:end].split()) + _MORE

    def _sentence(self, start: int, end: int) -> int:
        """Words of the sentence, or sentences, that hold the match."""
        first, last = bisect_right(self.ends, start), bisect_left(self.ends, end)
        begin = self.ends[first - 1] if first else 0
        stop = self.ends[last] if last < len(self.ends) else len(self.low)
        return len(self.low[max(begin, start - _NEAR) : min(stop, end + _NEAR)].split())

    def _in_the_middle(self, start: int, end: int) -> bool:
        """Neither in the first two sentences nor in the last two, of a message long enough to have a middle."""
        if self.words < _LONG or len(self.ends) < _MANY:
            return False
        told = len(self.ends) - bisect_left(self.ends, end) - (not self.low[self.ends[-1] :].strip())
        return bisect_right(self.ends, start) > 1 and told > 1

    def _rests_on_little(self, start: int, end: int) -> bool:
        return (
            len(self.low[start:end].split()) <= _LOOSE and self.words >= _MUCH and self._sentence(start, end) > _BRIEF
        )
