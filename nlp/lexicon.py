"""Finds words and phrases of a list in a text, longest first, in one pass: what the word lists of the ear stand on.

Words are read without the parser's tokens, because chat is often unpunctuated and the parser splits "can't" in two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?|[^\w\s]", re.UNICODE)
# Written without its apostrophe, each of these can only be the contraction. ("well", "ill", "id", "were" and "its"
# may be words of their own and are left alone.)
_BARE = {
    "im": "i'm", "ive": "i've", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't",
    "couldnt": "couldn't", "wouldnt": "wouldn't", "shouldnt": "shouldn't", "isnt": "isn't", "wasnt": "wasn't",
    "arent": "aren't", "werent": "weren't", "hasnt": "hasn't", "havent": "haven't", "hadnt": "hadn't",
    "wont": "won't", "shes": "she's", "hes": "he's", "theyre": "they're", "theyve": "they've", "youre": "you're",
    "thats": "that's", "whats": "what's", "theres": "there's", "aint": "ain't", "cannot": "can't",
    "shouldve": "should've", "couldve": "could've", "wouldve": "would've", "weve": "we've",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a text: `text` lower case with its apostrophe put back, `raw` as it stands."""

    text: str
    raw: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words and marks of `text` in order; offsets are code points of `text`."""
    return [
        Word(plain(match.group()), match.group(), match.start(), match.end())
        for match in _WORD.finditer(text.replace("’", "'"))
    ]


def plain(word: str) -> str:
    """`word` in lower case, with the apostrophe that chat leaves out put back where there is no doubt."""
    low = word.lower()
    return _BARE.get(low, low)


def spread(form: str) -> Iterator[str]:
    """Every wording of a form with alternatives: "so (very|) sad" gives "so very sad" and "so sad"."""
    parts = [part.split("|") for part in re.split(r"[()]", _flat(form))]
    for choice in product(*parts):
        yield " ".join("".join(choice).split())


def _flat(form: str) -> str:
    """`form` with alternatives inside alternatives multiplied out: "(a (b|c)|d)" gives "(a b|a c|d)"."""
    while inner := re.search(r"\(([^()]*\([^()]*\)[^()]*(?:\([^()]*\)[^()]*)*)\)", form):
        options = "|".join("|".join(spread(option)) for option in _split_outside(inner.group(1)))
        form = f"{form[: inner.start()]}({options}){form[inner.end() :]}"
    return form


def _split_outside(options: str) -> list[str]:
    """`options` cut at each "|" that stands outside parentheses."""
    return re.split(r"\|(?![^(]*\))", options)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A form found at words [start, end)."""

    start: int
    end: int
    value: T


class _Node(Generic[T]):
    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.value: T | None = None


class Lexicon(Generic[T]):
    """Forms with a value each. Reading takes time in proportion to the text, not to the number of forms."""

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        self.size = 0
        for form, value in forms:
            self._add(form, value)

    def find(self, text: list[Word]) -> list[Hit[T]]:
        """Forms in `text`, left to right, never overlapping; at one place the longest wins."""
        found: list[Hit[T]] = []
        at = 0
        while at < len(text):
            hit = self._longest(text, at)
            if hit is None:
                at += 1
            else:
                found.append(hit)
                at = hit.end
        return found

    def _add(self, form: str, value: T) -> None:
        node = self._root
        for word in _WORD.findall(form):
            key = plain(word)
            following = node.next.get(key)
            if following is None:
                following = node.next[key] = _Node()
            node = following
        if node.value is None:
            self.size += 1
        node.value = value

    def _longest(self, text: list[Word], start: int) -> Hit[T] | None:
        node, best = self._root, None
        for at in range(start, len(text)):
            following = node.next.get(text[at].text)
            if following is None:
                break
            node = following
            if node.value is not None:
                best = Hit(start, at + 1, node.value)
        return best
