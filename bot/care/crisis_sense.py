"""What stands in a message beside the danger: how it was told, what feeling shows, whether it is a bare word.

It picks between curated lines and nothing else; none of it raises or lowers the tier.
"""

import re

from bot.care.episode import Episode
from nlp.labels import Mood, Status
from nlp.reading import Reading

_TOLD = (  # of a disclosure, the first that fits
    ("holds_on", r"\b(would|could|will|'d) never (do|act|really|actually)\b|"
     r"\b(i have|i've got|because of|for) (my |\w+ )?"
     r"(kids|children|son|daughter|dog|cat|family)\b|\b(kids|children|family) need me\b"),
    ("burden", r"\bbetter off (without|if i)|\b(a|such a|just a|only a) (burden|weight)\b|"
     r"\bin (their|everyone'?s) way\b"),
    ("unseen", r"\b(no ?one|nobody|anybody|anyone)( \w+)? (notice|care|miss|mind|cry)\w*\b|\binvisible\b"),
    ("unwanted", r"\b(hate|scare[sd]?|frighten\w*|terrif\w+) (me|them|it|these|this|that|the thoughts)\b|"
     r"\bdon'?t want (them|these|those|the thoughts|to (do it|think|have))\b|\b(just|keep) (coming|come|popping)\b|"
     r"\b(won'?t|don'?t) (stop|go away)\b"),
    ("half", r"\b(not really|kind ?of|kinda|sort of|jk|kidding|joking|lol|lmao|haha\w*|mostly|whatever|half)\b|"
     r"[\U0001F600-\U0001F606\U0001F643]"),
    ("for_long", r"\bon and off\b|\bfor (so long|ages|decades|years|months)\b|\byears\b|\bsince i was\b|"
     r"\ball my life\b|\b(back )?again\b"),
    ("hinges", r"\b(if|unless) (i|it|this|that|they|he|she|we)\b"),
    ("hard_to_say", r"\b(awful|hard|terrible|bad|weird) to say\b|\bnever (told|said)\b|\bashamed\b|\bdon'?t judge\b|"
     r"\b(i know )?(it|this|that)('s| is| sounds) (stupid|pathetic|awful|crazy)\b"),
    ("worn_out", r"\b(tired|exhausted|worn out|drained|had enough|too much|done with)\b|"
     r"\bcan'?t (do|take|bear|stand|go on|keep|carry|anymore|any more)\b"),
)  # fmt: skip
_LOSS = re.compile(r"\b(too|as well|also|same|like (him|her|them)|follow|join)\b")
_TOLD_SO = tuple((name, re.compile(pattern)) for name, pattern in _TOLD)
_FEELING = {
    "afraid": ("fear", "anxiety", "shock"),
    "ashamed": ("shame", "guilt", "regret", "insecurity", "disgust"),
    "angry": ("anger", "frustration", "betrayal", "envy"),
    "lonely": ("loneliness",),
    "worn": ("exhaustion", "overwhelm", "numbness"),
    "sad": ("sadness", "grief", "hurt", "disappointment", "hopelessness", "helplessness", "longing"),
    "glad": ("joy", "excitement", "relief", "pride", "gratitude", "hope", "love", "calm"),
}
_SHORT = 4  # words
_BARE = re.compile(
    r"^((ok|okay|k|kk|alright|all right|right|sure|fine|yeah|yea|yep|yes|hm+|mm+|mhm|i see|i guess|i suppose|true|"
    r"thx|idk|dunno|i don'?t know|don'?t know|not sure|maybe|whatever|nothing|nm)[ ,.!]*)+$"
)
_UNSURE = re.compile(r"\b(idk|dunno|don'?t know|not sure|maybe|i guess|whatever)\b")
_NO_ONE = re.compile(
    r"\b(there'?s|there is|i have|i've got|have|got) (literally |really )?(no ?one|nobody|no friends|no family)\b|"
    r"\bdon'?t have any(one|body)\b|\bno ?one (left|at all|to (call|tell|talk to))\b"
)
_RELIEF = re.compile(
    r"\bwant (it|this|that|everything|all of it|the \w+)( all)? to (stop|end|be (over|quiet|still)|go away)\b|"
    r"\bwant (a break|rest|peace|quiet|some (rest|peace|quiet)|to (rest|sleep))\b"
)


def told(reading: Reading, episode: Episode) -> list[str]:
    """How a disclosure was put, as one name or none."""
    if "bereaved" in episode.given and _LOSS.search(reading.low):
        return ["after_loss"]
    return next(([name] for name, pattern in _TOLD_SO if pattern.search(reading.low)), [])


def shown(reading: Reading) -> str:
    """The feeling of their own that a calm message shows in so many words, or that it sounds glad; "" for others."""
    own = {f.name for f in reading.feelings if f.sure and f.holder == "self" and f.status is Status.ASSERTED}
    for name, feelings in _FEELING.items():
        if own & set(feelings) and (name == "glad") == (reading.mood is Mood.POSITIVE):
            return name
    return "glad" if reading.mood is Mood.POSITIVE and not own else ""


def bare(reading: Reading) -> str:
    """Whether a message is a bare word or two: "unsure" ("idk"), "short" ("ok", "yeah"); "" for more than that."""
    text = " ".join(reading.low.split()).strip(" .!")
    if len(text.split()) > _SHORT or not _BARE.match(text):
        return ""
    return "unsure" if _UNSURE.search(text) else "short"


def nobody(reading: Reading) -> bool:
    """There is no one, by their own account."""
    return _NO_ONE.search(reading.low) is not None


def wants_relief(reading: Reading) -> bool:
    """Not death but an end of the pain is wished for, by their own account."""
    return _RELIEF.search(reading.low) is not None
