"""Tells what of a message is a question to the listener, and whether anything is told beside it."""

import re

from nlp.reading import Finding, Reading

_COURTESY = 3  # words that may stand beside a question without telling anything
_ONE_QUESTION = 16  # words of a message that may be one question
_BRIEF_QUESTION = 9  # words of one that is not known by its topic
_LAST_QUESTION = 16  # words of a last sentence that turns to the listener
_AFTERTHOUGHT = 4  # words that may follow the question: "do you get lonely? being a bot"
_LEADS_IN = r"^(?:(?:so|but|and|or|then|ok|okay|well|hey|anyway|wait|also|honestly|tell me|thank you|thanks)[\s,]+)*"
_OPENS = re.compile(
    _LEADS_IN + r"(?:what|which|who|where|when|why|how|do|does|did|are|r|is|can|could|would|will|have|has|were)\b",
    re.IGNORECASE,
)
_OPENS_ON_A_VIEW = re.compile(
    _LEADS_IN + r"(?:what (?:do|would)|(?:do|would|did) (?:you|u|i)|(?:is|was|would) it|(?:was|am|should|shall) i)\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"(?<=[.!?…])\s+|\n+|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+|\b(?:lol|lmao|haha|hehe)\b", re.IGNORECASE
)
# Said to bring a thing home, not to be answered.
_ONLY_SAID = re.compile(
    r"\b(?:you know|can you (?:imagine|believe)|would you believe|do you (?:know|see|get|understand) what i|"
    r"do you (?:see|get it|understand)|know what i mean|how do you (?:even )?(?:explain|tell|say)|if you ask me)\b",
    re.IGNORECASE,
)
_REFUSALS = frozenset({"off_limits", "refusal"})
_MOST = 0.6  # of a sentence's words
_BRIEF_MESSAGE = 10  # words
_ENDS_SENTENCE = re.compile(r"[.!?\n…]+")
_OF_THE_TALK = re.compile(
    r"\b(?:you|u|talk(?:ing)?|discuss(?:ing)?|ask(?:ing)?|questions?|subject|topic|"
    r"answer (?:that|this)|bring(?:ing)? (?:it|that|this|them|him|her) up|(?:go|get|getting) into (?:it|that|this))\b",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\b(?:do|would|did) (?:you|u|ya) (?:not |really |honestly |even )?(?:think|suppose|reckon|believe|say)\b"
    r"|\bwhat (?:do |would )?(?:you|u) (?:think|say|reckon|do)\b|\byou think (?:it|i|that)\b"
    r"|\b(?:am|was|were) i (?:\w+ )?(?:wrong|right|foolish|silly|stupid|selfish|mad|mean|bad|weird|unreasonable|too)\b"
    r"|\b(?:is|was|would) it (?:\w+ )?(?:wrong|right|foolish|silly|stupid|selfish|mad|mean|bad|weird|normal|better|"
    r"too (?:early|late|soon|much))\b|\b(?:should|shall|ought) i\b|\byes or no\b"
    r"|\bdid i (?:\w+ ){0,3}(?:too (?:early|late|soon|much|far|fast)|the right thing|wrong)\b",
    re.IGNORECASE,
)


def asks_a_view(text: str) -> bool:
    """A question in it asks what we hold of it, or what to do: to be owned to, not passed over.

    Many leave the mark out: then the sentence must open as a question does.
    """
    return any(_VIEW.search(one) and (one.endswith("?") or _OPENS_ON_A_VIEW.search(one)) for one in _sentences(text))


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
    return any(one.span.start >= reading.text.rfind(last) for one in reading.asked)


def turned_to_listener(text: str) -> bool:
    """Whether the message ends in a question to "you": what it tells before that is then the way to the question."""
    sentences = _sentences(text)
    while len(sentences) > 1 and len(sentences[-1].split()) <= _AFTERTHOUGHT and not sentences[-1].endswith("?"):
        sentences.pop()
    return _asks_you(sentences[-1]) or _asks_twice(sentences)


def turned_to_us(reading: Reading, act: Finding) -> bool:
    """Whether a refusal is one of what we asked: it makes up most of a brief message, or names the talk itself.

    "She wants kids. I don't." refuses nothing here, nor does "I don't want to say something wrong and lose her".
    """
    if act.name not in _REFUSALS:
        return True
    text, (start, end) = reading.text, act.span
    opens = max((one.end() for one in _ENDS_SENTENCE.finditer(text, 0, start)), default=0)
    closes = _ENDS_SENTENCE.search(text, end)
    sentence = text[opens : closes.start() if closes else len(text)]
    words = len(sentence.split())
    if len(text.split()) > _BRIEF_MESSAGE:
        return words <= _BRIEF_MESSAGE and bool(_OF_THE_TALK.search(sentence))
    return len(text[start:end].split()) >= _MOST * words or bool(_OF_THE_TALK.search(sentence))


def _asks_twice(sentences: list[str]) -> bool:
    """ "Do you care for gardens? Or is that an absurd thing to ask?": the second question is about the first."""
    return len(sentences) > 1 and sentences[-1].endswith("?") and _asks_you(sentences[-2])


def _asks_you(sentence: str) -> bool:
    asks = sentence.endswith("?") or _OPENS.search(sentence)
    to_you = re.search(r"\b(?:you|u|ur|your)\b", sentence, re.IGNORECASE)
    return bool(asks and to_you and not _ONLY_SAID.search(sentence)) and len(sentence.split()) <= _LAST_QUESTION


def _sentences(text: str) -> list[str]:
    """Of a chat: also an emoji or a laugh ends one."""
    found = _BREAKS.split(text.strip())
    return [one.strip() for one in found if one and one.strip(" ,.")] or [""]
