""" "Got fired today": frames of a clause whose "I" was left out, as people write on a phone.

Only where nobody else can be meant: the reader asks further that no other person was spoken of before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Token

from nlp.clauses.words import BE, HAVE, NOT, SUBJECTS, Framed, after_adverbs, lemma, low

_OBJECTS = frozenset("dobj prep xcomp ccomp prt advmod".split())
_OF_NOW = frozenset("love miss hate want wish feel need".split())
_ARTICLES = frozenset("a an the my no another".split())
_PAST = frozenset(
    "took went lost found left told made bought sold saw ran fell broke gave came drove wrote spent kept met heard "
    "started finished passed failed moved called asked tried stayed signed packed cleaned cooked walked".split()
)
_ADVERBIAL = frozenset({"VBD", "VBN"})


class Speaker(Protocol):
    def speaker(self, run: Sequence[Token], at: int) -> Framed | None: ...


@dataclass(frozen=True, slots=True)
class Dropped:
    states: frozenset[str]  # "tired of ...", "so proud of her"

    def frame(self, run: Sequence[Token], speaker: Speaker) -> Framed | None:
        """The frame of `run` as if "I" stood before it; None if it stands in none or has a subject."""
        at = after_adverbs(run, 0)
        if at >= len(run) or any(child.dep_ in SUBJECTS for child in run[at].children):
            return None
        word, following = run[at], low(run, at + 1)
        counted = at + 1 < len(run) and run[at + 1].pos_ in ("NUM", "SYM")
        did = word.lower_ in _PAST and (following in _ARTICLES or counted)  # "lost my job", "lost 300 euros": no state
        if word.lower_ in self.states and word.pos_ in ("ADJ", "VERB") and following not in BE and not did:
            return Framed("be", word, "you're")
        if word.lower_ == "been":
            return Framed("been", word, "you've") if at + 2 < len(run) else None
        if word.lower_ in ("ca", "do") and following in NOT:
            if any(token.lower_ == "me" for token in run):
                return None  # "don't look at me like that" is said to somebody
            found = speaker.speaker(run, at)
            return found and Framed(found.name, found.verb, "you")
        had = word.lower_ == "had" and word.pos_ == "VERB" and following in _ARTICLES  # "had a weird day"
        if not had and (not _a_verb(word) or word.lower_ in BE | HAVE):
            return None
        found = speaker.speaker(run, at)
        return found and Framed(found.name, found.verb, "you")


def _a_verb(word: Token) -> bool:
    """A finite verb of the past with something after it, or one of feeling."""
    if word.tag_ in _ADVERBIAL:
        helps = word.dep_ in ("aux", "auxpass") and not any(child.dep_ in SUBJECTS for child in word.head.children)
        return helps or any(child.dep_ in _OBJECTS for child in word.children)
    if word.tag_ in ("VB", "VBP") and word.lower_ in _PAST:
        return any(child.dep_ in _OBJECTS for child in word.children)  # "Took the oath today", taken for an order
    return word.tag_ in ("VB", "VBP") and lemma(word) in _OF_NOW
