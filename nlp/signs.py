"""What in the words themselves shows the direction of a message: praise, trouble, a turn, relief, a word that hurts.

A head or a sentiment value alone proves nothing to the person who reads the reply; words that are there do.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from nlp import rules
from nlp.kept import NOTHING, Kept
from nlp.patterns import Patterns
from nlp.sentiment import ClauseSentiment, Sentiment

FILE = "rules/en/mood.yaml"
_LOOKED_AT = 4_096
_SEARCHED = ("praise", "trouble", "turn", "eased", "bad_news")
_LONG = 2_000  # characters beyond which a text is not looked at clause by clause
_HURTING = -0.2  # value of a clause beyond which an unpleasant word in it is meant


class Signs(NamedTuple):
    """Each is True only where words say it; see rules/en/mood.yaml."""

    praise: bool = False
    trouble: bool = False
    turn: bool = False
    hurts: bool = False
    eased: bool = False
    bad_news: bool = False


class SignReader:
    """Holds the patterns. `load` raises rules.RuleError on a missing list or a broken pattern."""

    def __init__(self, lists: Mapping[str, Any], sentiment: Sentiment, kept: Kept = NOTHING) -> None:
        self._praise = _any_of(lists, "praise")
        self._undone = _any_of(lists, "undone")
        rows = [(name, one) for name in _SEARCHED for one in rules.texts(lists[name], f"{FILE}: {name}")]
        self._searched = Patterns(rows, lambda source: re.compile(source, re.IGNORECASE), FILE, kept=kept)
        self._sentiment = sentiment

    @classmethod
    def load(cls, sentiment: Sentiment | None = None, kept: Kept = NOTHING) -> "SignReader":
        lists = rules.load_mapping(
            FILE, required=("source", "praise", "undone", "trouble", "turn", "eased", "bad_news")
        )
        return cls(lists, sentiment or Sentiment.load(), kept)

    def read(self, text: str) -> Signs:
        """The signs in normal text."""
        text = text[:_LOOKED_AT]
        said = self._said(text)
        return Signs(
            praise="praise" in said and self._praises(text),
            trouble="trouble" in said,
            turn="turn" in said,
            hurts=self._hurts(text),
            eased="eased" in said,
            bad_news="bad_news" in said,
        )

    def _said(self, text: str) -> set[str]:
        """The lists of which something stands in `text`."""
        found: set[str] = set()
        for name, pattern in self._searched.worth_trying(text.lower()):
            if name not in found and pattern.search(text):
                found.add(name)
        return found

    def _praises(self, text: str) -> bool:
        return any(not self._undone.search(text[: found.start()]) for found in self._praise.finditer(text))

    def _hurts(self, text: str) -> bool:
        """An unpleasant word that its own clause does not take back; of a very long text, any unpleasant word."""
        return self._sentiment.hurts(text) and (
            len(text) > _LONG or any(self._hurting(one, text) for one in self._sentiment.clauses(text))
        )

    def _hurting(self, clause: ClauseSentiment, text: str) -> bool:
        return clause.value <= _HURTING and self._sentiment.hurts(text[clause.span.start : clause.span.end])


def _any_of(lists: Mapping[str, Any], name: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{one})" for one in rules.texts(lists[name], f"{FILE}: {name}")), re.IGNORECASE)
    except re.error as error:
        raise rules.RuleError(f"{FILE}: {name}: {error}") from error
