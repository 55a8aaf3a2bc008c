"""Turns the speaker's words to "you": "my boss shouted at me" becomes "your boss shouted at you".

Pronouns, and the forms of "be" that must agree with them; "we" becomes the "you" of several. Third persons stay. What
cannot be turned with certainty (a "you" that means the listener, "ain't") gives nothing.
"""

from collections.abc import Sequence
from itertools import zip_longest

from spacy.tokens import Token

from nlp.clauses.words import OWN_KIN, SUBJECTS

_PRONOUNS = {
    **{"i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself"},
    **{"we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves"},
}
_BE = {"am": "are", "'m": "'re", "was": "were"}
_FIRST = frozenset({"i", "we"})
_CANNOT = frozenset("let's you your yours yourself yourselves u ur ya ai'n't ai y'all".split())
SEASONS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september "
    "october november december christmas easter halloween thanksgiving ramadan eid diwali english "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays".split()
)
_SHOUTED_STAYS = frozenset("TV HR PHD PC UK US USA GP NHS IVF ADHD PTSD OCD DJ CV ID MRI AA".split())


def turn(tokens: Sequence[Token]) -> str | None:
    """The words of one clause as said to the speaker: lower-case start, no final stop. None if that is not certain."""
    if not tokens:
        return None
    pieces: list[str] = []
    for token in tokens:
        piece = _turned(token, tokens)
        if piece is None:
            return None
        pieces.append(piece)
    pair = pair_with_speaker(tokens)
    if pair:  # "my husband and I": the one spoken to comes first
        return f"you and {_joined(tokens[: pair - 2], pieces[: pair - 2])} {_joined(tokens[pair:], pieces[pair:])}"
    return _joined(tokens, pieces)


def pair_with_speaker(tokens: Sequence[Token]) -> int:
    """Where "my husband and I" ends if `tokens` open so; else 0."""
    if tokens[0].lower_ != "my":
        return 0
    for at in range(2, min(5, len(tokens) - 1)):
        if tokens[at].lower_ in ("and", "&") and tokens[at + 1].lower_ == "i":
            return at + 2
    return 0


def turned_noun(tokens: Sequence[Token]) -> str:
    """A noun phrase as said to the speaker: "my mum" becomes "your mum"."""
    return _joined(tokens, [_PRONOUNS.get(token.lower_, _cased(token)) for token in tokens])


def _turned(token: Token, clause: Sequence[Token]) -> str | None:
    low = str(token.lower_)
    if low in _CANNOT or (low == "me" and _for_my(token)):
        return None
    if low == "been" and token.i > 0 and token.nbor(-1).lower_ in _FIRST:
        return "have been"  # "I been waiting"
    if low == "do" and _of_one(token):
        return "does"  # "he don't"
    if low in _PRONOUNS:
        return _PRONOUNS[low]
    if low in _BE:
        return _agreed(token, clause)
    return _cased(token)


def _of_one(token: Token) -> bool:
    helped = token.i > 0 and token.nbor(-1).lower_ in ("he", "she", "it")
    return helped and token.i + 1 < len(token.doc) and token.nbor().lower_ in ("n't", "not")


def _for_my(token: Token) -> bool:
    """ "in me life": a dialect's "my", which is not turned as "me" is."""
    before, after = token.i > 0 and token.nbor(-1), token.i + 1 < len(token.doc) and token.nbor()
    return bool(before and after and before.pos_ == "ADP" and after.pos_ == "NOUN")


def _agreed(token: Token, clause: Sequence[Token]) -> str | None:
    """A form of "be" after the speaker's "I" follows the new "you"; after anyone else it stays."""
    low = str(token.lower_)
    subject = _subject_of(token, clause)
    if subject is None:
        return None
    if low in ("am", "'m"):
        return _BE[low] if subject in _FIRST else None
    return _BE[low] if subject in _FIRST else low


def _subject_of(token: Token, clause: Sequence[Token]) -> str | None:
    """The subject of a form of "be": the word before it, or what the parser says; None where the two disagree."""
    at = next(place for place, other in enumerate(clause) if other.i == token.i)
    before = next((other for other in reversed(clause[:at]) if other.pos_ not in ("ADV", "PART", "INTJ")), None)
    if before is not None and (before.pos_ == "PRON" or before.lower_ in _FIRST):
        return str(before.lower_)
    verb = token.head if token.dep_ in ("aux", "auxpass") else token
    while verb.dep_ == "conj" and not any(child.dep_ in SUBJECTS for child in verb.children):
        verb = verb.head
    named = [child for child in verb.children if child.dep_ in SUBJECTS]
    if len(named) != 1 or named[0].i > token.i or named[0].i < clause[0].i:
        return None
    if any(child.dep_ == "conj" for child in named[0].children):
        return None
    return str(named[0].lower_)


def _cased(token: Token) -> str:
    text = str(token.text)
    if token.lower_ in SEASONS:
        return text.capitalize()
    if token.lower_ in OWN_KIN:
        return text.lower()
    if text.isupper() and len(text) > 1:
        return text if text in _SHOUTED_STAYS else text.lower()
    if token.pos_ == "PROPN" and text.istitle():
        return text
    if text == "A" and token.dep_ == "dobj":
        return text  # the mark
    return text.lower() if text.istitle() else text


def _joined(tokens: Sequence[Token], pieces: Sequence[str]) -> str:
    spaces = [
        " " if token.whitespace_ or _gap(token, after) else "" for token, after in zip_longest(tokens, tokens[1:])
    ]
    text = "".join(piece + space for piece, space in zip(pieces, spaces, strict=True))
    return " ".join(text.split())


def _gap(token: Token, after: Token | None) -> bool:
    """Something was left out after this one: a line break, a hesitation."""
    return after is not None and after.i != token.i + 1
