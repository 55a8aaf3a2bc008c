"""Tells what of a message is a question to the listener, and whether anything is told beside it."""

import re

from nlp.reading import Reading

_COURTESY = 3  # words that may stand beside a question without telling anything
_ONE_QUESTION = 16  # words of a message that may be one question
_BRIEF_QUESTION = 9  # words of one that is not known by its topic
_LAST_QUESTION = 12  # words of a last sentence that turns to the listener
_VIEW = re.compile(
    r"\b(?:do|would|did) (?:you|u|ya) (?:not |really |honestly |even )?(?:think|suppose|reckon|believe|say)\b"
    r"|\bwhat (?:do |would )?(?:you|u) (?:think|say|reckon|do)\b|\byou think (?:it|i|that)\b"
    r"|\b(?:am|was|were) i (?:\w+ )?(?:wrong|right|foolish|silly|stupid|selfish|mad|mean|bad|weird|unreasonable|too)\b"
    r"|\b(?:is|was|would) it (?:\w+ )?(?:wrong|right|foolish|silly|stupid|selfish|mad|mean|bad|weird|normal|better|"
    r"too (?:early|late|soon|much))\b|\b(?:should|shall|ought) i\b|\byes or no\b",
    re.IGNORECASE,
)


def asks_a_view(text: str) -> bool:
    """A question in it asks what we hold of it, or what to do: to be owned to, not passed over."""
    asked = re.findall(r"[^.!?\n]*\?", text)
    return any(_VIEW.search(question) for question in asked)


def only_asks(reading: Reading) -> bool:
    """All of the message is one question to the listener, or what to do: nothing is told beside it."""
    if reading.choice is not None and reading.did("asks_advice"):
        return True
    sentences = [s for s in _sentences(reading.text) if len(s.split()) > _COURTESY]
    words = len(reading.text.split())
    known = words <= _ONE_QUESTION if reading.asked else reading.did("asks_diagnosis") and words <= _BRIEF_QUESTION
    return known and len(sentences) <= 1


def ends_asking(reading: Reading) -> bool:
    """A question known in so many words stands in the last sentence."""
    last = _sentences(reading.text)[-1]
    return any(one.span.start >= len(reading.text.rstrip()) - len(last) for one in reading.asked)


def turned_to_listener(text: str) -> bool:
    """Whether the message ends in a question to "you": what it tells before that is then the way to the question."""
    last = re.split(r"(?<=[.!?])\s+", text.strip())[-1].lower()
    return last.endswith("?") and bool(re.search(r"\b(you|u|your)\b", last)) and len(last.split()) <= _LAST_QUESTION


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text.strip())
