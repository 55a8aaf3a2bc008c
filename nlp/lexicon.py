"""Finds words and phrases of a list in a text, longest first, in one pass: what the word lists of the ear stand on.

Words are read without the parser's tokens, because chat is often unpunctuated and the parser splits "can't" in two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?|[^\w\s]", re.UNICODE)
_FORM_MARK = re.compile(rf"[()|]|_|{_WORD.pattern}")
_ANY = "_"
_SAME = 8  # texts: half a dozen readers ask for the words of the same message, one after another
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


class Word(NamedTuple):
    """One word or mark of a text: `text` lower case with its apostrophe put back, `raw` as it stands."""

    text: str
    raw: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words and marks of `text` in order; offsets are code points of `text`."""
    return list(_words(text))


@lru_cache(maxsize=_SAME)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(plain(match.group()), match.group(), match.start(), match.end())
        for match in _WORD.finditer(text.replace("’", "'"))
    )


def plain(word: str) -> str:
    """`word` in lower case, with the apostrophe that chat leaves out put back where there is no doubt."""
    low = word.lower()
    return _BARE.get(low, low)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A form found at words [start, end)."""

    start: int
    end: int
    value: T


class _Node(Generic[T]):
    """A place between two words of a form. `values` are those of the forms that may end here, with their number."""

    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, list[_Node[T]]] = {}
        self.values: list[tuple[int, T]] = []


class Lexicon(Generic[T]):
    """Forms with a value each, as one graph of words: no form is ever spelled out.

    A form is words with alternatives, "so (very|) (sad|low)"; "_" stands for any one word. Reading takes time in
    proportion to the text and hardly to the number of forms.
    """

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for number, (form, value) in enumerate(forms):
            marks = _FORM_MARK.findall(_unglued(form))
            for node in self._grow(marks, [self._root]):
                node.values.append((number, value))
            if marks:
                raise ValueError(f"a parenthesis is missing: {form}")

    def find(self, text: list[Word]) -> list[Hit[T]]:
        """Forms in `text`, left to right, never overlapping; at one place the longest wins, then the last added."""
        found: list[Hit[T]] = []
        at = 0
        while at < len(text):
            hits = list(self._from(text, at)) if self._opens(text[at].text) else []
            if hits:
                found.append(hits[-1])
            at = hits[-1].end if hits else at + 1
        return found

    def find_all(self, text: list[Word]) -> list[Hit[T]]:
        """Every form at every place of `text`, also inside one another."""
        return [hit for at, word in enumerate(text) if self._opens(word.text) for hit in self._from(text, at)]

    def _opens(self, word: str) -> bool:
        """Whether any form may start with `word`: most words of a text open none."""
        return word in self._root.next or _ANY in self._root.next

    def _from(self, text: list[Word], start: int) -> Iterator[Hit[T]]:
        """Forms that start at `start`: shorter first, and at one length the last added last."""
        nodes = [self._root]
        for at in range(start, len(text)):
            nodes = _after(nodes, text[at].text)
            if not nodes:
                return
            values = [value for node in nodes if node.values for value in node.values]
            if len(values) > 1:
                values.sort(key=_number)
            for _, value in values:
                yield Hit(start, at + 1, value)

    def _grow(self, marks: list[str], entries: list[_Node[T]]) -> list[_Node[T]]:
        """Takes `marks` up to the end of this form or group and returns the nodes where it may end."""
        exits: list[_Node[T]] = []
        here = entries
        while marks:
            mark = marks.pop(0)
            if mark == "(":
                here = self._grow(marks, here)
                _expect(marks, ")")
            elif mark == "|":
                exits += here
                here = entries
            elif mark == ")":
                marks.insert(0, mark)
                break
            else:
                here = self._step(mark, here)
        return list(dict.fromkeys(exits + here))

    def _step(self, mark: str, here: list[_Node[T]]) -> list[_Node[T]]:
        node: _Node[T] = _Node()
        word = plain(mark)
        for before in here:
            before.next.setdefault(word, []).append(node)
        return [node]


def _after(nodes: list[_Node[T]], word: str) -> list[_Node[T]]:
    """The places reached from `nodes` by one more word, each once."""
    if len(nodes) == 1 and _ANY not in nodes[0].next:
        return nodes[0].next.get(word, [])
    reached: list[_Node[T]] = []
    for node in nodes:
        reached += node.next.get(word, ())
        if _ANY in node.next and word[0].isalnum():
            reached += node.next[_ANY]
    return list(dict.fromkeys(reached)) if len(reached) > 1 else reached


def _number(value: tuple[int, object]) -> int:
    return value[0]


def _expect(marks: list[str], mark: str) -> None:
    if not marks or marks.pop(0) != mark:
        raise ValueError(f"{mark!r} is missing in a form")


def _unglued(form: str) -> str:
    """Alternatives inside a word spelled out: "miss(|ed)" gives "(miss|missed)"."""

    def whole_words(match: re.Match[str]) -> str:
        before, options, after = match.groups()
        if not before and not after:
            return match.group()
        return "(" + "|".join(f"{before}{option}{after}" for option in options.split("|")) + ")"

    return re.sub(r"([^\s()|]*)\(([^()]*)\)([^\s()|]*)", whole_words, form)
