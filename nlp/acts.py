"""Reads what a message does: greets, thanks, asks for advice, asks who is there, corrects, refuses ...

Lists of wordings for the common, and frames (word order, act_frames.yaml) for the acts that are asked of the listener;
what is rare is left to the head. One message may do several things: the one that most
needs an answer comes first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nlp import rules
from nlp.asked import span_of, told
from nlp.kept import NOTHING, Kept
from nlp.labels import ACTS
from nlp.lexicon import Hit, Lexicon, Word, words
from nlp.patterns import Patterns
from nlp.reading import Finding, Span

_FILE = "rules/en/acts.yaml"
_FRAMES = "rules/en/act_frames.yaml"
_MODES = ("any", "asked", "start", "end", "whole", "alone")
_ENDS = frozenset(".!?;\n…")
_APART = 6  # words between the two halves of a "together" rule
# What is said to the listener; in somebody else's mouth, or about others, it is only told.
_TO_LISTENER = frozenset(
    "are_you_human wants_person privacy_question asks_diagnosis complaint off_limits wants_listening asks_advice "
    "asks_information asks_repeat refusal question_to_listener test compliment correction".split()
)


@dataclass(frozen=True, slots=True)
class Act:
    """What one wording means. An empty name hides what only looks like an act."""

    name: str
    mode: str

    @property
    def rule(self) -> str:
        return f"acts/{self.name}.{self.mode}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words [start, end) of the message; [first, last) leaves the small words at both ends out."""

    start: int
    end: int
    first: int
    last: int
    asks: bool


class ActReader:
    """Reads acts by rules. `load` raises RuleError if the rules are wrong."""

    def __init__(
        self,
        lexicon: Lexicon[Act],
        order: tuple[str, ...],
        fillers: frozenset[str],
        asking: frozenset[str],
        together: Mapping[str, tuple[frozenset[str], frozenset[str]]],
        frames: Patterns[str],
    ) -> None:
        self._lexicon = lexicon
        self._order = {name: place for place, name in enumerate(order)}
        self._fillers = fillers
        self._asking = asking
        self._together = together
        self._frames = frames

    @classmethod
    def load(cls, kept: Kept = NOTHING) -> "ActReader":
        data = rules.load_mapping(_FILE, required=("source", "order", "fillers", "asking", "together", "never", "acts"))
        for part in ("order", "together", "acts"):
            rules.check_labels(data[part], ACTS, f"{_FILE}: {part}")
        together = {name: (frozenset(pair[0]), frozenset(pair[1])) for name, pair in data["together"].items()}
        return cls(
            Lexicon(_forms(data)),
            tuple(data["order"]),
            frozenset(data["fillers"]),
            frozenset(data["asking"]),
            together,
            _frames(kept),
        )

    def read(self, text: str) -> tuple[Finding, ...]:
        """Acts of `text`, each once, the one that most needs an answer first. Empty: no rule knows what it does."""
        said = words(text)
        sentences = list(self._sentences(text, said))
        hits = [hit for hit in self._lexicon.find_all(said) if self._counts(hit, sentences)]
        found = {hit.value.name: _finding(hit.value.rule, hit.value.name, said, hit) for hit in _outermost(hits)}
        found.pop("", None)
        joined = " ".join(word.text for word in said)
        found = {name: one for name, one in found.items() if not _told(name, one.span, said, joined)}
        for sentence in sentences:
            for name in self._pairs(said, sentence):
                span = Span(said[sentence.start].start, said[sentence.end - 1].end)
                found.setdefault(name, Finding(name, f"acts/{name}.together", span=span))
        for name, span in self._framed(said, joined):
            found.setdefault(name, Finding(name, f"acts/{name}.frame", span=span))
        return tuple(sorted(found.values(), key=lambda finding: self._order[finding.name]))

    def _framed(self, said: list[Word], joined: str) -> Iterator[tuple[str, Span]]:
        """Acts of which a frame fits the words; `joined` has one blank between each."""
        for name, pattern in self._frames.worth_trying(joined):
            fits = pattern.search(joined)
            if fits and not (name in _TO_LISTENER and told(joined, fits.start(), fits.end())):
                yield name, span_of(said, joined, fits)

    def _counts(self, hit: Hit[Act], sentences: list[Sentence]) -> bool:
        mode = hit.value.mode
        for sentence in sentences:
            if not sentence.start <= hit.start < sentence.end:
                continue
            opens = hit.start == sentence.start or hit.start <= sentence.first
            closes = hit.end >= sentence.last
            alone = all(other.last <= other.first for other in sentences if other is not sentence)
            fits = {
                "asked": sentence.asks,
                "start": opens,
                "end": closes,
                "whole": opens and closes,
                "alone": opens and closes and alone,
            }
            return fits.get(mode, True)
        return False

    def _sentences(self, text: str, said: list[Word]) -> Iterator[Sentence]:
        start = 0
        for at, word in enumerate(said):
            following = said[at + 1].start if at + 1 < len(said) else len(text)
            ends = word.raw in _ENDS or "\n" in text[word.end : following] or at + 1 == len(said)
            if ends and not (at + 1 < len(said) and said[at + 1].raw in _ENDS):
                yield self._sentence(said, start, at + 1)
                start = at + 1

    def _sentence(self, said: list[Word], start: int, end: int) -> Sentence:
        first, last = start, end
        while first < end and self._small(said[first]):
            first += 1
        while last > first and self._small(said[last - 1]):
            last -= 1
        marked = any(word.raw == "?" for word in said[max(start, end - 4) : end])
        told = first > start and said[first - 1].text == "i"  # "I have ..." asks nothing, "have you ..." does
        opens = first < end and said[first].text in self._asking and not told
        return Sentence(start, end, first, max(last, first), marked or opens)

    def _small(self, word: Word) -> bool:
        return word.text in self._fillers or not word.text[0].isalnum()

    def _pairs(self, said: list[Word], sentence: Sentence) -> Iterator[str]:
        """Names whose two lists meet closely in this asking sentence."""
        if not sentence.asks:
            return
        for name, (one, other) in self._together.items():
            left = [at for at in range(sentence.start, sentence.end) if said[at].text in one]
            right = [at for at in range(sentence.start, sentence.end) if said[at].text in other]
            if any(0 < abs(a - b) <= _APART for a in left for b in right):
                yield name


def _told(name: str, span: Span, said: list[Word], joined: str) -> bool:
    """Whether an act towards the listener, found at `span`, is somebody else's."""
    if name not in _TO_LISTENER:
        return False
    start = sum(len(word.text) + 1 for word in said if word.start < span.start)
    end = sum(len(word.text) + 1 for word in said if word.start < span.end) - 1
    return told(joined, start, end)


def _finding(rule: str, name: str, said: list[Word], hit: Hit[Act]) -> Finding:
    return Finding(name, rule, span=Span(said[hit.start].start, said[hit.end - 1].end))


def _outermost(hits: list[Hit[Act]]) -> list[Hit[Act]]:
    """Hits that do not stand inside a longer hit of another act, nor start inside one that only looks like an act."""
    return [hit for hit in hits if not any(_hides(other, hit) for other in hits)]


def _hides(other: Hit[Act], hit: Hit[Act]) -> bool:
    if other.value.name == hit.value.name:
        return False
    if not other.value.name:
        return other.start <= hit.start < other.end
    longer = other.end - other.start > hit.end - hit.start
    return longer and other.start <= hit.start and hit.end <= other.end


def _forms(data: Mapping[str, Any]) -> Iterator[tuple[str, Act]]:
    for name, modes in data["acts"].items():
        rules.check_labels(modes, _MODES, f"{_FILE}: {name}")
        for mode, lines in modes.items():
            for line in rules.texts(lines, f"{_FILE}: {name}: {mode}"):
                yield line, Act(name, mode)
    for line in rules.texts(data["never"], f"{_FILE}: never"):
        yield line, Act("", "any")


def _frames(kept: Kept) -> Patterns[str]:
    data = rules.load_mapping(_FRAMES, required=("source", "pieces", "frames"))
    rules.check_labels(data["frames"], ACTS, _FRAMES)
    rows = [(name, line) for name, lines in data["frames"].items() for line in rules.texts(lines, f"{_FRAMES}: {name}")]
    return Patterns(rows, _apart, _FRAMES, data["pieces"], kept)


def _apart(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")
