"""Finds identifiers by what was learned from marked lines: a small network over the meaning and the signs of each word.

It stands beside the rules: it finds names and places that no list has, and says where a name or a place is so unlikely
that a list or a sign alone is not enough ("winter is coming"). It takes back nothing else. Built by
`python -m tests.nlp.scrub.train` from the lines that tests and rules are developed with.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp import rules
from nlp.heads import softmax
from nlp.scrub.kinds import STRUCTURED, TYPES, Found
from nlp.scrub.line import Line
from nlp.scrub.token_vectors import TokenVectors
from nlp.scrub.word_signs import WordSigns

Matrix = npt.NDArray[np.float32]

WEIGHTS, MANIFEST = "weights/scrub.npz", "weights/scrub.json"
PARTS = ("inner", "inner_bias", "weights", "bias")
NOTHING = "none"  # the kind of a word of no identifier
RULE = "learned/word"
DOUBT = "learned/doubt"
DOUBTED = {"name": 0.3, "place": 0.1, "community_org": 0.2}  # no word less likely than this is one
_LIKELY = 0.55  # how likely a word has to belong to an identifier
_TRAILING = frozenset("night nights day days shift shifts job thing".split())  # "tesco nights"
_SCORE = 0.4  # below every rule: where both find, the rule's kind holds
_DOERS = frozenset("i we he she who they dad mum wife husband".split())
_NO = "no "  # before a kind: here is none of it
_FORMS = {
    "postcode": re.compile(r"(?=.*\d)(?=.*[a-z])\w.*\w\w|\d{4}"),
    "phone": re.compile(r"(?:\D*\d){6}|(?:\W*[a-z]+){5}"),
    "id_number": re.compile(r"(?=(?:.*\d){2})(?:\W*\w){5}"),
    "address": re.compile(r"(?:[^a-z]*[a-z]){4}"),
    "birth_date": re.compile(r".*\d.*(?:[a-z]{3}|\D\d)|.*[a-z]{3}.*\d"),
    "event_date": re.compile(r".*\d.*(?:[a-z]{3}|\D\d)|.*[a-z]{3}.*\d|\d+(?:st|nd|rd|th)"),
    "handle": re.compile(r"(?:\W*\w){4}"),
    "telegram": re.compile(r"(?:\W*\w){4}"),
    "rare_job": re.compile(
        r".*(?:er|or|ist|ian|man|men|woman|women|smith|wright|herd|eer|ier|eur|ster|chief|guide|nun|monk|medic|captain|pilot"
        r"|cook|ing|try|hand|master|mistress|tech|crew|clerk|scout|sweep|officer|conductor|artist|nurse|judge|priest|coach|mate|jockey)s?$"
    ),
    **dict.fromkeys(("url", "email", "ip"), re.compile("(?!)")),  # what these look like is written down in full
}  # the least that one of these has


@dataclass(frozen=True, slots=True, repr=False)
class Weights:
    """`kinds` holds NOTHING and types of identifiers; a row of `weights` for each. `inner` reads a word's row first."""

    kinds: tuple[str, ...]
    inner: Matrix
    inner_bias: Matrix
    weights: Matrix
    bias: Matrix

    @classmethod
    def load(cls) -> "Weights":
        """RuleError if they are missing or damaged."""
        try:
            with rules.data_file(WEIGHTS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                kinds = tuple(str(kind) for kind in stored["kinds"])
                parts = [stored[name].astype(np.float32) for name in PARTS]
        except (OSError, ValueError, KeyError) as error:
            raise rules.RuleError(f"{WEIGHTS}: {type(error).__name__}") from error
        rules.check_labels(kinds, TYPES | {NOTHING}, WEIGHTS)
        return cls(kinds, *parts)

    def probabilities(self, rows: Matrix) -> Matrix:
        """Words x kinds."""
        within = np.maximum(rows @ self.inner.T + self.inner_bias, 0)
        return softmax(within @ self.weights.T + self.bias)


class WordRows:
    """What is known of each word of a line: its vector, then its signs and its neighbours'."""

    def __init__(self, vectors: TokenVectors, signs: WordSigns) -> None:
        self._vectors, self._signs = vectors, signs

    def of(self, line: Line) -> Matrix:
        """A row for each of the words, of which there is at least one."""
        return np.concatenate([self._vectors.of(line.text, line.words), self._signs.of(line)], axis=1)


class LearnedFinder:
    """Finds runs of words that are likely an identifier."""

    def __init__(self, rows: WordRows, weights: Weights) -> None:
        self._rows, self._weights = rows, weights

    def find(self, line: Line) -> Iterator[Found]:
        """Each run of words of one kind; with the rule DOUBT each run that is none of a kind, for `doubted`."""
        if not line.words:
            return
        likely = self._weights.probabilities(self._rows.of(line))
        nothing = self._weights.kinds.index(NOTHING)
        some = 1 - likely[:, nothing]
        likely[:, nothing] = 0
        yield from self._runs(line, likely, some)
        for kind, least in DOUBTED.items():
            yield from _unlikely(line, some < least, kind)

    def _runs(self, line: Line, likely: Matrix, some: Matrix) -> Iterator[Found]:
        kinds = [self._weights.kinds[int(at)] for at in likely.argmax(axis=1)]
        runs = [(float(one) >= _LIKELY, _group(kind)) for one, kind in zip(some, kinds, strict=True)]
        first = 0
        for at in range(1, len(runs) + 1):
            if at < len(runs) and runs[at] == runs[first]:
                continue
            if runs[first][0]:
                kind = self._weights.kinds[int(likely[first:at].sum(axis=0).argmax())]
                last = at - 1 if at - 1 > first and line.words[at - 1].low in _TRAILING else at
                start, end = line.words[first].start, line.words[last - 1].stop
                if (_formed(kind, line.low[start:end]) or _doing(line, first, kind)) and (
                    kind != "rare_diagnosis" or _uncommon(line, first, last)
                ):
                    yield Found(start, end, kind, _SCORE, RULE)
            first = at


def doubted(one: Found, found: Iterable[Found]) -> bool:
    """Whether every word of it is unlikely to be of its kind; `found` holds what `find` gave."""
    return any(
        other.rule == DOUBT and other.type == _NO + one.type and other.start <= one.start and one.end <= other.end
        for other in found
    )


def _unlikely(line: Line, unlikely: npt.NDArray[np.bool_], kind: str) -> Iterator[Found]:
    first = 0
    for at in range(1, len(unlikely) + 1):
        if at == len(unlikely) or unlikely[at] != unlikely[first]:
            if unlikely[first]:
                yield Found(line.words[first].start, line.words[at - 1].end, _NO + kind, _SCORE, DOUBT)
            first = at


def _group(kind: str) -> str:
    """Numbers and contacts go on from word to word whichever of them the model takes each word for."""
    return "structured" if kind in STRUCTURED else kind


def _uncommon(line: Line, first: int, last: int) -> bool:
    """Whether it is more than one word that every dictionary has: "insulin" is no rare illness."""
    return last - first > 1 or not line.dictionary.knows(line.words[first].low)


def _doing(line: Line, first: int, kind: str) -> bool:
    """Whether it is told as what somebody does: "i tune church organs" names no calling and says it all the same."""
    verb = line.around(first, -1)
    return (
        kind == "rare_job" and verb is not None and verb.tag.startswith("VB") and line.low_around(first, -2) in _DOERS
    )


def _formed(kind: str, low: str) -> bool:
    form = _FORMS.get(kind)
    return form is None or form.match(low) is not None
