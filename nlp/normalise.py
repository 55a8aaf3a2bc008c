"""Makes typed text readable for the rest of the ear, and keeps the way back to the original.

Unicode forms, apostrophes, zero-width and control characters, stretched words, stutters and chat spellings. Every
reader behind this one gets the normal text; the ear maps their spans back with `Normal.span`. There is no free spell
correction: it does harm. The table is `rules/en/chat_spellings.yaml`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from nlp import rules
from nlp.reading import Span

TABLE = "rules/en/chat_spellings.yaml"

_SINGLE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u201b\u0060\u00b4\u2032\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2028\u2029\u0085\x0b\x0c\r", "\n"),
        "\t": " ",
    }
)
# Joins nothing and shows nothing: zero-width and bidirectional marks, soft hyphen, variation selectors, tags.
_HIDDEN = re.compile(r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                     r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]+")  # fmt: skip
_BROKEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\uffff]")
_COMPOSED = re.compile(r"[^\x00-\x7f]|[\x00-\x7f](?=[\u0300-\u036f])")
_MARKS = re.compile(r"[\u0300-\u036f]*")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD_AROUND = re.compile(r"[^\W\d_]+")
_REPEATED_MARK = re.compile(r"([^\w\s])\1{3,}")
_PICTURE = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_MOST_PICTURES = 40  # emoji; more say nothing more, and some readers take long over them
_ENDLESS = re.compile(r"\S{64}(?=\S)")  # longer than any word: cut, so that no reader takes long over it
_WORD = re.compile(r"(?<![\w'@#/&.\-])(?:[^\W_](?:[\w']*\w)?)(?![\w@/]|\.\w)")
# "done.did you", "yes,i": a stop with no space behind it, before a word that opens a clause; not in an address.
_GLUED = re.compile(
    r"(?<=[a-z]{2})(?<!www)(\.|,|!|\?|;)(?=(?:i|we|he|she|they|it|my|the|but|and|so|that|this|you|there|then|did|do|is|"
    r"what|how|no|not|now|because|also|thanks|his|her|our|your|when|if|im|i'm|its|it's|dont|don't)(?: |'))",
    re.I,
)
_BROKEN_OFF = re.compile(r"(?<=\w)(?:-{2,} ?|-+ -+|- (?!and |or |to ))(?=\S|$)")  # "if I can-- I don't", "stash- -and"
_MOST_MARKS = 4  # more combining marks on one letter are decoration


@dataclass(frozen=True, slots=True)
class Normal:
    """The normal text; character i stands for [offsets[i], ends[i]) of the original, both never falling."""

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Where [start, end) of the normal text stands in the original; empty when it is empty or outside."""
        start, end = max(start, 0), min(end, len(self.text))
        if start >= end:
            return Span(0, 0)
        return Span(self.offsets[start], self.ends[end - 1])


class Normaliser:
    """Holds the table of chat spellings. `load` raises rules.RuleError on a wrong table."""

    def __init__(self, table: dict[str, object]) -> None:
        self._words = _words(table["words"])
        self._lower_only = _words(table["lower_only"])
        self._before = {row["word"]: row for row in rules.check_records(table["before"], ("word", "read", "next"))}
        self._next = {word: re.compile(rf"\s+(?:{row['next']})\b", re.I) for word, row in self._before.items()}
        self._doubles = frozenset(rules.texts(table["doubles"], TABLE))
        stutters = "|".join(sorted(rules.texts(table["stutters"], TABLE), key=len, reverse=True))
        fillers = "|".join(rules.texts(table["fillers"], TABLE))
        self._stutter = re.compile(rf"(?<![\w'])({stutters})(?:-+ ?\1)+-*(?![\w'])", re.I)
        self._filler = re.compile(rf"(?<![\w'\-])(?:{fillers})(?![\w'])(?!-)(?! ?(?:oh|huh))[,. ]*(?=[^\W_])", re.I)

    @classmethod
    def load(cls) -> "Normaliser":
        keys = ("words", "lower_only", "before", "doubles", "stutters", "fillers")
        return cls(rules.load_mapping(TABLE, keys))

    def normalise(self, text: str) -> Normal:
        """The normal form of any text, lone surrogates included. Never raises; linear in the length."""
        work = _Work(_BROKEN.sub(" ", text.translate(_SINGLE)))
        work.replace(_HIDDEN, lambda _: "")
        if not work.text.isascii():
            work.compose()
        work.replace(_STRETCHED, self._unstretch)
        work.replace(_REPEATED_MARK, lambda found: found.group(1) * 3)
        if not work.text.isascii():
            left = iter(range(_MOST_PICTURES))
            work.replace(_PICTURE, lambda found: found.group() if next(left, None) is not None else "")
        work.replace(_ENDLESS, lambda found: found.group() + " ")
        work.replace(self._stutter, lambda found: found.group(1))
        work.replace(self._filler, lambda _: "")
        work.replace(_BROKEN_OFF, lambda _: " - ")
        work.replace(_GLUED, lambda found: found.group() + " ")
        work.replace(_WORD, self._spell)
        return Normal(work.text, tuple(work.starts), tuple(work.ends))

    def _unstretch(self, found: re.Match[str]) -> str:
        letter, text = found.group(1), found.string
        if letter in "wW" and found.end() - found.start() == 3:  # a web address
            return found.group()
        left, right = found.start(), found.end()
        while left > 0 and text[left - 1].isalpha() and found.start() - left < 20:
            left -= 1
        after = _WORD_AROUND.match(text, right, right + 20)
        doubled = text[left : found.start()] + letter * 2 + (after.group() if after else "")
        return letter * 2 if re.sub(r"(.)\1{2,}", r"\1", doubled).lower() in self._doubles else letter

    def _spell(self, found: re.Match[str]) -> str:
        word = found.group()
        if word in self._lower_only:
            return self._lower_only[word]
        lower = word.lower()
        if lower in self._next and self._next[lower].match(found.string, found.end()):
            return _like(word, str(self._before[lower]["read"]))
        if lower in self._words:
            return _like(word, self._words[lower])
        return word


class _Work:
    """Text under change, with where each character came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: Sequence[int] = range(len(text))
        self.ends: Sequence[int] = range(1, len(text) + 1)

    def replace(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> None:
        """Each match becomes what `change` says; its characters stand for the whole match."""
        changes = [
            (found.start(), found.end(), new)
            for found in pattern.finditer(self.text)
            if (new := change(found)) != found.group()
        ]
        if changes:
            self._apply(changes)

    def compose(self) -> None:
        """NFKC, letter by letter with its marks, so that the way back stays known."""
        changes: list[tuple[int, int, str]] = []
        position = 0
        while found := _COMPOSED.search(self.text, position):
            marks = _MARKS.match(self.text, found.end())
            position = marks.end() if marks else found.end()
            old = self.text[found.start() : min(position, found.end() + _MOST_MARKS)]
            new = unicodedata.normalize("NFKC", old)
            if new != old or position > found.end() + _MOST_MARKS:
                changes.append((found.start(), position, new.translate(_SINGLE)))
        if changes:
            self._apply(changes)

    def _apply(self, changes: list[tuple[int, int, str]]) -> None:
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for start, end, new in [*changes, (len(self.text), len(self.text), "")]:
            text += (self.text[last:start], new)
            starts += self.starts[last:start]
            ends += self.ends[last:start]
            if new:
                starts += [self.starts[start]] * len(new)
                ends += [self.ends[end - 1]] * len(new)
            last = end
        self.text, self.starts, self.ends = "".join(text), starts, list(accumulate(ends, max))


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise rules.RuleError(f"{TABLE}: a mapping of words is expected")
    return {str(word): reading for word, reading in value.items()}


def _like(word: str, new: str) -> str:
    """`new` with a capital where `word` starts with one: "Dont" -> "Don't"."""
    return new[0].upper() + new[1:] if word[0].isupper() else new


def as_is(text: str) -> Normal:
    """`text` as normal as it came, for where it cannot be made so; what cannot be written is marked."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return Normal(whole, range(len(whole)), range(1, len(whole) + 1))
