"""Whether words that were heard are meant as they stand: of the client, of now, in earnest, and not taken back.

A line that speaks to them outright is wrong where they are denied, somebody else's, long over, asked of the listener,
told of a film, laughed off, or followed by "and I love it". Short looks to both sides, in normal lower-case text.
"""

import re

_KIN = (
    "mum|mom|mother|dad|father|parents?|brother|sister|siblings?|son|daughter|kids?|child|children|gran|nan|grandma|"
    "grandad|grandmother|grandfather|grandpa|aunt|auntie|uncle|cousin|niece|nephew|husband|wife|partner|boyfriend|"
    "girlfriend|bf|gf|fianc[eé]e?|ex|friends?|mates?|bestie|flatmate|roommate|housemate|neighbou?r|boss|manager|"
    "coworkers?|co-workers?|colleagues?|teacher|tutor"
)
# Nobody said it of themselves: supposed, imagined, asked of the listener, wished, or denied.
_UNMEANT = re.compile(
    r"\b(?:what if|as if|if i|if he|if she|if they|imagine|pretend(?:ed)?|would have|do you ever|have you ever)\b"
    r"[^.!?\n]*$"
    r"|(?:^|[.!?\n] ?)(?:so |and |but )?(?:do|did|are|were|would|could|can|will) (?:you|u)\b(?! (?:believe|imagine))"
    r"[^.!?\n]*$"
    r"|(?:n't|\bnot|\bnever|\bwish(?:ed)?)(?: (?:really|even|actually|quite|i|feel|be|get|to|so|that|very|all))* ?$"
    r"|(?:n't|\bnot|\bnever)(?: (?:really|even|actually))? (?:think|believe|suppose|say|mean)(?: that)? ?$"
    r"|\b(?:not|isn't|wasn't) (?:like|that|because|as though) ?$"
)
# It has not happened: they only fear, hope or expect it of somebody.
_EXPECTED = re.compile(
    r"\b(?:scared|afraid|terrified|worried|in case|fear|bet|hop(?:e|ing)|think|reckon|know)(?: that)? "
    rf"(?:he|she|they|people|everyone|(?:my |the )?(?:{_KIN}))(?:'?ll| will| might| may| would|'d)"
    r"(?: (?:just|never|all))* $"
)
# What was to be is not: no joy over it.
_LOST_PLAN = re.compile(
    r"\b(?:was|were|wasn't|weren't|had been) (?:gonna|going to|supposed to|meant to|about to|planning to|hoping to)\b"
    r"[^.!?\n]*$|\b(?:had planned|had hoped|nearly|almost) [^.!?\n]*$"
)
_OTHERS = re.compile(
    rf"\b(?:he|she|they|(?<!the one )who|someone|somebody|(?:{_KIN}))(?:'s|'re|'ve|'d)?"
    r"(?: (?:has|have|had|is|are|was|were|just|also|really|already|recently|finally|both|all|got|gets|been|being|an?|"
    r"so|very|going|to|be|now|still|often|always|never))* $"
)
_OWN_WORD = re.compile(r"\b(?:i|im|ive|my|me|we|us|our)\b")
_THOUGHT = re.compile(r"(?<!i )(?<!we )\b(?:thinks?|assumes?|believes?|reckons?)(?: that)? $")
# Somebody else tells it: "he told all his mates I passed" says nothing of whether it is so.
_REPORTED = re.compile(
    rf"\b(?:he|she|they|everyone|(?:{_KIN}))(?:'s|'re|'ve)? (?:\w+ )?(?:told|tells|telling|says?|said|saying|claims?)\b"
    r"(?: \w+){0,4} $"
)
_PAST = re.compile(
    r"\bused to (?:\w+ ){0,2}$"
    r"|\b(?:(?:years|decades|ages) ago|back then|when i was (?:an? (?:kid|child|boy|girl|teen\w*|student)|little|"
    r"young(?:er)?|small|at (?:school|uni|college)|in my \w+|\d+)|as a (?:kid|child|teen\w*))\b[^.!?\n]{0,40}$"
)
_SHOWN = re.compile(r"(?<!like )\bwatch(?:ed|ing) (?!(?:him|her|them|my|our|it|people|everyone)\b)[^.!?\n]{1,60}$")
_BEGIN = r"(?:^|[.!?,;\n] ?|\b(?:but|and|so) )(?:and |but |you know what,? |honestly,? |tbh |now )*"
_ADVERBS = r"(?:actually |kinda |kind of |really |honestly |secretly |quite |totally |all |completely |much |so )*"
_TAKEN_BACK = re.compile(
    rf"{_BEGIN}(?:i {_ADVERBS}(?:love|like|enjoy) (?:it|that|this)|i (?:don't|do not) {_ADVERBS}mind(?: it| that)?"
    rf"|(?:it's|it is|that's|i'm|im|i am|things are|we're) {_ADVERBS}(?:(?:fine|good|great|ok|okay|alright|all right|"
    rf"over|better) now|better|healed|sorted|fixed|over it|used to it|behind me)"
    r"|(?:it's )?nothing serious|(?:they say |the doctors? says? )?(?:he|she|they)(?:'ll| will) be "
    r"(?:fine|ok|okay|home)(?: (?:by|on|soon|in)[^.!?\n]{0,15})?"
    r"|(?:it|that) (?:doesn't|does not) (?:bother|worry) me|no regrets|(?:so |totally |well )?worth it"
    r"|(?:i've |i |we )?got used to it|(?:i )?(?:don't|do not|not) any ?more)"
    r"(?: (?:now|though|tbh|anyway|actually|at all))*(?=[.!,\n]|$)"
)
_GLAD_END = re.compile(
    r"\bbut\b(?![^.!?\n]*\b(?:was|were|had|used to|seem\w*|says?|said|wish|not|never|everyone|people|would|should)\b)"
    r"(?![^.!?\n]*n't)[^.!?\n]*\b(?:great|fantastic|amazing|lovely|wonderful|brilliant|gorgeous|worth it|loved? it|"
    r"so (?:happy|proud|glad))\b[^.!?\n]*[.!]*$"
)
# "lol" is no laugh: it takes the edge off what hurts ("got dumped today lol").
_LAUGHED = re.compile(r"(?:\b(?:ha(?:ha)+h?|lmao|lmfao|rofl|hehe)\b|[😂🤣😆😹])[\s.!)]*$")


def meant(low: str, start: int, end: int, *, own: bool = False, weighs: bool = False) -> bool:
    """Whether `low[start:end]` is said in earnest. `low` is normal text in lower case.

    `own`: it holds of the client only, and only now. `weighs`: it is hard, so a glad end or a laugh takes it back.
    """
    if _UNMEANT.search(low, 0, start) or _EXPECTED.search(low, 0, start):
        return False
    if not weighs and _LOST_PLAN.search(low, 0, start):
        return False
    if own and not _their_own(low, start, end, weighs):
        return False
    return not weighs or not _taken_back(low, end)


def _their_own(low: str, start: int, end: int, weighs: bool) -> bool:
    if not _OWN_WORD.search(low, start, end) and _OTHERS.search(low, 0, start):
        return False
    if _THOUGHT.search(low, 0, start) or (not weighs and _REPORTED.search(low, 0, start)):
        return False
    return not weighs or not (_PAST.search(low, 0, start) or _SHOWN.search(low, 0, start))


def _taken_back(low: str, end: int) -> bool:
    return bool(_TAKEN_BACK.search(low, end) or _GLAD_END.search(low, end) or _LAUGHED.search(low, end))
