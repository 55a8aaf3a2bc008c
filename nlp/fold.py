"""Folding of text for the risk rules: one plain spelling to match against, with every place mapped back.

Pure Python: the word floor stands on it. Folding lowers case, drops zero-width marks and apostrophes, undoes
stretched letters and disguised spellings, and shortens ("i am" -> "im", "going to" -> "gonna").
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nlp.reading import Span

_INVISIBLE = r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\u00ad\u0300-\u036f]+"
_APOSTROPHE = r"(?<=\w)'(?=\w)"
_DROP = re.compile(f"{_INVISIBLE}|{_APOSTROPHE}")
_STRETCH = re.compile(r"([a-z])\1{2,}")
_BLANK = re.compile(r"[^\S\n]{2,}|[\t\r\f\v\u00a0\u3000]+|\.{2,}|\s*\n\s*")
_QUOTES = {**dict.fromkeys("’‘ʼʹ`´′＇", "'"), **dict.fromkeys("“”„«»″＂", '"'), "…": ","}
_DOUBLED = frozenset("lsf")  # "kill", "stress", "off" keep two when stretched


@dataclass(frozen=True, slots=True)
class _Pass:
    """Where the edits of one pass stand: after position `here[i]` of its output, add `back[i]` to reach its input."""

    here: tuple[int, ...]
    back: tuple[int, ...]

    def origin(self, at: int) -> int:
        slot = bisect_right(self.here, at) - 1
        return at if slot < 0 else at + self.back[slot]


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


def _edit(text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> tuple[str, _Pass]:
    pieces, here, back = [], [], []
    done = length = 0
    for found in pattern.finditer(text):
        new = change(found)
        pieces += (text[done : found.start()], new)
        length += found.start() - done + len(new)
        done = found.end()
        here.append(length)
        back.append(done - length)
    pieces.append(text[done:])
    return "".join(pieces), _Pass(tuple(here), tuple(back))


def _squeeze(found: re.Match[str]) -> str:
    return found[1] * (2 if found[1] in _DOUBLED else 1)


def _blank(found: re.Match[str]) -> str:
    if "\n" in found[0]:
        return "\n" if found[0].count("\n") > 1 else ", "
    return ", " if found[0].startswith(".") else " "


class Folder:
    """Folds with a table of spellings: plain keys for words, and (pattern, word) pairs for disguised ones."""

    def __init__(self, words: dict[str, str], disguised: Iterable[tuple[str, str]]) -> None:
        pairs = list(disguised)
        self._meant = [word for _, word in pairs]
        self._disguised = re.compile("|".join(f"({pattern})" for pattern, _ in pairs) or r"(?!)")
        self._words = dict(words)
        keys = sorted(self._words, key=len, reverse=True)
        self._plain = re.compile(rf"\b(?:{'|'.join(map(re.escape, keys))})\b") if keys else re.compile(r"(?!)")

    def fold(self, text: str) -> Folded:
        """Never fails; a folded place always maps into the original."""
        folded, passes = _even(text), []
        steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
            (_DROP, lambda _: ""),
            (_STRETCH, _squeeze),
            (self._disguised, lambda found: self._meant[(found.lastindex or 1) - 1]),
            (_BLANK, _blank),
            (self._plain, lambda found: self._words[found[0]]),
        )
        for pattern, change in steps:
            folded, step = _edit(folded, pattern, change)
            if step.here:
                passes.append(step)
        return Folded(folded, len(text), tuple(passes))
