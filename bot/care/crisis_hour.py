"""What calm words of an urgent hour (T3) say: who is near, help that is called or meant, danger within reach.

What a person means to do and what is under way are kept apart: only the second is help that is there.
"""

import re

from nlp.reading import Reading

_HOSPITAL = r"(the |a )?(hospital|er|emergency room|a&e|clinic|doctor'?s|ward)"
_WHO = r"(i|i'm|he|he's|she|she's|they|they're|we|we're|my \w+|(the|a) (neighbou?r|nurse|driver))"
_THEM = r"(him|her|them)"
_COMPANY = re.compile(
    r"\b(?<!no )(?<!not )(my \w+|a (friend|neighbou?r|nurse|doctor)|someone|somebody|he|she|they)('s| is| are|'re)"
    r" (just |now |already |nearly |almost |right |sitting |standing )*(here|with me|next to me|beside me|holding me|"
    r"at the door)\b|\b(i'm|i am) (now |here )*with (my (mum|mom|dad|sister|brother|friend|neighbou?r|"
    r"wife|husband|partner|boyfriend|girlfriend|aunt|uncle|flatmate|roommate)|a (friend|neighbou?r|nurse|doctor))\b"
)
_ARRIVED = re.compile(
    rf"\b(we|i|we'?re|i'?m)( am| are)?( now| here| just| finally)* (at|in|outside) {_HOSPITAL}(?= *(?:[.,!]|now|and |"
    rf"$))|"
    r"\b(ambulance|paramedics?|police|doctors?|nurses?)('s| is| are|'re)?( \w+)? (here|with me)\b|"
    r"\b(a|the) (doctor|nurse|paramedic)s? (is|are) (looking|seeing|talking)\b"
)
_UNDER_WAY = re.compile(
    r"\b(ambulance|paramedics?|help|doctor|police)('s| is| are) (coming|on (its|the|their) way)|"
    r"\b(my \w+|a (friend|neighbou?r)|someone|somebody|he|she|they)('?s| is| are|'re| will be|'ll be)"
    r" (just |now |already |nearly |almost )*(coming( over| now| home| back| to \w+( me)?)?|on (his|her|their|the) way|"
    r"(nearly|almost) here|driving( over| here| me.*)?|getting (the car|dressed|in the car|a taxi)|"
    r"(taking|bringing|driving) (me|us)( \w+){0,4})(?= *(?:[.,!]|and |now|$))|"
    r"\b(i|i've|i have|just)( just| now)* (told|woke|woken( up)?|knocked|rang|called|texted) ?"
    r"(him|her|them|my \w+|next door|on \w+ door)(?= |$|[.,!])|\bi('ve| have|'m)? (just )?knocked\b|"
    r"^(ok|okay|right)?[ ,.]*(told|woke|rang|called|texted) (him|her|them|my \w+)\b|"
    rf"\b(we|we're|i'?m)( are)?( now)* (going|driving|on (the|our|my) way) to {_HOSPITAL}"
)
_CALLING = re.compile(
    rf"\b{_WHO}( am| is| are| have| has|'ve)?( now| just| already)* (calling|ringing|phoning|dialling|on the phone|"
    r"on hold|(called|rang|phoned) (911|999|112|000|111|988|13 11 14|the (line|police)|an ambulance|emergency|them))\b"
    r"(?! (me|you|it)\b)|"
    r"^(ok|okay|fine|alright|all right|yes|right)?[ ,.]*(i'?m |i am )?(calling|ringing|dialling|phoning)"
    r"( now| them| 911| 999| 112| 000| 988)*[ .!]*$|\b(i'?ll|i will|gonna|going to|let me) (call|ring|phone) "
    r"(now|them|911|999|112|000|988|an ambulance|the (line|ambulance))\b|"
    r"^(ok|okay|fine|alright)[ ,.]+(i'?ll|i will) (call|ring|phone)\b"
)
_MEANT = re.compile(  # somebody is to be told, fetched or gone to; it has not happened
    r"\b(i'?ll|i will|i could|i can|i might|i'?m (going to|gonna)|let me|should i|maybe i)"
    r" (maybe |just |go and |go |try to |try and )*"
    r"(wake|tell|knock|get|fetch|ask|call|ring|text|shout|go (to|over|up|down|next|and)|let)\b(?! (it|you|this|that|"
    r"go)\b)|"
    r"\b(she|he|they) (can|could|will|would|'ll) (drive|take|bring|come|sit|stay|keep|help)\b"
)
_RINGS = re.compile(
    r"\b(keeps?|is|are|'s|'re|was|just|been|has|have) (on )?(just )?(calling|ringing|phoning|texting|messaging|"
    r"called|rang|"
    r"phoned|texted|messaged) me\b(?! (a|an|names|fat|ugly|stupid|crazy|selfish|weak|that|it)\b)"
)
_CHILDREN = re.compile(
    r"\b(my|our|the) (\w+ )?(kids?|child(ren)?|sons?|daughters?|baby|babies|toddlers?|little ones?|boys?|girls?|twins|"
    r"grandchild(ren)?|grandson|granddaughter)('s|'re| is| are)( \w+)? (here|asleep|sleeping|upstairs|downstairs|"
    r"inside|"
    r"next door|in (the|their|his|her|our) \w+|at home|watching|with me|beside me|awake)\b"
)
_NEAR = re.compile(
    r"\b(my \w+|he|she|they|(a|the) neighbou?rs?|someone|somebody)('s| is| are|'re)( \w+)? "
    r"(asleep|sleeping|upstairs|downstairs|next door|outside|in bed|at home|in the (next|other|living|same) room|"
    r"in (the|our|his|her|their) (house|flat|garden|yard|kitchen|room|bedroom|garage|bath|bathroom|shower|hall|attic|"
    r"basement|building|apartment)|down the (hall|road|street)|across the (hall|road|street))\b"
)
_BYES = re.compile(r"\b(texted|said|wrote|written|messaged|sent|told) (\w+ ){0,2}(my )?(good)?byes?\b")
_SCARED = re.compile(r"^(and |but |i'?m |i am |so |really |very )*(scared|afraid|frightened|terrified)[ .!]*$")
_PLACE = (
    "drawer|table|desk|closet|cupboard|cabinet|nightstand|bed|bedroom|bedside|car|truck|van|boot|trunk|glovebox|kitchen|"
    "study|garage|shed|safe|bag|rucksack|pocket|bathroom|shelf|box|basement|cellar|attic|loft|counter|floor|lap|hand|"
    "other room"
)
_MEANS = re.compile(
    rf"\b(it|they|everything)('s| is| are|'re)?( \w+)? (in|on|under|beside|next to|by) (the|my|a) ({_PLACE})\b|"
    r"\bkeep looking at (it|them)\b|\b(it|them) (right )?in (my hands?|front of me)\b|\bholding it\b|"
    r"\bi have (it|what i need) here\b"
)
_LOCKED = re.compile(
    r"\b(it|they|everything)('s| is| are|'re)?( \w+)? (locked|in (the|a|my) safe)\b|"
    r"\b(stay|keep|leave|kept) (it |them )?locked\b|\b(has|have|keeps?|got) the (other |only )?key\b"
)
_DECIDED = re.compile(
    r"\b(nobody|no ?one|nothing|you) (can|could|will|'ll) (change|stop|talk|help)\b|\b(my mind|it)('s| is) (made up|"
    r"decided|settled|set)\b|\bi('ve| have) (made up my mind|decided)\b|\btoo late( now| for)?\b|\bno use\b"
)
_OVERHEARD = re.compile(
    r"\b(they|he|she|someone|somebody|everyone|people)('ll| will| can| could| might| would)? (hear|hears|listen\w*|"
    r"overhear|read|reads|watch\w*|see)\b(?! from)|"
    r"\bcan'?t (say|talk|speak|write) (too )?(much|out loud|loud|now|here)\b"
)
_HEARD = (  # the first that fits
    ("byes", _BYES), ("arrived", _ARRIVED), ("children", _CHILDREN), ("coming", _UNDER_WAY), ("calling", _CALLING),
    ("with", _COMPANY),
    ("going", _MEANT), ("locked", _LOCKED), ("away", _MEANS), ("rings", _RINGS), ("near", _NEAR), ("scared", _SCARED),
    ("decided", _DECIDED), ("overheard", _OVERHEARD),
)  # fmt: skip
_NOT_SO = re.compile(
    r"\b(can'?t|cannot|won'?t|will not|wouldn'?t|not going to|not gonna|don'?t want|never|couldn'?t|haven'?t|didn'?t|"
    r"isn'?t|aren'?t|not) (\w+ ){0,3}"
    r"(call|calling|ring|ringing|phone|tell|wake|ask|knock|text|coming|here|go|get|let|told|called|rang)\b"
)
_HELP = frozenset({"arrived", "coming", "calling", "with", "going"})
_OF_ANOTHER = (
    ("with", re.compile(
        rf"\b(with|beside|next to|holding|found) {_THEM}( now)?\b|"
        r"\b(he|she|they)('s| is|'re| are) (alive|breathing|awake|ok|okay|safe|back|here|with me)\b"
    )),
    ("called", re.compile(
        r"\b(i|we|they|he|she|i've|we've|i'm|neighbou?r|mum|mom|dad|just|already)?( have| has| am)? ?(called|rang|"
        r"phoned|calling|"
        r"ringing|told) (911|999|112|000|111|the (police|ambulance)|an ambulance|emergency|them)\b|\b(police|"
        r"ambulance|paramedics?)"
        r"('s| is| are) (here|coming|on (the|its|their) way)|\bin the ambulance\b"
    )),
    ("coming", re.compile(
        r"\b(driving|going|heading|running|coming|rushing|went|flying) (there|over|to (him|her|them|the \w+))\b|"
        r"\bon (my|his|her|their|the|its) way\b|\b(police|ambulance|paramedics)\b"
    )),
    ("unreached", re.compile(
        r"\b(not|isn'?t|won'?t|doesn'?t|hasn'?t|stopped|no longer) (\w+ )?(pick\w*|answer\w*|repl\w+|read\w*|open\w*|"
        r"respond\w*)\b|\b(can'?t|couldn'?t) (reach|find|get (hold|through))\b|\b(don'?t|dunno|no idea) (know )?"
        r"(exactly )?(where|his|her|their)\b|\b(far away|another (city|country|town))\b|\b\d+ ?(km|miles|hours?)\b"
    )),
    ("dread", re.compile(
        r"\btoo late\b|\bwhat if\b|\bmy fault\b|\bshould have\b|\b(if|when) (they|i|we) (find|lose|get there)\b"
    )),
    ("advice", re.compile(
        r"\b(should|can|could|do|must|shall) (i|we) (make|give|let|put|move|wake|turn|lay|keep|drive|stop)\b|"
        r"\bwhat (do|should|can) (i|we) do\b(?!.*\b(tomorrow|afterwards|later|when (he|she|they)|next (week|time))\b)"
    )),
    ("scared", re.compile(
        r"\b(shaking|trembling|crying|scared|afraid|terrified|panick\w*|can'?t (breathe|think|stop)|freaking)\b"
    )),
)  # fmt: skip


def danger(reading: Reading) -> str:
    """Of words in an urgent hour that are no sign by themselves, what they say first; "" for nothing of the kind.

    Help: "arrived", "coming", "calling", "with", "near", "rings"; "going" where it is only meant. Danger: "away" (it is
    within reach), "locked", "byes"; "children" who are near are no help to fetch. "scared", "decided", "overheard".
    """
    text = reading.low
    denied = _NOT_SO.search(text) is not None
    return next((name for name, said in _HEARD if said.search(text) and not (denied and name in _HELP)), "")


def of_another(reading: Reading) -> str:
    """The same of the one a helper fears for: somebody "with" them or "coming", "unreached", "dread", "scared"."""
    text = reading.low
    return next((name for name, pattern in _OF_ANOTHER if pattern.search(text)), "")


_ARMS = (
    r"(pills?|tablets?|meds|medication|sleeping pills|painkillers|gun|rifle|shotgun|pistol|rope|knife|knives|blades?|"
    r"razors?|"
    r"insulin|fentanyl)"
)
_HELD = re.compile(
    rf"\b(i|i've|we|we've)( have| got| keep| still have|'ve got)? (got |have |keep )?(\w+ ){{0,3}}{_ARMS}\b(?! (me|"
    rf"you|from))|"
    rf"\b{_ARMS}('s| is| are)( \w+)? (in|on|under|by|here|next|beside|at|within)\b|\bjust (\w+ )?{_ARMS}\b|"
    rf"\bthere('s| is| are)( \w+){{0,3}} {_ARMS}\b"
)
_NOT_HELD = re.compile(
    rf"\b(no|not|don't|never|without|any|threw|thrown|gave|given|took|hate) (\w+ ){{0,3}}{_ARMS}\b|\bdoctors?\b|\block"
)


def company(reading: Reading) -> bool:
    """Somebody is beside the one who writes, or on the way to them."""
    text = reading.low
    return bool(_COMPANY.search(text) or _UNDER_WAY.search(text)) and not _NOT_SO.search(text)


def within_reach(reading: Reading) -> bool:
    """Where it is that could be used, not locked."""
    text = reading.low
    held = _HELD.search(text) is not None and _NOT_HELD.search(text) is None
    return (held or _MEANS.search(text) is not None) and _LOCKED.search(text) is None
