"""Understands the answer to a question of the crisis flow, tapped or typed. An unclear answer is no answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.care.episode import Episode
from bot.care.taken_back import taken_back
from nlp.reading import Reading

MEANT = "meant"  # whether what was only supposed is so
FREE = frozenset({"people", "willing", "care", "helper", "carer"})  # open questions: any calm words are an answer
YES_NO = frozenset({"thoughts", "plan", "danger", "commands", "wound", "body", "follow"})
CHOICES: Mapping[str, Sequence[Sequence[str]]] = {  # what can be tapped, in rows
    **dict.fromkeys(sorted(YES_NO), (("yes", "no"), ("unsure", "skip"))),
    "follow": (("yes", "no"),),
    "people": (("some", "none"), ("skip",)),
    "willing": (("yes", "barrier"), ("no",)),
    "call": (("calling",), ("cant",), ("with",)),
    "closing": (("ok", "hard"), ("skip",)),
    "age": (("adult",),),
    MEANT: (("yes", "heavy"), ("misread",)),
}
AWAITED = FREE | YES_NO | frozenset({"own_steps"})  # after these the next calm words are not met with a further step
_BARRED = frozenset({"people", "willing", "care"})  # where something may be in the way
_SHORT = 8  # words; a longer message tells something of its own
_UNSURE = re.compile(
    r"^(i |i'?m )?(don'?t know|dunno|not sure|unsure|maybe|kind ?of|kinda|sort ?of|sometimes|a (little|bit)|idk|"
    r"possibly|not really sure|perhaps|guess|hard to say|who knows|(it )?depends|(it |that )?(could|might|may) change|"
    r"no (guarantees?|promises?)|(can'?t|cannot|won'?t) (guarantee|promise|rule|say for))\b"
)
_SKIP = re.compile(r"\b(rather not|don'?t want to (say|answer|talk)|skip|no comment|pass|none of your|prefer not)\b")
_NO = re.compile(
    r"^(no+|nope|nah|not (really|right now|now|today|at all)|never(?! mind))\b|"
    r"^(i don'?t( think so| have( a plan| one| any| that)?)?|it isn'?t|it'?s not( that| like that)?)$|"
    r"^i'?m not( (having|thinking|planning|going to) .*| suicidal)?$"
)
_NOT_A_NO = re.compile(r"^no ?(one|body|thing|where|matter|idea|point|hope|way out)\b")
_YES = re.compile(
    r"^(yes|yeah|yea|yep|yup|ye|ya|i (do|have|am|did|think so)|it is|there is|correct|true|all the time|always)\b"
)
_NOBODY = re.compile(r"\b(no ?one|nobody|no friends|alone|not anyone|isn'?t anyone|don'?t have any)\b")
_BARRIER = re.compile(
    r"\b(can'?t|cannot|scared|afraid|ashamed|don'?t trust|expensive|money|hate (calling|phones?)|last time|say what|"
    r"what (would|do|should|could) i (even )?(say|tell|write)|"
    r"(no|don'?t want( to)?( see| call| talk to)?( an?| any| the)?) (hotlines?|helplines?|lines?|doctors?|therap\w+|"
    r"counsell?ors?|police|ambulances?|hospitals?))\b"
)
_ASKS = re.compile(r"\?\s*$|^(is|am|are|was|were|why|how|what if)\b")

_HEAVY = re.compile(
    r"\b(not that|(no+|nope|nah),? (but|just|it'?s just|i'?m (just|only))|not (like|as bad as) that)\b.*"
    r"\b(heavy|hard|tough|a lot|rough|tired|worn|exhausted|sad|low|down|lonely|hurts?|struggl\w+|awful|too much|"
    r"overwhelmed|difficult)\b"
)

_BETTER = re.compile(r"\b(ok|okay|fine|alright|all right|better|safe|good|managing|coping)\b")
_WORSE = re.compile(r"\b(not|no|bad|worse|hard|awful|the same|still|struggling|terrible)\b")


@dataclass(frozen=True, slots=True)
class Answer:
    step: str  # "plan"
    value: str  # yes, no, unsure, skip, some, none, barrier, free, calling, cant, with, ok, hard, adult, heavy, misread


def tapped(data: str) -> Answer | None:
    """From callback data "crisis:step:value"; None for other buttons and for data we never gave out."""
    prefix, _, rest = data.partition(":")
    step, _, value = rest.partition(":")
    known = any(value in row for row in CHOICES.get(step, ()))
    return Answer(step, value) if prefix == "crisis" and known else None


def typed(episode: Episode, reading: Reading) -> Answer | None:
    """From the first words after a question; later ones may answer something else and are not taken for an answer."""
    step = episode.pending.rpartition(".")[2]
    if not step or episode.waited:
        return None
    text = " ".join(reading.low.split()).strip(" .!")
    value = _closing(text) if step == "closing" else _value(step, text, reading)
    return Answer(step, value) if value else None


def _value(step: str, text: str, reading: Reading) -> str:
    if _SKIP.search(text) and len(text.split()) <= 2 * _SHORT:
        return "skip"
    if step == "people" and _NOBODY.search(text):
        return "none"
    if step == "call":
        return _call(text)
    if step == MEANT:
        return _meant(text, reading)
    plain = _yes_or_no(text, reading)
    if step in FREE:
        return _free(step, plain, text)
    return plain if step in YES_NO else ""


def _meant(text: str, reading: Reading) -> str:
    """A denial is believed, plain or outright; what is heavy without being that has an answer of its own."""
    plain = _yes_or_no(text, reading)
    if plain != "yes" and _HEAVY.search(text):
        return "heavy"
    return "misread" if plain == "no" or taken_back(reading) else plain


def _yes_or_no(text: str, reading: Reading) -> str:
    first, words = re.split(r"[,.;!\n]", text)[0].strip(), len(text.split())
    for value, pattern in (("unsure", _UNSURE), ("no", _NO), ("yes", _YES)):
        if pattern.search(first) and len(first.split()) <= _SHORT and not _NOT_A_NO.search(first):
            return value
    if words <= _SHORT and not _NOT_A_NO.search(first):
        acts = (("yes", "yes"), ("no", "no"), ("dont_know", "unsure"), ("refusal", "skip"))
        return next((value for act, value in acts if reading.did(act)), "")
    return ""


def _free(step: str, plain: str, text: str) -> str:
    if step in _BARRED and _BARRIER.search(text):
        return "barrier"
    if _ASKS.search(text):
        return ""  # a question of their own is answered first
    if step == "people":
        return {"yes": "some", "no": "none"}.get(plain, "free")  # "maybe" is not "nobody"
    return plain if plain in ("yes", "no") and step == "willing" else "free"


def _call(text: str) -> str:
    if re.search(r"\b(can'?t|cannot|won'?t|not going to|unable|no phone|scared|don'?t want)\b", text):
        return "cant"
    if re.search(r"\b(calling|called|i'?ll call|on the phone|going to call|texting|texted)\b", text):
        return "calling"
    return "with" if re.search(r"\bwith (me|my|a|him|her|them|someone)\b", text) else ""


def _closing(text: str) -> str:
    if _SKIP.search(text):
        return "skip"
    if _WORSE.search(text):
        return "hard"
    return "ok" if _BETTER.search(text) or _YES.search(text) else ""
