"""The readers that the ear is made of, each behind the one method the ear calls."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from nlp.kept import NOTHING, Kept
from nlp.language import LanguageReader
from nlp.normalise import Normaliser
from nlp.reading import Bit, Clause, Feeling, Finding, Phrase, Signal
from nlp.signs import Signs
from nlp.situations import SituationReader
from nlp.theme_worth import Heard


class ReadsSignals(Protocol):
    def read(self, text: str) -> tuple[Signal, ...]: ...


@runtime_checkable
class Warms(Protocol):
    def warm(self) -> None: ...


class ReadsFeelings(Protocol):
    def read(self, doc: Any) -> tuple[Feeling, ...]: ...


class ReadsFindings(Protocol):
    def read(self, text: str) -> tuple[Finding, ...]: ...


class ReadsAsked(ReadsFindings, Protocol):
    def act(self, topic: str) -> str: ...


class ReadsSentiment(Protocol):
    def read(self, text: str) -> float: ...


class ReadsSigns(Protocol):
    def read(self, text: str) -> Signs: ...


class ReadsClauses(Protocol):
    def read(self, doc: Any) -> tuple[Clause, ...]: ...


class ReadsBit(Protocol):
    def read(self, doc: Any) -> tuple[Bit, ...]: ...


class ReadsPhrases(Protocol):
    def read(self, doc: Any) -> tuple[Phrase, ...]: ...


class WeighsThemes(Protocol):
    def weighed(self, themes: Sequence[Finding], heard: Heard) -> tuple[Finding, ...]: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """`floor`, `crisis` and `foreign` read the original text, all others the normal one or its parse (a spaCy Doc)."""

    floor: ReadsSignals
    crisis: ReadsSignals
    foreign: ReadsSignals
    normaliser: Normaliser
    language: LanguageReader
    feelings: ReadsFeelings
    acts: ReadsFindings
    asked: ReadsAsked
    self_talk: ReadsFindings
    sentiment: ReadsSentiment
    signs: ReadsSigns
    clauses: ReadsClauses
    phrases: ReadsPhrases
    bits: ReadsBit
    situations: SituationReader
    themes: ReadsFindings
    theme_worth: WeighsThemes

    @classmethod
    def load(cls, kept: Kept = NOTHING) -> "Parts":
        """Reads and checks all rule files. rules.RuleError if one is wrong."""
        # Unpacking the model of languages leaves the other core free and takes 100 MB for a moment: better now, while
        # the process is small, than beside all the rest when a message first needs it.
        with ThreadPoolExecutor(max_workers=1) as beside:
            return cls._load(beside.submit(LanguageReader.load), kept)

    @classmethod
    def _load(cls, language: Future[LanguageReader], kept: Kept) -> "Parts":
        from nlp.acts import ActReader
        from nlp.asked import AskedReader
        from nlp.clauses import BitReader, ClauseReader
        from nlp.crisis import CrisisReader
        from nlp.feelings import FeelingReader
        from nlp.floor import Floor
        from nlp.foreign import ForeignFloor
        from nlp.phrases import PhraseReader
        from nlp.self_talk import SelfTalkReader
        from nlp.sentiment import Sentiment
        from nlp.signs import SignReader
        from nlp.theme_worth import ThemeWorth
        from nlp.themes import ThemeReader

        sentiment = Sentiment.load()
        clauses = ClauseReader.load(sentiment)
        return cls(
            floor=Floor.load(),
            crisis=CrisisReader.load(kept=kept),
            foreign=ForeignFloor.load(),
            normaliser=Normaliser.load(),
            language=language.result(),
            feelings=FeelingReader.load(),
            acts=ActReader.load(kept),
            asked=AskedReader.load(kept),
            self_talk=SelfTalkReader.load(),
            sentiment=sentiment,
            signs=SignReader.load(sentiment, kept),
            clauses=clauses,
            phrases=PhraseReader.load(),
            bits=BitReader.load(clauses.guard),
            situations=SituationReader.load(kept),
            themes=ThemeReader.load(kept),
            theme_worth=ThemeWorth.load(),
        )

    def warm(self) -> None:
        """Compiles the rules that first messages would otherwise wait for, those of risk first.

        rules.RuleError names a pattern that is broken.
        """
        for part in (self.crisis, self.foreign, self.situations, self.themes):
            if isinstance(part, Warms):
                part.warm()
