"""Finds clauses of the client's that may be said back, turned to "you", most telling first.

Each stands in a closed frame and passed the guard; what is unsure is left out. Echoing is the bonus, never the need.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Token

from nlp import rules
from nlp.clauses.cut import Cutter, Run, sentences
from nlp.clauses.flat import Flat
from nlp.clauses.frames import GRANTED, Frames
from nlp.clauses.guard import FILE, KEYS, Guard
from nlp.clauses.joins import BOTH_SIDES, Found, joined
from nlp.clauses.lost import Lost
from nlp.clauses.openers import time_opener
from nlp.clauses.turning import SEASONS, turn
from nlp.clauses.weighing import ANY_FRAME, Place, Weighing, frame_weight
from nlp.clauses.words import MINE, SUBJECTS, Framed
from nlp.labels import AS_FELT, Mood
from nlp.reading import Clause, Span
from nlp.sentiment import Sentiment

_MOST = 3
_FEWEST_GAPS = 3
_CLEAR = 0.2  # sentiment beyond which a clause has a mood of its own
_AS_REPORTED = frozenset({"said"})  # what others said: nothing that hurts comes back
_TRIFLE = 3  # words: "he ate them"
_ALL_BUT = 0.7  # of the message, for a mere setting to be said back
_SHARE = 0.4  # of the message, for a fact without weight to be its point
_FULL = 5  # words: a fact worth saying back out of a long story
_LEADS = (
    ("every", "time"),
    ("even", "though"),
    ("when",),
    ("whenever",),
    ("since",),
    ("although",),
    ("after",),
    ("while",),
)
_OPENING_SUBJECTS = frozenset(
    "i we he she they it my our his her their the this nobody everyone someone people".split()
)
# Words before which nobody was named: things and the listener leave no doubt whose deed is told.
_NOBODY_NAMED = MINE | frozenset("it that this there you what who which".split())
_LONG = 70  # tokens; in a longer story plain facts of a few words are left alone
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


class ClauseReader:
    """Reads clauses from a parsed message. `load` raises RuleError if the frames are wrong."""

    def __init__(self, data: Mapping[str, Any], sentiment: Sentiment) -> None:
        self._cutter = Cutter.of(data["cut"])
        self._frames = Frames.of(data["frames"])
        self.guard = self._guard = Guard.load(data)
        self._flat = Flat.of(data["flat"])
        self._lost = Lost.of(data["lost"], data["cut"])
        self._weighing = Weighing.of(data["weighing"])
        self._sentiment = sentiment

    @classmethod
    def load(cls, sentiment: Sentiment | None = None) -> "ClauseReader":
        return cls(rules.load_mapping(FILE, required=KEYS), sentiment or Sentiment.load())

    def read(self, doc: Doc) -> tuple[Clause, ...]:
        """At most three clauses, most telling first; spans are offsets in the document's text."""
        if not doc.has_annotation("DEP") or self._guard.silent(doc.text):
            return ()
        runs = list(self._cutter.runs(doc))
        every = list(self._found(runs, burdened=self._flat.burdened(doc.text)))
        alone = [one for one in every if not (self._cut_off(one.run) or one.lead or one.clause.frame == GRANTED)]
        alone = [one for one in alone if _says_enough(one)]
        found = [
            *self._pairs(every),
            *(one for one in alone if len(one.clause.text.split()) > _TRIFLE or not self._plain(one)),
        ]
        last = max((run.sentence for run in runs), default=0)
        if len(doc) > _LONG:
            found = [one for one in found if not _plain_fact(one) or len(one.clause.text.split()) >= _FULL]
        told, hurting = [tokens for tokens, _ in sentences(doc)], self._weighing.hurting_in(doc.text)
        found = [one for one in found if self._even(one) and not self._lost.loses(told, one.run.sentence, one.clause)]
        found = [one for one in found if not self._beside_the_point(one, len(doc), hurting)]
        ranked = sorted((self._weighed(one, doc, last) for one in found), key=lambda clause: -clause.weight)
        return _apart(ranked)

    def _even(self, one: Found) -> bool:
        """No plain fact beside what weighs, where both could stand alone: the one that weighs says more."""
        plain = [self._plain(part) for part in one.parts]
        return any(self._cut_off(part.run) for part in one.parts) or all(plain) or not any(plain)

    def _plain(self, one: Found) -> bool:
        """A fact without a mood or a word that weighs."""
        neutral = one.clause.mood is Mood.NEUTRAL and _plain_fact(one)
        return neutral and not self._weighing.families(one.clause.text.split())

    def _beside_the_point(self, one: Found, length: int, hurting: int) -> bool:
        """A plain fact in a message of much more, or of what hurts elsewhere: its point was not found."""
        if not _plain_fact(one) or one.clause.mood is Mood.POSITIVE:
            return False
        if hurting and not self._weighing.hurting_in(one.clause.text):
            return True
        words = one.clause.text.split()
        share = len(words) / max(1, length)
        return share < (_ALL_BUT if self._weighing.only_setting(words) else _SHARE if self._plain(one) else 0)

    def _weighed(self, one: Found, doc: Doc, last: int) -> Clause:
        clause = one.clause
        place = Place(one.run.sentence, last, clause.span.end / max(1, len(doc.text)))
        weight = self._weighing.weight(one.weight or clause.frame, clause.text, clause.mood, place)
        return replace(clause, weight=round(weight, 3))

    def _found(self, runs: Iterable[Run], *, burdened: bool) -> Iterator[Found]:
        """Each run that stands in a frame and passed the guard, cut off from its neighbours or not."""
        for whole in runs:
            lead, run = _led(whole)
            ahead, run = _opened(run)
            framed = self._frames.frame(run.tokens) if run.tokens else None
            if framed is None or not self._guard.allows(run, framed) or (framed.dropped and not _by_speaker(run)):
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
            frame = self._flat.frame(clause.text, framed, clause.mood, run.tokens[0].lower_, burdened=burdened)
            if frame is not None:
                yield Found(run, replace(clause, frame=frame, rule=f"clauses/{frame}"), lead=lead)

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
            parts = (first, second) if joint == " and " else ()
            yield Found(second.run, clause, weight=weightier, parts=parts)

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


def _led(run: Run) -> tuple[str, Run]:
    """The word or two that lead up to a neighbour ("when", "every time"), and the run without them."""
    low = [token.lower_ for token in run.tokens[:2]]
    lead = next((words for words in _LEADS if tuple(low[: len(words)]) == words), ())
    return " ".join(lead), replace(run, tokens=run.tokens[len(lead) :]) if lead else run


def _opened(run: Run) -> tuple[str, Run]:
    """Words of time before the subject, and the run without them: "all week", "by nine"; a "like" that likens."""
    if run.tokens[:1] and run.tokens[0].lower_ == "like" and len(run.tokens) > 1 and run.tokens[1].lower_ != "i":
        return "it's like", replace(run, tokens=run.tokens[1:])
    count = time_opener(run.tokens)
    if not count or count == len(run.tokens) or not _may_follow(run.tokens[count]):
        return "", run
    ahead = " ".join(_cased_time(token) for token in run.tokens[:count])
    return ahead, replace(run, tokens=run.tokens[count:])


def _may_follow(token: Token) -> bool:
    return token.lower_ in _OPENING_SUBJECTS or token.dep_ in SUBJECTS


def _cased_time(token: Token) -> str:
    return str(token.text).capitalize() if token.lower_ in SEASONS else str(token.lower_)


def _by_speaker(run: Run) -> bool:
    """Nobody else was spoken of before, so that a left-out subject is the speaker."""
    doc, start = run.tokens[0].doc, run.tokens[0].i
    named = [token for token in doc[:start] if token.dep_ in SUBJECTS]
    if any(token.lower_ not in _NOBODY_NAMED for token in named):
        return False
    return run.sentence == 0 or any(token.lower_ in MINE for token in run.tokens)


def _apart(ranked: list[Clause]) -> tuple[Clause, ...]:
    """The first few that do not overlap."""
    kept: list[Clause] = []
    for clause in ranked:
        free = all(clause.span.end <= other.span.start or other.span.end <= clause.span.start for other in kept)
        if free and len(kept) < _MOST:
            kept.append(clause)
    return tuple(kept)
