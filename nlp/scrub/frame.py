"""The frame: Presidio's analyzer around our finders, with the tagger of the small spaCy model. Nothing is fetched.

Presidio is the extra `research`, so it is imported only when scrubbing starts.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nlp import pipeline
from nlp.scrub.kinds import Found, ScrubUnavailableError
from nlp.scrub.line import Line
from nlp.scrub.wordlists import Dictionary, load_dictionary
from nlp.word_vectors import quicken

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

Finder = Callable[[Line], Iterable[Found]]
_CHECKED = {"CREDIT_CARD": "id_number", "IBAN_CODE": "id_number"}  # Presidio's names of what it checks by sum


def load_model() -> tuple[Any, Dictionary]:
    """The tagger of the small model and a dictionary from its index of lemmas."""
    import spacy

    model = spacy.load(pipeline.MODEL, exclude=["ner", "senter", "parser", "attribute_ruler"])
    index = model.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    dictionary = load_dictionary(index.values())
    with suppress(ValueError):  # of another model than expected: it takes the slow way
        quicken(model.get_pipe("tok2vec"))
    model.remove_pipe("lemmatizer")
    return model, dictionary


def engine(model: Any, dictionary: Dictionary, finders: Iterable[tuple[str, Finder]]) -> "AnalyzerEngine":
    """Presidio's analyzer over the finders. ScrubUnavailableError without the extra `research`."""
    try:
        from nlp.scrub import recognisers
    except ImportError as error:
        raise ScrubUnavailableError('scrub needs the extra "research": pip install "warmline[research]".') from error
    return recognisers.engine(model, dictionary, finders)


def found_in(analyzer: "AnalyzerEngine", text: str) -> list[Found]:
    """What the analyzer finds, in our words; several findings may overlap."""
    return [
        Found(
            result.start,
            result.end,
            _CHECKED.get(result.entity_type, result.entity_type),
            float(result.score),
            str((result.recognition_metadata or {}).get("rule", "checked")),
        )
        for result in analyzer.analyze(text, "en")
    ]
