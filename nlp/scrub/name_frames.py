"""Signs of a name in the clause around it: who follows, who acts later, who is meant by "its ...", what is owned."""

from nlp.scrub.line import Line, Word
from nlp.scrub.name_far_signs import FarNameSigns, is_verb

_FAR = 7  # words after the name within which an act of a person is looked for
_JOINED = frozenset("from at in next with w on across upstairs downstairs opposite".split())
_ROOMS = frozenset(
    "room hall payroll office desk hr kitchen corner reception ward bed till shop floor landing yard".split()
)
_DULL = frozenset("grey gray green red blue brown white black gold silver misty sunny stormy dark raw sore".split())
_IS = frozenset("its it's been was wasnt isnt not".split())
_KIN_AFTER = frozenset(
    "aunty auntie aunti uncle ji bhai bhaiya didi akka anna bhabhi chacha masi mausi apa abla agabey".split()
)
_TAKEN = frozenset("the a an my your ur his her our their this that some any no more such much".split())
_MINDS = frozenset("know like care think love hate want need remember mind understand miss mean hear get see".split())
_ORDINARY_ENDS = ("ed", "ing", "ly", "ish", "ful", "less")


class FrameNameSigns(FarNameSigns):
    """Each sign says whether it holds for a word of a line."""

    def who_follows(self, line: Line, word: Word) -> bool:
        """ "dawn who does my hair": only a person is a who, if no article made it a thing."""
        if line.low_around(word.at, 1) not in ("who", "whos", "who's", "whose"):
            return False
        return line.low_around(word.at, -1) not in _TAKEN and not word.low.endswith("s")

    def acts_later(self, line: Line, word: Word) -> bool:
        """ "carol at the desk knows me": it begins a clause, a place follows, then what only people do."""
        if not self._begins(line, word) or line.low_around(word.at, 1) not in _JOINED:
            return False
        later = [after for step in range(2, _FAR) if (after := line.around(word.at, step))]
        if any(after.low in self._lists.personal for after in later):
            return True
        placed = any(after.low in _ROOMS for after in later[:2])
        return placed and word.low not in self._lists.mass and any(after.tag in ("VBZ", "VBD") for after in later)

    def acts(self, line: Line, word: Word) -> bool:
        """An unknown word before what people do, with no article or quality before it: "no way dquan did"."""
        before, after = line.around(word.at, -1), line.around(word.at, 1)
        if (
            after is None
            or not word.tag.startswith("NN")
            or (before and before.tag[:2] in ("DT", "JJ", "PR", "CD", "IN", "NN"))
        ):
            return (
                before is not None
                and before.tag == "NN"
                and before.low == "way"
                and after is not None
                and after.low in self._lists.doing
            )
        return after.low in self._lists.personal

    def from_a_group(self, line: Line, word: Word) -> bool:
        """ "grace from year 9", "hope from form 10b": a number follows the group."""
        if line.low_around(word.at, 1) not in ("from", "in") or line.low_around(word.at, -1) in _TAKEN:
            return False
        group, number = line.low_around(word.at, 2), line.low_around(word.at, 3)
        return group in ("year", "yr", "form", "class", "block", "floor", "flat", "number", "no", "unit") and (
            number[:1].isdigit()
        )

    def is_meant(self, line: Line, word: Word) -> bool:
        """ "its ray.", "its always been mark": nothing follows, and it is no quality or stuff."""
        if line.around(word.at, 1) is not None or word.low in self._lists.mass | _DULL or not word.tag.startswith("NN"):
            return False
        before = line.low_around(word.at, -1)
        if before in ("always", "only", "just"):
            before = line.low_around(word.at, -2)
        return before in _IS and not word.low.endswith(_ORDINARY_ENDS)

    def owns_bare(self, line: Line, word: Word) -> bool:
        """ "saw bills car": the apostrophe is left out, and what is owned is a person's."""
        stem = word.low[:-1]
        if (
            not word.tag.startswith("NN")
            or not word.low.endswith("s")
            or word.owns
            or stem not in self._lists.words | self._lists.first
        ):
            return False
        owned = line.low_around(word.at, 1) in self._around["events"]
        return owned and line.low_around(word.at, -1) not in _TAKEN and stem not in self._lists.times

    def minded(self, line: Line, word: Word) -> bool:
        """ "does joy know": a question about what somebody has in mind."""
        asked = line.low_around(word.at, -1) in ("does", "did", "dont", "doesnt", "didnt", "wont", "would", "if")
        following = line.low_around(word.at, 1)
        if line.low_around(word.at, -1) == "if":
            return following.rstrip("s") in _MINDS and not following.endswith("ed") and word.low not in ("only",)
        return asked and following in _MINDS and not is_verb(word)

    def kin_after(self, line: Line, word: Word) -> bool:
        """ "jaswinder aunty", "rohit bhai": the word of kin stands behind."""
        return line.low_around(word.at, 1) in _KIN_AFTER and (
            line.strange(word) or word.low in self._lists.people or line.proper(word)
        )
