"""Cuts a message into runs of words that may each be one clause, remembering what stood on either side.

Chat is often unpunctuated, so a new clause is also seen where a joining word meets a subject.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.clauses.openers import time_opener
from nlp.clauses.trim import fills, finite, likens, without_afterthought
from nlp.clauses.words import ADVERBS, SUBJECTS

_STOPS = frozenset('.!?;:…()[]{}"*|/<>~=^')
_QUOTES = frozenset({"``", "''", "'", "`"})
_DASHES = frozenset({"-", "--", "–"})
_CONDITIONS = frozenset(
    "if when whenever unless until once while since after before every each as without with because even".split()
)
_LONGEST_TAIL = 5
_OPENING = 2  # tokens: "I just, can't", but not beyond: what follows there is named, not said
_REASONS = frozenset({"because", "cause", "cos"})
_NOUNS = frozenset("NN NNS NNP NNPS".split())
_AND = frozenset("and n &".split())
_BEGUN_AGAIN = frozenset("a an the my our his her their this that i he she we they it in on at to for with of".split())
_POINTING_BACK = frozenset("it that this which".split())


@dataclass(frozen=True, slots=True)
class Run:
    """Words that may be one clause. `before` and `after` are the joining words (or marks) cut off on either side."""

    tokens: tuple[Token, ...]
    before: str
    after: str
    sentence: int  # number of the sentence in the message
    asks: bool
    quoted: bool
    condition: bool  # what was cut off before it says when or if it holds


@dataclass(frozen=True, slots=True)
class Cutter:
    before: frozenset[str]
    after: frozenset[str]
    joins: frozenset[str]
    contrasts: frozenset[str]
    subjects: frozenset[str]
    leads: frozenset[str]
    tails: frozenset[str]
    fillers: frozenset[str]
    agreements: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> "Cutter":
        return cls(**{name: frozenset(found) for name, found in lists.items()})

    @property
    def lost(self) -> frozenset[str]:
        """Words beyond which nothing may be cut off: half of a contrast, or of an "or", is not what was meant."""
        return self.contrasts | {"or"}

    def runs(self, doc: Doc) -> Iterator[Run]:
        """Every run of `doc`, in order: first the two sides of a contrast or a "because" as one, then each side."""
        quotes = 0
        every = list(sentences(doc))
        for number, (tokens, end) in enumerate(every):
            quoted = bool(quotes % 2) or end == '"' or any(token.text in _QUOTES for token in tokens)
            quotes += end == '"'
            told = number and not self._only_agrees(every[number - 1][0])
            opening = tokens[0].lower_ if tokens and told else ""
            closing = self._opening_of(every[number + 1][0]) if number + 1 < len(every) else ""
            condition = False
            for part, before, after in self._parts(tokens):
                trimmed = self._trimmed(part)
                if trimmed:
                    yield Run(trimmed, before or opening, after or closing, number, end == "?", quoted, condition)
                    condition = (before in (",", "") and _conditional(trimmed)) or (condition and before in _AND)

    def _only_agrees(self, tokens: list[Token]) -> bool:
        return " ".join(token.lower_ for token in tokens if not token.is_punct) in self.agreements

    def _opening_of(self, tokens: list[Token]) -> str:
        words = [token.lower_ for token in tokens if token.is_alpha][:1]
        return words[0] if words and words[0] in self.contrasts else ""

    def _parts(self, tokens: list[Token]) -> Iterator[tuple[list[Token], str, str]]:
        places = self._places(tokens)
        starts = [0, *places]
        ends = [*places, len(tokens)]
        words = ["", *(self._join(tokens, at) for at in places), ""]
        if (
            len(places) == 1
            and tokens[places[0]].lower_ in self.contrasts | _REASONS
            and self._clear(tokens, places[0])
        ):
            yield tokens, "", ""
        for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
            first = start if at == 0 or tokens[start].lower_ in self.subjects else start + 1
            before = words[at] if first > start else ""
            if at and before in self.contrasts and self._only_agrees(tokens[starts[at - 1] : start]):
                before = ""
            yield tokens[first:end], before, words[at + 1]

    def _places(self, tokens: list[Token]) -> list[int]:
        """Where a new clause starts; both sides of a cut hold a finite verb, so "my ex and I" stays whole."""
        places: list[int] = []
        for at in range(1, len(tokens)):
            start = places[-1] if places else 0
            if (
                self._opens(tokens, at)
                and (tokens[at].lower_ == "," or finite(tokens[start:at]))
                and finite(tokens[at:])
            ):
                places.append(at)
        return places

    def _join(self, tokens: list[Token], at: int) -> str:
        """The word a cut is made at; a following "it" points back, so that cut counts as a loss."""
        following = _next_word(tokens, at)
        if following is not None and tokens[at].text == "," and following.lower_ in self.contrasts:
            return str(following.lower_)
        back = following is not None and following.lower_ in _POINTING_BACK
        return "but" if back and tokens[at].lower_ in ("and", "n", "&", "then") else str(tokens[at].lower_)

    def _clear(self, tokens: list[Token], at: int) -> bool:
        following = _next_word(tokens, at)
        return following is not None and self._subject(following)

    def _opens(self, tokens: list[Token], at: int) -> bool:
        """A new clause starts at `at`: a contrast, a joining word before a subject, or a subject after a comma."""
        low = tokens[at].lower_
        if low in self.contrasts:
            return True
        following = _next_word(tokens, at)
        if following is None:
            return False
        if low in self.joins:
            return self._subject(following) or self._after_time(tokens, at)
        return low == "," and (self._subject(following) or following.lower_ in self.before)

    def _after_time(self, tokens: list[Token], at: int) -> bool:
        """A subject follows words of time: "and today the new guy asked me"."""
        count = time_opener(tokens[at + 1 :])
        place = at + 1 + count
        return bool(count) and place < len(tokens) and self._subject(tokens[place])

    def _subject(self, token: Token) -> bool:
        return token.lower_ in self.subjects or _opens_subject(token)

    def _trimmed(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        kept = self._without_fillers([token for token in tokens if not token.is_space])
        low = [token.lower_ for token in kept]
        first, last = 0, len(kept)
        while first < last and (self._carries_nothing(kept[first], low[first + 1 : first + 3])):
            first += 1
        while last > first and (low[last - 1] in self.after or kept[last - 1].is_punct):
            last -= 1
        first += self._lead(low[first:last])
        return without_afterthought(kept[first : last - self._tail(low[first:last])])

    def _carries_nothing(self, token: Token, following: list[str]) -> bool:
        """A mark, or a word like "well"; the "no" of "no one" belongs to it, and a "like" may say what it was like."""
        if token.lower_ == "no" and (following[:1] == ["one"] or token.dep_ == "det"):
            return False
        if token.lower_ == "like" and likens(following):
            return False
        return token.lower_ in self.before or bool(token.is_punct)

    def _without_fillers(self, tokens: list[Token]) -> list[Token]:
        """Hesitation and oaths carry nothing, nor do the commas round them and after an adverb."""
        kept: list[Token] = []
        dropped = False
        for token in tokens:
            if token.lower_ in self.fillers or fills(token):
                dropped = True
            elif not (token.text == "," and (dropped or (0 < len(kept) <= _OPENING and kept[-1].lower_ in ADVERBS))):
                if dropped and kept and kept[-1].text == "," and not _again(kept, token):
                    kept.pop()
                if _again(kept, token):
                    del kept[-2:]  # "a, um, a basket": begun again
                kept.append(token)
                dropped = False
        return kept

    def _lead(self, low: list[str]) -> int:
        """How many words at the start only lead up to what is said: "the thing is", "it's just that"."""
        start = " ".join(low[:_LONGEST_TAIL]) + " "
        longest = max((lead.count(" ") + 1 for lead in self.leads if start.startswith(f"{lead} ")), default=0)
        return longest if low[longest : longest + 1] and low[longest] in self.subjects else 0

    def _tail(self, low: list[str]) -> int:
        """How many words at the end only soften: "i guess"."""
        end = " " + " ".join(low[-_LONGEST_TAIL:])
        return max((tail.count(" ") + 1 for tail in self.tails if end.endswith(f" {tail}")), default=0)


def _conditional(tokens: Sequence[Token]) -> bool:
    first = tokens[0].lower_
    return first in _CONDITIONS or (first == "what" and len(tokens) > 1 and tokens[1].lower_ == "if")


def _again(kept: Sequence[Token], token: Token) -> bool:
    """A word begun again after a comma: "a, a basket"."""
    again = len(kept) > 1 and kept[-1].text == "," and kept[-2].lower_ == token.lower_
    return again and token.lower_ in _BEGUN_AGAIN


def _opens_subject(token: Token) -> bool:
    """The parser sees the subject of a verb to come begin here: a name, a bare plural."""
    here = token
    while here.left_edge.i == token.i:
        if here.dep_ in SUBJECTS and here.tag_ in _NOUNS:
            return bool(here.head.i > here.i)
        if here.head.i == here.i:
            break
        here = here.head
    return False


def _next_word(tokens: list[Token], at: int) -> Token | None:
    return next((token for token in tokens[at + 1 : at + 3] if token.is_alpha or token.lower_ == "i"), None)


def sentences(doc: Doc) -> Iterator[tuple[list[Token], str]]:
    """Runs between hard marks, line breaks and pictures, each with the mark that ended it."""
    here: list[Token] = []
    for token in doc:
        if token.text in _STOPS or _dash(token) or "\n" in token.text or _picture(token) or _dots(token):
            yield here, token.text[:1] if token.text[:1] in "?!." else token.text
            here = []
        else:
            here.append(token)
    yield here, ""


def _picture(token: Token) -> bool:
    return not token.text.isascii() and not any(char.isalnum() for char in token.text)


def _dash(token: Token) -> bool:
    """A dash between clauses, not a hyphen inside a word."""
    return token.text in _DASHES and (bool(token.whitespace_) or token.i == 0 or bool(token.nbor(-1).whitespace_))


def _dots(token: Token) -> bool:
    return len(token.text) > 1 and set(token.text) <= set("?!.…")
