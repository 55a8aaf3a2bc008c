"""Folding of text for the risk rules: one plain spelling to match against, with every place mapped back.

Pure Python: the word floor stands on it. Folding lowers case, drops zero-width marks and apostrophes, undoes
stretched letters and disguised spellings, and shortens ("i am" -> "im", "going to" -> "gonna").
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from nlp.reading import Span

_INVISIBLE = r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\u00ad\u0300-\u036f]+"
_APOSTROPHE = r"(?<=\w)'(?=\w)"
_DROP = re.compile(f"{_INVISIBLE}|{_APOSTROPHE}")
_STRETCH = re.compile(r"([a-z])\1{2,}")
_BLANK = re.compile(r"[^\S\n]{2,}|[\t\r\f\v\u00a0\u3000]+|\.{2,}[^\S\n]?|\s*\n\s*")
_QUOTES = {**dict.fromkeys("’‘ʼʹ`´′＇", "'"), **dict.fromkeys("“”„«»″＂", '"'), "…": ","}
_WORD = re.compile(r"[a-z0-9]+")
_SPACING = re.compile(r"(\[[^\]]*\])| [?*]?")
_DOUBLED = frozenset("lsf")  # "kill", "stress", "off" keep two when stretched
Change = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class _Pass:
    """Where the edits of one pass stand: after position `here[i]` of its output, add `back[i]` to reach its input."""

    here: tuple[int, ...]
    back: tuple[int, ...]

    def origin(self, at: int) -> int:
        slot = bisect_right(self.here, at) - 1
        return at if slot < 0 else at + self.back[slot]


_UNCHANGED = _Pass((), ())


@dataclass(frozen=True, slots=True)
class Folded:
    text: str
    length: int  # of the original, in code points
    passes: tuple[_Pass, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that the folded [start, end) came from, in code points."""
        last = self._origin(max(start, end - 1))
        return Span(self._origin(start), min(self.length, last + 1 if end > start else last))

    def _origin(self, at: int) -> int:
        for step in reversed(self.passes):
            at = step.origin(at)
        return min(at, self.length)


def _letter(char: str) -> str:
    """One character for one: case, width, maths letters and accents undone where that keeps the length."""
    if char in _QUOTES:
        return _QUOTES[char]
    plain = unicodedata.normalize("NFKD", char)[:1].lower()
    return plain if len(plain) == 1 else char


def _even(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'").lower()
    return text.translate({ord(char): _letter(char) for char in set(text)})


def _edit(text: str, pattern: re.Pattern[str], change: Change) -> tuple[str, _Pass]:
    edits = [(found.start(), found.end(), change(found)) for found in pattern.finditer(text)]
    return _rebuild(text, edits) if edits else (text, _UNCHANGED)


def _rebuild(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, _Pass]:
    """`text` with each stretch [start, end) replaced; edits come in order and do not overlap."""
    pieces: list[str] = []
    here: list[int] = []
    back: list[int] = []
    done = length = 0
    for start, end, new in edits:
        pieces += (text[done:start], new)
        length += start - done + len(new)
        done = end
        here.append(length)
        back.append(done - length)
    if not here:
        return text, _UNCHANGED
    pieces.append(text[done:])
    return "".join(pieces), _Pass(tuple(here), tuple(back))


def _nothing(_: re.Match[str]) -> str:
    return ""


def _squeeze(found: re.Match[str]) -> str:
    return found[1] * (2 if found[1] in _DOUBLED else 1)


def _blank(found: re.Match[str]) -> str:
    if "\n" in found[0]:
        return "\n" if found[0].count("\n") > 1 else ", "
    return ", " if found[0].startswith(".") else " "


def spaced(pattern: str) -> str:
    """A pattern over folded text as it is written in the rules: a blank stands for blanks and commas."""
    return _SPACING.sub(lambda found: found[1] or ("[ ,]+" if found[0] == " " else "[ ,]*"), pattern)


def whole(pattern: str) -> str:
    """A pattern that neither starts nor ends inside a word."""
    return rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])"


class Folder:
    """Folds with a table of spellings: plain words or phrases, and (pattern, word) pairs for disguised ones.

    A disguised pattern starts with a plain letter and stands as a whole word.
    """

    def __init__(self, words: dict[str, str], disguised: Iterable[tuple[str, str]]) -> None:
        fixed: list[tuple[re.Pattern[str], Change]] = [(_DROP, _nothing), (_STRETCH, _squeeze)]
        spelt = [(_whole_word(pattern), partial(_constant, word)) for pattern, word in disguised]
        self._edits: list[tuple[re.Pattern[str], Change]] = [*fixed, *spelt, (_BLANK, _blank)]
        self._starts: dict[str, list[tuple[str, str]]] = {}
        for phrase in sorted(words, key=len, reverse=True):
            self._starts.setdefault(phrase.split(" ", 1)[0], []).append((phrase, words[phrase]))

    def fold(self, text: str) -> Folded:
        """Never fails; a folded place always maps into the original."""
        folded, passes = _even(text), []
        for pattern, change in self._edits:
            folded, done = _edit(folded, pattern, change)
            if done.here:
                passes.append(done)
        folded, done = self._respelled(folded)
        if done.here:
            passes.append(done)
        return Folded(folded, len(text), tuple(passes))

    def respell(self, text: str) -> str:
        """Folded text, or a pattern over it, with the table of words applied: both then speak alike."""
        return self._respelled(text)[0]

    def _respelled(self, text: str) -> tuple[str, _Pass]:
        edits = []
        done = 0
        for found in _WORD.finditer(text):
            if found.start() >= done and (chosen := self._spelling(text, found)):
                edits.append((found.start(), found.start() + len(chosen[0]), chosen[1]))
                done = edits[-1][1]
        return _rebuild(text, edits)

    def _spelling(self, text: str, found: re.Match[str]) -> tuple[str, str] | None:
        for phrase, word in self._starts.get(found[0], ()):
            end = found.start() + len(phrase)
            if text.startswith(phrase, found.start()) and not text[end : end + 1].isalnum():
                return phrase, word
        return None


def _whole_word(pattern: str) -> re.Pattern[str]:
    """The first letter stands first, so that the search can leap to it; the check that it starts a word follows."""
    return re.compile(rf"{pattern[0]}(?<![a-z0-9]{pattern[0]}){pattern[1:]}(?![a-z0-9])")


def _constant(word: str, _: re.Match[str]) -> str:
    return word
