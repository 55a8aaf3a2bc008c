"""What somebody who looks after another gives or asks: what they saw, asked, did or fear; and whether it is of them.

A sign read in such words is a sign about the other: it raises the tier, and the one who helps is answered as a helper.
"""

import re

from bot.care import crisis_said as said
from bot.care.crisis_given import Given, offered, thanked
from bot.care.crisis_persons import KIN
from bot.care.episode import Episode
from nlp.labels import Kind, Tier
from nlp.reading import Reading

_THEY = r"(he|she|they|it|my \w+|our \w+)"
_THEM = r"(him|her|them|my \w+)"
_OF_THEM = re.compile(r"\b(he|she|they|him|his|her|hers|them|their|he's|she's|they're)\b")
_OF_ME = re.compile(
    r"\b(myself|my (own )?(cuts?|arms?|legs?|scars?|wrists?|thighs?)|kill me|hurt me|hurting me|hit me|hits me|"
    r"me too|(wish|want|like) i was dead)\b|"
    r"\bi (just |also |even |sometimes |really )*(want to|wish|wanna|could just|would rather|don't want to|might)"
    r" (die|be dead|kill|end|not (be|wake|live|exist)|i|disappear|be here|live|wake)\b|\bi can't go on\b"
)
_ASKED = re.compile(
    r"\bi('ve| have)?( just| already| also)* ?(asked|spoke (to|with)|talked (to|with)|sat down with|confronted)"
    rf"( it)? {_THEM}\b|\b(we|we've|we have) (just |already )*(talked|spoke|had a talk)\b|"
    r"\b(he|she|they|my \w+)( has| have|'s|'ve)?( just| finally| already)* "
    r"(told|let|showed|shown|texted|wrote|messaged|said to|opened up|admitted|confided)( it)?( to)?\b"
)
_HURT = re.compile(
    r"\b(cuts?|cutting|scratch\w*|scars?|wounds?|burns?|burning|bruises?|marks?|bleeding|bled|stitch\w*|bandag\w*)\b"
    r".{0,40}\b(his|her|their|he|she|they|him|them|arms?|legs?|wrists?|thighs?|deep|fresh|again|himself|herself|"
    r"themsel\w+)\b|\b(he|she|they|my \w+)('s| is| has|'ve| have)?( been)? (cut|cutting|burn\w*|scratch\w*|hurt(ing)?|"
    r"harm(ed|ing|s)?|self[- ]?harm\w*)( (him|her|them)sel(f|ves)| again)?\b|\bself[- ]?harm\w*\b"
)
_VOICE = re.compile(r"\b(voices?|hears? (things|people|somebody)|sees? things)\b")
_FAULT = re.compile(
    r"\b(is|was) (it|this|that|all this) (all |really )?my fault\b|\bdid (i|we) (do|say|cause|miss)\b.*\?|"
    r"\bam i to blame\b|\bshould('ve| have)( \w+)? (known|seen|noticed|done|asked|said|been)\b|"
    r"\bwhat did (i|we) do wrong\b|\bi blame myself\b|\bi('m| am) (a )?(bad|terrible) (mother|father|mum|mom|dad|"
    r"parent|"
    r"friend|sister|brother)\b"
)
_SECRET = re.compile(
    r"\b(told|asked|begged|made|wants|said) (me )?(to )?(not to|promise|never to|swear)( not| to)? ?(tell|say|to|it|"
    r"that)?\b|"
    r"\b(he|she|they) (said|says) (not to|don'?t)( tell)?\b|\b(keep|kept|keeping) (it|this) (a )?(secret|between us)\b|"
    r"\bshould (i|we) (tell|call|ring|inform|involve|ask|say)\b|\bpromised (him|her|them)?\b.*\b(not|tell|secret)\b"
)
_THINGS = (
    r"(pills?|tablets?|medic\w+|meds|razors?|blades?|knives|knife|scissors|guns?|rifles?|ropes?|belts?|bleach|alcohol|"
    r"bottles?|(car )?keys|sharp \w+|everything)"
)
_AWAY = re.compile(
    r"\b(i|we|i've|we've|my \w+)( have| has)?( just| already)* (took|taken|removed|locked|hid|hidden|put|moved|threw|"
    rf"thrown|cleared|emptied|got rid of|handed|given)( away| out| up| all)? (\w+ ){{0,3}}({_THINGS}|(it|them) "
    rf"(all )?(away|out|up|to))\b|\b(i've|i have|we've|we have|my \w+ has) (got )?(all )?(his|her|their|"
    rf"the) {_THINGS}\b"
)
_REFUSED = re.compile(
    r"\b(he|she|they)( (says|said)( (that )?(he|she|they|a doctor|doctors|it|help|nobody))?)? ?('s |is |are |'re )?"
    r"(won'?t|wouldn'?t|will not|doesn'?t want|don'?t want|does not want|refuses?|refusing|not going|can'?t) ?"
    r"(to )?(see|go|help|talk|have|any|a|get|be helped|speak)?\b.*\b(doctor|gp|help|hospital|therap\w+|counsell?\w+|"
    r"anyone|anybody|line|police)\b|\b(a )?doctors? (won'?t|can'?t|doesn'?t) help\b"
)
_HATED = re.compile(
    r"\b(he|she|they)( will|'ll|'d| would| might| may| is going to)? (hates?|never (forgive|speak|talk|trust)|"
    r"be (so |really )?"
    r"(angry|mad|furious)|stop (talking|trusting))\b|\bbetray\w*\b|\blose (his|her|their) trust\b"
)
_WORSE = re.compile(
    r"\b(he|she|they|my \w+)( has|'s)?( just| now)* (texted|wrote|messaged|said|sent|posted|rang|called)\b.{0,60}"
    r"\b(can'?t|goodbye|bye|sorry for|over|end|done|anymore|any more|die|dead|tired of)\b|"
    r"\b(it'?s|is|getting|got|getting) (much |a lot )?worse\b"
)
_NEAR_THEM = re.compile(
    r"\b(he|she|they)('s| is|'re| are) (now |right now |asleep |sleeping |still )*((in|at) (his|her|their|the|my|our) "
    r"(\w+ )?(room|bed|place|house|flat)|here|with me|with us|with my \w+|with (his|her|their) \w+|next to me|at home|"
    r"asleep|at (mums?|moms?|dads?|grans?)\b|in bed)|\b(stay(ed|ing)?|sit(ting)?|sleep(ing)?) "
    r"(home|with|near|by|beside|next)\b|\bdoor('s| is)? open\b|\b(my \w+|someone|somebody|mum|mom|dad)('s| is| are) "
    r"(now )?with (him|her|them)\b|\bwatching (tv|telly|a film) with (him|her|them)\b"
)
_GOING = re.compile(
    r"\b(i'?m|i am|we'?re|he'?s|she'?s|they'?re|my \w+ is|our \w+ is)( \w+)? (driving|on (my|his|her|their|the|"
    r"our) way|"
    r"heading|going|coming) ?(over|there|to (him|her|them))?\b(?! to (sleep|bed|work|ring|call|tell|phone|ask|go))|"
    r"\btaking (him|her|them) to\b"
)
_TIRED = re.compile(
    r"\b(haven'?t|didn'?t|can'?t) (really )?(slept|sleep|eaten|eat|stop (crying|shaking))\b|\bi('m| am) (so |"
    r"just )*(tired|"
    r"exhausted|worn out|scared|a wreck|shaking|done)\b|\bi can'?t (cope|do this|think straight|take it)\b"
)
_FOUND = (  # the first that fits
    ("worse", _WORSE), ("fault", _FAULT), ("hurt_them", _HURT), ("hated", _HATED), ("secret", _SECRET),
    ("refuses_help", _REFUSED), ("put_away", _AWAY), ("asked_them", _ASKED), ("going_there", _GOING),
    ("near_them", _NEAR_THEM),
)  # fmt: skip
_MY_BODY = re.compile(
    r"\bi('ve| have|'m| am)? ?(just |already |also )?(took|taken|swallowed|drank|drunk|overdosed|cut|bleeding|dizzy|"
    r"dying|"
    r"injected|fainted|passed|can't (breathe|feel|see|stop)|vomit\w*|threw)\b|\bmy (own )?(chest|heart|head|arms?|"
    r"wrists?|"
    r"throat|breathing|stomach|body|legs?|hands?|vision)\b|\bmyself\b|\b(poison|hurt|stab\w*|shot|cut|chok\w*|"
    r"strangl\w*) me\b"
)
_THANKS = 6  # words of thanks that say nothing else


def helping(reading: Reading) -> Given | None:
    """What words of a helper give or ask; None for nothing of the kind."""
    text = reading.low
    name = next((name for name, pattern in _FOUND if pattern.search(text)), "")
    if name == "near_them" and offered(text, "") is not None:
        return offered(text, "")
    if name:
        return Given(name, world=_beside(name, text), gives=_gives(text))
    if reading.did("thanks") and len(text.split()) <= _THANKS:
        return thanked(reading)
    found = offered(text, "")
    if found is None and _TIRED.search(text):
        return Given("own_load")
    return found or thanked(reading)


def of_them(reading: Reading) -> bool:
    """Whether what was read as a sign is told of the other, not of the one who writes."""
    text = reading.low
    if _OF_ME.search(text):
        return False
    plain = [signal for signal in reading.in_rules if signal.tier > Tier.T0 and signal.kind is not Kind.THIRD_PARTY]
    if not plain and Kind.THIRD_PARTY in reading.kinds:
        return True
    named = not plain and re.search(rf"\b(my|our) (\w+ )?({KIN})\b|\b(him|her|them)sel(f|ves)\b", text)
    return bool(_OF_THEM.search(text) or _AWAY.search(text) or named) and not re.search(r"\bi (want|wish)\b", text)


def body_of_another(reading: Reading) -> bool:
    """Whether it is somebody else's body that is in danger."""
    text = reading.low
    other = re.search(
        rf"\b(my|our|a|the) (\w+ )?({KIN}|boy|girl|child|kid|baby|man|woman|guy)\b|\b(he|she|"
        rf"they)\b",
        text,
    )
    return other is not None and _MY_BODY.search(text) is None


def note(episode: Episode, reading: Reading) -> None:
    """Who has asked already, or was told, is not advised to ask."""
    said.passed(episode, *_gives(reading.low))


def _gives(text: str) -> tuple[str, ...]:
    asked = ("helper",) if _ASKED.search(text) or _HURT.search(text) else ()
    return asked + (("keep",) if _AWAY.search(text) else ())


def _beside(name: str, text: str) -> tuple[str, ...]:
    return ("voice",) if name == "hurt_them" and _VOICE.search(text) else ()
