"""Frames of what the speaker told others, or keeps from them: "I told her about it", "I haven't told anyone".

Never where "tell" or "say" only hedges ("I can't tell whether", "I'd say"), and never a verdict passed on.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from nlp.clauses.words import CAN, NOT, SUBJECTS, Framed, lemma, low

TELLING = frozenset({"tell", "say"})
_UNCERTAIN = frozenset("if whether how what where who why when which".split())
_ANSWERS = frozenset("yes no sorry nothing".split())
_TOLD_TO = frozenset("him her them anyone anybody nobody noone everyone everybody people someone somebody no".split())
_POINTERS = frozenset("it that this".split())


def told(run: Sequence[Token], at: int, verdicts: frozenset[str]) -> Framed | None:
    """The frame of a run whose verb at `at` is "tell" or "say"; None where it hedges or passes a verdict on."""
    words = [token.lower_ for token in run]
    if verdicts & set(words):
        return None
    denied = not NOT.isdisjoint(words[:at])
    name = "untold" if denied else "told"
    if lemma(run[at]) == "tell":
        return Framed(name, run[at]) if _to_somebody(run, at) else None
    if denied:
        return Framed(name, run[at]) if low(run, at + 1) in _POINTERS and not CAN & set(words[:at]) else None
    past = run[at].lower_ == "said"
    return Framed(name, run[at]) if past and (low(run, at + 1) in _ANSWERS or _a_clause(run, at)) else None


def _to_somebody(run: Sequence[Token], at: int) -> bool:
    after = run[at + 1 :]
    if not after or after[0].lower_ in _UNCERTAIN:
        return False
    named = after[0].lower_ in _TOLD_TO or after[0].tag_ in ("PRP$", "DT", "JJ", "NNP")
    # "I told him" by itself says that something was told, and not what.
    return named and (len(after) > 1 or not NOT.isdisjoint(token.lower_ for token in run[:at]))


def _a_clause(run: Sequence[Token], at: int) -> bool:
    """ "I said I was happy for them": words of one's own; in the present ("I said I'm Anna") they stand as spoken."""
    subject = next((token for token in run[at + 1 : at + 3] if token.dep_ in SUBJECTS), None)
    if subject is None:
        return False
    verbs = [token for token in run if token.i > subject.i and token.tag_ in ("VBD", "VBP", "VBZ", "MD")]
    return bool(verbs) and verbs[0].tag_ in ("VBD", "MD") and verbs[0].lower_ not in ("'ll", "will", "can", "ca")
