"""Understands the answer to a question of the crisis flow, tapped or typed. An unclear answer is no answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.care import crisis_nearness
from bot.care import crisis_sense as sense
from bot.care.crisis_persons import KIN
from bot.care.crisis_steps import SAFETY
from bot.care.episode import Episode
from bot.care.taken_back import taken_back
from nlp.reading import Reading

MEANT = "meant"  # whether what was only supposed is so
FREE = frozenset({"people", "willing", "care", "helper", "carer"})  # open questions: any calm words are an answer
YES_NO = frozenset({"thoughts", "plan", "danger", "commands", "wound", "body", "follow", "means", "offer", "reached"})
CHOICES: Mapping[str, Sequence[Sequence[str]]] = {  # what can be tapped, in rows
    **dict.fromkeys(sorted(YES_NO), (("yes", "no"), ("unsure", "skip"))),
    "follow": (("yes", "no"),),
    "offer": (("yes", "no"),),
    "reached": (("yes", "no"),),
    "people": (("some", "none"), ("skip",)),
    "willing": (("yes", "barrier"), ("no",)),
    "call": (("calling",), ("cant",), ("with",)),
    "closing": (("ok", "hard"), ("skip",)),
    "age": (("adult",),),
    MEANT: (("yes", "heavy"), ("misread",)),
}
OPEN = FREE | frozenset({"own_steps"})  # no button says all of it
AWAITED = OPEN | YES_NO  # after these the next calm words are not met with a further step
_MAY_REFUSE = YES_NO - {"follow", "offer", "reached"}
_BARRED = frozenset({"people", "willing", "care"})  # where something may be in the way
_CLEAR = frozenset({"done", "some", "barrier"})
_SHORT = 8  # words; a longer message tells something of its own
_UNSURE = re.compile(
    r"^(i |i'?m )?(don'?t know|dunno|not sure|unsure|maybe|kind ?of|kinda|sort ?of|sometimes|a (little|bit)|idk|"
    r"possibly|not really sure|perhaps|guess|hard to say|who knows|(it )?depends|(it |that )?(could|might|may) change|"
    r"no (guarantees?|promises?)|(can'?t|cannot|won'?t) (guarantee|promise|rule|say for))\b"
)
_SKIP = re.compile(
    r"\b(rather not|don'?t want to (say|answer|talk( about (it|this|that))?$)|"
    r"skip|no comment|pass|none of your|prefer not)\b"
)
_NO = re.compile(
    r"^(no+|nope|nah|not (really|right now|now|today|at all)|never(?! mind))\b|"
    r"^(i don'?t( think so| have( a plan| one| any| that)?)?|it isn'?t|it'?s not( that| like that)?)$|"
    r"^i'?m not( (having|thinking|planning|going to) .*| suicidal)?$"
)
_NOT_A_NO = re.compile(r"^no ?(one|body|thing|where|matter|idea|point|hope|way out)\b")
_YES = re.compile(
    r"^(yes|yeah|yea|yep|yup|ye|ya|i (do|have|am|did|think so)|it is|there is|correct|true|all the time|always)\b"
)
_AGREES = re.compile(r"^(ok|okay|k|alright|all right|sure|fine|will do|i guess|please|that would be|gladly)\b")
_OWN_MATTER = re.compile(  # "I have Dana" agrees to nothing
    r"^i (do|have|am|did) (?!want|like|agree|a plan|plan|one|it|that|thought|been|so|think)\w+"
)
_NOBODY = re.compile(r"\b(no ?one|nobody|no friends|alone|not anyone|isn'?t anyone|don'?t have any)\b")
_BARRIER = re.compile(
    r"\b(can'?t|cannot|scared|afraid|ashamed|don'?t trust|expensive|money|hate (calling|phones?)|last time|say what|"
    r"what (would|do|should|could) i (even )?(say|tell|write)|"
    r"(no|don'?t want( to)?( see| call| talk to)?( an?| any| the)?) (hotlines?|helplines?|lines?|doctors?|therap\w+|"
    r"counsell?ors?|police|ambulances?|hospitals?))\b"
)
_ASKS = re.compile(r"\?|^(is|am|are|was|were|why|how|what if)\b")
_REACHED = (
    "called|rang|phoned|texted|messaged|emailed|wrote|written|told|talked|spoke|spoken|asked|contacted|booked|seen"
)
_DONE = re.compile(
    r"^(ok,? |okay,? )?(done|did it|sent( it)?|it'?s sent)$|"
    rf"\b(i|we|i'?ve|we'?ve|i have|have|just|already) (just |already |now )*({_REACHED})\b"
)
_NOT_DONE = re.compile(
    rf"\b(haven'?t|didn'?t|never|not|no ?one|nobody|nothing|({_REACHED}) (you|u))\b|"  # "I told you" is no step
    r"\b(told|asked) (it|that|this)\b"
)
_REFUSES = re.compile(
    r"\b(don'?t|do not|won'?t|will not|not going to|not gonna|i'?m not|refuse to) (want|wanna|need|like|call|calling|"
    r"tell|telling|talk|talking|write|text|ring|see|seeing|do|doing|reach|reaching|bother)\b|\bleave me alone\b|"
    r"\bstop (asking|it|that|this|with)\b|\bno,? (thanks?|thank you|thx|ty)\b|\bno way\b|\bdrop it\b"
)
_REFUSES_PEOPLE = re.compile(  # help that was named, refused in the middle of another question
    r"\b(don'?t|do not|won'?t|will not|not going to|not gonna|i'?m not) (want to |wanna |gonna |going to )?"
    r"(call|calling|tell|telling|ring|text|see|talk to|talking to) (a|an|any|my|the|them|him|her|some|people)"
)
_SOMEBODY = re.compile(rf"\b(?!son\b|daughter\b|niece\b|nephew\b)({KIN}|friends|line|helpline)\b")
_NEGATED = re.compile(r"\b(not|never|can'?t|cannot|won'?t|wouldn'?t|doesn'?t|don'?t|isn'?t|no|dead|died|gone|left)\b")
_HEDGED = re.compile(r"\b(maybe|perhaps|might|possibly|not sure|guess|suppose|probably|i think)\b")
_WILLING = re.compile(
    r"\b(i'?ll|i will|i could|i can|i'?d|i would|i'?m going to|gonna|let me) (try|call|text|ring|write|tell|ask|talk|"
    r"message|speak|reach|go|see|do (it|that))\b|\b(i'?ll|i will) try\b"
)
_FITS = {  # of an open question, what an answer to it speaks of
    "willing": re.compile(rf"{_SOMEBODY.pattern}|{_HEDGED.pattern}"),
    "care": re.compile(
        r"\b(therap\w+|counsel\w+|doctor|gp|psych\w+|nurse|clinic|service|(had|have|got|seen|saw|see|need|want) (one|"
        r"some(one|body))|used to|waiting list)\b"
    ),
    "helper": re.compile(r"\b(he|she|they|him|her|them|ask\w*|listen\w*|talk\w*|tr(y|ied)|hard\w*|scar\w+|afraid)\b"),
    "carer": re.compile(
        rf"\b(me|myself|i'?m|alone|tired|nobody|no ?one|he|she|they|him|her|them)\b|{_SOMEBODY.pattern}"
    ),
}
_CANNOT_CALL = re.compile(
    r"\b(can'?t|cannot|won'?t|not going to|unable|no phone|scared|don'?t want)\b|"
    r"\b(not|never|haven'?t|didn'?t|don'?t|no) (\w+ )?(calling|called|call|texting|texted)\b"
)
_WITH = re.compile(
    r"(^|\b(i'?m|i am|we'?re|is|are|he'?s|she'?s|they'?re|stay\w*|sitting|here|came|come)) "
    r"?(here |now |right |sitting |staying |home |still |just )*with (me|my \w+|him|her|them|some(one|body)|a (friend|"
    r"neighbou?r|nurse|doctor))\b"
)

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
    value: str  # what stands in CHOICES, and of typed answers: free, done, refuse


def tapped(data: str) -> Answer | None:
    """From callback data "crisis:step:value"; None for other buttons and for data we never gave out."""
    prefix, _, rest = data.partition(":")
    step, _, value = rest.partition(":")
    known = any(value in row for row in CHOICES.get(step, ()))
    return Answer(step, value) if prefix == "crisis" and known else None


def typed(episode: Episode, reading: Reading) -> Answer | None:
    """From the first words after a question; of later ones only what is clear in itself, as long as it is open."""
    step = episode.pending.rpartition(".")[2]
    if not step or (episode.waited and step not in FREE | SAFETY):
        return None
    text = " ".join(reading.low.split()).strip(" .!")
    value = _closing(text) if step == "closing" else _value(step, text, reading)
    late = episode.waited and value not in _CLEAR and not crisis_nearness.plain_late(step, text, reading)
    return None if late or not value else Answer(step, value)


def _value(step: str, text: str, reading: Reading) -> str:
    if _SKIP.search(text) and len(text.split()) <= 2 * _SHORT:
        return "skip"
    if step in _MAY_REFUSE and _REFUSES_PEOPLE.search(text):
        return "refuse"
    if step == "people" and _NOBODY.search(text) and not _REFUSES.search(text):
        return "none"
    if step == "call":
        return _call(text)
    if step == MEANT:
        return _meant(text, reading)
    safety = crisis_nearness.answered(step, text, reading) if step in SAFETY else None
    return _plainly(step, text, reading) if safety is None else safety


def _plainly(step: str, text: str, reading: Reading) -> str:
    if step == "reached" and (text.startswith("not yet") or (_DONE.search(text) and not _NOT_DONE.search(text))):
        return "no" if text.startswith("not yet") else "yes"
    if step in ("offer", "follow", "willing", "means") and _AGREES.search(text) and len(text.split()) <= _SHORT:
        return "yes"
    if step == "follow" and _OWN_MATTER.search(text):
        return ""
    plain = _yes_or_no(text, reading)
    if step in FREE:
        return _free(step, plain, text, reading)
    return plain if step in YES_NO else ""


def _meant(text: str, reading: Reading) -> str:
    """A denial is believed, plain or outright; what is heavy without being that has an answer of its own."""
    plain = _yes_or_no(text, reading)
    if crisis_nearness.confirms(text, reading):
        return "yes"
    if plain != "yes" and _HEAVY.search(text):
        return "heavy"
    return "misread" if plain == "no" or taken_back(reading) else plain


def _yes_or_no(text: str, reading: Reading) -> str:
    first, words = re.split(r"[,.;!\n]", text)[0].strip(), len(text.split())
    for value, pattern in (("unsure", _UNSURE), ("no", _NO), ("yes", _YES)):
        own = _NOT_A_NO.search(first) or (value == "yes" and _OWN_MATTER.search(first))
        if pattern.search(first) and len(first.split()) <= _SHORT and not own:
            return value
    if words <= _SHORT and not _NOT_A_NO.search(first):
        acts = (("yes", "yes"), ("no", "no"), ("dont_know", "unsure"), ("refusal", "skip"))
        return next((value for act, value in acts if reading.did(act)), "")
    return ""


def _free(step: str, plain: str, text: str, reading: Reading) -> str:
    """An open question: only what answers it is an answer. Talk of something else is listened to."""
    if step in _BARRED and _BARRIER.search(text):
        return "barrier"
    if sense.bare(reading) == "unsure":
        return ""  # nothing that could be gone on with: it stays open
    if _ASKS.search(text):
        return ""  # a question of their own is answered first
    if _DONE.search(text) and not _NOT_DONE.search(text):
        return "done"
    if _REFUSES.search(text):
        return "refuse"
    if step == "people":
        return _people(plain, text, reading)
    if step == "willing":
        return plain if plain in ("yes", "no") else "yes" if _WILLING.search(text) else _if_fits(step, plain, text)
    if step == "care" and (plain == "no" or re.search(r"\bnever\b", text)):
        return "no"
    return _if_fits(step, plain, text)


def _people(plain: str, text: str, reading: Reading) -> str:
    """ "Maybe" is not "nobody"; somebody named in a few words is somebody."""
    if plain in ("yes", "no"):
        return {"yes": "some", "no": "none"}[plain]
    named = any(pattern.search(text) for pattern in (_SOMEBODY, _WILLING)) or any(
        phrase.what == "person" for phrase in reading.phrases
    )
    if not named or len(text.split()) > 3 * _SHORT or _NEGATED.search(text):
        return ""
    return "free" if _HEDGED.search(text) else "some"


def _if_fits(step: str, plain: str, text: str) -> str:
    fits = plain or (len(text.split()) <= 2 * _SHORT and _FITS[step].search(text))
    return "free" if fits else ""


def _call(text: str) -> str:
    if _CANNOT_CALL.search(text):
        return "cant"
    if re.search(r"\b(calling|i called|i'?ve called|i'?ll call|on the phone|going to call|texting|i texted)\b", text):
        return "calling"
    return "with" if _WITH.search(text) else ""


def _closing(text: str) -> str:
    if _SKIP.search(text):
        return "skip"
    if _WORSE.search(text):
        return "hard"
    return "ok" if _BETTER.search(text) or _YES.search(text) else ""
