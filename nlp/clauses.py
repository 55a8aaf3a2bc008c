"""Finds clauses of the client's that may be said back, turned to "you", most telling first.

Each stands in a closed frame and passed the guard; what is unsure is left out. Echoing is the bonus, never the need.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from nlp import rules
from nlp.clause_cut import Cutter, Run
from nlp.clause_frames import Framed, Frames
from nlp.clause_guard import Guard
from nlp.labels import Mood
from nlp.reading import Clause, Span
from nlp.sentiment import Sentiment
from nlp.turning import turn

_FILE = "rules/en/clauses.yaml"
_COMMON = "rules/en/common_words.yaml"
_MOST = 3
_FEWEST_GAPS = 3  # "you get there" says too little
_CLEAR = 0.2  # sentiment beyond which a clause has a mood of its own
_WEIGHTS = {
    "feel": 5.0,
    "afraid": 5.0,
    "makes_me": 4.5,
    "miss": 4.0,
    "cant": 4.0,
    "dont_know": 4.0,
    "want": 3.5,
    "have_to": 3.0,
}
_LONG = 70  # tokens; in a longer story only what carries a feeling, a wish or a "can't" is worth saying back
_OTHER_WEIGHT = 2.5
_IT_WEIGHT = 2.0
_DENYING = re.compile(
    r"n't\b|\b(?:not|never|no|less|lack|without|wish|stop|cannot|used to|only|supposed|want|try|trying)\b"
)
_MOODS = {
    "cant": Mood.NEGATIVE,
    "miss": Mood.NEGATIVE,
    "dont_know": Mood.NEGATIVE,
    "afraid": Mood.NEGATIVE,
    "it_is": Mood.NEGATIVE,
}
_OWN_STATE = frozenset({"feel", "be", "being", "been", "been_doing"})


class ClauseReader:
    """Reads clauses from a parsed message. `load` raises RuleError if the frames are wrong."""

    def __init__(self, cutter: Cutter, frames: Frames, guard: Guard, sentiment: Sentiment) -> None:
        self._cutter = cutter
        self._frames = frames
        self._guard = guard
        self._sentiment = sentiment

    @classmethod
    def load(cls) -> "ClauseReader":
        data = rules.load_mapping(_FILE, required=("source", "cut", "frames", "guard"))
        words = rules.load_mapping(_COMMON, required=("source", "added", "words"))
        common = frozenset(f"{words['added']} {words['words']}".split())
        cutter = Cutter.of(data["cut"])
        guard = Guard.of(data["guard"], common, cutter.contrasts)
        return cls(cutter, Frames.of(data["frames"]), guard, Sentiment.load())

    def read(self, doc: Doc) -> tuple[Clause, ...]:
        """At most three clauses, most telling first; spans are offsets in the document's text."""
        if not doc.has_annotation("DEP") or self._guard.silent(doc.text):
            return ()
        found = list(self._found(doc))
        if len(doc) > _LONG:
            found = [one for one in found if one[1].name in _WEIGHTS]
        last = max((run.sentence for run, _, _ in found), default=0)
        ranked = sorted(found, key=lambda one: -self._weight(one[0], one[2], last))
        return _apart([clause for _, _, clause in ranked])

    def _found(self, doc: Doc) -> Iterator[tuple[Run, Framed, Clause]]:
        for run in self._cutter.runs(doc):
            if self._cut_off(run):
                continue
            framed = self._frames.frame(run.tokens)
            if framed is None or not self._guard.allows(run, framed):
                continue
            text = turn(run.tokens)
            if text and (framed.name != "do" or text.count(" ") >= _FEWEST_GAPS):
                yield run, framed, self._clause(run, framed, text)

    def _cut_off(self, run: Run) -> bool:
        """Half of a contrast or of an "or": the other half would be lost."""
        lost = self._cutter.contrasts | {"or"}
        return run.before in lost or run.after in lost or run.condition

    def _clause(self, run: Run, framed: Framed, text: str) -> Clause:
        span = Span(run.tokens[0].idx, run.tokens[-1].idx + len(run.tokens[-1].text))
        return Clause(text, framed.name, f"clauses/{framed.name}", span, self._mood(framed.name, text))

    def _mood(self, frame: str, text: str) -> Mood:
        """The clause's mood by its frame, else by its words; pleasant only if nothing in it hurts or denies."""
        if frame in _MOODS and "can't wait" not in text:
            return _MOODS[frame]
        value = self._sentiment.read(text)
        if self._sentiment.hurts(text) and (value <= -_CLEAR or frame in _OWN_STATE):
            return Mood.NEGATIVE
        pleasant = value >= _CLEAR and frame != "other" and not self._sentiment.hurts(text)
        return Mood.POSITIVE if pleasant and not _DENYING.search(text) else Mood.NEUTRAL

    def _weight(self, run: Run, clause: Clause, last: int) -> float:
        weight = _WEIGHTS.get(clause.frame, _IT_WEIGHT if clause.frame == "it_is" else _OTHER_WEIGHT)
        mood = 1.0 if clause.mood is not Mood.NEUTRAL else 0.0
        return weight + mood + (1.0 if run.sentence == last else 0.0) + 0.05 * len(clause.text.split())


def _apart(ranked: list[Clause]) -> tuple[Clause, ...]:
    """The first few that do not overlap."""
    kept: list[Clause] = []
    for clause in ranked:
        free = all(clause.span.end <= other.span.start or other.span.end <= clause.span.start for other in kept)
        if free and len(kept) < _MOST:
            kept.append(clause)
    return tuple(kept)
