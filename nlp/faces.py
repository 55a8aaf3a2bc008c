"""Whether a feeling word or a crying face is the writer's own feeling, or only looks so: a laugh in tears, a courtesy
("..., I'm afraid."), our own word handed back ("Happy??"), another's gladness said again ("Delighted.").

Short looks round a form of the feelings lexicon. In doubt nothing is named: an honest gap beats a wrong name.
"""

import re
from collections.abc import Sequence

from nlp.lexicon import Word

_STOPS = frozenset(".!?,;:…")
_CRYING = frozenset("😭😢")
_CONFIRMS = frozenset("yes yeah yep yup ya ye maybe perhaps probably kinda definitely very a".split())
_GUESSES = frozenset("guess suppose think am do".split())  # after "I"
_ANYWHERE_FIRST = 2  # words into a message within which it answers what was just said to it
# What makes a crying face a laughing one: laughter, jest, glad tears, or a shout of disbelief.
_JEST = re.compile(
    r"\b(?:l+o+l+|lolol|lm+f?ao+|rofl|(?:ha){2,}h?|hehe+|jk|jks|jokes?|joking|kidding|banter|skill issue|cooked|slay|"
    r"(?:cry(?:ing)? |cried )?laugh(?:ing|ed)?|happy (?:tears|cry(?:ing)?)|good (?:cry(?:ing)?|tears)|"
    r"so cute|bro|bruh|bestie)\b"
    r"|[💀🤣😂😹😆]",
    re.IGNORECASE,
)
_SHOUT = re.compile(r"\b(?:WHAT|STOP|OMG|PLEASE|HELP|NOO+|HOW|WHY|BRO|GIRL)\b[\s!?]*[😭😢]")


def laughs_in_tears(text: str, form: Sequence[Word]) -> bool:
    """Whether the form is a crying face in a message that jokes or is glad."""
    return form[0].text in _CRYING and (_JEST.search(text) is not None or _SHOUT.search(text) is not None)


def is_courtesy(text: Sequence[Word], start: int, end: int) -> bool:
    """ "It was not meant to be nice, I am afraid.": after a comma, and nothing follows that is feared."""
    begin = start - 2 if start >= 2 and [w.text for w in text[start - 2 : start]] == ["i", "am"] else start - 1
    if text[end - 1].text != "afraid" or begin < 1 or text[begin].text not in ("i", "i'm"):
        return False
    return text[begin - 1].text in (",", "-", "–") and (end == len(text) or text[end].text in _STOPS)


def is_handed_back(text: Sequence[Word], start: int, end: int) -> bool:
    """ "Scared? No.", "Happy?? Are you having a laugh": the first word of an answer, in question, and not confirmed."""
    if start >= _ANYWHERE_FIRST or end >= len(text) or text[end].text != "?":
        return False
    after = [word.text for word in text[end:] if word.text not in _STOPS][:2]
    confirmed = (after[:1] == ["i"] and not _GUESSES.isdisjoint(after)) or not _CONFIRMS.isdisjoint(after[:1])
    return bool(after) and not confirmed
