"""Whether words make a clause that reads well: no stray comma, no word twice, nothing that breaks off."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

_HALF_CONTRACTED = frozenset("ill id wed shed hed well were shell hell".split())
_BEFORE_ILL = frozenset(
    "is was be been 's 're 'm am are were so very really too feel feels felt get gets got fell still also".split()
)
_BRIEF_NOT = 4  # words
_FINITE = frozenset("VBD VBZ VBP MD".split())


def ill_formed(tokens: Sequence[Token], contrasts: frozenset[str]) -> bool:
    """A comma before no contrast or "not", a word twice running, or "ill", "id" that stand for "I'll", "I'd"."""
    for token, following in pairwise(tokens):
        low, after = token.lower_, following.lower_
        if low == after or (low == "," and after not in contrasts and not _sets_apart(following, tokens)):
            return True
        if low in ("a", "an") and _wrong_article(low, after):
            return True
        if after == "ill" and low not in _BEFORE_ILL:
            return True
        if low in _HALF_CONTRACTED and following.tag_ in ("VB", "VBP", "VBN"):
            return True
    return False


def _sets_apart(following: Token, tokens: Sequence[Token]) -> bool:
    """ "I'm bored, not desperate": a brief "not" at the end."""
    rest = [token for token in tokens if token.i > following.i]
    return following.lower_ == "not" and 0 < len(rest) <= _BRIEF_NOT and all(token.text != "," for token in rest)


def breaks_off(tokens: Sequence[Token]) -> bool:
    """ "So much that the lady": what was to follow never came."""
    marks = [at for at, token in enumerate(tokens) if token.lower_ == "that" and token.tag_ == "IN"]
    return bool(marks) and not any(token.tag_ in _FINITE for token in tokens[marks[-1] :])


def _wrong_article(article: str, word: str) -> bool:
    """ "an severe", "a hour" - a sign of a slip elsewhere, too; silent h and "yoo" are left alone."""
    if word[:1] in "hu" or word[:3] in ("one", "onc", "eur") or len(word) < 2:
        return False
    return (word[0] in "aeio") != (article == "an")
