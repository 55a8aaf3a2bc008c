"""The ear as a whole: text in, Reading out, risk before all else.

Every part is guarded by itself: one that fails is named in `faults` and logged without words, and the rest goes on.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from nlp import heads as stored_heads
from nlp import risk_head
from nlp.choice import choice_in
from nlp.crisis import tier_of
from nlp.embedding import Embedding, ModelUnavailableError, Vector
from nlp.heads import Head
from nlp.kept import Kept
from nlp.labels import Mood
from nlp.legible import legible
from nlp.mood import mood_of
from nlp.normalise import Normal, as_is
from nlp.opinions import Opinions, with_acts, with_asked, with_feelings, with_findings
from nlp.parts import Parts
from nlp.pipeline import MOST_CHARACTERS, blank
from nlp.pipeline import load as load_pipeline
from nlp.plain import is_plain
from nlp.reading import Bit, Clause, Feeling, Finding, Phrase, Reading, Signal
from nlp.signs import Signs
from nlp.theme_worth import Heard

T = TypeVar("T")
Spanned = TypeVar("Spanned", Bit, Feeling, Finding, Clause, Phrase)

_LOG = logging.getLogger(__name__)
_LONGEST_IN_CONTEXT = 4_096  # characters, what Telegram sends at most


class Ear:
    """Reads messages. Safe to share between threads.

    One reading is one thread's work: measured, the embedding beside the parser takes a tenth more of the processor and
    is no quicker, because each drives the other's numbers out of the caches.
    """

    def __init__(
        self,
        parts: Parts,
        parser: Any,
        embedding: Embedding | None,
        heads: dict[str, Head],
        risk: risk_head.RiskHead | None = None,
    ) -> None:
        self._parts = parts
        self._parser = parser
        self._embedding = embedding
        self._heads = heads
        self._risk_head = risk
        absent = {"parser": parser is None, "embedding": embedding is None or not heads}
        self.faults = tuple(name for name, missing in absent.items() if missing)

    @classmethod
    def load(cls, cache: Path | None = None) -> "Ear":
        """All parts. `cache` keeps the quantised model, and what is long worked out of the rules.

        A missing model only makes a fault.
        rules.RuleError if a rule file is wrong: nobody should talk to an ear that was misspelt.
        """
        parts = Parts.load(Kept(cache))  # before the thread: spaCy cannot be imported by two threads at once
        with ThreadPoolExecutor(max_workers=1) as beside:
            parser = beside.submit(_tolerant, "parser", load_pipeline)
            embedding = _tolerant("embedding", lambda: Embedding.load(cache))
            heads, risk = stored_heads.load(), risk_head.load()
            return cls(parts, parser.result(), embedding, heads, risk)

    def floor(self, text: str) -> Reading:
        """The word floor alone: what is left when the rest of the ear fails. Raises nothing that the floor does not."""
        signals = self._parts.floor.read(text)
        return Reading(text, tier_of(signals), signals, understood=False, faults=("ear",))

    def warm(self) -> None:
        """Does now, in some three seconds, what first messages would otherwise wait for. May run beside `read`."""
        self._parts.warm()

    def read(self, text: str) -> Reading:
        """What is understood of `text`, whatever it holds. In bounded time; beyond 4,096 characters only risk."""
        return next(self.read_all((text,)))

    def read_all(self, texts: Sequence[str]) -> Iterator[Reading]:
        """The same of each, in their order, each as soon as it is there. They are parsed together, which is quicker."""
        begun = [self._begin(text) for text in texts]
        docs = self._parsed_together([one.normal.text for one in begun if one.reading.understood])
        for one in begun:
            yield self._understand(one, next(docs)) if one.reading.understood else one.reading

    def _begin(self, text: str) -> "_Begun":
        guard = _Guard(self.faults)
        signals, plain = self._risk(text, guard)
        normal = guard(
            "normalise", lambda: self._parts.normaliser.normalise(text[:MOST_CHARACTERS]), as_is(text[:MOST_CHARACTERS])
        )
        language = guard("language", lambda: self._parts.language.read(normal.text), "und")
        if language != "en":
            signals += guard.several("foreign", lambda: self._parts.foreign.read(text[:_LONGEST_IN_CONTEXT]))
            plain = True  # the risk head knows English only
        understood = guard("legible", lambda: legible(text, language), True)
        reading = Reading(
            text, tier_of(signals), signals, language=language, understood=understood, faults=guard.faults
        )
        return _Begun(reading, normal, plain, guard)

    def _risk(self, text: str, guard: "_Guard") -> tuple[tuple[Signal, ...], bool]:
        """Signs of risk over all the text, and whether the floor heard one too: then it was said plainly.

        The full reader knows the context and has the say over what it reads; the floor stands for the rest, and for
        all of it where the full reader fails.
        """
        floor = guard.several("floor", lambda: self._parts.floor.read(text))
        beyond = tuple(signal for signal in floor if signal.span.end > _LONGEST_IN_CONTEXT)
        signals = guard("crisis", lambda: self._parts.crisis.read(text[:_LONGEST_IN_CONTEXT]) + beyond, floor)
        return signals, bool(floor)

    def _understand(self, begun: "_Begun", parsed: Any) -> Reading:
        reading, normal, plain, guard = begun
        parts, text = self._parts, normal.text
        acts = guard.several("acts", lambda: parts.acts.read(text))
        asked = guard.several("asked", lambda: parts.asked.read(text))
        acts = with_asked(acts, asked, parts.asked.act) if asked else acts
        doc = self._parse(text, guard) if parsed is None else parsed
        feelings = guard.several("feelings", lambda: parts.feelings.read(doc))
        self_talk = guard.several("self_talk", lambda: parts.self_talk.read(text))
        sentiment = guard("sentiment", lambda: parts.sentiment.read(text), 0.0)
        signs = guard("signs", lambda: parts.signs.read(text), Signs())
        clauses = guard.several("clauses", lambda: parts.clauses.read(doc))
        phrases = guard.several("phrases", lambda: parts.phrases.read(doc))
        themes = guard.several("themes", lambda: parts.themes.read(text))
        vectors = () if is_plain(text, acts) else guard.several("embedding", lambda: self._vectors(text))
        opinions = guard("embedding", lambda: self._opinions(vectors), Opinions())
        signals = guard("risk_head", lambda: self._judged(reading, text, vectors, plain), reading.signals)
        feelings = with_feelings(feelings, opinions.feelings, opinions.leaning)
        situations = guard.several("situations", lambda: parts.situations.read(text, opinions.situations))
        told = feelings, sentiment, acts, situations, themes, signs, opinions.leaning
        mood = guard("mood", lambda: mood_of(*told), Mood.NEUTRAL)
        return replace(
            reading,
            tier=tier_of(signals),
            signals=signals,
            feelings=_original(feelings, normal),
            sentiment=sentiment,
            mood=mood,
            acts=_original(with_acts(acts, opinions, text), normal),
            asked=_original(asked, normal),
            choice=choice_in(text),
            situations=_original(situations, normal),
            self_talk=_original(with_findings(self_talk, opinions.self_talk, "self_talk"), normal),
            themes=_original(self._weighed(themes, text, vectors, mood, sentiment, guard), normal),
            clauses=_original(clauses, normal),
            phrases=_original(phrases, normal),
            bit=guard("bits", lambda: next(iter(_original(parts.bits.read(doc), normal)), None), None),
            faults=guard.faults,
        )

    def _parsed_together(self, texts: Sequence[str]) -> Iterator[Any]:
        """The parse of each, or None for each where one of them cannot be parsed: then they are, one by one."""
        if self._parser is None or not texts:
            return repeat(None)
        try:
            return iter(list(self._parser.pipe(texts)))
        except Exception as error:  # noqa: BLE001 - which text it was shows when each is parsed by itself
            _LOG.warning("texts could not be parsed together: %s", type(error).__name__)
            return repeat(None)

    def _parse(self, text: str, guard: "_Guard") -> Any:
        """The parsed text; cut into words only where the parser fails."""
        doc = None if self._parser is None else guard("parser", lambda: self._parser(text), None)
        return guard("tokenizer", lambda: blank()(text), None) if doc is None else doc

    def _vectors(self, text: str) -> tuple[Vector, ...]:
        """Of the whole text, then of its windows if it is long."""
        if self._embedding is None or not self._heads:
            return ()
        pieces = risk_head.windows(text)
        return tuple(map(self._embedding.vector, (text, *pieces) if len(pieces) > 1 else (text,)))

    def _opinions(self, vectors: tuple[Vector, ...]) -> Opinions:
        return Opinions.of(self._heads, vectors[0]) if vectors else Opinions()

    def _weighed(
        self,
        found: tuple[Finding, ...],
        text: str,
        vectors: tuple[Vector, ...],
        mood: Mood,
        value: float,
        guard: "_Guard",
    ) -> tuple[Finding, ...]:
        """The themes with their worth; as they are where the embedding fails."""
        if not (found and vectors):
            return found
        heard = Heard(text, vectors[0], mood, value)
        return guard("themes", lambda: self._parts.theme_worth.weighed(found, heard), found)

    def _judged(self, reading: Reading, text: str, vectors: tuple[Vector, ...], plain: bool) -> tuple[Signal, ...]:
        """The signals as they count once the risk head was heard, where there is one."""
        if not vectors or self._risk_head is None:
            return reading.signals
        weight = self._risk_head.weigh(vectors[1:] or vectors, risk_head.windows(text))
        return self._risk_head.judged(reading.signals, weight, len(reading.text), plain)


class _Begun(NamedTuple):
    """A text of which the risk is known: what is read so far, and what the rest is read with."""

    reading: Reading
    normal: Normal
    plain: bool
    guard: "_Guard"


class _Guard:
    """Runs one part at a time and keeps the names of those that failed."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults

    def __call__(self, part: str, step: Callable[[], T], otherwise: T) -> T:
        try:
            return step()
        except Exception as error:  # noqa: BLE001 - whatever a part does, the person gets a reply
            _LOG.error("part of the ear failed: %s: %s", part, type(error).__name__)
            self.faults = tuple(dict.fromkeys((*self.faults, part)))
            return otherwise

    def several(self, part: str, step: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        return self(part, step, ())


def _tolerant(part: str, load: Callable[[], T]) -> T | None:
    try:
        return load()
    except (OSError, ImportError, ModelUnavailableError) as error:
        _LOG.warning("part of the ear is missing: %s: %s", part, type(error).__name__)
        return None


def _original(found: tuple[Spanned, ...], normal: Normal) -> tuple[Spanned, ...]:
    return tuple(replace(one, span=normal.span(*one.span)) for one in found)
