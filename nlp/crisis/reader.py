"""The fuller reader of risk: patterns over the folded text, then context, then what signs mean together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from nlp.crisis.context import Meaning, Sign, judge, stands_with
from nlp.crisis.cues import Cue
from nlp.crisis.rules import CombineRule, ContextRule, RiskRule, RuleSet, load_rules, load_spellings
from nlp.crisis.tiers import tier_with
from nlp.fold import Folded, Folder
from nlp.kept import NOTHING, Kept
from nlp.labels import Kind, Status, Tier
from nlp.reading import Signal
from nlp.rules import RuleError

_PIECE, _OVERLAP = 400, 120  # characters
_MOST_OF_A_RULE, _MOST_SIGNS = 8, 60

_Written = RiskRule | Cue | ContextRule | CombineRule  # whatever holds a pattern


@dataclass(frozen=True, slots=True)
class CrisisReader:
    rules: RuleSet
    folder: Folder

    @classmethod
    def load(cls, language: str = "en", kept: Kept = NOTHING) -> "CrisisReader":
        """Reads and checks all rules. RuleError if one is wrong."""
        return cls(load_rules(language, kept), Folder(*load_spellings(language)))

    def warm(self) -> None:
        """Compiles every pattern now (some two seconds), so that no first message waits for it or meets a broken one.

        RuleError names the rule whose pattern is none.
        """
        found = self.rules
        written: tuple[_Written, ...] = (*found.rules, *found.cues, *found.contexts, *found.combines)
        for rule in written:
            try:
                _compiled(rule)
            except re.error as error:
                raise RuleError(f"{rule.id}: {error}") from error

    def read(self, text: str) -> tuple[Signal, ...]:
        """All signs in `text`, in order of place, each with its meaning and tier; a sign anywhere counts."""
        folded = self.folder.fold(text)
        open_text = self.rules.masks.sub(lambda found: "·" * len(found[0]), folded.text)
        signs = _most_telling(self._signs(open_text))
        signals = [self._signal(folded, sign) for sign in signs]
        counting = _supported(_strongest(signals, self.rules.supporting), self.rules.supporting)
        if all(signal.tier is Tier.T0 for signal in counting):
            counting += self._cues(folded, open_text)
        return tuple(sorted(counting, key=lambda signal: signal.span))

    def _cues(self, folded: Folded, text: str) -> list[Signal]:
        """The first place of each cue, at T0: where no rule counts, they tell the embedding head what to listen for.

        Figurative ones are looked for in all of the text, also where an idiom hides it from the rules.
        """
        found = [
            (cue, cue.pattern.search(text if cue.status is Status.ASSERTED else folded.text)) for cue in self.rules.cues
        ]
        return [
            Signal(cue.kind, cue.status, Tier.T0, cue.id, folded.span(*match.span())) for cue, match in found if match
        ]

    def _signs(self, text: str) -> list[Sign]:
        """Matches piece by piece, so that the time for any text grows with its length and no faster."""
        found: dict[tuple[str, int], Sign] = {}
        for start, end in _pieces(text):
            piece = text[start:end]
            for rule in self.rules.awake(piece):
                for match in islice(rule.pattern.finditer(piece), _MOST_OF_A_RULE):
                    sign = _sign(rule, match, start)
                    found.setdefault((rule.id, sign.core), sign)
        return list(found.values())

    def _signal(self, folded: Folded, sign: Sign) -> Signal:
        meaning = judge(folded.text, sign, self.rules.contexts)
        kind, tier = sign.rule.kind, tier_with(meaning.status, sign.rule.tier)
        if meaning.status is Status.ASSERTED:
            kind, tier = self._together(folded.text, sign, kind, tier)
        elif meaning.cue:
            kind, tier = _as_cue_says(meaning, kind, tier, sign.rule.tier)
        return Signal(kind, meaning.status, tier, sign.rule.id, folded.span(sign.start, sign.end))

    def _together(self, text: str, sign: Sign, kind: Kind, tier: Tier) -> tuple[Kind, Tier]:
        for rule in self.rules.combines:
            if kind in rule.kinds and rule.tier > tier and stands_with(text, sign, rule):
                kind, tier = rule.kind or kind, rule.tier
        return kind, tier


def _compiled(rule: _Written) -> None:
    rule.pattern.search("")
    if isinstance(rule, ContextRule | CombineRule) and rule.stopped_by is not None:
        rule.stopped_by.search("")


def _as_cue_says(meaning: Meaning, kind: Kind, tier: Tier, full: Tier) -> tuple[Kind, Tier]:
    cue = meaning.cue
    if cue is None:
        return kind, tier
    return cue.kind or kind, tier if cue.tier is None else min(cue.tier, full)


def _sign(rule: RiskRule, found: re.Match[str], offset: int) -> Sign:
    start = found.start()
    return Sign(rule, offset + start, offset + max(start, rule.core(found)), offset + found.end())


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of pieces that overlap by more than a sign is long; cut between words where there are words."""
    start = 0
    while True:
        end = min(len(text), start + _PIECE)
        if end < len(text):
            blank = text.rfind(" ", end - _OVERLAP // 2, end)
            end = blank if blank > 0 else end
        yield start, end
        if end == len(text):
            return
        blank = text.find(" ", end - _OVERLAP, end)
        start = blank + 1 if blank > 0 else end - _OVERLAP


def _most_telling(signs: list[Sign]) -> list[Sign]:
    """The gravest signs of a message that repeats itself without end; all of any other."""
    if len(signs) <= _MOST_SIGNS:
        return signs
    return sorted(signs, key=lambda sign: (-sign.rule.tier, sign.start))[:_MOST_SIGNS]


def _supported(signals: list[Signal], supporting: frozenset[str]) -> list[Signal]:
    """Signs too loose to count alone keep their place, and of their tier no more than the other rules found."""
    most = max((signal.tier for signal in signals if signal.rule not in supporting), default=Tier.T0)
    return [replace(signal, tier=min(signal.tier, most)) if signal.rule in supporting else signal for signal in signals]


def _strongest(signals: list[Signal], supporting: frozenset[str]) -> list[Signal]:
    """One signal for each kind, status and place; of equals one that may count alone, then the first of the rules."""
    kept: dict[tuple[Kind, Status, int], Signal] = {}
    for signal in sorted(signals, key=lambda one: one.rule in supporting):
        key = (signal.kind, signal.status, signal.span.start)
        if key not in kept or (signal.tier > kept[key].tier and signal.rule not in supporting):
            kept[key] = signal
    return list(kept.values())
