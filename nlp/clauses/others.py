"""Frames whose subject is somebody else, or a thing: they do something plain, are somewhere or somehow, or say so.

Never what would come back as a verdict on them or on the speaker, and never harm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from nlp.clauses.words import (
    BE,
    CAN,
    DEGREES,
    DO,
    HAVE,
    MINE,
    NOT,
    OWN_KIN,
    SUBJECTS,
    Framed,
    after_adverbs,
    lemma,
    low,
)

_PRONOUNS = frozenset("he she they".split())
_NOBODY = frozenset("nobody noone everyone everybody someone somebody people".split())
_DETERMINERS = frozenset(
    "my our the his her their this that these those a an one some two three four another both all every most many half "
    "none few several each".split()
)
_IN_A_NAME = frozenset("NOUN PROPN ADJ DET NUM PART ADP PUNCT PRON CCONJ".split())
_WOULD = frozenset({"would", "'d"})
_NOT_KNOWN = frozenset("why what how where about".split())
_LIKING = frozenset("like love prefer rather".split())
_PLACES = frozenset("at in here from else".split())
_LONGEST_SUBJECT = 6  # words
_FINITE = frozenset("VBD VBZ VBP VBN".split())
_AUXILIARIES = HAVE | DO | CAN | {"wo", "will"}
_STATES = frozenset("ADJ NUM ADP ADV".split())
_VERDICTS = frozenset("ADJ ADV DET NOUN PRON".split())
_SEEMING = frozenset("seem feel look".split())
_LACKING = frozenset("no nobody nothing nowhere noone too so".split())
_THE = frozenset("the my his her their our".split())
_SAYS_LITTLE = frozenset(
    "thing problem fault joke point case truth same least way time year day week month night morning weekend end one "
    "question matter reason story rest worst best idea life world plan case deal kind sort part bit lot fact holiday "
    "situation weather".split()
)
_GUESSES = frozenset("seem look sound mean depend".split())  # "it depends": says nothing
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
        found = self._frame(run)
        return replace(found, owner="your") if found and low(run, 0) in OWN_KIN else found

    def _frame(self, run: Sequence[Token]) -> Framed | None:
        at = _after_subject(run)
        if at is None or self.verdicts & {token.lower_ for token in run[at:]}:
            return None
        place = after_adverbs(run, at)
        word = low(run, place)
        if word in BE:
            return self._being(run, place)
        if word in _WOULD and low(run, after_adverbs(run, place + 1)) in _LIKING:
            return Framed("other", run[place])  # "he'd like me to come along"
        if word in _AUXILIARIES or (word == "'d" and place + 1 < len(run) and run[place + 1].tag_ == "VBN"):
            return self._with_auxiliary(run, place)
        if place >= len(run) or run[place].tag_ not in _FINITE:
            return None
        return self._doing(run, place, run[place])

    def _doing(self, run: Sequence[Token], at: int, finite: Token) -> Framed | None:
        verb = lemma(run[at])
        if verb in self.cause and any(token.lower_ == "me" for token in run[at : at + 3]):
            return Framed("makes_me", finite)
        if verb in self.says:
            says = finite.i == run[at].i and _says_what(run, at) and not _of_the_speaker(run[at:])
            return Framed("said", finite) if says else None
        return None if verb in self.never else Framed("other", finite)

    def _being(self, run: Sequence[Token], at: int) -> Framed | None:
        place = after_adverbs(run, at + 1, skip=NOT | DEGREES)
        if low(run, place) == "been":  # "she's been gone since spring", "he's been crying"
            place = after_adverbs(run, place + 1, skip=NOT | DEGREES)
        if place >= len(run):
            return None
        word = run[place]
        if word.lower_ == "gone":
            return Framed("other_is", run[at])
        if word.lower_ == "like" or (run[at - 1].lower_ == "one" and at == 1):
            return None  # "she was like: dude"; "one is always shouting"
        if word.lower_ == "being":  # "he's being cold with me"
            how = after_adverbs(run, place + 1, skip=DEGREES)
            kindly = how < len(run) and run[how].pos_ == "ADJ" and run[how].lower_ not in self.unkind
            return Framed("other_is", run[at]) if kindly else None
        if word.pos_ == "VERB" or word.lower_ == "getting":  # "they are getting divorced": "get" helps the verb
            return self._doing(run, place, run[at])
        kind = word.pos_ in _STATES and (word.lower_ in self.states or word.lower_ not in self.unkind)
        return Framed("other_is", run[at]) if kind else None

    def _with_auxiliary(self, run: Sequence[Token], at: int) -> Framed | None:
        place = after_adverbs(run, at + 1, skip=NOT)
        if low(run, place) == "been":
            place = after_adverbs(run, place + 1, skip=DEGREES)
            if place < len(run) and run[place].pos_ == "ADJ" and run[place].lower_ not in self.unkind:
                return Framed("other_is", run[at])
        unknown = place < len(run) and lemma(run[place]) == "know" and low(run, place + 1) in _NOT_KNOWN
        if unknown and low(run, at + 1) in NOT:
            return Framed("other", run[at])  # "they don't know why I was away"
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
        """A telling frame, else that something plain is said of "it"."""
        return None if run[0].lower_ not in self.subjects else self._telling(run) or _of_it(run)

    def _telling(self, run: Sequence[Token]) -> Framed | None:
        place = after_adverbs(run, 1)
        word = low(run, place)
        if run[0].lower_ == "it" and lemma(run[min(place, len(run) - 1)]) in _SEEMING and low(run, place + 1) == "like":
            return Framed("seems", run[place]) if not MINE.isdisjoint(token.lower_ for token in run) else None
        if word in CAN and low(run, place + 1) == "be":  # "it can be so overwhelming at times"
            place += 1
            word = "is"
        if word in ("'s", "is", "was") and low(run, place + 1) == "what":
            hurts = low(run, place + 3) == "me" and place + 2 < len(run) and lemma(run[place + 2]) in self.cause
            return Framed("makes_me", run[place]) if hurts else None
        if word in ("'s", "is", "was") and run[0].lower_ == "it" and _a_thing(run[place + 1 :]):
            return Framed("it_noun", run[place])
        if word in ("'s", "is", "was", "feels", "felt", "has"):
            after = after_adverbs(run, place + 1, skip=DEGREES | {"been"})
            if low(run, after) in self.adjectives and not (low(run, after) == "over" and after + 1 < len(run)):
                return Framed("it_is", run[place])
            return Framed("how_long", run[place]) if _how_long(run, place) else None
        if place < len(run) and run[place].pos_ == "VERB" and lemma(run[place]) in self.cause:
            near = [token.lower_ for token in run[place : place + 3]]
            return Framed("makes_me", run[place]) if "me" in near or "my" in near else None
        return None


def _of_it(run: Sequence[Token]) -> Framed | None:
    """ "It was actually good", "it gets dark at four"."""
    place = after_adverbs(run, 1)
    finite = place < len(run) and run[place].tag_ in _FINITE and lemma(run[place]) not in _GUESSES
    less = low(run, place + 1) in NOT | {"been"}  # "it's not the money": what it is instead is to come
    return Framed("it_plain", run[place]) if finite and not less and run[0].lower_ == "it" else None


def _a_thing(said: Sequence[Token]) -> bool:
    """ "It's the promise", "it was my mother": what it is about, named; no time, and no mere manner of speaking."""
    if len(said) < 2 or said[0].lower_ not in _THE:
        return False
    noun = next((token for token in said if token.dep_ == "attr"), None)
    return noun is not None and noun.pos_ == "NOUN" and noun.lemma_.lower() not in _SAYS_LITTLE


def there_is(run: Sequence[Token]) -> Framed | None:
    """ "There's nobody to talk to": that something is lacking, or too much."""
    place = after_adverbs(run, 1)
    if low(run, 0) != "there" or low(run, place) not in BE:
        return None
    return Framed("there", run[place]) if low(run, after_adverbs(run, place + 1)) in _LACKING else None


def _says_what(run: Sequence[Token], at: int) -> bool:
    """More than that something was said: not "the teacher told me", "everyone tells me"."""
    said = run[at + 1 :]
    if lemma(run[at]) not in ("tell", "say") or not NOT.isdisjoint(token.lower_ for token in run[:at]):
        return True
    return any(token.lower_ not in MINE and not token.is_punct for token in said)


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
    if first in OWN_KIN and run[0].dep_ in SUBJECTS:
        return 1
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
    if (subject.pos_ == "PRON" and subject.lower_ not in _NOBODY) or subject.lower_ == "one":
        return None  # one of what, or anyone?
    if first not in _DETERMINERS and not name and subject.tag_ != "NNS":
        return None
    last = next((at for at, token in enumerate(run) if token.i == subject.right_edge.i), None)
    if last is None or last >= _LONGEST_SUBJECT or any(token.pos_ not in _IN_A_NAME for token in run[: last + 1]):
        return None
    return last + 1
