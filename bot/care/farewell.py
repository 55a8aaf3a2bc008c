"""Hears a goodbye at the end of a message, whatever came before it, and answers it as one.

Thanks, a kind wish, an apology or a plan that came with it get a few words; nothing is said back, nothing is asked.
"""

import re

from bot.care.apologies import apologises
from bot.care.draft import Draft
from bot.care.listening import Listener
from nlp.labels import Mood
from nlp.reading import Reading
from responses.pick import Wanted

_LAST = 2  # sentences at the end in which a goodbye may stand
_MOST = 2  # words of courtesy before the goodbye itself
_JOINT = r"(?:^|[.!?,;\n\u2026)] ?|\b(?:ok|okay|so|well|anyway|right|then|and|now|thanks|thank you|yes|yeah|mate|but) )"
_NIGHT = re.compile(
    rf"{_JOINT}(?:good ?night|night[ -]?night|nighty night|sleep well|sweet dreams|gn|nn|nite)\b(?! (?:out|in"
    rf"|shift|kiss|was|is))"
    rf"|{_JOINT}(?:going|off|heading)(?: off)? to (?:bed|sleep)\b"
    r"|\b(?:i'm|im|i am|i'll|i will|i shall|i|gonna|now i|should|must|need to|have to|gotta|time to|off|better)"
    r"(?: \w+){0,2}? (?:go |get |try |going |off |head )*(?:to )?(?:sleep|bed)(?= (?:now|then|because|cos"
    r"|before|so|bye|a (?:little|bit)"
    r"|soon)\b| ?[.,!?\n]|$)"
)
_BYE = re.compile(
    rf"{_JOINT}(?:bye|goodbye|good bye|cya|ciao|ttyl|see (?:you|ya|u)|take care|gtg|g2g|farewell|laters|cheerio"
    rf"|i'?m out|"
    r"i'?m off|(?:i )?(?:gotta|got to) (?:go|run|dash))(?= (?:now|then|soon|later|tomorrow|bye|bot|for now|thx"
    r"|thanks|mate|and|x+|"
    r"of yourself|warmline|everyone|all|my)\b| ?[^\w ']|$)|\bbye(?:[ -]?bye)?(?: \w+)?[ .!]*$"
)
_NOT_NOW = re.compile(
    r"\b(?:can't|cannot|couldn't|won't|don't|never|didn't|tried|when|if|he|she|they|said|says|last|every)\b"
)
_WISH = re.compile(
    r"\b(?:god bless|bless you|blessings|(?:happy|merry|good) (?:christmas|xmas|new year|easter|eid|diwali"
    r"|hanukkah|holidays?)|"
    r"all the best|(?:have|wish you) a \w+ (?:day|night|evening|week|weekend)|same to you)\b"
)
_PLAN = re.compile(
    r"\b(?:i'll|i will|i shall|i'm going to|i am going to|gonna|might|i think i will"
    r"|i could)\b[^.!?\n]*\b(?:ask|call|ring|phone|"
    r"tell|talk|speak|write|text|try|meet|visit|apply)\b"
)


def takes_leave(reading: Reading) -> bool:
    """An outright goodbye in the last sentences; a question beside it, or a verdict on themselves, comes first."""
    if any(found.sure and found.name in ("shame", "guilt") for found in reading.self_talk):
        return False
    ends = _ends(reading)
    return not any("?" in one for one in ends) and any(_says_night(one) or _BYE.search(one) for one in ends)


def say_goodbye(listener: Listener, draft: Draft) -> None:
    """A word for what came with it, and the goodbye: evening words for a good night. Empty where no night was named."""
    reading = listener.reading
    for found, shelf in (
        (apologises(reading), "talk.opening.sorry"),
        (reading.did("thanks"), "talk.farewell.thanks"),
        (_WISH.search(reading.low), "talk.farewell.wish"),
        (_PLAN.search(_before(reading)), "talk.farewell.plan"),
    ):
        if found and len(draft.parts) < _MOST:
            _say(listener, shelf, draft)
    heavy = reading.mood in (Mood.NEGATIVE, Mood.MIXED)
    night = any(_says_night(one) for one in _ends(reading))
    _say(listener, f"talk.farewell.{'night' if night else 'day'}{'-heavy' if heavy else ''}", draft)


def _ends(reading: Reading) -> list[str]:
    """The last sentences, in small letters."""
    found = [one.strip() for one in re.findall(r"[^.!?\n\u2026]+[.!?\n\u2026]*", reading.low)]
    return [one for one in found if any(letter.isalpha() for letter in one)][-_LAST:]


def _before(reading: Reading) -> str:
    """What was told before the thanks or the goodbye."""
    return re.split(r"\b(?:thank|thanks|good ?night|bye|sleep|bed)\b", reading.low)[0]


def _says_night(sentence: str) -> bool:
    night = _NIGHT.search(sentence)
    return night is not None and not _NOT_NOW.search(sentence, 0, night.end())


def _say(listener: Listener, shelf: str, draft: Draft) -> None:
    said = frozenset(listener.memory.said)
    exact = {entry.id for entry in listener.voice.library.shelf(shelf).entries if entry.id != shelf}
    wanted = Wanted(shelf=shelf, said=said, used=frozenset(exact))
    picked = listener.pick(wanted) or listener.pick(Wanted(shelf=shelf, used=frozenset(exact)))
    if picked is not None:
        draft.add(picked)
