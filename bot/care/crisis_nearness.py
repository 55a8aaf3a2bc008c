"""How near it is, in typed words: a day that is named, a note that was written, a "might", a way but not today.

Read only in an episode in which danger to their own life was told.
"""

import re

from bot.care import crisis_barriers
from bot.care import crisis_said as said
from bot.care.crisis_given import would_reach
from nlp.reading import Reading

_MIGHT = re.compile(
    r"\bi (might|may)(?! (call|ring|text|tell|write|talk|ask|try))\b|"
    r"\bif (they|he|she|it|i|this|that|the \w+|my \w+)\b.*\b(don't know|not sure|might|may|would|will)\b|"
    r"\bit (might|may|could) (come|happen|get)\b"
)
_DAY = r"(mon|tues|wednes|thurs|fri|satur|sun)day"
_DATED = re.compile(
    rf"^(on |this |next |maybe |probably |prob |by )*({_DAY}|tonight|tomorrow|(this|the) weekend|later today|"
    r"after (my|the|work|school|exams?))\b"
)
_PREPARED = re.compile(
    r"\bi('ve| have)?( already| just)? (wrote|written|left|finished) (a|my|the|them a|some) "
    r"((suicide |goodbye |farewell )?(notes?|letters?)|goodbyes?)\b(?! to self)|"
    r"\b(gave|giving|given) (away )?(all )?my (things|stuff|dog|cat) away\b"
)
_KEEPS = re.compile(
    r"\b(not|won't|will not|can't|never|don't want to|no) (\w+ )?(giv\w+|hand\w*|mov\w+|lock\w*|getting rid|get rid|"
    r"put\w*)"
    r"( \w+)? (it|them|that|away|my \w+)\b"
)
_THEN = re.compile(
    r"\b(maybe|perhaps|probably|might be|possibly) (after|on|next|tomorrow|this (week|weekend)|when|once|in a|at the)\b"
)
_NO_WOUND = re.compile(
    r"\b(not|isn'?t|stopped|no longer|n'?t) (\w+ )?(bleed\w*|deep|that deep|bad)\b|\bstopped bleeding\b|\b(heal\w*|"
    r"only scratch\w*|"
    r"just scratch\w*|bandaged|cleaned (it|them))\b"
)
_NO_ORDER = re.compile(
    r"\b(doesn'?t|don'?t|does not|do not|never|didn'?t|not) (\w+ )?(tell|telling|say|order|ask|asking|command|make|"
    r"want) (me|us)\b"
)
_PUT_OFF = re.compile(r"^(no+,? |nah,? |well,? )?not (today|tonight|yet|this week)\b")
_BY_ITSELF = 8  # words of a first sentence that names a day and nothing else


def prepared(reading: Reading) -> bool:
    """Something was got ready for it, by their own account."""
    return _PREPARED.search(reading.low) is not None and not said.no_plan(reading)


def dated(reading: Reading) -> bool:
    """A day or an hour is named at once, as in answer to how near it is; not one for turning to somebody."""
    first = re.split(r"[.!;\n]", reading.low.strip())[0]
    return bool(_DATED.match(first)) and len(first.split()) <= _BY_ITSELF and not would_reach(reading.low)


def plain_late(step: str, text: str, reading: Reading) -> bool:
    """Whether words answer a question of safety by themselves, also when other words came between."""
    if step == "commands":
        return _NO_ORDER.search(text) is not None
    return step == "plan" and said.no_plan(reading)


def confirms(text: str, reading: Reading) -> bool:
    """Beside a question whether they think of dying: "not tonight", or that a way is known, says that they do."""
    return bool(_PUT_OFF.match(text)) or said.way(reading)


def answered(step: str, text: str, reading: Reading) -> str | None:
    """The value of a typed answer to a question of safety; "" for what answers something else, None where a plain yes
    or no decides."""
    if step == "plan":
        if said.way(reading) and said.not_now(reading):
            return "later"
        if _MIGHT.search(reading.low) or _THEN.search(reading.low):
            return "unsure"  # "not now, but if they ... I might" is no "no"
        if prepared(reading) or dated(reading):
            return "yes"
    if step == "commands" and _NO_ORDER.search(text):
        return "no"
    if step == "wound" and _NO_WOUND.search(text):
        return "no"
    if step == "means" and _KEEPS.search(text):
        return "no"
    if crisis_barriers.standing(text) or would_reach(text):
        return ""  # "no police please" says no, and "yeah, maybe I text him" yes, to something else
    return None
