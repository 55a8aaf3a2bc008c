"""What free words in an episode give or ask: somebody's name, a step they would take, a fear, a question, thanks.

Only wordings that are clear in themselves; everything else is left to the step that was asked and to listening.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlp.reading import Reading
from responses.fill import listed

_KIN = (
    "mum|mom|mama|mother|dad|papa|father|sister|brother|friend|mate|wife|husband|partner|boyfriend|girlfriend|"
    "aunt|auntie|uncle|cousin|gran|grandma|grandpa|neighbou?r|flatmate|roommate|colleague|coach|teacher|pastor|priest|"
    "imam|rabbi|doctor|gp|nurse|therapist|counsell?or|psychologist|psychiatrist|sponsor|son|daughter"
)
_PERSON = re.compile(rf"\b(?:my|a|the) ({_KIN})\b(?! is (a|the) )")
_NAME = re.compile(
    r"\bmy friend (?!who|is|and|or|has|was|would|could|but|said|she|he|they|from|at|in|to|tonight|maybe)([a-z]{2,12})"
    r"(?=[.,!]| is | knows| who|$)"
)
_BACKING = re.compile(
    r"\b(knows?|maybe|could|would|can|here|sat with|there for|trust\w*|close|nice|kind|sad|supports?|supportive|"
    r"understands?|miss(es)? me|loves? me|cares?|good to me|lucky|i guess)\b"
)
_AGAINST = re.compile(
    r"\b(dead|died|killed|passed away|left me|hates?|hurts?|hit|hits|shout\w*|yell\w*|abus\w+|doesn'?t|won'?t|"
    r"wouldn'?t|"
    r"can'?t|couldn'?t|isn'?t|never|fault|angry|blames?|throw|kick\w*|don'?t (want|trust)|sick|ill|hospital)\b"
)
_REACH = (
    r"(tell|text|call|ring|phone|message|write( to)?|ask|wake|show|talk to|talk with|speak to|speak with|see|"
    r"send|visit|"
    r"reach( out)?( to)?|go to|go and see)\b(?! (you|u)\b)"
)
_WILLING = re.compile(
    rf"\b(i'?ll|i will|i could|i can|i might|i'?d|i would|i'?m (going to|gonna)|i am going to|let me|maybe i|maybe|"
    rf"^could|\. could) (maybe |just |probably |even |try to |try and )*{_REACH}"
)
_UNWILLING = re.compile(
    r"\b(never|wouldn'?t|if i (could|had)|what (would|could|should)|how (would|could)|die|kill)\b|\?"
)
_LATER = re.compile(
    r"\b(tonight|tomorrow|later|in the morning|this (evening|afternoon|weekend)|at the weekend|next week|"
    r"at (\d+|six|seven|eight|nine|ten|eleven|twelve|noon)|on (mon|tues|wednes|thurs|fri|satur|sun)day|before work|"
    r"after work|when (he|she|they|the|my|i))\b"
)
_CARER = re.compile(r"\b(doctor|gp|therapist|counsell?or|psychologist|psychiatrist|nurse|clinic)\b")
_IN_CARE = re.compile(r"\b(my|(have|got) an?|the) (therapist|counsell?or|psychiatrist|psychologist|shrink)\b")
_AWAY = re.compile(r"\b(break|holidays?|vacation|away|on leave|fully booked|waiting|until|till|next (week|month))\b")
_COMFORT = re.compile(
    r"\b((?:listening to |playing )?music|songs?|drawing|painting|walking the dog|walking|a walk|the (?:dog|cat)|"
    r"my (?:dog|cat)|a (?:hot |warm |cold |long )?(?:bath|shower)|fishing|swimming|running|reading|cooking|"
    r"baking|knitting|"
    r"gardening|guitar|piano|singing|gaming|games|tea|a blanket|praying|yoga|the (?:sea|lake|forest|woods|beach|"
    r"garden))\b"
)
_OPENS = re.compile(_COMFORT.pattern + r"(?=\s*([.,!]|$))")
_HELPS = re.compile(r"\b(helps?|helped|sometimes|used to|calms?|calm(er|ing)|quiet|better|takes my mind|peace\w*)\b")
_NO_HELP = re.compile(r"\b(nothing|doesn'?t|don'?t|didn'?t|not even|no longer|any ?more|can'?t|stopped)\b")
_BARRED = (  # what stands in the way, the first that fits
    ("child_taken", r"\b(tak\w+|took|los(e|ing))\b.{0,20}\b(my|the|our|her|him|them) ?(baby|child|children|kids?|son|"
     r"daughter|girls?|boys?|little one)?\b.{0,8}\b(away|off me|from me)|\blos(e|ing) (my|the|our) (baby|child|"
     r"children|kids?)"),
    ("reported", r"\breport(ed|ing)? me\b|\b(tell|telling|rat(ting)?) on me\b|\b(sectioned|locked up|locked away|"
     r"in(to)? trouble)\b|\bput me away\b"),
    ("outed", r"\b(throw|kick|kicked|thrown) me out\b|\bdisown\w*\b|\bcut me off\b|\bout me\b|"
     r"\b(they|parents|mum|mom|dad|family) (will |would |might )?(find|found) out\b"),
    ("ambulance", r"\b(don'?t|do not|no|not|won'?t|never) (want |need |going to |to |have |call |calling |"
     r"go )*(an? |any |the |in |"
     r"to )*(ambulances?|hospitals?|emergency room|er|police|cops)\b"),
    ("understood", r"\bwant (somebody|someone|anyone) (to|who|that) (get|gets|understand\w*|listens?|hears?)\b|"
     r"\bsomeone who (gets|understands) (it|me)\b"),
    ("hotline", r"\b(don'?t|do not|no|idk about|not sure about|hate|against|dunno about)( want| need| like|"
     r" trust| do)?"
     r"( an?| any| the)? (hotlines?|helplines?|crisis lines?|strangers?)\b"),
    ("doctor", r"\b(don'?t|do not|no|hate|not)( want| need| like| trust| see| going to)*( to)?( see)?( an?| any|"
     r" the)? "
     r"(doctors?|therapists?|therapy|psychiatrists?|shrinks?|counsell?ors?)\b(?! who)"),
    ("cost", r"\b(can'?t|cannot|couldn'?t) afford\b|\bno (money|insurance)\b|\b(too )?expensive\b|"
     r"\bcosts? too much\b"),
    ("tried", r"\b(tried|called|rang|texted|been to)\b.{0,40}\b(didn'?t help|no ?(one|body) (answered|picked)|"
     r"no help|"
     r"useless|on hold|hung up|didn'?t (listen|work))\b|\b(didn'?t help|was useless) last time\b"),
    ("burden", r"\b(don'?t|do not|wouldn'?t) want to (bother|burden|worry|upset|scare)\b|"
     r"\bwould(n'?t want)? (just )?(be|being) "
     r"(a |such a )?(burden|bother)\b|\b(has|have|got) (enough|(his|her|their) own) (problems|worries|on|stuff|"
     r"to deal)"),
    ("silly", r"\b(feel|sound|look|i'?m|be)( so| really| too| a bit| kind of)? (silly|stupid|dumb|embarrass\w+|"
     r"ashamed|"
     r"pathetic|ridiculous)\b"),
    ("phone", r"\b(hate|can'?t do|scared of|afraid of|anxious about|bad (at|with)|not good (at|on|with)|"
     r"don'?t do|panic)\b"
     r".{0,12}\b(phones?|phone calls?|calling|calls)\b"),
    ("language", r"\bmy english\b|\b(don'?t|can'?t|not) speak (much |good |any )?(english|the language)\b"),
)  # fmt: skip
_BARRIERS = {name: re.compile(pattern) for name, pattern in _BARRED}
_TALK = (  # other things that are answered before any step
    ("topic", r"\b(talk|speak|chat|think) about (something|anything|sth) else\b|\b(change|new) (the )?(subject|"
     r"topic)\b"),
    ("normal", r"\b(is|are) (it|this|that|they|these thoughts) (even )?normal\b|\bam i (going )?(crazy|mad|"
     r"insane|broken|weird|"
     r"weak|selfish|the only one|(a|an|such a) (terrible|bad|awful|horrible|evil|shit\w*|failed) \w+)\b"),
    ("fault", r"\b(is|was) (it|this|that|all this) (all |really )?my fault\b|\bdid i (do|cause) (this|it|that)\b|"
     r"\bam i to blame\b|\bshould i have (known|seen|noticed|done)\b|\bwhat did i do wrong\b"),
    ("words", r"\b(say|tell (him|her|them)|write|text) what\b|\bwhat (do|would|should|could|can) i (even )?(say|"
     r"tell|write|"
     r"text)\b|\bhow (do|would|should|could|can) i (even )?(tell|say|start|begin|put)\b|"
     r"\b(don'?t|dunno|not) (know|sure) (what|how) to (say|tell|write|start|put|begin)\b"),
    ("bereaved", r"\b(my \w+|he|she|they) (killed (him|her|them)sel(f|ves)|took (his|her|their) (own )?li(fe|ves)|"
     r"died (by|from|of) suicide)\b"),
    ("together", r"\b((him|her) and (me|i)|me and (him|her)|the two of us)\b"),
    ("gap", r"\b(is|are|'s|'re) (out|away|at work|gone|not back|not home) (till|until|for)\b"),
)  # fmt: skip
_ASIDE = {name: re.compile(pattern) for name, pattern in _TALK}
_LEAVING = re.compile(
    r"\b(gonna go|gotta go|got to go|have to go|need to go|going to (bed|sleep)|gtg|g2g|heading (off|to bed)|"
    r"good ?night|"
    r"talk later|ttyl|that'?s (it|all) for (now|today|tonight))\b"
)
_ASKED_THEM = re.compile(
    r"\bi('ve| have)? ?(asked|spoke (to|with)|talked (to|with)) (him|her|them|my \w+)\b|"
    r"\b(he|she|they) (told me|let me|showed me|opened up)\b"
)
_NEAR_THEM = re.compile(
    r"\b(he|she|they)('s| is|'re| are) (now |right now |asleep )?(in (his|her|their|the|my) (\w+ )?(room|bed)|"
    r"here|with me|"
    r"next to me|at home|asleep)\b|\b(stay(ed|ing)?|sit(ting)?) (home|with|near|by|beside)\b|\bdoor('s| is)? open\b"
)
_LONG = 30  # words; a longer message tells more than one thing


@dataclass(frozen=True, slots=True)
class Given:
    """`name`: of a moment crisis.met.NAME or, where `barred`, crisis.barrier.NAME."""

    name: str
    barred: bool = False
    person: str = ""  # "your brother", "your friend Jo"
    thing: str = ""  # "a warm bath"
    world: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()  # steps that need not be put any more


def given(reading: Reading, pending: str) -> Given | None:
    """What the message gives or asks; None where it says nothing of the kind. `pending`: name of the open step."""
    text = reading.low
    found = _barrier(text) or _aside(text)
    if found is not None:
        return found
    if _LEAVING.search(text):
        return Given("goodbye")
    short = len(text.split()) <= _LONG
    return (_offered(text, pending) if short else None) or _thanked(reading)


def refuses_rescue(reading: Reading) -> bool:
    """An ambulance, a hospital or the police are refused; nothing is said of anything taken or any wound."""
    return _BARRIERS["ambulance"].search(reading.low) is not None


def helping(reading: Reading) -> Given | None:
    """Of somebody who looks after another: what they did or will do, whom they named, whether it is their fault."""
    text = reading.low
    if _ASIDE["fault"].search(text):
        return Given("fault")
    if _ASKED_THEM.search(text):
        return Given("asked_them", gives=("helper",))
    if _NEAR_THEM.search(text):
        return Given("near_them")
    return _offered(text, "") or _thanked(reading)


def person(text: str) -> str:
    """Somebody named, turned: "your brother", "your friend Jo"; "" for nobody."""
    friend = _NAME.search(text)
    if friend:
        return f"your friend {friend[1].capitalize()}"
    found = _PERSON.search(text)
    return f"your {found[1]}" if found else ""


def _barrier(text: str) -> Given | None:
    name = _first(_BARRIERS, text)
    if not name:
        return None
    who = person(text)
    gives = (("people",) if who else ()) + (("care",) if name == "doctor" or _IN_CARE.search(text) else ())
    return Given(name, barred=True, person=who, world=("named",) if who else (), gives=gives)


def _aside(text: str) -> Given | None:
    name = _first(_ASIDE, text)
    if name == "gap" and _IN_CARE.search(text):
        return None
    who = person(text)
    return Given(name, person=who, world=("named",) if who else ()) if name else None


def _first(patterns: Mapping[str, re.Pattern[str]], text: str) -> str:
    return next((name for name, pattern in patterns.items() if pattern.search(text)), "")


def _offered(text: str, pending: str) -> Given | None:
    who = person(text)
    care = ("care",) if _CARER.search(text) else ()
    if _WILLING.search(text) and not _UNWILLING.search(text):
        named, later = ("named",) if who else (), ("later",) if _LATER.search(text) else ()
        return Given("willing", person=who, world=named + later, gives=("people", "willing", *care))
    if _IN_CARE.search(text) and not _AGAINST.search(text):
        away = ("away",) if _AWAY.search(text) else ()
        return Given("care", person=who or "your therapist", world=away, gives=care)
    if _HELPS.search(text) or pending == "own_steps" or _OPENS.match(text):
        comfort = _comfort(text)
        if comfort is not None:
            return comfort
    backed = _BACKING.search(text) or (pending in ("people", "willing") and len(text.split()) <= 4)
    if who and backed and not _AGAINST.search(text):
        return Given("person", person=who, world=("named",), gives=("people", *care))
    return None


def _comfort(text: str) -> Given | None:
    things = list(dict.fromkeys(re.sub(r"^my ", "your ", found) for found in _COMFORT.findall(text)))[:2]
    if not things or _NO_HELP.search(text):
        return None
    return Given("comfort", thing=listed(things), gives=("own_steps",))


def _thanked(reading: Reading) -> Given | None:
    if not reading.did("thanks"):
        return None
    return Given("thanks", world=("sorry",) if reading.did("apology") else ())
