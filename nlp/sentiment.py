"""How pleasant or unpleasant a text sounds, by VADER with a lexicon extended for this field.

It colours tone only. It must never raise a tier: measured on public messages it misses half of the crisis ones.
"""

import re
from collections.abc import Iterator
from string import punctuation
from typing import Any, NamedTuple

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from nlp import rules
from nlp.reading import Span

_FILE = "rules/en/sentiment.yaml"
_LOOKED_AT = 4_096
_CLAUSE = re.compile(r"[^.!?;\n…]+[.!?;…]*")
_BUT = re.compile(r"\b(?:but|though|although|however|except|yet)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z']+")
_UNPLEASANT = -1.0
_LAST_WEIGHT = 1.5  # what is said last tends to carry the message


class ClauseSentiment(NamedTuple):
    span: Span
    value: float


class Sentiment:
    """VADER, whole and by clause. `load` raises RuleError if the added words are wrong."""

    def __init__(self, added: dict[str, float]) -> None:
        self._vader: Any = SentimentIntensityAnalyzer()
        self._vader.lexicon.update(added)
        self._last: tuple[str, tuple[ClauseSentiment, ...]] = ("", ())  # several readers ask for the same text's

    @classmethod
    def load(cls) -> "Sentiment":
        data = rules.load_mapping(_FILE, required=("source", "words"))
        added = data["words"]
        if not all(isinstance(word, str) and -4 <= value <= 4 for word, value in added.items()):
            raise rules.RuleError(f"{_FILE}: each word needs a valence from -4 to 4")
        return cls({word: float(value) for word, value in added.items()})

    def read(self, text: str) -> float:
        """The whole of `text`, -1 (bad) to 1 (good): the mean over its clauses, the last weighing most."""
        found = self.clauses(text)
        telling = [clause.value for clause in found if clause.value]
        if not telling:
            return 0.0
        weights = [1.0] * (len(telling) - 1) + [_LAST_WEIGHT]
        mean = sum(value * weight for value, weight in zip(telling, weights, strict=True)) / sum(weights)
        return round(mean, 3)

    def clauses(self, text: str) -> tuple[ClauseSentiment, ...]:
        """Each clause of `text` (cut at stops and at "but") with its own value; spans are offsets in `text`."""
        text = text[:_LOOKED_AT]
        last, found = self._last
        if text != last:
            found = tuple(ClauseSentiment(span, self._value(text[span.start : span.end])) for span in _clauses(text))
            self._last = text, found
        return found

    def hurts(self, text: str) -> bool:
        """Whether any single word of `text` is unpleasant, whatever the whole adds up to."""
        return any(self._vader.lexicon.get(word, 0.0) <= _UNPLEASANT for word in _WORD.findall(text.lower()))

    def _value(self, clause: str) -> float:
        """VADER's; it is slow, and nothing but a word of its lexicon (or a picture, which it spells out) moves it."""
        if clause.isascii() and not any(map(self._moves, clause.split())):
            return 0.0
        return float(self._vader.polarity_scores(clause)["compound"])

    def _moves(self, word: str) -> bool:
        low = word.lower()
        return low in self._vader.lexicon or low.strip(punctuation) in self._vader.lexicon


def _clauses(text: str) -> Iterator[Span]:
    for match in _CLAUSE.finditer(text):
        start = match.start()
        for but in _BUT.finditer(text, match.start(), match.end()):
            if text[start : but.start()].strip():
                yield Span(start, but.start())
                start = but.start()
        if text[start : match.end()].strip():
            yield Span(start, match.end())
