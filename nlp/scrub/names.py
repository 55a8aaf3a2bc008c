"""Finds the names of people: given names wherever they stand, words that are also names, and unknown words, by signs.

A sign is a relation before ("my boss mark"), what people do after ("will broke up with me"), being met ("told art"),
being named ("a girl called hope"), or a large letter inside a small-lettered text.
"""

import re
from collections.abc import Iterator

from nlp.scrub.kinds import Found
from nlp.scrub.line import Line, Word
from nlp.scrub.name_lists import NameLists
from nlp.scrub.name_signs import FOR_STRANGE, FOR_WORDS, NameSigns

_SHORTENED = re.compile(r"'(?:ll|ve|re|d|m|t)$")  # "he'll" is no name


class NameFinder:
    """Finds names in a line; the rule of a finding is the sign that held."""

    def __init__(self, lists: NameLists) -> None:
        self._lists = lists
        self._signs = NameSigns(lists)

    def find(self, line: Line) -> Iterator[Found]:
        """Every name, with the family name beside it."""
        hits: dict[int, str] = {}
        for word in line.words:
            rule = self._rule(line, word)
            if rule:
                hits[word.at] = rule
        self._again(line, hits)
        taken = -1
        for at in sorted(hits):
            if at > taken:
                first, taken = self._from(line, at), self._until(line, at, hits)
                yield Found(first.start, line.words[taken].stop, "name", 0.8, f"name/{hits[at]}")

    def _rule(self, line: Line, word: Word) -> str:
        lists = self._lists
        if not word.text[0].isalpha() or self._signs.on_show(line, word) or _SHORTENED.search(word.low):
            return ""
        if len(word.low) < 2:
            return "title" if line.low_around(word.at, -1) in lists.honorifics | {"coach"} else ""
        if self._signs.titled(line, word):
            return "title"
        if word.low in lists.first or (word.low.endswith("s") and word.low[:-1] in lists.first and not word.known):
            return "given"
        if word.low in lists.words:
            return self._signs.first(FOR_WORDS, line, word)
        return self._other_rule(line, word)

    def _other_rule(self, line: Line, word: Word) -> str:
        """For a word on no list of names."""
        lists = self._lists
        if word.low.endswith("s") and word.low[:-1] in lists.words and self._signs.is_short(line, word):
            return "short"
        if self._signs.is_name(line, word):
            return "named"
        if self._signs.owns_bare(line, word):
            return "owns-bare"
        if word.low in lists.never or word.low in lists.titles:
            return ""
        if line.proper(word) and not word.first:
            if not word.known or word.low in lists.last:
                return "large"
            if rule := self._signs.first(["called_so", "related", "titled"], line, word):
                return rule
        if line.strange(word):
            return self._strange_rule(line, word)
        return ""

    def _strange_rule(self, line: Line, word: Word) -> str:
        if word.large and not line.shouting:
            return "large"
        return self._signs.first(FOR_STRANGE, line, word)

    def _again(self, line: Line, hits: dict[int, str]) -> None:
        """A word that is a name once is one again, unless an article or a number says that it is a thing."""
        known = {line.words[at].low for at in hits}
        for word in line.words:
            if word.at in hits or word.low not in known or word.tag == "MD":
                continue
            before = line.low_around(word.at, -1)
            if before not in ("the", "a", "an", "my", "this", "that", "no", "to", "some") and not before.isdigit():
                hits[word.at] = "again"

    def _from(self, line: Line, at: int) -> Word:
        """A title such as Dr goes with the name, so do letters ("J. Abernathy") and a first half ("jean-paul")."""
        while at and (
            (line.words[at].gap == "-" and line.words[at - 1].text.isalpha())
            or (
                line.words[at].gap in (". ", ".")
                and len(line.words[at - 1].text) == 1
                and line.words[at - 1].text.isupper()
            )
        ):
            at -= 1
        before = line.around(at, -1)
        return before if before and before.low in self._lists.honorifics else line.words[at]

    def _until(self, line: Line, at: int, hits: dict[int, str]) -> int:
        """The last word of the name: the family name or a second given name."""
        last = at
        while (
            (following := line.around(last, 1))
            and not line.words[last].owns
            and last - at < 3
            and (following.at in hits or self._family(line, following))
        ):
            last = following.at
        return last

    def _family(self, line: Line, word: Word) -> bool:
        if word.low in self._lists.never or word.low in self._lists.doing:
            return False
        if word.low in self._lists.last:
            return not word.known or word.large
        if word.gap in ("-", " ") and line.proper(word) and (not word.known or word.gap == "-"):
            return True
        return line.strange(word) and word.tag in ("NN", "NNP", "NNS", "NNPS", "JJ") and not word.low.endswith("ing")
