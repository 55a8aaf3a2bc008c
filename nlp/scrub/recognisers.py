"""Our finders as Presidio knows recognisers, over the small spaCy model. Imported only when scrubbing starts.

Presidio's own recognisers that would ask the network for a list of domain suffixes are not loaded; its check sums for
cards and IBANs are.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from presidio_analyzer import (
    AnalyzerEngine,
    ContextAwareEnhancer,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, IbanRecognizer

from nlp import pipeline
from nlp.scrub.kinds import TYPES, Found
from nlp.scrub.line import Line
from nlp.scrub.wordlists import Dictionary

Finder = Callable[[Line], Iterable[Found]]


class LineArtifacts(NlpArtifacts):
    """What the model made of a text: our line."""

    def __init__(self, line: Line, doc: Any) -> None:
        super().__init__([], doc, [], [], None, "en")
        self.line = line


class TaggedLines(NlpEngine):
    """Gives Presidio a line with its words; the model is ours and loaded already."""

    def __init__(self, model: Any, dictionary: Dictionary) -> None:
        self._model, self._dictionary = model, dictionary

    def load(self) -> None:
        """Nothing is left to load."""

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> LineArtifacts:
        doc = self._model(text[: pipeline.MOST_CHARACTERS])
        return LineArtifacts(Line(text, doc, self._dictionary), doc)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **options: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return False

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return ["en"]


class Recogniser(EntityRecognizer):
    """One of our finders."""

    def __init__(self, name: str, finder: Finder) -> None:
        self._finder = finder
        super().__init__(sorted(TYPES), name=name)

    def load(self) -> None:
        """A finder is loaded when it is made."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        assert isinstance(nlp_artifacts, LineArtifacts)
        return [
            RecognizerResult(found.type, found.start, found.end, found.score, recognition_metadata={"rule": found.rule})
            for found in self._finder(nlp_artifacts.line)
        ]


class NoContext(ContextAwareEnhancer):
    """Our finders look at the words around by themselves."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        return raw_results


def engine(model: Any, dictionary: Dictionary, finders: Iterable[tuple[str, Finder]]) -> AnalyzerEngine:
    """Presidio's analyzer over the finders."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    registry = RecognizerRegistry(
        recognizers=[Recogniser(name, finder) for name, finder in finders], supported_languages=["en"]
    )
    registry.add_recognizer(CreditCardRecognizer())
    registry.add_recognizer(IbanRecognizer())
    return AnalyzerEngine(
        registry, TaggedLines(model, dictionary), supported_languages=["en"], context_aware_enhancer=NoContext()
    )
