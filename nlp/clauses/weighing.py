"""What a clause is measured by when a listener chooses what to say back, and how much it is worth by that.

The worth is a sum over these traits. Its weights are learned from messages of which each clause was judged to be good
to say back, thin, or wrong (examples/en/said_back.yaml, nlp.train_said_back).
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nlp import rules
from nlp.clauses.guard import FILE
from nlp.labels import Mood

WEIGHTS = "weights/said_back.json"
_FRAMES = {
    **{"feel": 5.0, "afraid": 5.0, "makes_me": 4.5, "both_sides": 4.0},
    **{"miss": 4.0, "cant": 4.0, "dont_know": 4.0, "untold": 4.0},
    **{"want": 3.5, "seems": 3.5, "keep": 3.5, "used_to": 3.3},
    **{"there": 3.0, "have_to": 3.0, "dont": 3.0, "love": 3.0, "it_is": 3.0, "think": 2.8},
    **{"how_long": 1.8},
}
ANY_FRAME = 2.5  # of a plain fact
_MANY_WORDS, _FEW_WORDS, _TOO_MANY, _FAR_TOO_MANY = 12, 5, 14, 20
_MANY_SENTENCES = 8
_DENYING = re.compile(r"n't\b|\b(?:not|never|no|nobody)\b")
_SPEAKER = re.compile(r"\b(?:you|your|you're|you've|you'd|you'll|yourself)\b")
_NEAR = 25  # characters around a clause within which a laugh belongs to it

Traits = dict[str, float]  # from -1 to 1 but for a few; what is not named is 0


def frame_weight(frame: str) -> float:
    """How telling a frame is by itself: of two joined clauses the pair is taken for the more telling."""
    return _FRAMES.get(frame, ANY_FRAME)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: from where to where (0 to 1 of its message), in which sentence; the last one is `last`."""

    start: float
    end: float
    sentence: int
    last: int


@dataclass(frozen=True)
class Whole:
    """A message as its clauses are measured against it. `value` is its sentiment."""

    text: str
    value: float
    weighing: "Weighing"

    @cached_property
    def traits(self) -> Traits:
        """What all clauses of the message share."""
        return {
            "message_hurts": min(self.hurting, 3) / 3,
            "message_value": self.value,
            "message_jokes": float(bool(self.weighing.joking.search(self.text))),
            "message_harsh": float(bool(self.weighing.harsh.search(self.text.lower()))),
            "message_asks": float(self.text.rstrip().endswith("?")),
            "message_quotes": float('"' in self.text),
        }

    @cached_property
    def hurting(self) -> int:
        """How many words that hurt stand in it."""
        return self.weighing.hurting_in(self.text)


@dataclass(frozen=True, slots=True)
class Weighing:
    weighty: tuple[frozenset[str], ...]  # families of words: loss, fear, conflict ...
    setting: frozenset[str]  # words that only say when, where and that something went on
    hurting: frozenset[str]  # words that show, wherever they stand, that something hurts
    joking: re.Pattern[str]
    harsh: re.Pattern[str]  # words by which people speak ill of what somebody did, mostly themselves

    @classmethod
    def of(cls, data: Mapping[str, Mapping[str, Sequence[str]]]) -> "Weighing":
        """From `weighing` of rules/en/clauses.yaml."""
        families = tuple(frozenset(words) for words in data["weighty"].values())
        setting = frozenset(word for words in data["setting"].values() for word in words)
        joking = re.compile("|".join(rules.texts(data["joking"]["patterns"], f"{FILE}: joking")), re.IGNORECASE)
        harsh = rules.any_word(data["harsh"]["words"], f"{FILE}: weighing: harsh")
        return cls(families, setting, frozenset(data["hurting"]["words"]), joking, harsh)

    def traits(self, text: str, mood: Mood, value: float, place: Place, whole: Whole) -> Traits:
        """What a clause turned to "you", with its `mood` and sentiment, is measured by."""
        words = text.lower().replace(",", "").split()
        low, count = text.lower(), len(words)
        length = len(whole.text)
        near = whole.text[max(0, round(place.start * length) - _NEAR) : round(place.end * length) + _NEAR]
        found = {
            "words": min(count, _MANY_WORDS) / _MANY_WORDS,
            "few_words": max(0, _FEW_WORDS - count) / _FEW_WORDS,
            "many_words": max(0, count - _TOO_MANY) / (_FAR_TOO_MANY - _TOO_MANY),
            "start": place.start,
            "end": place.end,
            "share": place.end - place.start,
            "in_last_sentence": float(place.sentence == place.last),
            "in_first_sentence": float(place.sentence == 0),
            "sentences": min(place.last, _MANY_SENTENCES) / _MANY_SENTENCES,
            "value": value,
            "hurts": min(self.hurting_in(text), 2) / 2,
            "weighty": min(self.families(words), 3) / 3,
            "denies": float(bool(_DENYING.search(low))),
            "has_number": float(any(character.isdigit() for character in text)),
            "commas": min(text.count(","), 2) / 2,
            "only_setting": float(self.only_setting(words)),
            "harsh": float(bool(self.harsh.search(low))),
            "joke_near": float(bool(self.joking.search(near))),
            "of_others_alone": float(not _SPEAKER.search(low)),
            "opens_with_you": float(low.startswith("you")),
            "opens_with_it": float(low.startswith("it")),
        }
        return {**found, f"mood_{mood.value}": 1.0, **whole.traits}

    def families(self, words: Sequence[str]) -> int:
        """How many kinds of weighty words stand among `words`."""
        return sum(not family.isdisjoint(words) for family in self.weighty)

    def hurting_in(self, text: str) -> int:
        """How many words that hurt stand in `text`."""
        return sum(word in self.hurting for word in re.findall(r"[a-z']+", text.lower().replace("\u2019", "'")))

    def only_setting(self, words: Sequence[str]) -> bool:
        """Nothing but when, where and that something went on: "you were in the shower"."""
        return all(word in self.setting or word[0].isdigit() for word in words)


@dataclass(frozen=True, slots=True)
class Worth:
    """The learned weights: worth 1 is a good clause, 0 a thin, -2 a wrong one, and 1 more the best of its message."""

    weights: Mapping[str, float]
    base: float
    least: float  # what a clause must be worth to be said back

    @classmethod
    def load(cls) -> "Worth":
        """As built. rules.RuleError if the file is missing or damaged."""
        try:
            found: Any = json.loads(rules.data_file(WEIGHTS).read_text(encoding="utf-8"))
            weights = {str(name): float(weight) for name, weight in found["weights"].items()}
            base, least = float(found["base"]), float(found["least"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise rules.RuleError(f"{WEIGHTS}: {type(error).__name__}") from error
        if not all(map(math.isfinite, (base, least, *weights.values()))):
            raise rules.RuleError(f"{WEIGHTS}: no number")
        return cls(weights, base, least)

    def of(self, traits: Traits) -> float:
        return self.base + sum(self.weights.get(name, 0.0) * value for name, value in traits.items())
