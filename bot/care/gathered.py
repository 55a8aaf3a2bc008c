"""What of their own words a summary may hold: recent, clear by itself, each thing once, in keeping with the mood now.

Pure: memory in, clauses out.
"""

import re

from bot.care.bleak import bleak
from bot.care.memory import Memory
from nlp.labels import Mood

_RECENT = 8  # messages: what was told before that they may have moved away from
_FRESH = 3  # messages since the last of them: else the talk is about something else
_SAYS_SOMETHING = 5  # words of a clause worth gathering up
_POINTS_BACK = frozenset("he she they it this that these those there".split())  # at whom or what stood before
_DANGLES = re.compile(
    r"\b(?:about|of|with|for|like|at|to|from|by|on|in|after) (?:it|that|this|those|these|them|there|him|her)$|"
    r"\b(?:it|that|this|so|them|there)$|\b(?:this|that) (?:time|one|thing)\b|\bthe other\b"
)
_SMALL = frozenset(
    "a an the and or to of in on at for with that this it is are was were be been so very just really have has had do "
    "does did not no your you you're you've you'd you'll don't can't isn't he she they his her their them him".split()
)
_ALIKE = 0.5  # share of the briefer clause's words of substance


def gathered(memory: Memory) -> list[str]:
    """Clauses of theirs that a summary may hold, oldest first; of near-same ones the last."""
    first = memory.turn - min(_RECENT, memory.session_turn)
    calm = memory.mood == Mood.POSITIVE.value
    kept: list[str] = []
    newest = 0
    for phrase in memory.phrases:
        fits = phrase.what == "clause" and phrase.turn > first and stands_alone(phrase.text)
        if fits and not (calm and bleak(phrase.text)):
            kept = [text for text in kept if not _alike(text, phrase.text)] + [phrase.text]
            newest = phrase.turn
    return kept if memory.turn - newest <= _FRESH else []


def stands_alone(clause: str) -> bool:
    """Whether a clause still says something after a while: of the person or somebody named, and not too brief."""
    words = clause.lower().split()
    points = words[0].split("'")[0] in _POINTS_BACK
    joined = "and" in words  # in a list of clauses nobody could tell where it ends
    return not joined and len(words) >= _SAYS_SOMETHING and not points and not _DANGLES.search(clause.lower())


def _alike(some: str, other: str) -> bool:
    ours, theirs = _substance(some), _substance(other)
    briefer = min(len(ours), len(theirs))
    return briefer == 0 or len(ours & theirs) >= _ALIKE * briefer


def _substance(clause: str) -> set[str]:
    words = re.findall(r"[a-z']+", clause.lower())
    return {word[:5] for word in words if word not in _SMALL}
