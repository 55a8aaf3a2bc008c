"""Says whose feeling a word is and how it is meant, from the words to its left.

Chat has few marks and the parser's clauses break on it, so this walks left from the word over what may stand between
a feeling and its holder, and stops at the first holder it meets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from nlp.beside import before_noun, is_over, is_there, is_titled, is_topic, token_of
from nlp.labels import Status
from nlp.lexicon import Word

_REACH = 9  # words to the left in which a holder is looked for
_MEASURES = frozenset("bit kind sort lot lots tad".split())
_PERFECT = frozenset("have i've he's she's they've has we've".split())
_BEFORE = 6  # words before the holder in which "if" or "I wish" still governs


class Holder(StrEnum):
    SELF = "self"
    OTHER = "other"
    LISTENER = "listener"
    THING = "thing"
    NOBODY = "nobody"  # a fragment: "so sad", "feeling down"


@dataclass(frozen=True, slots=True)
class Seen:
    holder: Holder
    status: Status
    sure: bool = True
    alone: bool = False  # a word by itself, without holder or verb


@dataclass(frozen=True, slots=True)
class Walk:
    """What the look to the left met: the holder, where it stands (or where the walk ended), and the words between."""

    holder: Holder
    at: int
    between: tuple[str, ...]
    caused: bool = False  # "makes me ..."


@dataclass(frozen=True, slots=True)
class Context:
    """The closed word lists of the look to the left."""

    me: frozenset[str]
    you: frozenset[str]
    others: frozenset[str]
    things: frozenset[str]
    persons: frozenset[str]
    adverbs: frozenset[str]
    felt: frozenset[str]
    feel: frozenset[str]
    cause: frozenset[str]
    negators: frozenset[str]
    hedges: frozenset[str]
    past: frozenset[str]
    links: frozenset[str]
    breaks: frozenset[str]
    ended: frozenset[str]  # after a feeling's name: "my anxiety is gone"

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> "Context":
        """From the lists of the rule file; TypeError if one is missing or unknown."""
        return cls(**{name: frozenset(found) for name, found in lists.items()})

    def look(self, doc: Doc, text: list[Word], start: int, end: int, kind: str) -> Seen | None:
        """How the form at words [start, end) is meant; None if it does not stand as its kind must. A form that holds
        "I", "me" or "my" is the speaker's own, whatever stands before it."""
        sign = not any(word.text[0].isalnum() for word in text[start:end])  # an emoji is the writer's own face
        own = sign or any(word.text in self.me for word in text[start:end])
        if kind in ("adj", "state") and before_noun(doc, text[end - 1]) and not self._said_outright(text, start):
            return None
        walk = self._walk(doc, text, start)
        if is_titled(text, start, end):
            return None
        if own and kind == "state" and not self._said_of(walk, text, start, end, strict=True):
            return None  # "I did it on my own"
        if own:
            denied = () if walk.at >= start or text[walk.at].text != "nothing" else ("nothing",)
            walk = Walk(Holder.SELF, walk.at if walk.holder is Holder.SELF else start, (*walk.between, *denied))
        elif not self._fits(walk, text, start, end, kind) or (
            kind == "noun" and is_topic(doc, text, start, end, walk.holder is Holder.NOBODY)
        ):
            return None
        mine = own or kind == "toward" or walk.caused or walk.holder is not Holder.OTHER
        asked = end < len(text) and text[end].text == "?" and start - walk.at > 2
        return Seen(
            Holder.SELF if mine else Holder.OTHER,
            self._status(text, walk, start, end, kind),
            sure=not asked and kind != "toward",
            alone=walk.holder is Holder.NOBODY and walk.at == start,
        )

    def _walk(self, doc: Doc, text: list[Word], start: int) -> Walk:
        between: list[str] = []
        for at in range(start - 1, max(-1, start - 1 - _REACH), -1):
            word = text[at].text
            if word in self.breaks or (word == "," and not self.felt.isdisjoint(between)):
                return Walk(Holder.NOBODY, at + 1, tuple(between))
            holder = self._holder(doc, text, at)
            if holder is not None:
                caused = self._caused(text, at, between)
                return Walk(holder, at, tuple(between), caused)
            between.append(word)
        return Walk(Holder.NOBODY, max(0, start - _REACH), tuple(between))

    def _holder(self, doc: Doc, text: list[Word], at: int) -> Holder | None:
        word = text[at].text
        if word in self.me:
            return Holder.SELF
        if word in self.you:
            return Holder.LISTENER
        if word in self.others or word in self.persons or word.removesuffix("'s") in self.persons:
            return Holder.OTHER
        if word in self.things:
            return Holder.THING
        token = token_of(doc, text[at])
        if token is not None and token.pos_ == "PROPN" and text[at].raw.istitle():
            return Holder.OTHER
        plain_noun = token is not None and token.pos_ == "NOUN" and word not in self.feel
        return Holder.THING if plain_noun and word not in _MEASURES else None

    def _caused(self, text: list[Word], at: int, between: list[str]) -> bool:
        """ "makes me sad", "left me feeling numb": the one it is done to feels it."""
        return at > 0 and text[at].text in ("me", "us") and text[at - 1].text in self.cause

    def _fits(self, walk: Walk, text: list[Word], start: int, end: int, kind: str) -> bool:
        if walk.holder is Holder.LISTENER:
            return False
        if kind == "toward":
            return walk.holder is Holder.OTHER
        if kind == "thing":
            return walk.holder in (Holder.THING, Holder.NOBODY) or walk.caused
        if kind == "noun":
            return self._noun_fits(walk, text, start)
        if walk.holder is Holder.THING:
            return False
        if kind == "verb":
            return walk.holder is not Holder.NOBODY or start == walk.at
        if kind == "phrase":
            return True
        return self._said_of(walk, text, start, end, strict=kind == "state")

    def _noun_fits(self, walk: Walk, text: list[Word], start: int) -> bool:
        """A feeling noun is the speaker's own after "my" or with "I" before it, or when it stands alone."""
        if walk.holder is Holder.SELF or walk.holder is Holder.OTHER:
            return True
        return walk.holder is Holder.NOBODY and start - walk.at <= 3

    def _said_of(self, walk: Walk, text: list[Word], start: int, end: int, strict: bool) -> bool:
        """An adjective is said of its holder: through a verb of being or feeling, or as a fragment by itself."""
        if walk.caused:
            return True
        if walk.holder is Holder.NOBODY and walk.at == start and (end == len(text) or text[end].text in self.breaks):
            return True
        if strict:
            return self._just_felt(text, start)
        felt = any(word in self.feel for word in walk.between)
        if walk.holder is Holder.NOBODY:
            return felt or start - walk.at <= 3
        return felt or text[walk.at].text in self.feel

    def _just_felt(self, text: list[Word], start: int) -> bool:
        """Only adverbs, and other such words joined by "and", stand between the word and a verb of being or feeling."""
        joined = False
        for word in reversed(text[max(0, start - 5) : start]):
            if word.text in self.felt:
                return True
            if word.text in self.links:
                joined = True
            elif word.text not in self.adverbs and not joined:
                return False
        return False

    def _said_outright(self, text: list[Word], start: int) -> bool:
        """Straight after a verb of being or feeling, whatever noun follows: "I feel ashamed thinking of it"."""
        for word in reversed(text[max(0, start - 3) : start]):
            if word.text in self.felt:
                return True
            if word.text not in self.adverbs or word.text == "a":
                return False
        return False

    def _status(self, text: list[Word], walk: Walk, start: int, end: int, kind: str) -> Status:
        if kind == "noun" and is_over(text, end, self.ended, self.breaks | self.negators):
            return Status.PAST
        if kind == "noun" and is_there(walk.between, self.feel):
            return Status.ASSERTED
        own = {text[walk.at].text, *walk.between} if walk.at < start else set(walk.between)
        before = [word.text for word in text[max(0, walk.at - _BEFORE) : walk.at]]
        before = before[_last_break(before, self.breaks) :]
        if self._negated(walk.between, text, start):
            return Status.NEGATED
        meant = {text[walk.at].text, *_after_but(walk.between)} if walk.at < start else set(_after_but(walk.between))
        if meant & self.hedges or {"if", "wish", "wished", "unless", "imagine", "pretend", "as"} & set(before):
            return Status.HYPOTHETICAL
        if {"think", "say", "mean"} & set(before) and self.negators & set(before):
            return Status.NEGATED
        past = own & self.past if own.isdisjoint(_PERFECT) else set()
        return Status.PAST if past else Status.ASSERTED

    def _negated(self, between: Sequence[str], text: list[Word], start: int) -> bool:
        """A "not" between holder and feeling; "not only" and "can't help feeling" are none."""
        last_comma = between.index(",") if "," in between else len(between)
        said = list(reversed(between[:last_comma]))
        if text[start].text in ("just", "only"):  # "not sad, just tired"
            return False
        if "just" in said:
            said = said[said.index("just") :]
        for at, word in enumerate(said):
            following = said[at + 1] if at + 1 < len(said) else ""
            if word in self.negators and following not in (
                "only",
                "just",
                "help",
                "stop",
                "know",
                "sure",
                "believe",
                "like",
                "want",
                "understand",
                "remember",
                "deserve",
                "mind",
                "need",
            ):
                return True
        return False


def _after_but(between: Sequence[str]) -> Sequence[str]:
    """The words, from the nearest on, up to a "but"."""
    return between[: between.index("but")] if "but" in between else between


def _last_break(seen: Sequence[str], breaks: frozenset[str]) -> int:
    places = [at for at, word in enumerate(seen) if word in breaks and word not in ("when",)]
    return places[-1] + 1 if places else 0
