"""Finds words that are also names by the clause they stand in: "told hope everything", "grace and i", "at rob's".

The clauses are data (data/en/name_frames.yaml).
"""

import re
from collections.abc import Iterator

from nlp import rules
from nlp.scrub.kinds import Found
from nlp.scrub.line import Line, Word
from nlp.scrub.name_lists import NameLists
from nlp.scrub.wordlists import data, either

_HELPING = frozenset({"will", "may", "can"})  # a verb in its plain form after these says that they are no names
_NOUNS = frozenset({"NN", "NNP", "NNPS", "FW", "JJ", "VB", "VBP", ""})
_ENDINGS = ("ing", "ed", "ly", "ness", "tion", "body", "one", "ment", "ity", "er", "ers", "ist", "ism", "ful", "ous")
_GONE_ON = frozenset("less miss bless pass mass boss this has his was des toms".split())
_PAST = frozenset({"rose", "drew"})


class NameClauseFinder:
    """Finds names that the words around them give away."""

    def __init__(self, lists: NameLists) -> None:
        file = data("name_frames")
        words = lists.words - lists.relations - {"said", "hung", "ever"}
        pieces = dict(file["pieces"]) | {"kin": f"(?:{either(lists.relations)})", "other": either(lists.first | words)}
        self._known = (
            *_compiled(file["any"], pieces, either(words)),
            *_compiled(file["solid"], pieces, either(words - lists.mass - lists.times - _HELPING - _PAST)),
        )
        self._open = tuple(_compiled(file["any"], pieces, r"[^\W\d_]{3,}"))
        self._not = lists.never | lists.relations | lists.titles | lists.mass | lists.times | lists.doing | words

    def find(self, line: Line) -> Iterator[Found]:
        """Every name, also where several clauses hold."""
        for clause in self._known:
            for match in clause.finditer(line.low):
                if not (match["it"] in _HELPING and _helps(line, match.start("it"))) and _whole(line, match.end("it")):
                    yield Found(*match.span("it"), "name", 0.78, "name/clause")
        words = {word.start: word for word in line.words}
        for clause in self._open:
            for match in clause.finditer(line.low):
                word = words.get(match.start("it"))
                if word and self._rare(line, word):
                    yield Found(*match.span("it"), "name", 0.7, "name/open-clause")

    def _rare(self, line: Line, word: Word) -> bool:
        """A noun in the singular that few write: in the place of a person it is one."""
        if word.low in self._not or word.tag not in _NOUNS or word.low.endswith(_ENDINGS):
            return False
        return not line.dictionary.usual(word.low)


def _whole(line: Line, end: int) -> bool:
    """Whether no ordinary word goes on there: "les" is no name in "less and less"."""
    word = next((word for word in line.words if word.start < end <= word.end), None)
    return (
        word is None or word.end == end or word.owns or (line.low[end : word.end] == "s" and word.low not in _GONE_ON)
    )


def _helps(line: Line, start: int) -> bool:
    """Whether the word there helps a verb: "will never come", but not "will never came"."""
    word = next((word for word in line.words if word.start == start), None)
    following = line.around(word.at, 1) if word else None
    if word is None or following is None:
        return False
    return word.tag == "MD" and following.tag in ("VB", "RB", "PRP")


def _compiled(patterns: object, pieces: dict[str, str], words: str) -> Iterator[re.Pattern[str]]:
    name = f"(?<![\\w'-])(?P<it>{words})"
    for pattern in rules.texts(patterns, "scrub name clauses"):
        for piece, text in pieces.items():
            pattern = pattern.replace(f"<{piece}>", text)
        first, *rest = pattern.split("X")
        ends = "" if rest[0].startswith("'?s") else r"(?![\w-])"
        yield re.compile(first + name + ends + "(?P=it)".join(rest))
