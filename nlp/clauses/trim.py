"""What hangs on a clause and carries nothing: a "like" that fills, an afterthought beyond a comma."""

from collections.abc import Sequence

from spacy.tokens import Token

from nlp.clauses.words import BE

_FEWEST_BEFORE = 4  # words that must stand before an afterthought
_TAKES_BACK = frozenset("not n't no never nor but except without unlike despite like if unless until or than".split())
_TO_THE_LISTENER = (["do", "n't"], ["thank", "you"])  # ", don't tell anyone"
_CALLED = frozenset("mate brother dear love man bro dude honey guys folks pal sir lads buddy friend".split())
_SOMEONE = frozenset("someone somebody everyone nobody the a".split())
_LIKENED = tuple([word] for word in _SOMEONE)
_FILLED_BEFORE = frozenset("VERB AUX ADV ADJ NUM".split())
_SAYS_HOW = tuple([word] for word in "ca do feel just even really literally".split())
_FINITE = frozenset("VBD VBZ VBP MD".split())


def likens(following: Sequence[str]) -> bool:
    """ "Like someone popped my balloon", "like I stole it" - but "like I can't even" only fills."""
    return (following[:1] == ["i"] and following[1:] not in _SAYS_HOW) or following[:1] in _LIKENED


def fills(token: Token) -> bool:
    """The "like" of "like 6 weeks ago", "they like go skiing"."""
    if token.lower_ != "like" or token.i + 1 >= len(token.doc):
        return False
    if likens([following.lower_ for following in token.doc[token.i + 1 : token.i + 3]]):
        return False
    speech = token.i > 0 and token.nbor(-1).lower_ in BE  # "she was like: dude"
    before_a_word = token.nbor().pos_ in _FILLED_BEFORE
    return bool(token.nbor().like_num) or (token.tag_ == "UH" and not speech and before_a_word)


def without_afterthought(tokens: list[Token]) -> tuple[Token, ...]:
    """Less what hangs on after a comma and only adds to it: ", with a raisin", ", mate"."""
    at = next((place for place, token in enumerate(tokens) if token.text == ","), len(tokens))
    tail = tokens[at + 1 :]
    if at < _FEWEST_BEFORE or not tail or not finite(tokens[:at]):
        return tuple(tokens)
    if [token.lower_ for token in tail[:2]] in _TO_THE_LISTENER:
        return tuple(tokens[:at])
    if finite(tail):
        return tuple(tokens)
    adds = tail[0].pos_ == "ADP" and tail[0].lower_ not in _TAKES_BACK and not _TAKES_BACK & {t.lower_ for t in tail}
    called = len(tail) == 1 and tail[0].lower_ in _CALLED
    return tuple(tokens[:at]) if adds or called else tuple(tokens)


def finite(tokens: Sequence[Token]) -> bool:
    return any(token.tag_ in _FINITE for token in tokens)
