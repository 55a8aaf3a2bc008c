"""What free words in an episode have said already, so that nobody is asked for it again. None of it lowers the tier."""

import re
from collections.abc import Iterable

from bot.care import crisis_barriers
from bot.care.bleak import bleak
from bot.care.crisis_routes import Route
from bot.care.episode import Episode
from bot.care.memory import touches
from nlp.labels import Tier
from nlp.reading import Clause, Reading

_LONGEST = 140  # characters of a clause that is said back before a question

_COMPANY = re.compile(
    r"\b(?<!no )(?<!not )(my \w+|a (friend|neighbou?r|nurse|doctor)|someone|somebody|he|she|they)('s| is| are|'re)"
    r" (just |now |already |nearly |almost |right |sitting |standing )*(here|with me|next to me|beside me|holding me|"
    r"at the door|coming( over| now| home| to me)?(?= *(?:[.,!]|and |$))|"
    r"on (his|her|their|the) way)\b|\b(i'm|i am) (now |here )*with (my (mum|mom|dad|sister|brother|friend|neighbou?r|"
    r"wife|husband|partner|boyfriend|girlfriend|aunt|uncle|flatmate|roommate)|a (friend|neighbou?r|nurse|doctor))\b"
)
_NO_PLAN = re.compile(
    r"\b(no plans?\b(?! b)|(don't|do not|haven't|have not)( really| actually)? (have|got|made) (a |any )?plans?|"
    r"not planning (to|on|any)|(not going to|won't|wouldn't|would never|not gonna)( ever| actually| really)* "
    r"(do (anything|it|something)|act on (it|them)))\b"
)


_PLAN = re.compile(
    r"\bi('ve| have)( got)? (a plan( for (it|tonight|today)| to (do it|die|end\b.*))?(?= *(?:[.,!]|and |$))|"
    r"(it|everything|this) (all )?(planned|ready|worked out)|planned (it|everything|this))|"
    r"\b(it's|it is|it's all|it is all) planned\b|"
    r"\bi know (exactly )?(how|when|where) i('ll| will| am going to|'m going to) do it\b"
)

_COMING = re.compile(
    r"\b((i|i'm|he|he's|she|she's|they|they're|we|we're)( am| is| are| have| has|'ve)?( now| just)*"
    r" (calling|called|rang|ringing|phoned|on the phone)\b(?! (me|you|it))|"
    r"(ambulance|paramedics?|help|doctor)('s| is| are) (here|on (its|the|their) way|coming)|"
    r"(drive|driving|take|taking|bring|bringing|go|going|at)( me| us)? (to )?(the |a )?"
    r"(hospital|er|emergency room|a&e|clinic)\b|(wake|woke|waking|get|getting) (her|him|them|my \w+) up\b|"
    r"(i'll|i will) wake (her|him|them|my \w+)|i('ve| have| just)* (knocked|woken|woke)( |$|[.,!]))"
)
_NEAR = re.compile(
    r"\b(my \w+|he|she|they|(a|the) neighbou?rs?)('s| is| are|'re)( \w+)? "
    r"(asleep|sleeping|upstairs|downstairs|next door|in bed|in the (next|other|living) room|at home|"
    r"down the (hall|road|street))\b"
)
_BYES = re.compile(r"\b(texted|said|wrote|written|messaged|sent|told) (\w+ ){0,2}(my )?(good)?byes?\b")
_SCARED = re.compile(r"^(and |but |i'?m |i am |so |really |very )*(scared|afraid|frightened|terrified)[ .!]*$")
_IN_CARE = re.compile(
    r"\b(my|have a|got a) (therapist|counsell?or|psychiatrist|psychologist|shrink|midwife|health visitor|"
    r"social worker)\b|\bin therapy\b"
)
_PLACE = (
    "drawer|table|desk|closet|cupboard|cabinet|nightstand|bed|bedroom|bedside|car|kitchen|study|garage|shed|safe|bag|"
    "pocket|bathroom|shelf|box|basement|attic|counter|floor|lap|hand|other room"
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
_DANGER = (
    ("coming", _COMING), ("with", _COMPANY), ("locked", _LOCKED), ("away", _MEANS), ("near", _NEAR), ("byes", _BYES),
    ("scared", _SCARED), ("decided", _DECIDED), ("overheard", _OVERHEARD),
)  # fmt: skip
_THEM = r"(him|her|them)"
_OF_ANOTHER = (
    ("with", re.compile(
        rf"\b(with|beside|next to|holding|found) {_THEM}( now)?\b|"
        r"\b(he|she|they)('s| is|'re| are) (alive|breathing|awake|ok|okay|safe|back|here)\b"
    )),
    ("coming", re.compile(
        r"\b(driving|going|heading|running|coming|rushing|went|flying) (there|over|to (him|her|them|the \w+))\b|"
        r"\bon (my|his|her|their|the|its) way\b|\b(called|calling|rang|phoned|told) (911|999|112|000|111|the police|"
        r"an ambulance|emergency|them)\b|\b(police|ambulance|paramedics)\b"
    )),
    ("unreached", re.compile(
        r"\b(not|isn'?t|won'?t|doesn'?t|hasn'?t|stopped|no longer) (\w+ )?(pick\w*|answer\w*|repl\w+|read\w*|open\w*|"
        r"respond\w*)\b|\b(can'?t|couldn'?t) (reach|find|get (hold|through))\b|\b(don'?t|dunno|no idea) (know )?"
        r"(exactly )?(where|his|her|their)\b|\b(far away|another (city|country|town))\b|\b\d+ ?(km|miles|hours?)\b"
    )),
    ("dread", re.compile(
        r"\btoo late\b|\bwhat if\b|\bmy fault\b|\bshould have\b|\b(if|when) (they|i|we) (find|lose|get there)\b"
    )),
    ("scared", re.compile(
        r"\b(shaking|trembling|crying|scared|afraid|terrified|panick\w*|can'?t (breathe|think|stop)|freaking)\b"
    )),
)  # fmt: skip


def danger(reading: Reading) -> str:
    """Of words in an urgent hour that are no sign by themselves: "away" from what could harm, help "coming", somebody
    "with" them or "near"; "" for others."""
    text = reading.low
    return next((name for name, pattern in _DANGER if pattern.search(text)), "")


def of_another(reading: Reading) -> str:
    """The same of the one a helper fears for: somebody "with" them or "coming", "unreached", "dread", "scared"."""
    text = reading.low
    return next((name for name, pattern in _OF_ANOTHER if pattern.search(text)), "")


def note(episode: Episode, reading: Reading) -> None:
    """Who has somebody for the weeks after is not told how to find one; what is refused stays refused."""
    if _IN_CARE.search(reading.low):
        passed(episode, "care")
    refused = crisis_barriers.refused(reading)
    episode.given += [refused] if refused and refused not in episode.given else []


def known(episode: Episode) -> list[str]:
    """What a later step must know of: that doctors, a line or rescue were refused, that somebody was thought of."""
    worlds = {"doctor": "no_doctor", "hotline": "no_line", "ambulance": "no_rescue", "person": "thought_of"}
    return [world for name, world in worlds.items() if name in episode.given]


_WAY = re.compile(
    r"\bi know (exactly )?(how|what) (i'd|i would|i could|i'll|to) (do|use|end)\b|\bi('ve| have) (a way|the means)\b|"
    r"\bi have (everything|what) i need\b|\bi('ve| have) thought about how\b"
)
_NOT_NOW = re.compile(r"\bnot (today|tonight|now|right now|yet)\b")
_MIGHT = re.compile(
    r"\b(i|it) (might|could|may)\b|\bif (they|he|she|it|i)\b.*\b(don't know|not sure|might|would)\b|\bbut if\b"
)
_WONT = re.compile(r"\b(not going to|won't|wouldn't|would never|not gonna)\b")
_WHOM = (
    (
        "him",
        re.compile(
            r"\bmy (\w+ )?(son|brother|husband|boyfriend|dad|father|uncle|nephew|grandson|grandpa|stepson|boy)\b"
        ),
    ),
    (
        "her",
        re.compile(
            r"\bmy (\w+ )?(daughter|sister|wife|girlfriend|mum|mom|mother|aunt|niece|granddaughter|gran|girl)\b"
        ),
    ),
)
_SPOKEN_OF = (
    ("her", re.compile(r"^(?!.*\b(he|him|his|he's)\b).*\b(she|her|she's)\b", re.DOTALL)),
    ("him", re.compile(r"^(?!.*\b(she|her|she's)\b).*\b(he|him|his|he's)\b", re.DOTALL)),
)
_YOUNG = re.compile(
    r"\bmy (\w+ )?(son|daughter|kid|child|teen\w*|boy|girl|grandson|granddaughter|nephew|niece|stepson|stepdaughter)\b"
)


def not_now(reading: Reading) -> bool:
    """Not today, by their own account."""
    return bool(_NOT_NOW.search(reading.low))


def way(reading: Reading) -> bool:
    """A way is known, by their own account, whatever is said of the time."""
    return bool(_WAY.search(reading.low)) and not no_plan(reading)


def way_first(episode: Episode, reading: Reading) -> None:
    """Where a way was told: distance first, and who wrote "not today" is not asked about today."""
    if way(reading):
        means_first(episode)
        passed(episode, *(["plan"] if not_now(reading) else []))


def means_first(episode: Episode) -> None:
    """Distance from what could be used comes before any other step, once in an episode."""
    name = f"{Route.SUICIDE}.means"
    if name not in (*episode.done, *episode.queue) and episode.tier < Tier.T3:
        episode.queue.insert(0, name)


def of_today(reading: Reading) -> list[str]:
    """What they wrote of today: that it "might" be, that they are not going to ("wont"), no plan ("denied")."""
    if _MIGHT.search(reading.low):
        return ["might"]
    if no_plan(reading):
        return ["wont"] if _WONT.search(reading.low) else ["denied"]
    return []


def whom(episode: Episode, reading: Reading) -> None:
    """Of whom a helper writes: remembered as a pronoun, and whether it is a child or a youth."""
    text = reading.low
    episode.whom = episode.whom or next((name for name, pattern in (*_WHOM, *_SPOKEN_OF) if pattern.search(text)), "")
    episode.young = episode.young or bool(_YOUNG.search(text))


def plan(reading: Reading) -> bool:
    """There is a plan, by their own account; only where danger to their life was told."""
    return bool(_PLAN.search(reading.low)) and not no_plan(reading)


def nothing(reading: Reading) -> bool:
    """Dots, and nothing else."""
    return bool(reading.text.strip()) and not reading.text.strip(" .…-\n")


def no_plan(reading: Reading) -> bool:
    """There is no plan, by their own account."""
    return bool(_NO_PLAN.search(reading.low))


def passed(episode: Episode, *steps: str) -> bool:
    """Take these steps out of those still to come; whether there was one."""
    found = [name for name in episode.queue if name.rpartition(".")[2] in steps]
    episode.queue = [name for name in episode.queue if name not in found]
    episode.done += found
    return bool(found)


def own_words(reading: Reading, off_limits: Iterable[str]) -> Clause | None:
    """A clause of theirs that may be said back in an episode: short, no way out barred in it, nothing off-limits."""
    fitting = (
        clause
        for clause in reading.clauses
        if len(clause.text) <= _LONGEST
        and "?" not in clause.text
        and not bleak(clause.text)
        and not touches(clause.text, off_limits)
    )
    return next(fitting, None)
