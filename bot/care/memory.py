"""What Warmline remembers of one client: enough to be different on the tenth turn than on the first.

Pure values, kept as JSON in `Client.memory` (sealed). Phrases of a person carry the time of the message they came from,
so that they go when that message goes. What was said is remembered by entry and wording number, never by its text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from nlp.labels import AS_FELT, Mood, Status
from nlp.reading import Clause, Reading
from responses.fill import opener
from responses.model import QUESTIONS, REFLECTIONS, Part, Technique

SESSION_GAP = timedelta(hours=6)
ENTRY_REST = 20  # turns before an entry may come back (L-16)
OPENER_REST = 5  # replies before an opening may come back
_KEEP_PHRASES, _KEEP_SAID = 24, 400

_COURTESIES = ("thanks", "greeting", "goodbye", "apology", "compliment")
CLAUSES = frozenset({"clause", "fact"})
# Frames that say how it is for somebody; of others only a clause that is hard or glad does.
TELLING = frozenset({"feel", "afraid", "makes_me", "miss", "cant", "dont_know", "want", "both_sides"})


def _telling(clause: Clause) -> bool:
    return clause.frame in TELLING | {"seems", "there"} or clause.mood is not Mood.NEUTRAL


@dataclass(slots=True)
class Phrase:
    """Words of the person's: a clause said of themselves, or a person or thing they named."""

    text: str
    what: str  # "clause", "fact" (a clause that tells little of how it is for them), "person" or "thing"
    turn: int
    at: str  # ISO time of the message
    gone: bool = False  # they told that this person, or animal, died


@dataclass(slots=True)
class Memory:
    turn: int = 0  # messages answered so far, ever
    session_turn: int = 0
    last_heard: str = ""
    last_notice: str = ""
    used: list[tuple[int, str]] = field(default_factory=list)  # (turn, entry id)
    said: list[str] = field(default_factory=list)  # "entry#wording"
    openers: list[str] = field(default_factory=list)
    reflections: int = 0  # in this session
    questions: int = 0
    since_question: int = 9
    since_summary: int = 0
    phrases: list[Phrase] = field(default_factory=list)
    feelings: list[tuple[int, str]] = field(default_factory=list)  # (turn, name), this session
    situations: list[tuple[int, str]] = field(default_factory=list)
    mood: str = Mood.NEUTRAL.value  # of the last message that had one
    named: list[str] = field(default_factory=list)  # feelings the last reply named or leant on
    rejected: list[str] = field(default_factory=list)  # feelings corrected in this session
    denied: list[str] = field(default_factory=list)  # stems of words corrected in this session (bot.care.corrections)
    misheard: int = 0  # turn of the last correction, 0 if there was none
    last_entries: list[str] = field(default_factory=list)
    last_trail: list[str] = field(default_factory=list)
    last_said: str = ""  # text of the last reply, for "what?"; goes with the session
    cool_off: list[str] = field(default_factory=list)  # topics refused in this session
    flow: dict[str, Any] = field(
        default_factory=dict
    )  # a talk of several steps under way; bot.care.flows owns its form
    check_in: dict[str, str] = field(default_factory=dict)  # the one sent last, until it is answered: slot, kind, at
    offers: dict[str, Any] = field(default_factory=dict)  # of practices; bot.care.practices.offer owns its form
    asked: str = ""  # a question of the system's that is still open, for example "forget"

    @classmethod
    def of(cls, raw: dict[str, Any]) -> "Memory":
        """From JSON; unknown keys of an older or newer form are dropped."""
        known = {f.name for f in fields(cls)}
        kept = {key: value for key, value in raw.items() if key in known}
        kept["phrases"] = [Phrase(**p) for p in kept.get("phrases", ())]
        for key in ("used", "feelings", "situations"):
            kept[key] = [(int(turn), str(name)) for turn, name in kept.get(key, ())]
        return cls(**kept)

    def raw(self) -> dict[str, Any]:
        """For JSON. Not `asdict`, whose deep copy took longer than the whole reply."""
        kept: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        kept["phrases"] = [
            {"text": p.text, "what": p.what, "turn": p.turn, "at": p.at, "gone": p.gone} for p in self.phrases
        ]
        return kept

    # -- hearing

    def open_turn(self, now: datetime) -> bool:
        """Count a message; True when it opens a new session, which forgets what only a session should know."""
        fresh = not self.last_heard or now - datetime.fromisoformat(self.last_heard) > SESSION_GAP
        if fresh:
            self.session_turn = self.reflections = self.questions = self.since_summary = 0
            self.since_question = 9
            self.feelings, self.situations, self.named, self.rejected, self.cool_off = [], [], [], [], []
            self.denied = []
            self.asked = ""
            if self.turn:  # words before the first message are the opening of this very session
                self.last_said = ""
        self.turn += 1
        self.session_turn += 1
        self.since_summary += 1
        self.last_heard = now.astimezone(UTC).isoformat()
        return fresh

    def hear(self, reading: Reading, now: datetime) -> None:
        """Remember what was named in one message."""
        at = now.astimezone(UTC).isoformat()
        if any(one.name == "memory" for one in reading.asked):
            return  # "do you remember my cat?" tells of nothing new
        found = [
            Phrase(c.text, "clause" if _telling(c) else "fact", self.turn, at)
            for c in reading.clauses[:2]
            if c.frame != AS_FELT
        ]
        if reading.bit is not None and reading.bit.kind == "told" and not found:
            found.append(Phrase(reading.bit.text, "fact", self.turn, at))
        gone = {p.text for p in self.phrases if p.gone}
        found += [Phrase(p.text, p.what, self.turn, at, p.gone or p.text in gone) for p in reading.phrases]
        known = {p.text.lower() for p in found}
        self.phrases = [p for p in self.phrases if p.text.lower() not in known] + found
        self.phrases = self.phrases[-_KEEP_PHRASES:]
        self.feelings += [
            (self.turn, f.name)
            for f in reading.feelings
            if f.holder == "self" and f.sure and f.status is Status.ASSERTED
        ]
        self.situations += [(self.turn, s.name) for s in reading.situations]
        courtesy = reading.mood is Mood.POSITIVE and any(reading.did(act) for act in _COURTESIES)
        if reading.mood is not Mood.NEUTRAL and not courtesy:  # "thanks for listening" does not lift a heavy night
            self.mood = reading.mood.value

    def forget_words_before(self, cutoff: datetime) -> None:
        """Phrases go with the messages they came from."""
        self.phrases = [p for p in self.phrases if datetime.fromisoformat(p.at) >= cutoff]
        if self.last_heard and datetime.fromisoformat(self.last_heard) < cutoff:
            self.last_said = ""

    def forget_topics(self, words: Iterable[str]) -> None:
        """Drop what touches an off-limits topic, so that it is never brought up."""
        self.phrases = [p for p in self.phrases if not touches(p.text, words)]

    # -- answering

    def remember_reply(
        self, parts: Sequence[Part], keys: Sequence[str], named: Sequence[str], trail: Sequence[str]
    ) -> None:
        """Keep what was said: ids, rhythm, openers. `keys` are "entry#wording" of each part."""
        self.used = [(t, e) for t, e in self.used if self.turn - t < ENTRY_REST]
        self.used += [(self.turn, part.entry) for part in parts]
        self.said = [*self.said, *keys][-_KEEP_SAID:]
        text = " ".join(part.text for part in parts)
        self.note_opener(text)
        techniques = [part.technique for part in parts]
        self.reflections += sum(t in REFLECTIONS for t in techniques)
        asked = any(t in QUESTIONS for t in techniques) or "?" in text
        self.questions += asked
        self.since_question = 0 if asked else self.since_question + 1
        if Technique.SUMMARY in techniques:
            self.since_summary = 0
        self.named = list(named)
        self.last_entries = [part.entry for part in parts]
        self.last_trail = list(trail)
        self.last_said = text

    def note_opener(self, text: str) -> None:
        self.openers = [*self.openers, opener(text)][-OPENER_REST:]

    def overhear(self, text: str) -> None:
        """A reply that somebody else gave (the history of `reply` and `replay`): rhythm and openers only."""
        self.note_opener(text)
        asked = "?" in text
        self.questions += asked
        self.reflections += not asked
        self.since_question = 0 if asked else self.since_question + 1
        self.last_said = text

    @property
    def resting(self) -> frozenset[str]:
        return frozenset(entry for turn, entry in self.used if self.turn - turn < ENTRY_REST)

    @property
    def mourns(self) -> bool:
        """They told that somebody, or an animal of theirs, died."""
        return any(p.gone for p in self.phrases)

    def lately(self, what: Iterable[str], avoid: Iterable[str] = (), *, within: int, gone: bool = False) -> str:
        """The newest phrase of those kinds from the last `within` messages of this session before this one, that is
        not off-limits; "" if none. `gone`: only those who died, else only the others.
        """
        first = self.turn - min(within, self.session_turn - 1)
        kinds = frozenset(what)
        found = [p for p in self.phrases if p.what in kinds and first <= p.turn < self.turn and p.gone is gone]
        return next((p.text for p in reversed(found) if not touches(p.text, avoid)), "")


def touches(text: str, topics: Iterable[str]) -> bool:
    """Whether a phrase shares a word of substance with one of the topics."""
    topics = tuple(topics)
    if not topics:  # as a rule
        return False
    words = _substance(text)
    return any(words & _substance(topic) for topic in topics)


_FUNCTION = frozenset("a an the my your his her their our its about of with and or to this that it you me i".split())


def _substance(text: str) -> set[str]:
    return {w.strip(".,!?'’").removesuffix("'s").removesuffix("s") for w in text.lower().split()} - _FUNCTION
