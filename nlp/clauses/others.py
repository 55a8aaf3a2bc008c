"""Frames whose subject is somebody else, or a thing: they do something plain, are somewhere or somehow, or say so.

Never what would come back as a verdict on them or on the speaker, and never harm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from nlp.clauses.words import BE, CAN, DEGREES, DO, HAVE, MINE, NOT, SUBJECTS, Framed, after_adverbs, lemma, low

_PRONOUNS = frozenset("he she they".split())
_NOBODY = frozenset("nobody noone everyone everybody someone somebody people".split())
_DETERMINERS = frozenset(
    "my our the his her their this that these those a an one some two three four another both all every".split()
)
_IN_A_NAME = frozenset("NOUN PROPN ADJ DET NUM PART ADP PUNCT PRON".split())
_PLACES = frozenset("at in here from else".split())
_LONGEST_SUBJECT = 6  # words
_FINITE = frozenset("VBD VBZ VBP VBN".split())
_AUXILIARIES = HAVE | DO | CAN | {"wo", "will"}
_STATES = frozenset("ADJ NUM ADP ADV".split())
_VERDICTS = frozenset("ADJ ADV DET NOUN PRON".split())
_SEEMING = frozenset("seem feel look".split())
_LACKING = frozenset("no nobody nothing nowhere noone too so".split())
_UNITS = frozenset("day days week weeks month months year years yrs hour hours".split())


@dataclass(frozen=True, slots=True)
class Others:
    """Frames of other people, and of things that are named."""

    never: frozenset[str]
    says: frozenset[str]
    states: frozenset[str]
    unkind: frozenset[str]
    verdicts: frozenset[str]
    cause: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]], verdicts: frozenset[str], cause: frozenset[str]) -> "Others":
        return cls(**{name: frozenset(found) for name, found in lists.items()}, verdicts=verdicts, cause=cause)

    def frame(self, run: Sequence[Token]) -> Framed | None:
        """The frame of a run that opens with somebody else or a named thing; None if it stands in none."""
        at = _after_subject(run)
        if at is None or self.verdicts & {token.lower_ for token in run[at:]}:
            return None
        place = after_adverbs(run, at)
        word = low(run, place)
        if word in BE:
            return self._being(run, place)
        if word in _AUXILIARIES:
            return self._with_auxiliary(run, place)
        if place >= len(run) or run[place].tag_ not in _FINITE:
            return None
        return self._doing(run, place, run[place])

    def _doing(self, run: Sequence[Token], at: int, finite: Token) -> Framed | None:
        verb = lemma(run[at])
        if verb in self.cause and any(token.lower_ == "me" for token in run[at : at + 3]):
            return Framed("makes_me", finite)
        if verb in self.says:
            return Framed("said", finite) if finite.i == run[at].i and not _of_the_speaker(run[at:]) else None
        return None if verb in self.never else Framed("other", finite)

    def _being(self, run: Sequence[Token], at: int) -> Framed | None:
        place = after_adverbs(run, at + 1, skip=NOT | DEGREES)
        if place >= len(run):
            return None
        word = run[place]
        if word.pos_ == "VERB":
            return self._doing(run, place, run[at])
        kind = word.pos_ in _STATES and (word.lower_ in self.states or word.lower_ not in self.unkind)
        return Framed("other_is", run[at]) if kind else None

    def _with_auxiliary(self, run: Sequence[Token], at: int) -> Framed | None:
        place = after_adverbs(run, at + 1, skip=NOT)
        if low(run, place) == "been":
            place = after_adverbs(run, place + 1, skip=DEGREES)
            if place < len(run) and run[place].pos_ == "ADJ" and run[place].lower_ not in self.unkind:
                return Framed("other_is", run[at])
        if run[at].pos_ == "VERB" and lemma(run[at]) == "have":  # "they have their own plans"
            unkind = self.unkind & {token.lower_ for token in run[at:]}
            return None if unkind or place >= len(run) else Framed("other", run[at])
        if place >= len(run) or run[place].pos_ != "VERB" or run[place].tag_ == "NN":
            return None
        return self._doing(run, place, run[at])


@dataclass(frozen=True, slots=True)
class Things:
    """Frames of "it", "everything", "work": how it is, what it does to the speaker, how long it has been."""

    subjects: frozenset[str]
    adjectives: frozenset[str]
    cause: frozenset[str]

    def frame(self, run: Sequence[Token]) -> Framed | None:
        if run[0].lower_ not in self.subjects:
            return None
        place = after_adverbs(run, 1)
        word = low(run, place)
        if run[0].lower_ == "it" and lemma(run[min(place, len(run) - 1)]) in _SEEMING and low(run, place + 1) == "like":
            return Framed("seems", run[place]) if not MINE.isdisjoint(token.lower_ for token in run) else None
        if word in CAN and low(run, place + 1) == "be":  # "it can be so overwhelming at times"
            place += 1
            word = "is"
        if word in ("'s", "is", "was", "feels", "felt", "has"):
            after = after_adverbs(run, place + 1, skip=DEGREES | {"been"})
            if low(run, after) in self.adjectives:
                return Framed("it_is", run[place])
            return Framed("how_long", run[place]) if _how_long(run, place) else None
        if place < len(run) and run[place].pos_ == "VERB" and lemma(run[place]) in self.cause:
            near = [token.lower_ for token in run[place : place + 3]]
            return Framed("makes_me", run[place]) if "me" in near or "my" in near else None
        return None


def there_is(run: Sequence[Token]) -> Framed | None:
    """ "There's nobody to talk to": that something is lacking, or too much."""
    place = after_adverbs(run, 1)
    if low(run, 0) != "there" or low(run, place) not in BE:
        return None
    return Framed("there", run[place]) if low(run, after_adverbs(run, place + 1)) in _LACKING else None


def _of_the_speaker(said: Sequence[Token]) -> bool:
    """ "says I'm too much": what others hold the speaker to be is not passed on."""
    words = [token.lower_ for token in said]
    held = (said[at + 2] for at in range(len(words) - 2) if words[at] == "i" and words[at + 1] in BE)
    return any(token.pos_ in _VERDICTS for token in held)


def _how_long(run: Sequence[Token], at: int) -> bool:
    """ "it's been four months", and nothing after it."""
    said = [token.lower_ for token in run[at + 1 :] if token.lower_ not in ("almost", "nearly", "about", "over", "now")]
    return run[0].lower_ == "it" and said[:1] == ["been"] and 3 <= len(said) <= 4 and bool(_UNITS & set(said[2:]))


def _after_subject(run: Sequence[Token]) -> int | None:
    """Where the subject ends: a pronoun, or a noun phrase."""
    first = low(run, 0)
    if first in _NOBODY and low(run, 1) in _PLACES:
        return _after_noun_phrase(run, "the")  # "nobody at work"
    if first in _PRONOUNS or first in _NOBODY:
        return 1
    if first == "no":
        return 2 if low(run, 1) == "one" else None
    return _after_noun_phrase(run, first)


def _after_noun_phrase(run: Sequence[Token], first: str) -> int | None:
    """Where a noun phrase ends that the parser, too, sees as the subject."""
    name = run[0].pos_ == "PROPN" and run[0].text.istitle() and not run[0].is_sent_start
    if first not in _DETERMINERS and run[0].pos_ not in ("NOUN", "ADJ") and not name:
        return None
    subject = next((token for token in run if token.dep_ in SUBJECTS), None)
    if subject is None or subject.left_edge.i != run[0].i:
        return None
    if subject.pos_ == "PRON" and subject.lower_ not in _NOBODY:
        return None
    if first not in _DETERMINERS and not name and subject.tag_ != "NNS":
        return None
    last = next((at for at, token in enumerate(run) if token.i == subject.right_edge.i), None)
    if last is None or last >= _LONGEST_SUBJECT or any(token.pos_ not in _IN_A_NAME for token in run[: last + 1]):
        return None
    return last + 1
