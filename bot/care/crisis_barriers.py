"""What stands in the way of help, in so many words: each is met by what it is, and a refusal is remembered."""

import re

from nlp.reading import Reading

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
    ("doctor", r"\b(don'?t|do not|no|hate|not)( want| need| like| trust| see| going to| talking to|"
     r" talk to| seeing)*( to)?( see)?( an?| any|"
     r" the)? "
     r"(doctors?|therapists?|therapy|psychiatrists?|shrinks?|counsell?ors?)\b(?! who)"),
    ("cost", r"\b(can'?t|cannot|couldn'?t) afford\b|\bno (money|insurance)\b|\b(too )?expensive\b|"
     r"\bcosts? too much\b"),
    ("tried", r"\b(doctors?|they|therapy|meds|lines?|hospitals?|it) (did|do|does) (nothing|fuck all|"
     r"nothing for me)\b|\b(tried|called|rang|texted|been to)\b.{0,40}\b(didn'?t help|no ?(one|body) (answered|picked)|"
     r"no help|"
     r"useless|on hold|hung up|didn'?t (listen|work))\b|\b(didn'?t help|was useless) last time\b"),
    ("burden", r"\bi feel (so )?bad for (him|her|them|my \w+)\b|\b(don'?t|do not|wouldn'?t|would not) (want|"
     r"like) to (bother|"
     r"burden|worry|upset|scare|trouble)\b|"
     r"\bwould(n'?t want)? (just )?(be|being) "
     r"(a |such a )?(burden|bother)\b|\b(has|have|got) (enough|(his|her|their) own) (family|kids|life|problems|"
     r"worries|on|stuff|"
     r"to deal)"),
    ("reaction", r"\bdon'?t want (my |our )?(mum|mom|dad|parents?|family|wife|husband|partner|kids|mother|father|"
     r"sister|"
     r"brother|girlfriend|boyfriend|them|him|her|anyone|anybody) to (know|see|find out|hear)\b|\b(would|will|'d|'ll|"
     r"gonna) (just |only |so |totally |all |probably )*(freak\w*|panic|laugh|judge|"
     r"worry|hate me|not believe|never (understand|forgive|believe|speak)|think i'?m|think that i|tell everyone|"
     r"be (so |really )?(angry|mad at|furious|ashamed|disappointed|devastated))\b|\bwouldn'?t (believe|understand)\b"),
    ("ashamed", r"\b(feel|i'?m|am|be|so|too|really|just)( so| really| too| just| very)? (ashamed|embarrass\w+|"
     r"humiliat\w+)\b(?! (to|about|of) (call|calling|ring|phon))"),
    ("silly", r"\b(feel|sound|look|i'?m|be)( so| really| too| a bit| kind of)? (silly|stupid|dumb|embarrass\w+|"
     r"ashamed|pathetic|ridiculous)\b"),
    ("phone", r"\b(hate|can'?t do|scared of|afraid of|anxious about|bad (at|with)|not good (at|on|with)|"
     r"don'?t do|panic)\b"
     r".{0,12}\b(phones?|phone calls?|calling|calls)\b"),
    ("language", r"\bmy english\b|\b(don'?t|can'?t|not) speak (much |good |any )?(english|the language)\b"),
)  # fmt: skip
_BARRIERS = {name: re.compile(pattern) for name, pattern in _BARRED}
_REFUSED = ("ambulance", "hotline", "doctor")  # kinds of help that are not wanted


def standing(text: str) -> str:
    """The name of what stands in the way, of a text in small letters; "" for nothing of the kind."""
    return next((name for name, pattern in _BARRIERS.items() if pattern.search(text)), "")


def refused(reading: Reading) -> str:
    """The kind of help that is refused: "doctor", "hotline", "ambulance"; "" for none."""
    return next((name for name in _REFUSED if _BARRIERS[name].search(reading.low)), "")


def refuses_rescue(reading: Reading) -> bool:
    """An ambulance, a hospital or the police are refused; nothing is said of anything taken or any wound."""
    return _BARRIERS["ambulance"].search(reading.low) is not None
