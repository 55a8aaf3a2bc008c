"""A word floor for other languages: plain statements of risk, so that an English ear does not pass over them.

It knows no grammar. Which words is data (rules/other/floor.yaml), and no native reader has checked them yet.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal, Span
from nlp.rules import RuleError, load_mapping

TABLE = "rules/other/floor.yaml"
FRAMES = {
    "want": (Kind.WISH_DEAD, Tier.T2),
    "kill": (Kind.ACTIVE_IDEATION, Tier.T2),
    "now": (Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3),
    "self_harm": (Kind.SELF_HARM, Tier.T2),
    "violence": (Kind.ABUSE_OR_DANGER, Tier.T2),
    "harm": (Kind.HARM_TO_OTHERS, Tier.T2),
    "emergency": (Kind.MEDICAL_EMERGENCY, Tier.T3),
}
_BACK = 20  # characters looked back for "not"
_UNSPACED = frozenset(("ja", "zh", "ko"))
_IGNORED = re.compile("[\u0300-\u036f\u200b\u200d\u2060\ufeff\u00ad'’ʻʼ`‘]")


@dataclass(frozen=True)
class ForeignRule:
    """One frame of one language; compiled when first needed, which for most talks is never."""

    id: str
    language: str
    kind: Kind
    tier: Tier
    written: str
    denied: str  # what must not stand before it; empty where nothing does

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.written, self.language)

    @cached_property
    def not_after(self) -> re.Pattern[str] | None:
        return _compiled(self.denied, self.language) if self.denied else None


@dataclass(frozen=True, slots=True)
class ForeignFloor:
    rules: tuple[ForeignRule, ...]

    @classmethod
    def load(cls) -> "ForeignFloor":
        """Reads the words of all languages. RuleError if a language lacks a frame."""
        return cls(tuple(rule for language, frames in load_mapping(TABLE).items() for rule in _rules(language, frames)))

    def warm(self) -> None:
        """Compiles every pattern now. RuleError names the language of one that is wrong."""
        for rule in self.rules:
            rule.pattern.search("")
            if rule.not_after is not None:
                rule.not_after.search("")

    def read(self, text: str) -> tuple[Signal, ...]:
        """Asserted signs, in order of place; spans are code points of `text`."""
        plain, places = _plain(text)
        found = [
            Signal(rule.kind, Status.ASSERTED, rule.tier, rule.id, _span(places, match))
            for rule in self.rules
            for match in rule.pattern.finditer(plain)
            if rule.not_after is None or not rule.not_after.search(plain, max(0, match.start() - _BACK), match.start())
        ]
        return tuple(sorted(found, key=lambda signal: (signal.span, signal.rule)))


def _rules(language: str, frames: dict[str, str]) -> list[ForeignRule]:
    if set(frames) != {*FRAMES, "not_after"}:
        raise RuleError(f"{TABLE}: {language}: frames are missing or unknown")
    before = rf"(?<!\w)(?:{frames['not_after']}) $" if frames["not_after"] else ""
    return [
        ForeignRule(f"{language}_{name}", language, kind, tier, _whole(frames[name], language), before)
        for name, (kind, tier) in FRAMES.items()
    ]


def _whole(pattern: str, language: str) -> str:
    return pattern if language in _UNSPACED else rf"(?<!\w)(?:{pattern})(?!\w)"


def _compiled(pattern: str, language: str) -> re.Pattern[str]:
    try:
        return re.compile(_plain(pattern.replace(".?", ""))[0])
    except re.error as error:
        raise RuleError(f"{TABLE}: {language}: {error}") from error


def _plain(text: str) -> tuple[str, list[int]]:
    """Lower case without accents, apostrophes or invisible marks; and the place in `text` of each character kept."""
    kept = [(_letter(char), at) for at, char in enumerate(text) if not _IGNORED.match(char)]
    return "".join(char for char, _ in kept), [at for _, at in kept]


def _letter(char: str) -> str:
    """One character for one. Only accents go: the vowel signs of other scripts are part of the word."""
    lower = char.lower()
    if len(lower) > 1:
        return lower[0]
    parts = unicodedata.normalize("NFD", lower)
    plain = len(parts) > 1 and all("\u0300" <= mark <= "\u036f" for mark in parts[1:])
    return "i" if lower == "ı" else parts[0] if plain else lower


def _span(places: list[int], match: re.Match[str]) -> Span:
    return Span(places[match.start()], places[match.end() - 1] + 1)
