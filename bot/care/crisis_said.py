"""What free words in an episode have said already, so that nobody is asked for it again. None of it lowers the tier."""

import re

from bot.care.episode import Episode
from nlp.reading import Reading

_COMPANY = re.compile(
    r"\b(?<!no )(?<!not )(my \w+|a (friend|neighbou?r|nurse|doctor)|someone|somebody|he|she|they)('s| is| are|'re)"
    r" (just |now |already |nearly |almost )*(here|with me|next to me|beside me|holding me|at the door|"
    r"coming( over| now| home| to me)?(?= *(?:[.,!]|and |$))|"
    r"on (his|her|their|the) way)\b|\b(i'm|i am) (now |here )*with (my (mum|mom|dad|sister|brother|friend|neighbou?r|"
    r"wife|husband|partner|boyfriend|girlfriend|aunt|uncle|flatmate|roommate)|a (friend|neighbou?r|nurse|doctor))\b"
)
_NO_PLAN = re.compile(
    r"\b(no plans?\b(?! b)|(don't|do not|haven't|have not)( really| actually)? (have|got|made) (a |any )?plans?|"
    r"not planning (to|on|any)|(not going to|won't|wouldn't|would never|not gonna)( ever| actually| really)* "
    r"(do (anything|it|something)|act on (it|them)))\b"
)


def company(reading: Reading) -> bool:
    """Somebody is there, or nearly."""
    return bool(_COMPANY.search(_plain(reading)))


def no_plan(reading: Reading) -> bool:
    """There is no plan, by their own account."""
    return bool(_NO_PLAN.search(_plain(reading)))


def passed(episode: Episode, *steps: str) -> bool:
    """Take these steps out of those still to come; whether there was one."""
    found = [name for name in episode.queue if name.rpartition(".")[2] in steps]
    episode.queue = [name for name in episode.queue if name not in found]
    episode.done += found
    return bool(found)


def _plain(reading: Reading) -> str:
    return reading.text.replace("\u2019", "'").casefold()
