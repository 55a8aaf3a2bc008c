"""Finds people and things the client named, turned and ready for a slot: "your mum", "the interview".

A noun phrase carries further than a whole clause and goes wrong less often. Closed lists of nouns keep out what must
never be said back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from nlp import rules
from nlp.clauses.turning import turned_noun
from nlp.reading import Phrase, Span

_FILE = "rules/en/phrases.yaml"
_MOST = 4
_FARTHEST = 3  # words between the determiner and its noun
_LISTS = ("people", "before_people", "things", "before_things", "vague", "never", "called")
_POINTING = frozenset({"the", "this"})
_DIES = frozenset({"die", "pass", "perish"})
_LOST = frozenset({"lose", "bury"})
# After a comma and a name, or with "is", "was": the parser often takes these for something else.
_GONE_AFTER = re.compile(
    r"^(?: ?,? ?[A-Z][\w'-]+ ?,?)? ?(?:has |have |had |just |suddenly |recently |is |was |were )*"
    r"(?:died|passed(?: away| on)?\b(?! (?:the|my|his|her|an?|by|out|it|with))|dead\b|no longer with us|"
    r"put (?:down|to sleep)|gone now)",
    re.IGNORECASE,
)
_CORE = frozenset("nsubj nsubjpass dobj pobj ROOT attr".split())


@dataclass(frozen=True, slots=True)
class Found:
    phrase: Phrase
    weight: float


class PhraseReader:
    """Reads noun phrases from a parsed message. `load` raises RuleError if the lists are wrong."""

    def __init__(self, lists: Mapping[str, frozenset[str]], most_words: int) -> None:
        self._lists = lists
        self._most_words = most_words

    @classmethod
    def load(cls) -> "PhraseReader":
        data: dict[str, Any] = rules.load_mapping(_FILE, required=("source", "most_words", *_LISTS))
        lists = {name: frozenset(rules.texts(data[name], f"{_FILE}: {name}")) for name in _LISTS}
        return cls(lists, int(data["most_words"]))

    def read(self, doc: Doc) -> tuple[Phrase, ...]:
        """At most four phrases, most important first, each wording once; spans are offsets in the document's text."""
        best: dict[str, Found] = {}
        for found in self._found(doc):
            known = best.get(found.phrase.text)
            # Named twice: it matters more.
            weight = found.weight + (known.weight if known else 0.0)
            best[found.phrase.text] = Found(known.phrase if known else found.phrase, weight)
        ranked = sorted(best.values(), key=lambda found: -found.weight)
        return tuple(found.phrase for found in ranked[:_MOST])

    def _found(self, doc: Doc) -> Iterator[Found]:
        for token in doc:
            found = None
            if token.lower_ == "my" or token.lower_ in _POINTING:
                found = self._after(doc, token)
            elif token.lower_ in self._lists["called"]:
                found = self._called(token)
            if found is not None:
                yield found

    def _called(self, token: Token) -> Found | None:
        """ "mum" without a "my" is the speaker's own, unless someone else's possessive or an address stands by."""
        alone = token.dep_ in _CORE and not any(child.dep_ in ("det", "poss", "amod") for child in token.lefts)
        if (
            not alone
            or self._unfinished(token)
            or (token.i > 0 and token.nbor(-1).pos_ in ("DET", "PRON", "ADJ", "NUM"))
        ):
            return None
        place = Span(token.idx, token.idx + len(token.text))
        return Found(Phrase(f"your {token.lower_}", "person", place, "phrases/called"), 2.0)

    def _after(self, doc: Doc, opening: Token) -> Found | None:
        """The phrase that `opening` starts, if its noun is on a list and nothing strange stands between."""
        own = opening.lower_ == "my"
        last: Token | None = None
        what = ""
        for token in doc[opening.i + 1 : opening.i + 1 + _FARTHEST]:
            kind = self._kind(token, own)
            if kind and not (what == "person" and kind == "thing"):  # "my boss messages at eleven"
                last, what = token, kind
            elif not self._between(token):
                break
        if last is None or self._unfinished(last):
            return None
        return self._phrase(doc[opening.i : last.i + 1], what, own)

    def _kind(self, token: Token, own: bool) -> str:
        low = token.lower_
        if low in self._lists["people"] and own:
            return "person"
        if low in self._lists["things"] and (own or low not in self._lists["vague"]):
            return "thing"
        return ""

    def _between(self, token: Token) -> bool:
        return token.lower_ in self._lists["before_people"] or token.lower_ in self._lists["before_things"]

    def _unfinished(self, last: Token) -> bool:
        """The noun goes on: "my sister's car", "my job interview panel", "my ex-boyfriend"."""
        if last.i + 1 >= len(last.doc):
            return False
        following = last.nbor()
        if last.lower_ in self._lists["people"] and following.pos_ == "PROPN" and following.text.istitle():
            return False  # "my dog Rex"
        if following.tag_ == "POS" or (not last.whitespace_ and following.text[:1] in "-/@'"):
            return True
        compound = following.dep_ == "compound" or last.dep_ == "compound"
        return compound and following.pos_ in ("NOUN", "PROPN")

    def _phrase(self, span: Sequence[Token], what: str, own: bool) -> Found | None:
        low = {token.lower_ for token in span}
        if len(span) > self._most_words or low & self._lists["never"]:
            return None
        last = span[-1]
        text = turned_noun(span)
        place = Span(span[0].idx, last.idx + len(last.text))
        gone = what == "person" and own and ("late" in low or _is_gone(last))
        weight = (2.0 if what == "person" else 1.5 if own else 1.0) + (0.5 if last.dep_ in _CORE else 0.0)
        return Found(Phrase(text, what, place, f"phrases/{what}", gone), weight)


def _is_gone(last: Token) -> bool:
    """Whether it is told here that who is named died."""
    verb = last.head
    if (
        verb.lemma_ in _DIES
        and last.dep_ == "nsubj"
        and not any(child.dep_ in ("dobj", "neg") for child in verb.children)
    ):
        return True
    if verb.lemma_ in _LOST and last.dep_ == "dobj" and not any(child.dep_ == "neg" for child in verb.children):
        return True
    return bool(_GONE_AFTER.match(last.doc.text[last.idx + len(last.text) :]))
