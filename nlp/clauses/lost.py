"""What a clause would lose of its own sentence: an if, an only, a sometimes, a wish, the other half of a contrast.

Said back without it, a clause may say more than was meant. A "not" that corrects it, or an aim that it is, is never
left out; how much the rest takes away is learned (nlp.clauses.weighing).
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
_CLOSE = 3  # tokens after a clause within which a word that bounds belongs to it
_MOST_LEADING = 4  # tokens of such an opening


@dataclass(frozen=True, slots=True)
class Lost:
    holds: Mapping[str, re.Pattern[str]]  # by kind: words that bound or soften what stands beside them
    turns: re.Pattern[str]  # words that open a sentence which takes back the one before
    goes_on: re.Pattern[str]  # words that open one which may only go on
    contrasts: frozenset[str]
    agreements: frozenset[str]

    @classmethod
    def of(cls, data: Mapping[str, Any], cut: Mapping[str, Sequence[str]]) -> "Lost":
        """From `lost` of rules/en/clauses.yaml, and the words of contrast and agreement of `cut`."""
        contrasts = frozenset(cut["contrasts"]) - {"then"}  # what happened after stands by itself
        holds = {kind: any_word(said, f"{FILE}: lost: {kind}") for kind, said in data["holds"].items()}
        turns, goes_on = (any_word(data[name], f"{FILE}: lost: {name}") for name in ("turns", "goes_on"))
        return cls(holds, turns, goes_on, contrasts, frozenset(cut["agreements"]))

    def of_the_rest(self, told: Sequence[Sequence[Token]], last: int, clause: Clause) -> frozenset[str] | None:
        """What the sentence of `clause`, or the two it joins, hold outside it that may be missed; None: it is needed.

        `told` are the tokens of each sentence of the message, `last` the number of the sentence the clause ends in.
        """
        span = clause.span
        every = [tokens for tokens in told[max(0, last - _BEFORE) : last + _BEFORE] if tokens]
        own = [at for at, tokens in enumerate(every) if any(_within(token, span) for token in tokens)]
        if not own:
            return frozenset()
        if _denied_before(every[own[0]], span) or _meant_for(every[own[0]], span):
            return None
        rest = [(every[at], [token for token in every[at] if not _within(token, span)]) for at in own]
        if self._turned_against(every, own[0]) or any(self._against(tokens, whole[0]) for whole, tokens in rest):
            return None
        held = {kind for _, tokens in rest for kind in self._holding(tokens)}
        near = [[token for token in tokens if _near(token, whole, span)] for whole, tokens in rest]
        if any(held & self._holding(tokens) for tokens in near):
            return None
        lost = {f"holds_{kind}" for kind in held}
        following = _plain(every[own[-1] + 1]) if own[-1] + 1 < len(every) else ""
        if self.turns.match(following):
            return None
        return frozenset(lost | {"goes_on"} if self.goes_on.match(following) else lost)

    def _turned_against(self, every: Sequence[Sequence[Token]], at: int) -> bool:
        """The sentence opens with a contrast to the one before, which does more than agree."""
        before = " ".join(token.lower_ for token in every[at - 1] if not token.is_punct) if at else ""
        return bool(before) and every[at][0].lower_ in self.contrasts and before not in self.agreements

    def _holding(self, tokens: Sequence[Token]) -> set[str]:
        """The kinds of words that bound; "if I'm honest" bounds nothing."""
        said = _FRANK.sub("", " ".join(token.lower_ for token in tokens))
        return {kind for kind, words in self.holds.items() if words.search(said)}

    def _against(self, tokens: Sequence[Token], first: Token) -> bool:
        """A contrast stands in the rest; one that opens the sentence was looked at with what stood before it."""
        words = [token.lower_ for token in tokens if token.i > first.i and not token.is_punct]
        mark = next((at for at, word in enumerate(words) if word in self.contrasts), None)
        return mark is not None and " ".join([first.lower_, *words[:mark]]) not in self.agreements


def _plain(tokens: Sequence[Token]) -> str:
    return " ".join(token.lower_ for token in tokens if not token.is_space)


def _near(token: Token, sentence: Sequence[Token], span: Span) -> bool:
    """Before the clause, or straight after it: there a word that bounds belongs to it."""
    last = max((one.i for one in sentence if _within(one, span)), default=token.i)
    return bool(token.idx < span.start or token.i <= last + _CLOSE)


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
