"""A line of chat as the finders see it: words with their place, part of speech, and what is known of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.scrub.wordlists import Dictionary, bare

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_STOP = re.compile(r"[.!?,;:()\"“”…\n—–]|\s-\s|\.\.")
_FULL_STOP = re.compile(r"[.!?\n…]")
_ABBREVIATED = frozenset("dr mr mrs ms prof sr fr rev sgt capt lt insp supt hon".split())
_SMALL = frozenset(
    """
        a an the of on in at to from for with w by as and n or but so if is was are were be im hes shes its my your
        ur his her our their me him them you we he she they it this that what who when not no just
    """.split()
)  # never written large inside a sentence
_MANY = 0.6  # share of words written large above which large letters say nothing


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `low` has no accents and no possessive ending; `gap` is what stands before it since the last word."""

    text: str
    low: str
    start: int
    end: int
    tag: str  # of the Penn set; empty where the tagger saw another word
    known: bool
    gap: str
    at: int

    @property
    def apart(self) -> bool:
        """Whether a mark (comma, stop, bracket) stands between this word and the one before."""
        return self.at == 0 or bool(_STOP.search(self.gap))

    @property
    def first(self) -> bool:
        """Whether it begins a sentence."""
        return self.at == 0 or bool(_FULL_STOP.search(self.gap))

    @property
    def large(self) -> bool:
        """Written with a large first letter, and not in capitals throughout."""
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper()) and self.text not in ("I",)

    @property
    def owns(self) -> bool:
        """Whether it ends in 's."""
        return self.text.lower().endswith(("'s", "’s"))

    @property
    def stop(self) -> int:
        """The end of the word without its possessive ending."""
        return self.end - 2 if self.owns else self.end


class Line:
    """A text with its words. `low` is the text in small letters, of the same length."""

    def __init__(self, text: str, doc: "Doc", dictionary: Dictionary) -> None:
        self.text = text
        self.low = "".join(bare(letter)[:1] or " " for letter in text)
        self.dictionary = dictionary
        tags = {token.idx: token.tag_ for token in doc}
        self.words: Sequence[Word] = tuple(self._words(tags))

    def _words(self, tags: dict[int, str]) -> list[Word]:
        found: list[Word] = []
        last = 0
        for at, match in enumerate(_WORD.finditer(self.text)):
            text = match.group()
            low = bare(text).removesuffix("'s").removesuffix("'")
            known = text.isdigit() or self.dictionary.knows(low)
            gap = self.text[last : match.start()]
            if found and found[-1].low in _ABBREVIATED and gap.strip() == ".":
                gap = " "  # "Prof. Vance" is one phrase
            found.append(Word(text, low, match.start(), match.end(), tags.get(match.start(), ""), known, gap, at))
            last = match.end()
        return found

    def around(self, at: int, step: int) -> Word | None:
        """The word `step` places from `at`, if no mark stands between; None beyond the ends."""
        there = at + step
        if not 0 <= there < len(self.words):
            return None
        between = self.words[min(at, there) + 1 : max(at, there) + 1]
        return None if any(word.apart for word in between) else self.words[there]

    def low_around(self, at: int, step: int) -> str:
        """The small letters of the word there, or an empty string."""
        word = self.around(at, step)
        return word.low if word else ""

    @cached_property
    def shouting(self) -> bool:
        """Most words are written large (or all are capitals): large letters say nothing then.

        Small words decide where there are any: "on Larch Ward" shouts not, "On My Own Again" does.
        """
        inner = [word for word in self.words if not word.first and word.text.isalpha() and word.text not in ("I", "n")]
        small = [word for word in inner if word.low in _SMALL] or (inner if len(inner) > 2 else [])
        return bool(small) and sum(word.text[0].isupper() for word in small) > _MANY * len(small)

    def proper(self, word: Word) -> bool:
        """Written large where a small letter was due; in a careless text also at the start of a sentence."""
        return word.large and not self.shouting and (not word.first or self.careless)

    @cached_property
    def careless(self) -> bool:
        """Sentences begin with small letters here, or "i" is small: a large letter was meant."""
        return any(
            word.text in ("i", "im", "ive", "id") or (word.at and word.first and word.text.islower())
            for word in self.words
        )

    def strange(self, word: Word) -> bool:
        """No ordinary word, nor a slip of one."""
        return not word.known and len(word.low) > 2 and not self.dictionary.nearly_knows(word.low)
