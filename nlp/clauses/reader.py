"""Finds clauses of the client's that may be said back, turned to "you", most telling first.

Each stands in a closed frame and passed the guard; what is unsure is left out. Echoing is the bonus, never the need.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc

from nlp import rules
from nlp.clauses.cut import Cutter, Run, sentences
from nlp.clauses.flat import Flat
from nlp.clauses.frames import GRANTED, Frames
from nlp.clauses.guard import FILE, KEYS, Guard
from nlp.clauses.joins import BOTH_SIDES, Found, joined
from nlp.clauses.lost import Lost
from nlp.clauses.opening import by_speaker, led, opened
from nlp.clauses.turning import turn
from nlp.clauses.weighing import ANY_FRAME, Place, Traits, Weighing, Whole, Worth, frame_weight
from nlp.clauses.words import Framed
from nlp.labels import AS_FELT, Mood
from nlp.reading import Clause, Span
from nlp.sentiment import Sentiment

_MOST = 3
_FEWEST_GAPS = 3
_CLEAR = 0.2  # sentiment beyond which a clause has a mood of its own
_AS_REPORTED = frozenset({"said"})  # what others said: nothing that hurts comes back
_TRIFLE = 3  # words: "he ate them"
_ALL_BUT = 0.7  # of the message, for a mere setting to be its point
_SHARE = 0.4  # of the message, for a fact without weight to be its point
_DENYING = re.compile(
    r"n't\b|\b(?:not|never|no|less|lack|without|wish|stop|cannot|used to|only|supposed|want|try|trying)\b"
)
_NOT_SO = re.compile(r"\b(?:are|were|'re) ?(?:not|n't)\b")
_MOODS = {
    "cant": Mood.NEGATIVE,
    "miss": Mood.NEGATIVE,
    "dont_know": Mood.NEGATIVE,
    "afraid": Mood.NEGATIVE,
    "it_is": Mood.NEGATIVE,
}
_PLAIN_IN_MOOD = frozenset({"other", "told", "think"})  # kind words in it are no joy of theirs
_OWN_STATE = frozenset({"feel", "be", "being", "been", "been_doing"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that nothing forbids to say back, with what its worth is measured by."""

    clause: Clause
    traits: Traits


class ClauseReader:
    """Reads clauses from a parsed message. `load` raises RuleError if the frames or the learned weights are wrong."""

    def __init__(self, data: Mapping[str, Any], sentiment: Sentiment, worth: Worth) -> None:
        self._cutter = Cutter.of(data["cut"])
        self._frames = Frames.of(data["frames"])
        self.guard = self._guard = Guard.load(data)
        self._flat = Flat.of(data["flat"])
        self._lost = Lost.of(data["lost"], data["cut"])
        self._weighing = Weighing.of(data["weighing"])
        self._sentiment = sentiment
        self._worth = worth

    @classmethod
    def load(cls, sentiment: Sentiment | None = None, worth: Worth | None = None) -> "ClauseReader":
        data = rules.load_mapping(FILE, required=KEYS)
        return cls(data, sentiment or Sentiment.load(), worth or Worth.load())

    def read(self, doc: Doc) -> tuple[Clause, ...]:
        """At most three clauses, most telling first; spans are offsets in the document's text."""
        weighed = [replace(one.clause, weight=round(self._worth.of(one.traits), 3)) for one in self.candidates(doc)]
        worthy = (clause for clause in weighed if clause.weight >= self._worth.least)
        return _apart(sorted(worthy, key=lambda clause: -clause.weight))

    def candidates(self, doc: Doc) -> list[Candidate]:
        """Every clause that may be said back at all; which of them are worth it is learned."""
        text = doc.text  # put together anew each time it is asked for
        if not doc.has_annotation("DEP") or self._guard.silent(text):
            return []
        runs = list(self._cutter.runs(doc))
        every = list(self._found(runs))
        told = [tokens for tokens, _ in sentences(doc)]
        burdened = self._flat.burdened(text)
        kept = [
            (one, self._lost.of_the_rest(told, one.run.sentence, one.clause))
            for one in (*self._pairs(every), *self._alone(every))
            if not burdened or self._bears_a_burden(one)
        ]
        whole = Whole(text, self._sentiment.read(text), self._weighing)
        last = max((run.sentence for run in runs), default=0)
        return [
            Candidate(
                one.clause,
                {
                    **self._traits(one, whole, last),
                    "beside_the_point": float(self._beside_the_point(one, len(doc), whole.hurting)),
                    "message_burdened": float(burdened),
                    **{f"loses_{kind}": 1.0 for kind in lost},
                },
            )
            for one, lost in kept
            if lost is not None
        ]

    def _alone(self, every: Iterable[Found]) -> list[Found]:
        """Those that can stand without their neighbours and say more than a trifle."""
        whole = (one for one in every if not (self._cut_off(one.run) or one.lead or one.clause.frame == GRANTED))
        return [
            one
            for one in whole
            if _says_enough(one) and (len(one.clause.text.split()) > _TRIFLE or not self._plain(one))
        ]

    def _traits(self, one: Found, whole: Whole, last: int) -> Traits:
        clause, length = one.clause, max(1, len(whole.text))
        frame = clause.frame if clause.frame == BOTH_SIDES else one.weight or clause.frame
        place = Place(clause.span.start / length, clause.span.end / length, one.run.sentence, last)
        measured = self._weighing.traits(clause.text, clause.mood, self._sentiment.read(clause.text), place, whole)
        return {**measured, f"frame_{frame}": 1.0, "pair": float(bool(one.weight))}

    def _bears_a_burden(self, one: Found) -> bool:
        """Beside a guilt, a death or violence told elsewhere a plain fact misses the heart of the message."""
        return not self._plain(one) or self._flat.bears_a_burden(one.clause.frame, one.clause.mood)

    def _plain(self, one: Found) -> bool:
        """A fact without a mood or a word that weighs."""
        neutral = one.clause.mood is Mood.NEUTRAL and _plain_fact(one)
        return neutral and not self._weighing.families(one.clause.text.split())

    def _beside_the_point(self, one: Found, length: int, hurting: int) -> bool:
        """A plain fact in a message of much more, or of what hurts elsewhere: its point may not be found."""
        if not _plain_fact(one) or one.clause.mood is Mood.POSITIVE:
            return False
        if hurting and not self._weighing.hurting_in(one.clause.text):
            return True
        words = one.clause.text.split()
        share = len(words) / max(1, length)
        return share < (_ALL_BUT if self._weighing.only_setting(words) else _SHARE if self._plain(one) else 0)

    def _found(self, runs: Iterable[Run]) -> Iterator[Found]:
        """Each run that stands in a frame and passed the guard, cut off from its neighbours or not."""
        for whole in runs:
            lead, run = led(whole)
            ahead, run = opened(run)
            framed = self._frames.frame(run.tokens) if run.tokens else None
            if framed is None or not self._guard.allows(run, framed) or (framed.dropped and not by_speaker(run)):
                continue
            turned = turn(run.tokens)
            if turned is None:
                continue
            if ahead and framed.dropped:
                continue  # whose morning it was is not said
            text = " ".join(word for word in (ahead, framed.dropped or framed.owner, turned) if word)
            if framed.name in _AS_REPORTED and self._sentiment.hurts(text):
                continue
            clause = self._clause(run, framed, f"{lead} {text}".strip())
            frame = self._flat.frame(clause.text, framed, clause.mood, run.tokens[0].lower_)
            if frame is not None:
                kept = replace(clause, frame=frame, rule=f"clauses/{frame}")
                yield Found(run, kept, lead=lead)

    def _pairs(self, every: list[Found]) -> Iterator[Found]:
        for first, second, joint, contrast in joined(every, self._cutter.lost):
            if AS_FELT in (first.clause.frame, second.clause.frame):
                continue  # "it feels as if" would reach over both
            if not contrast and GRANTED in (first.clause.frame, second.clause.frame):
                continue
            text = f"{first.clause.text}{joint}{second.clause.text}"
            frame = BOTH_SIDES if contrast else first.clause.frame
            span = Span(first.clause.span.start, second.clause.span.end)
            weightier = max((first, second), key=lambda one: frame_weight(one.clause.frame)).clause.frame
            clause = Clause(text, frame, f"clauses/{frame}", span, _both_moods(first.clause, second.clause))
            yield Found(second.run, clause, weight=weightier)

    def _cut_off(self, run: Run) -> bool:
        """Half of a contrast or of an "or": the other half would be lost."""
        # What stands before a "then" was so until then; what stands after it is what happened.
        lost = self._cutter.lost
        return (run.before in lost and run.before != "then") or run.after in lost or run.condition

    def _clause(self, run: Run, framed: Framed, text: str) -> Clause:
        span = Span(run.tokens[0].idx, run.tokens[-1].idx + len(run.tokens[-1].text))
        return Clause(text, framed.name, f"clauses/{framed.name}", span, self._mood(framed.name, text))

    def _mood(self, frame: str, text: str) -> Mood:
        """The clause's mood by its frame, else by its words; pleasant only if nothing in it hurts or denies."""
        if frame in _AS_REPORTED:
            return Mood.NEUTRAL  # good or bad for whom?
        if frame in _MOODS and "can't wait" not in text:
            return _MOODS[frame]
        value = self._sentiment.read(text)
        if frame in _OWN_STATE and _NOT_SO.search(text):
            return Mood.NEUTRAL  # "you're not panicking"
        if self._sentiment.hurts(text) and (value <= -_CLEAR or frame in _OWN_STATE):
            return Mood.NEGATIVE
        pleasant = value >= _CLEAR and frame not in _PLAIN_IN_MOOD and not self._sentiment.hurts(text)
        return Mood.POSITIVE if pleasant and not _DENYING.search(text) else Mood.NEUTRAL


def _plain_fact(one: Found) -> bool:
    return frame_weight(one.weight or one.clause.frame) == ANY_FRAME


def _says_enough(one: Found) -> bool:
    """ "You get there" by itself says too little."""
    return one.clause.frame != "do" or one.clause.text.count(" ") >= _FEWEST_GAPS


def _both_moods(first: Clause, second: Clause) -> Mood:
    """The mood of two sides: the one that has any, mixed where they differ."""
    if first.mood is second.mood:
        return first.mood
    moods = {first.mood, second.mood} - {Mood.NEUTRAL}
    return moods.pop() if len(moods) == 1 else Mood.MIXED


def _apart(ranked: list[Clause]) -> tuple[Clause, ...]:
    """The first few that do not overlap."""
    kept: list[Clause] = []
    for clause in ranked:
        free = all(clause.span.end <= other.span.start or other.span.end <= clause.span.start for other in kept)
        if free and len(kept) < _MOST:
            kept.append(clause)
    return tuple(kept)
