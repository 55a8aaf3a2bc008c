"""What stands beside a feeling's name and changes how it is meant: a noun it only describes, an end, a topic.

"A sad film", "my anxiety is gone", "depression was the topic": none of them says what the speaker feels.
"""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from nlp.lexicon import Word

_AHEAD = 6  # words after a feeling's name that may end it, or make it one's own
_ONESELF = frozenset("i me my myself i'm i've".split())
_STUDIED = frozenset(
    "read reading lecture lectures book books course courses class essay article articles chapter paper podcast song "
    "film novel poem documentary studied research topic theme seminar workshop".split()
)
_UNDOING = frozenset("if without no less when have had got".split())
_PLACES = frozenset("over away behind".split())  # "my worry over money" goes on
_BEING = frozenset("is are was were has have 's been went goes all finally now".split())


def token_of(doc: Doc, word: Word) -> Token | None:
    """The parser's token that starts where `word` starts, if one does."""
    span = doc.char_span(word.start, word.end, alignment_mode="expand")
    return span[0] if span else None


def before_noun(doc: Doc, word: Word) -> bool:
    """The word only describes the noun after it: "a sad film"."""
    token = token_of(doc, word)
    return (
        token is not None and token.dep_ == "amod" and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN")
    )


def is_titled(text: Sequence[Word], start: int, end: int) -> bool:
    """Written as part of a name or a title: "the Lonely Planet talk". The start of a sentence does not show it."""
    if not all(word.raw.istitle() for word in text[start:end]) or _opens(text, start):
        return False
    before, after = text[start - 1], text[end] if end < len(text) else None
    named = before.raw.istitle() and not _opens(text, start - 1) and before.text not in _ONESELF
    return named or (after is not None and after.raw.istitle() and after.text not in _ONESELF)


def _opens(text: Sequence[Word], at: int) -> bool:
    """First of the text, or after a full stop and the like."""
    return at == 0 or not text[at - 1].raw[0].isalnum()


def is_topic(doc: Doc, text: Sequence[Word], start: int, end: int, nobodys: bool) -> bool:
    """A noun at words [start, end) is only spoken about: "I'm reading about grief", or nobody's, "depression was the
    topic", but not "anxiety is killing me"."""
    if any(word.text in _STUDIED for word in (*text[max(0, start - _AHEAD) : start], *text[end : end + _AHEAD])):
        return text[start - 1].text not in ("my", "our") if start else True
    token = token_of(doc, text[end]) if nobodys and end < len(text) else None
    if token is None or token.pos_ not in ("AUX", "VERB"):
        return False
    return _ONESELF.isdisjoint(word.text for word in text[end : end + _AHEAD])


def is_over(text: Sequence[Word], end: int, ended: frozenset[str], stops: frozenset[str]) -> bool:
    """What is named before word `end` is said to be gone: "my anxiety is finally gone", "the panic attacks stopped"."""
    said = False
    for word in text[end : end + _AHEAD]:
        if word.text in stops:
            return False
        if word.text in ended and (said or word.text not in _PLACES):
            return True
        said = said or word.text in _BEING
    return False


def is_there(between: Sequence[str], feel: frozenset[str]) -> bool:
    """A noun with "the" or "this" before it is there, whatever is done with it: "trying to hide from the loneliness".
    `between`: the words back to its holder, nearest first."""
    return between[:1] in (("the",), ("this",)) and _UNDOING.union(feel).isdisjoint(between)
