"""What free words in an episode give or ask: somebody's name, a step they would take, a fear, a question, thanks.

Only wordings that are clear in themselves; everything else is left to the step that was asked and to listening.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.care import crisis_barriers
from bot.care.crisis_persons import bare_name, person
from nlp.reading import Reading
from responses.fill import listed

_STOOD_BY = re.compile(  # somebody who has been there before
    r"\b(sat|sits|stayed|stays|stood) (up )?(with|by|beside) me\b|\b(been|was|is) (always )?there for me\b|\b(talked|"
    r"talks|"
    r"got|gets|pulled|pulls|dragged|drags|drag|pull|helped|carried|saw|seen|brought) me (down|out|through|up|back|home|"
    r"like this)\b|\bthrough (worse|the same|it too|all of (it|this))\b|\bknows me\b|\b(hugged|held|holds|hugs) me\b"
)
_ASKS_AFTER = re.compile(  # somebody who noticed, asks or has offered
    r"\bchecks? (up |in )?on me\b|\balways (listens|picks up|answers|there|asks)\b|\b(said|says|told me|keeps saying)"
    r"( that)?( to| i (can|could|should))?( just| always)? (come|call|ring|text|phone|wake|write|message|knock)\b|"
    r"\bnoticed\b|\basked (me )?(how|if|what|whether)\b|\b(rings|calls|visits|phones|texts) (me |on |every|each|most)"
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
    r"send|visit|knock|pop (over|round)|go (over|round)|stop by|reach( out)?( to)?|go to|go and see)\b(?! (you|u)\b)"
)
_WILLING = re.compile(
    rf"\b(i'?ll|i will|i could|i can|i might|i'?d|i would|i'?m (going to|gonna)|i am going to|let me|maybe i|maybe|"
    rf"^could|\. could) (maybe |just |probably |even |try to |try and )*{_REACH}"
)
_COMES = re.compile(
    r"\b(he|she|they|my \w+|[a-z]+)('ll| can| could| will| would| might) (come|drive|stay|sit|help|be)"
    r" ?(over|round|by|here|with me|me|tonight)?(?= *(?:[.,!]|and |$))"
)
_UNWILLING = re.compile(
    r"\b(never|wouldn'?t|if i (could|had)|what (would|could|should)|how (would|could)|die|kill)\b|\?"
)
_LATER = re.compile(
    r"\b(tonight|tomorrow|later|in the morning|this (evening|afternoon|weekend)|at the weekend|next week|"
    r"at (\d+|six|seven|eight|nine|ten|eleven|twelve|noon)|on (mon|tues|wednes|thurs|fri|satur|sun)day|before work|"
    r"after (my |the )?(work|school|class|church|lunch|dinner|shift|exam)|at (lunch|dinner|noon|break)|when (he|she|"
    r"they|the|my|i)('?s)?)\b"
)
_CARER = re.compile(
    r"\b(doctor|gp|therapist|counsell?or|psychologist|psychiatrist|nurse|clinic|midwife|health visitor|social worker|"
    r"case ?worker|key ?worker)\b"
)
_IN_CARE = re.compile(
    r"\b(my|(have|got) an?|the) (therapist|counsell?or|psychiatrist|psychologist|"
    r"shrink|midwife|health visitor|social worker|case ?worker|key ?worker)\b"
)
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
_HELPED = re.compile(
    r"\b(that|it|this|which|music|he|she|always|really|kind ?of|kinda|sometimes)( always| really| sometimes| kinda)? "
    r"(helps?|helped|works|calms me|soothes me|keeps me going|gets me through)\b"
)
_NO_HELP = re.compile(r"\b(nothing|doesn'?t|don'?t|didn'?t|not even|no longer|any ?more|can'?t|stopped)\b")
_TALK = (  # other things that are answered before any step
    ("topic", r"\b(talk|speak|chat|think) about (something|anything|sth) else\b|\b(change|new) (the )?(subject|"
     r"topic)\b"),
    ("normal", r"\b(is|are) (it|this|that|they|these thoughts) (even )?normal\b|\bam i (going )?(crazy|mad|"
     r"insane|broken|weird|"
     r"weak|selfish|the only one|(a|an|such a) (terrible|bad|awful|horrible|evil|shit\w*|failed) \w+)\b"),
    ("fault", r"\b(is|was) (it|this|that|all this) (all |really )?my fault\b|\bdid i (do|cause) (this|it|that)\b|"
     r"\bam i to blame\b|\bshould i have (known|seen|noticed|done)\b|\bwhat did i do wrong\b"),
    ("words", r"\b(how|what) (do |would |should |could |can )?i (even )?(say|tell|write|text|"
     r"put it) (it )?(to )?(him|her|"
     r"them)\b|\b(say|tell (him|her|them)|write|text) what\b|\bwhat (do|would|should|could|can) i (even )?(say|"
     r"tell|write|"
     r"text)\b|\bhow (do|would|should|could|can) i (even )?(tell|say|start|begin|put)\b|"
     r"\b(don'?t|dunno|not) (know|sure) (what|how) to (say|tell|write|start|put|begin)\b"),
    ("bereaved", r"\b(my \w+|he|she|they) (killed (him|her|them)sel(f|ves)|took (his|her|their) (own )?li(fe|ves)|"
     r"died (by|from|of) suicide)\b"),
    ("together", r"\b((him|her) and (me|i)|me and (him|her)|the two of us)\b"),
    ("minimised", r"\bnot that (deep|serious|bad|dramatic)\b|"
     r"\b(stop|don'?t) (being|be|get|sound\w*) so (serious|dramatic|heavy)\b|^(chill|relax|jk|kidding|just kidding)\b|"
     r"\b(forget|ignore) (that )?i said\b|\bi'?m (just )?overreact\w*|"
     r"\bit'?s (just )?(nothing|whatever|no big deal)\b"),
    ("locked", r"\b(it|they|them|everything)('s| is| are|'re)?( \w+)? (locked|in (the|a) safe)\b|"
     r"\b(stay|keep|leave|kept) (it |them )?locked\b|\b(has|have|keeps?|got) the (other |only )?key\b"),
    ("human", r"\bis (this|it|there) (even |really )?(a |an )?(real |actual )?(person|human|bot|machine|robot|"
     r"program)\b|\b(are|r) (you|u) (even |really )?(a )?(human|real|person|bot|robot|machine|program|ai)\b|"
     r"\b(you|u) (are|r) (a )?(human|bot|robot|real)\b.*\?"),
    ("peace", r"\bleave me (alone|be)\b|^stop( it)?$|\bstop (asking|texting|writing|bothering)\b|\bshut up\b|"
     r"\bgo away\b"),
    ("kept_it", r"\b(not|won'?t|never) (giving|give|handing|hand|getting rid of|parting with) (it|them|my (gun|meds|"
     r"\w+))\b"),
    ("handed", r"\b(took|take|taking|brought|bring|dropped|drop) (it|them) (over|off|there|back|to|in)\b|\b(give|"
     r"giving|gave|hand\w*) "
     r"(it|them) to (?!me\b|you\b|myself\b)\w+|\b(gave|given|giving|give|handed|handing|hand|left|leave|leaving|"
     r"locked) (it|them|everything|"
     r"the \w+|my "
     r"\w+|those)( \w+)? (to|with|over to|at|in) (my|our|a|her|his|him|the|mum|mom|dad)\b|\b(has|have|keeps?|took|"
     r"takes) "
     r"(it|them|my keys|the keys) (now|for me|away)\b|\b(it|they)('s| is|'re| are) (gone|out of the house|away now)\b"),
    ("gap", r"\b(is|are|'s|'re) (out|away|at work|gone|not back|not home|"
     r"at (his|her|their) [\w']+( place)?) (till|until|for)\b|\bworks? (nights|late)\b"),
)  # fmt: skip
_ASIDE = {name: re.compile(pattern) for name, pattern in _TALK}
_LEAVING = re.compile(
    r"\b(gonna go|gotta go|got to go|have to go|need to go|(going|go|off) to (bed|sleep)|gtg|g2g|heading (off|to bed)|"
    r"good ?night|talk later|ttyl|that'?s (it|all) for (now|today|tonight))\b|^(ok |good ?)?night[ .!]*$|^(ok|okay|"
    r"right|well|so|thanks|ta|"
    r"anyway)?"
    r"[ ,.]*(bye|bye ?bye|goodbye|see (you|ya|u)|cya|i'?m off|take care|laters|cheerio)\b"
)
_THANKS = 6  # words of thanks that say nothing else
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
    found = _barrier(text) or _stood_by(text) or _aside(text)
    if found is not None:
        return found
    if _LEAVING.search(text):
        return Given("goodbye")
    if reading.did("thanks") and len(text.split()) <= _THANKS:
        return thanked(reading)
    short = len(text.split()) <= _LONG
    return (offered(text, pending) if short else None) or thanked(reading)


def would_reach(text: str) -> bool:
    """They would turn to somebody, of a text in small letters."""
    return bool(_WILLING.search(text) or _COMES.search(text)) and not _UNWILLING.search(text)


def later(text: str) -> bool:
    """A time is named, of a text in small letters."""
    return bool(_LATER.search(text))


def _stood_by(text: str) -> Given | None:
    """Somebody who has been there, or asks after them, by relation or by name: proposed, not only heard."""
    world = "stood_by" if _STOOD_BY.search(text) else "asks_after" if _ASKS_AFTER.search(text) else ""
    if not world or _AGAINST.search(text):
        return None
    who = person(text) or bare_name(text)
    care = ("care",) if _CARER.search(text) else ()
    return Given("person", person=who, world=("named", world), gives=("people", *care)) if who else None


def _barrier(text: str) -> Given | None:
    name = crisis_barriers.standing(text)
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


def offered(text: str, pending: str) -> Given | None:
    """Somebody named, a step they would take, care they have, something that helps; `text` in small letters."""
    who = person(text)
    care = ("care",) if _CARER.search(text) else ()
    if would_reach(text):
        named, timed = ("named",) if who else (), ("later",) if later(text) else ()
        return Given("willing", person=who, world=named + timed, gives=("people", "willing", *care))
    if _IN_CARE.search(text) and not _AGAINST.search(text):
        away = ("away",) if _AWAY.search(text) else ()
        return Given("care", person=who or "your therapist", world=away, gives=care)
    if _HELPS.search(text) or _HELPED.search(text) or pending == "own_steps" or _OPENS.match(text):
        comfort = _comfort(text)
        if comfort is not None:
            return comfort
    backed = _BACKING.search(text) or (pending in ("people", "willing") and len(text.split()) <= 4)
    if who and backed and not _AGAINST.search(text):
        return Given("person", person=who, world=("named",), gives=("people", *care))
    return None


def _comfort(text: str) -> Given | None:
    things = list(dict.fromkeys(re.sub(r"^my ", "your ", found) for found in _COMFORT.findall(text)))[:2]
    if _NO_HELP.search(text) or not (things or _HELPED.search(text)):
        return None
    if not things:
        return Given("comfort", world=("unnamed",), gives=("own_steps",))
    return Given("comfort", thing=listed(things), gives=("own_steps",))


def thanked(reading: Reading) -> Given | None:
    """Thanks, with or without a sorry."""
    if not reading.did("thanks"):
        return None
    return Given("thanks", world=("sorry",) if reading.did("apology") else ())
