"""Signs of a name that take several words: pairs, pleas, what is thought of, what only a person can be."""

from nlp.scrub.line import Line, Word
from nlp.scrub.name_lists import NameLists

_OF_TWO = frozenset("are r were got have both next from upstairs downstairs keep split want hate love".split())
_DEAR = frozenset("love honey pet hen duck dear sugar flower petal babe darling star angel gem champ ace".split())


class FarNameSigns:
    """Each sign says whether it holds for a word of a line."""

    def __init__(self, lists: NameLists) -> None:
        self._lists = lists
        self._around = lists.around

    def called_so(self, line: Line, word: Word) -> bool:
        """ "i named her hope", "its grace again"."""
        before, second = line.low_around(word.at, -1), line.low_around(word.at, -2)
        if before in ("him", "her", "it", "me", "them") and second in ("named", "call", "called", "naming"):
            return word.low not in _DEAR and (not is_verb(word) or line.around(word.at, 1) is None)
        again = line.low_around(word.at, 1) in ("again", "here") and line.around(word.at, 2) is None
        return again and before in ("its", "it's", "im", "i'm") and word.low not in self._around["weather"]

    def pleaded(self, line: Line, word: Word) -> bool:
        """ "will pls come back"."""
        return self._begins(line, word) and line.low_around(word.at, 1) in ("pls", "please", "plz")

    def thought_of(self, line: Line, word: Word) -> bool:
        """ "thinking of mark", "its over w grace": a tie to a person before it."""
        before, second = line.low_around(word.at, -1), line.low_around(word.at, -2)
        if before in ("of", "about"):
            return (
                second in self._around["thinking"] and word.low not in self._lists.mass and not word.low.endswith("ing")
            )
        if before in ("w", "with", "to"):
            return second in self._around["tied"] and not word.low.endswith("ing")
        return False

    def is_person(self, line: Line, word: Word) -> bool:
        """ "faith is pregnant", "hope is my sister": what follows can be said of people alone."""
        if not self._begins(line, word) or line.low_around(word.at, 1) not in self._around["being"]:
            return False
        what = line.low_around(word.at, 2)
        return what in self._around["states"] or (
            what in self._around["side"] | {"a", "an"}
            and any(line.low_around(word.at, step) in self._lists.relations | self._around["skip"] for step in (3, 4))
        )

    def _begins(self, line: Line, word: Word) -> bool:
        before = line.around(word.at, -1)
        return before is None or before.low in self._lists.opening

    def paired(self, line: Line, word: Word) -> bool:
        """ "me and devonte", "will and april are": one of the two is a person for certain, or both may be."""
        for step in (-1, 1):
            if line.low_around(word.at, step) not in self._around["pair"]:
                continue
            other = line.around(word.at, 2 * step)
            if other and (other.low in self._lists.first and other.low not in self._lists.mass):
                return True
            if other and other.low in ("me", "i") and (self._of_two(line, word) or self._alone(line, word, step)):
                return True
            if other and other.low in self._lists.words and self._both(line, min(word.at, other.at)):
                return True
        return False

    def _of_two(self, line: Line, word: Word) -> bool:
        """ "me n drew were": a verb for several follows."""
        return line.low_around(word.at, 1) in ("were", "are", "r", "have", "both", "used", "arent", "werent")

    def _alone(self, line: Line, word: Word, step: int) -> bool:
        """Nothing else makes it a thing: no verb, no noun after, no determiner before."""
        if is_verb(word):
            return False
        following = line.around(word.at, 1)
        if step < 0:
            return not following or following.tag[:2] in ("VB", "MD", "RB") or following.low in self._lists.doing
        return self._begins(line, word)

    def _both(self, line: Line, at: int) -> bool:
        """Two words that are names too begin a clause, and what people do or where they live follows."""
        one, other = line.low_around(at, 0), line.low_around(at, 2)
        if {one, other} <= self._lists.mass or not self._begins(line, line.words[at]):
            return False
        after = line.around(at, 3)
        return after is not None and (after.low in _OF_TWO or after.low in self._lists.doing or after.tag == "VBP")


def is_verb(word: Word) -> bool:
    """Whether the tagger took it for a verb."""
    return word.tag == "MD" or word.tag.startswith("VB")
