"""Says whether a calm message takes danger back outright: it was misread, and not meant so.

Not "I'm fine", not "forget it", not "just kidding": those are often said to be left alone.
"""

import re

from nlp.labels import Tier
from nlp.reading import Reading

_AM = r"(?:i'm|im|i am|we're|we are)"
_ONESELF = r"(?:myself|me|anyone|anybody|someone|somebody|him|her|them|my \w+)"
_NOBODY = r"(?:nobody|no one|noone|nobodys)(?:'s| is| are)?"
_YOU = r"(?:you|u|you've|you have|you're|ur)(?: have| are)?(?: totally| completely)?"
_THAT_WAS = r"(?:it was|that was|it's|its|that's|thats)(?: just| only)? a?n? ?"
_MISREAD = r"(?:misunderstood|misread|misheard|mistaken|misunderstanding|got (?:it|me|that) (?:all )?wrong)"
_NO_DANGER = (
    rf"{_AM} not(?: at all| even)? (?:suicidal|dying|desperate|at risk|in (?:any )?(?:danger|crisis))",
    rf"{_AM} not(?: at all| even)? (?:going to|gonna|planning to|trying to) (?:hurt|kill|harm) {_ONESELF}",
    rf"{_AM} not(?: at all| even)? (?:talking|thinking|speaking) (?:of|about) (?:dying|suicide|death)",
    rf"{_NOBODY} in (?:any )?danger",
    r"(?:not|no|isn't|aren't) in (?:any )?danger",
    r"(?:do not|don't|dont|didn't|did not|never) (?:want(?:ed)? to|wanna) (?:die|be dead|end (?:it|my life))",
    rf"(?:do not|don't|dont|didn't|did not|never) (?:want(?:ed)? to|wanna) (?:kill|hurt|harm) {_ONESELF}",
    r"(?:i have|i've|i had) no such thoughts",
    r"i (?:don't|do not) have (?:any )?(?:such|those|thoughts like that)",
)
_NOT_MEANT = (
    r"who (?:even )?said (?:anything about )?(?:suicide|suicidal|dying|danger)",
    r"(?:i never|i didn't|i did not) (?:even )?(?:said|say|mentioned?)(?: anything about)? (?:suicide|dying|it|that)",
    r"(?:what|why) (?:suicide|danger|police|ambulance|helpline|line)",
    r"why (?:do )?(?:you|u) tell me (?:that|this|to call|call)",
    rf"{_YOU} {_MISREAD}",
    r"wrong end of the stick",
    r"put the ambulance away",
    r"i (?:only|just) (?:meant?|said|say)",
    r"i meant (?:the|my|a|an)",
    r"(?:that's|thats|that is|that was) all i said",
    rf"{_THAT_WAS}(?:figure of speech|saying|song|film|book)",
    r"(?:can|could) we (?:please )?(?:just )?go back to",
    r"(?:don't|do not|dont) need (?:a |any |the )?(?:helpline|hotline|line|ambulance|police)",
)
_OUTRIGHT = re.compile(rf"\b(?:{'|'.join((*_NO_DANGER, *_NOT_MEANT))})\b")


def taken_back(reading: Reading) -> bool:
    """Whether danger is taken back; a message that holds a sign of risk itself never does."""
    return reading.tier is Tier.T0 and bool(_OUTRIGHT.search(reading.low))
