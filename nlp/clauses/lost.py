"""What a clause would lose of its own sentence: an if, an only, a sometimes, a wish, the other half of a contrast.

Said back without it, a clause says more than was meant; it is said back with it or not at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from nlp.clauses.guard import FILE
from nlp.clauses.words import NOT
from nlp.reading import Clause, Span
from nlp.rules import any_word

_DENIES = frozenset("it that this not".split())  # "it's not the heat, it's the noise"
_AIMS = frozenset("do don't ca can can't wo won't wouldn't would could".split())  # "so I don't", "so that I can"
_FRANK = re.compile(r"\bif (?:i(?: am| 'm|m)?(?: being)? honest|that makes sense|you ask me|you know what i mean)\b")
_BEFORE = 4  # stretches between marks, some of them empty
_MOST_LEADING = 4  # tokens of such an opening


@dataclass(frozen=True, slots=True)
class Lost:
    holds: re.Pattern[str]  # words that bound or soften what stands beside them
    turns: re.Pattern[str]  # words that open a sentence which takes back the one before
    contrasts: frozenset[str]
    agreements: frozenset[str]

    @classmethod
    def of(cls, data: Mapping[str, Any], cut: Mapping[str, Sequence[str]]) -> "Lost":
        """From `lost` of rules/en/clauses.yaml, and the words of contrast and agreement of `cut`."""
        contrasts = frozenset(cut["contrasts"]) - {"then"}  # what happened after stands by itself
        holds, turns = (any_word(data[name], f"{FILE}: lost: {name}") for name in ("holds", "turns"))
        return cls(holds, turns, contrasts, frozenset(cut["agreements"]))

    def loses(self, told: Sequence[Sequence[Token]], last: int, clause: Clause) -> bool:
        """Whether the sentence of `clause`, or the two it joins, hold outside it what must not be left out.

        `told` are the tokens of each sentence of the message, `last` the number of the sentence the clause ends in.
        """
        span = clause.span
        every = [tokens for tokens in told[max(0, last - _BEFORE) : last + _BEFORE] if tokens]
        own = [at for at, tokens in enumerate(every) if any(_within(token, span) for token in tokens)]
        if not own:
            return False
        outside = [[token for token in every[at] if not _within(token, span)] for at in own]
        if (
            self._turned_against(every, own[0])
            or any(self._held(tokens, every[at][0]) for at, tokens in zip(own, outside, strict=True))
            or _denied_before(every[own[0]], span)
            or _meant_for(every[own[0]], span)
        ):
            return True
        return own[-1] + 1 < len(every) and self._taken_back(every[own[-1] + 1])

    def _turned_against(self, every: Sequence[Sequence[Token]], at: int) -> bool:
        """The sentence opens with a contrast to the one before, which does more than agree."""
        before = " ".join(token.lower_ for token in every[at - 1] if not token.is_punct) if at else ""
        return bool(before) and every[at][0].lower_ in self.contrasts and before not in self.agreements

    def _held(self, tokens: Sequence[Token], first: Token) -> bool:
        """A contrast that opens the sentence turns against what stood before it, which the cut has looked at."""
        said = _FRANK.sub("", " ".join(token.lower_ for token in tokens))
        words = [token.lower_ for token in tokens if token.i > first.i and not token.is_punct]
        mark = next((at for at, word in enumerate(words) if word in self.contrasts), None)
        before = " ".join([first.lower_, *words[:mark]])
        return bool(self.holds.search(said)) or (mark is not None and before not in self.agreements)

    def _taken_back(self, tokens: Sequence[Token]) -> bool:
        return bool(self.turns.match(" ".join(token.lower_ for token in tokens if not token.is_space)))


def _denied_before(sentence: Sequence[Token], span: Span) -> bool:
    """The clause follows a "not" beyond a mere comma, or a "not" follows it so: one corrects the other."""
    before = [token for token in sentence if token.idx < span.start]
    after = [token for token in sentence if token.idx >= span.end]
    opens = [token.lower_ for token in before[:_MOST_LEADING]]
    denied = bool(opens) and opens[0] in _DENIES and not NOT.isdisjoint(opens)
    return denied or (len(after) > 1 and after[0].text == "," and after[1].lower_ in NOT)


def _within(token: Token, span: Span) -> bool:
    return bool(span.start <= token.idx < span.end)


def _meant_for(tokens: Sequence[Token], span: Span) -> bool:
    """It is what something is for: "what can I do so I don't eat at night" says nothing of what is done at night."""
    before = [token.lower_ for token in tokens if token.idx < span.start][-2:]
    inside = [token.lower_ for token in tokens if _within(token, span)][:3]
    led = before[-1:] == ["so"] or before == ["so", "that"] or inside[:1] == ["so"]
    return led and bool(_AIMS & set(inside))
