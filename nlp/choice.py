"""What somebody asks whether, how or what to do, turned so that it can be said back: "tell your mum".

Only short plain questions of their own are turned; what holds "you", "we" or a joint is left alone.
"""

import re

from nlp.reading import Choice

_LONGEST = 10  # words that are said back
_LEAD = (
    r"^(?:(?:so|but|ok|okay|well|please|pls|hey|hi|hello|and|honestly|like|then|um|oh|thank you|thanks|thx|ty)[ ,.!]+)*"
)
_THINK = r"(?:(?:do |d'|d)?(?:you|u|ya) (?:think|reckon) (?:that )?)?"
_MODAL = r"(?:should|shall|shud|shd|shld|can|could|cud|would|do|must)"
_SHAPES = tuple(
    (way, re.compile(_LEAD + shape + r"(?P<rest>[^.?!;:\n]+?)(?: or not| please| pls| plz| then| now)?[ ?.!]*$", re.I))
    for way, shape in (
        ("whether", rf"{_THINK}(?:should|shall|shud|shd|shld|ought) i (?:just |really |maybe |even |to )*"),
        ("whether", rf"{_THINK}i (?:should|shud|shld|ought to) (?:just |really |maybe |even )*"),
        (
            "whether",
            r"do i (?:just |really )*(?=(?:tell|call|text|leave|stay|go|take|ask|wait|quit|keep|move|say yes)\b)",
        ),
        ("whether", r"(?:i )?(?:don't know|dont know|idk|not sure|no idea) whether to "),
        ("how", rf"how {_MODAL} i (?:even |ever |just |really )*(?!know|sound|look|feel\b)"),
        ("how", r"how to (?:even |just )*"),
        (
            "what",
            rf"what (?:{_MODAL}|am) i (?:supposed to |meant to |even |just )*(?=(?:do|say|tell|write|wear|reply)\b)",
        ),
    )
)
_TURNED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "im": "you're",
    "i've": "you've", "ive": "you've", "i'll": "you'll", "i'd": "you'd", "am": "are",
}  # fmt: skip
_LEFT_ALONE = frozenset("you your u ur yours yourself you're we us our ours this that these those which it's".split())
_BARE_OBJECT = re.compile(r"\b(?:it|this|that|now|here|about it|about that|with it|with that)$", re.I)


def choice_in(text: str) -> Choice | None:
    """The question in `text`, where all of the message is one."""
    for way, shape in _SHAPES:
        found = shape.match(text.strip())
        if found:
            return _turned(way, found["rest"].strip(" ,"))
    return None


def _turned(way: str, rest: str) -> Choice | None:
    words = rest.replace("’", "'").split()
    plain = [word.lower().strip(",") for word in words]
    if not 1 < len(words) <= _LONGEST or _LEFT_ALONE & set(plain) or _BARE_OBJECT.search(rest) or "i" in plain:
        return None
    return Choice(way, " ".join(_TURNED.get(low, word) for low, word in zip(plain, words, strict=True)))
