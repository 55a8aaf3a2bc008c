"""What a clause would say too flat: a despair or an absolute as if it were so, an admission, a verdict in other words.

An absolute of now is said back only as a feeling ("it feels as if ..."); what else sounds flat is left alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlp.clauses.guard import FILE
from nlp.clauses.words import Framed
from nlp.clauses.words import low as at_place
from nlp.labels import AS_FELT, Mood
from nlp.rules import any_word

_PAST = frozenset({"VBD"})
# Frames that already say it is how the speaker feels or thinks, or that somebody else said it.
_MARKED = frozenset({"feel", "afraid", "think", "seems", "want", "told", "untold", "said", "miss", "love"})
_STILL_SAID = _MARKED | {"cant", "dont_know", "need", "makes_me"}  # beside a guilt or a shock elsewhere in the message
_LONGEST = 10  # words that "it feels as if" reaches over
_SEVERAL = re.compile(r",|\band\b|\bto never\b|\bnever been so\b|\bnever so\b")
_SPEAKER = frozenset({"i", "we", "my", "our"})
_NOBODY = frozenset({"nobody", "no", "noone"})
_OPENS_ABSOLUTE = frozenset("nobody no noone nothing nowhere none everyone everybody everything there".split())


@dataclass(frozen=True, slots=True)
class Flat:
    absolutes: re.Pattern[str]
    admissions: re.Pattern[str]
    guilt: re.Pattern[str]
    shocks: re.Pattern[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Flat":
        """From `flat` of rules/en/clauses.yaml."""
        return cls(
            **{
                name: any_word(data[name], f"{FILE}: flat: {name}")
                for name in ("absolutes", "admissions", "guilt", "shocks")
            }
        )

    def burdened(self, message: str) -> bool:
        """Guilt, an accident, violence or a death stands in the message: a plain fact of it may miss its heart."""
        plain = message.lower().replace("\u2019", "'")
        return bool(self.guilt.search(plain) or self.shocks.search(plain))

    @staticmethod
    def bears_a_burden(frame: str, mood: Mood) -> bool:
        """Whether a clause says how it is for them, so that it does not miss the heart of a burdened message."""
        return frame in _STILL_SAID or mood is Mood.POSITIVE

    def frame(self, text: str, framed: Framed, mood: Mood, opening: str) -> str | None:
        """The frame that `text`, turned to "you", may be said back in; None where it is left alone."""
        low = text.lower()
        if self.admissions.search(low):
            return None
        constant = re.search(r"\b(?:never|always)\b", low)
        if framed.name == "said" and (constant or opening in _NOBODY):
            return None
        if framed.name == "feel" and mood is Mood.POSITIVE and framed.verb.tag_ in _PAST:
            return None  # how good it felt then says nothing of now
        if mood is Mood.POSITIVE or framed.name in _MARKED or not self.absolutes.search(low):
            return framed.name
        if framed.verb.tag_ in _PAST or at_place([framed.verb], 0) in ("did", "was", "were", "had"):
            return None
        if len(low.split()) > _LONGEST or _SEVERAL.search(low):
            return None
        return AS_FELT if opening in _SPEAKER | _OPENS_ABSOLUTE or framed.dropped or constant else None
