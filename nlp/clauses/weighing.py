"""Ranks clauses by what a good listener would pick up: what weighs most for the person, and what they end on.

Setting, time and small facts come last. A weight is only for ranking; it says nothing about how sure a clause is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.labels import Mood

_FRAMES = {
    **{"feel": 5.0, "afraid": 5.0, "makes_me": 4.5, "both_sides": 4.0},
    **{"miss": 4.0, "cant": 4.0, "dont_know": 4.0, "untold": 4.0},
    **{"want": 3.5, "seems": 3.5, "keep": 3.5, "used_to": 3.3},
    **{"there": 3.0, "have_to": 3.0, "dont": 3.0, "love": 3.0, "it_is": 3.0, "think": 2.8},
    **{"how_long": 1.8},
}
ANY_FRAME = 2.5  # of a plain fact
_OF_A_MOOD = 0.8
_FAMILY, _MOST_FAMILIES = 0.9, 2
_AT_THE_END, _LAST_SENTENCE, _FIRST_SENTENCE = 1.0, 0.6, 0.3
_OF_THEMSELVES = 0.3
_A_WORD, _MOST_WORDS = 0.05, 14
_SETTING = -2.0
_SPEAKER = frozenset("you you're you've you'd you'll your yours yourself yourselves".split())


def frame_weight(frame: str) -> float:
    """What a clause of `frame` weighs by its frame alone."""
    return _FRAMES.get(frame, ANY_FRAME)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: which sentence of how many, and how far through the message it ends (0 to 1)."""

    sentence: int
    last: int
    through: float


@dataclass(frozen=True, slots=True)
class Weighing:
    weighty: tuple[frozenset[str], ...]  # families of words: loss, fear, conflict ...
    setting: frozenset[str]  # words that only say when, where and that something went on
    hurting: frozenset[str]  # words that show, wherever they stand, that something hurts

    @classmethod
    def of(cls, data: Mapping[str, Mapping[str, Sequence[str]]]) -> "Weighing":
        """From `weighing` of rules/en/clauses.yaml."""
        families = tuple(frozenset(words) for words in data["weighty"].values())
        setting = frozenset(word for words in data["setting"].values() for word in words)
        return cls(families, setting, frozenset(data["hurting"]["words"]))

    def weight(self, frame: str, text: str, mood: Mood, place: Place) -> float:
        """How much a clause of `frame` weighs beside the others of its message."""
        words = text.lower().replace(",", "").split()
        return (
            frame_weight(frame)
            + (_OF_A_MOOD if mood is not Mood.NEUTRAL else 0.0)
            + _FAMILY * min(self.families(words), _MOST_FAMILIES)
            + _AT_THE_END * place.through
            + (_LAST_SENTENCE if place.sentence == place.last else _FIRST_SENTENCE if place.sentence == 0 else 0.0)
            + (0.0 if _SPEAKER.isdisjoint(words) else _OF_THEMSELVES)
            + _A_WORD * min(len(words), _MOST_WORDS)
            + (_SETTING if mood is Mood.NEUTRAL and self.only_setting(words) else 0.0)
        )

    def families(self, words: Sequence[str]) -> int:
        """How many kinds of weighty words stand among `words`."""
        return sum(not family.isdisjoint(words) for family in self.weighty)

    def hurting_in(self, text: str) -> int:
        """How many words that hurt stand in `text`."""
        return sum(word in self.hurting for word in re.findall(r"[a-z']+", text.lower().replace("\u2019", "'")))

    def only_setting(self, words: Sequence[str]) -> bool:
        """Nothing but when, where and that something went on: "you were in the shower"."""
        return all(word in self.setting or word[0].isdigit() for word in words)
