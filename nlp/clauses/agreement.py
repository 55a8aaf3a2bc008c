"""Slips of grammar in what was written, as learners and hurried people make them: said back they would be mocked.

What is surely meant is mended in `turning`; a clause with any other slip is left alone.
"""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from nlp.clauses.words import NOT, SUBJECTS, lemma

_ONE = frozenset("he she it this that".split())
_SEVERAL = frozenset("they we these those".split())
_OF_SEVERAL = frozenset("are were have do 're 've am 'm".split())
_OF_ONE = frozenset("is was has does 's".split())
# One form for now and for then, and nouns that may be one or many.
_SAME_IN_THE_PAST = frozenset(
    "put set cut hit let read cost quit shut hurt spread burst split bet rid cast rang".split()
)
_COLLECTIVE = frozenset(
    "family team staff company police government couple crew council board class group lot number half rest bunch "
    "majority most none all some any many people everyone band club pair public half data media".split()
)
_NOTHING = frozenset("nothing nobody noone nowhere none".split())
_OBJECTS = frozenset({"dobj", "pobj", "dative", "attr"})
_PARTICIPLES = frozenset("seen done gone".split())
_AFTER_IT_IS = frozenset("a an the not so too very just been like all also still my your our his her no never".split())
_OWNERS = frozenset(
    "mums moms dads mothers fathers parents sisters brothers sons daughters wifes husbands friends partners boyfriends "
    "girlfriends cousins uncles aunts nans grans grandmas grandads bosses neighbours neighbors mates kids".split()
)
_LINKS = frozenset("and or but because so that if when what why how who where i he she they we it , like as".split())
_BEFORE_WHOLE = frozenset("the a my his her their our your this that one".split())


def slips(tokens: Sequence[Token]) -> bool:
    """Whether verbs and subjects disagree ("he have", "they was"), a word is missing, or a "not" is said twice."""
    return (
        any(_disagrees(token) or _acts_on_itself(token, tokens) for token in tokens)
        or _lacks_a_word(tokens)
        or _denied_twice(tokens)
        or _strung(tokens)
        or any(_lacks_a_mark(token, following) for token, following in pairwise(tokens))
    )


def _acts_on_itself(token: Token, tokens: Sequence[Token]) -> bool:
    """ "I don't see me getting there": turned, "you" would do it to "you"."""
    if token.lower_ not in ("me", "us") or token.dep_ == "pobj":
        return False
    subjects = [other.lower_ for other in tokens if other.i < token.i and other.dep_ in SUBJECTS]
    return bool(subjects) and subjects[-1] in ("i", "we")


def _lacks_a_mark(token: Token, following: Token) -> bool:
    """ "my sisters sofa", "its not the same": an apostrophe is missing; "when were ...": a subject is."""
    if token.lower_ == "its":
        return following.lower_ in _AFTER_IT_IS or following.tag_ in ("VBG", "VBN", "RB", "DT", "PRP$")
    if token.tag_ == "WRB":
        return following.lower_ in ("was", "were", "am", "'m") and token.lower_ in ("when", "whenever", "where")
    return token.lower_ in _OWNERS and (following.pos_ in ("NOUN", "PROPN", "ADJ") or following.tag_ == "VBG")


def _strung(tokens: Sequence[Token]) -> bool:
    """ "can't sleep can't think": said one after the other, without a word between; "did not see her since"."""
    words = [token.lower_ for token in tokens]
    denied = [at for at, word in enumerate(words) if word == "n't"]
    bare = any(_LINKS.isdisjoint(words[first:second]) for first, second in pairwise(denied))
    return bare or ("did" in words and "since" in words[words.index("did") :])


def _disagrees(subject: Token) -> bool:
    verb = _finite_of(subject) if subject.dep_ in SUBJECTS else None
    if verb is not None and subject.lower_ in ("i", "we") and verb.tag_ == "VBZ":
        return True  # "I really interests me"
    if verb is None or any(child.dep_ == "conj" for child in subject.children):
        return False
    form = verb.lower_
    if subject.lower_ in _ONE:
        return _for_several(verb) and not _mended(verb)
    if subject.lower_ in _SEVERAL or subject.tag_ == "NNS":
        return form in _OF_ONE and verb.tag_ != "POS" and subject.lower_ not in ("this", "news", "maths")
    if subject.tag_ == "NN" and subject.pos_ == "NOUN" and subject.lemma_.lower() not in _COLLECTIVE:
        return _for_several(verb) and form not in ("are", "were", "'re", "have", "'ve")
    return False


def _for_several(verb: Token) -> bool:
    if verb.lower_ in _OF_SEVERAL:
        return not (verb.lower_ == "were" and verb.dep_ in ("ROOT", "advcl") and _wished(verb))
    plain = verb.tag_ in ("VBP", "VB") and verb.lower_ == lemma(verb)
    return plain and verb.lower_ not in _SAME_IN_THE_PAST and not verb.lower_.endswith("s")


def _wished(verb: Token) -> bool:
    """ "as if it were", "I wish she were"."""
    before = [token.lower_ for token in verb.doc[max(0, verb.i - 4) : verb.i]]
    return not {"if", "wish", "though"}.isdisjoint(before)


def _mended(verb: Token) -> bool:
    """ "he don't" is put right when it is turned."""
    return verb.lower_ == "do" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in NOT


def _finite_of(subject: Token) -> Token | None:
    """The finite verb of a subject: its head, or the first helper of it; None where a modal or "to" stands there."""
    head = subject.head
    if head.i < subject.i or (head.dep_ in ("ccomp", "xcomp") and head.tag_ == "VB"):
        return None  # "let him go", "saw her leave", "is he"
    helpers = [child for child in head.children if child.dep_ in ("aux", "auxpass") and subject.i < child.i < head.i]
    if any(helper.tag_ in ("MD", "TO") for helper in helpers):
        return None
    return helpers[0] if helpers else head


def _lacks_a_word(tokens: Sequence[Token]) -> bool:
    """ "waiting whole week", "where is signal", "she has nine years", "I done it"."""
    words = [token.lower_ for token in tokens]
    if any(_bare_whole(tokens, at) for at in range(1, len(tokens))):
        return True
    if words[-1] == "years" and words[-3:-2] in (["has"], ["have"]) and tokens[-2].like_num:
        return True
    where = next((at for at in range(len(words) - 2) if words[at : at + 2] == ["where", "is"]), None)
    if where is not None and tokens[where + 2].pos_ == "NOUN":
        return True
    return words[0] in ("i", "we") and words[1:2] != [] and words[1] in _PARTICIPLES and tokens[1].tag_ == "VBN"


def _bare_whole(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1]
    return tokens[at].lower_ == "whole" and before.lower_ not in _BEFORE_WHOLE and before.pos_ != "ADJ"


def _denied_twice(tokens: Sequence[Token]) -> bool:
    """ "does not tell me nothing": meant once."""
    denied = next((at for at, token in enumerate(tokens) if token.lower_ in NOT), None)
    if denied is None:
        return False
    after = tokens[denied + 1 :]
    nothing = any(token.lower_ in _NOTHING and token.dep_ in _OBJECTS for token in after)
    return nothing or any(token.lower_ == "no" and _next(token) in ("more", "longer") for token in after)


def _next(token: Token) -> str:
    return str(token.nbor().lower_) if token.i + 1 < len(token.doc) else ""
