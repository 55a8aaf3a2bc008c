"""What of a message may be spoken to: the findings, less what was refused, corrected or is off-limits."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.care.at_stake import OF_THE_LIVING, themes_now
from bot.care.clause_pairs import goes_with
from bot.care.memory import CLAUSES, TELLING, Memory, touches
from bot.care.records import Settings
from nlp.labels import (
    AS_FELT,
    NEGATIVE_FEELINGS,
    OPEN_SITUATIONS,
    POSITIVE_FEELINGS,
    Intensity,
    Mood,
    Status,
    Tier,
)
from nlp.reading import Clause, Feeling, Finding, Reading, Span
from responses.model import Technique
from responses.pick import Wanted

ECHO = "listening.echo."
LONGEST = 30  # words of a whole reply before its question
_GENTLE_LONGEST = 20
# What a theme must be worth (nlp.theme_worth) for a line about it to be said, and for a question to be asked.
SAID, ASKS = 0.0, 0.25
_FAINT, _STRONG = 0.25, 0.75  # of sentiment's size
_NEARLY_ALL = 0.75  # of the message's words
_ENOUGH = 0.25  # share of a plain message's words that its clause must hold, to be said back for the whole
_FULL = 6  # words of a clause that says something by itself, in a message of any length
# "lol" at the end of what is told takes the edge off it; nothing says that it was funny.
_LAUGHS = re.compile(r"(?:ha){2,}|lmf?ao|rofl|[😂🤣]", re.IGNORECASE)
# Messages back for whom or what was named, for who died, and for what was told and may be said back once more.
_FRESH, _LONG_GONE, _JUST = 6, 12, 3
_SCENERY = (
    "kitchen house flat room home garden car office phone night morning evening day week weekend town city"  # where
)
_ANSWER = 16  # words up to which a message after a question is its answer
_TELLING = TELLING | {"think"}
# Topics where "many people" would make little of it (S-02).
_NO_COMPANY = frozenset(
    "death_of_loved_one anniversary_of_loss dying_loved_one pregnancy_loss past_trauma discrimination pet_loss".split()
)


@dataclass(frozen=True, slots=True)
class Speakable:
    """One message in the light of what is remembered and chosen."""

    reading: Reading
    memory: Memory
    settings: Settings

    @property
    def topics(self) -> list[str]:
        """What is not to be touched: off-limits for good, or refused in this session."""
        return [*self.settings.off_limits, *self.memory.cool_off]

    def wanted(self, techniques: frozenset[Technique], self_talk: str = "") -> Wanted:
        """A line of one of `techniques` that speaks to what was heard."""
        feelings = {f.name: f.intensity for f in self.feelings()}
        topics = self.topics
        clause = self.clause
        situations = {s.name: True for s in self.situations(topics)}
        return Wanted(
            shelf="listening.",
            techniques=techniques,
            mood=self.reading.mood,
            feelings=feelings,
            strength=self.strength(),
            situations=situations,
            self_talk=(self_talk,) if self_talk else (),
            themes=tuple(t.name for t in self.themes(topics) if t.sure and t.worth >= SAID),
            frame=clause.frame if clause else "",
            slots=self.slots(topics, clause),
            world=self.world(situations),
            used=self.memory.resting,
            said=frozenset(self.memory.said),
            openers=frozenset(self.memory.openers),
            longest=_GENTLE_LONGEST if self.settings.gentle else LONGEST,
        )

    def acts(self) -> tuple[str, ...]:
        """What the message does, as far as it is sure; "answers" where a question was asked before it."""
        answers = "?" in self.memory.last_said and len(self.reading.text.split()) <= _ANSWER
        laughs = bool(_LAUGHS.search(self.reading.text))
        heard = (act.name for act in self.reading.acts if act.sure and (act.name != "laughter" or laughs))
        return (*heard, *(("answers",) if answers else ()))

    def themes(self, topics: Iterable[str]) -> list[Finding]:
        """What is at stake, as far as it may be spoken to; what was told in passing is not `sure`."""
        return themes_now(self.reading, self.memory, topics)

    @property
    def in_passing(self) -> tuple[str, ...]:
        """Themes told in passing: to be spoken to only where the message gives nothing closer to its point."""
        return tuple(t.name for t in self.themes(self.topics) if not t.sure and t.worth >= SAID)

    def worth(self, themes: Collection[str]) -> float:
        """The most that any of `themes` found in the message is worth."""
        return max((t.worth for t in self.reading.themes if t.name in themes), default=0.0)

    def situations(self, topics: Iterable[str]) -> list[Finding]:
        """What it is about, where words say so (one likely situation in five would be another one).

        One that pleases some and weighs on others is spoken to only where a feeling shows which.
        """
        felt = bool(self.feelings())
        return [
            s
            for s in self.reading.situations
            if s.sure
            and (felt or s.name not in OPEN_SITUATIONS)
            and not (s.name in OF_THE_LIVING and self.memory.mourns)
            and not touches(s.name.replace("_", " "), topics)
        ]

    def beside_clause(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Names of the themes, situations and feelings that stand in the sentence of the clause that is said back."""
        topics = self.topics
        found = (self.themes(topics), self.situations(topics), self.feelings())
        themes, situations, feelings = (frozenset(f.name for f in some if self._beside(f.span)) for some in found)
        return themes, situations, feelings

    def _beside(self, span: Span) -> bool:
        """In the same sentence as the clause; what has no place of its own belongs to the whole message."""
        clause = self.clause
        if clause is None or span.end <= span.start:
            return True
        between = self.reading.text[min(span.end, clause.span.end) : max(span.start, clause.span.start)]
        return not re.search(r"[.!?\n…]", between)

    def feelings(self) -> list[Feeling]:
        """Feelings that may be named: said, their own, now, not corrected before, in keeping with the mood."""
        mine = [
            f
            for f in self.reading.feelings
            if f.sure and f.holder == "self" and f.status is Status.ASSERTED and f.name not in self.memory.rejected
        ]
        barred = {Mood.POSITIVE: NEGATIVE_FEELINGS, Mood.NEGATIVE: POSITIVE_FEELINGS}.get(
            self.reading.mood, frozenset()
        )
        order = list(Intensity)
        return sorted((f for f in mine if f.name not in barred), key=lambda f: -order.index(f.intensity))

    def strength(self) -> Intensity:
        """How strong the whole message is, by the size of its sentiment."""
        size = abs(self.reading.sentiment)
        return Intensity.HIGH if size > _STRONG else Intensity.LOW if size < _FAINT else Intensity.MIDDLE

    def mood(self) -> Mood:
        """The message's mood; a brief neutral one keeps that of the talk, but no gladness, misheard or over."""
        if self.reading.mood is Mood.NEUTRAL and self.memory.session_turn > 1 and len(self.reading.text.split()) < 8:
            return Mood.NEUTRAL if self.memory.mood == Mood.POSITIVE else Mood(self.memory.mood)
        return self.reading.mood

    @property
    def faintly_hard(self) -> bool:
        """Hard by a stray word only: of such messages a line on how hard it is was judged wrong every second time."""
        hard = self.reading.mood in (Mood.NEGATIVE, Mood.MIXED)
        return hard and self.strength() is Intensity.LOW and not self.feelings()

    def slots(self, topics: Iterable[str], clause: Clause | None) -> dict[str, str]:
        """The person's own words for slots, nothing off-limits among them."""
        free = [p for p in self.reading.phrases if not touches(p.text, topics)]
        dead = {p.text for p in self.memory.phrases if p.gone}
        named = {
            w: next((p.text for p in free if p.what == w and not p.gone and p.text not in dead), "")
            for w in ("person", "thing")
        }
        gone = next((p.text for p in free if p.text in dead), "")
        lately = partial(self.memory.lately, avoid=topics)
        earlier = lately(("person",), within=_FRESH) or lately(("thing",), avoid=(*topics, _SCENERY), within=_FRESH)
        feeling = next((f.word for f in self.feelings() if f.word), "")
        now_named = {named["person"].lower(), named["thing"].lower()}
        found = {
            "clause": clause.text if clause else "",
            "said": self.said,
            **named,
            "feeling": feeling,
            "earlier": earlier if earlier.lower() not in now_named else "",
            "gone": gone or lately(("person", "thing"), within=_LONG_GONE, gone=True),
            "told": lately(CLAUSES, within=_JUST),
            "name": self.settings.name,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def clause(self) -> Clause | None:
        """The clause that may be said back: nothing off-limits in it, and in keeping with the mood."""
        whole = next((c for c in self._fitting() if self._for_the_whole(c.text, c.frame)), None)
        return whole or (next(self._fitting()) if self.both else None)

    @property
    def said(self) -> str:
        """All of a brief message, where it may be said back: no verdict on themselves, nothing off-limits."""
        bit = self.reading.bit
        judged = self.reading.self_talk or self.reading.tier > Tier.T0
        return "" if bit is None or judged or touches(bit.text, self.topics) else bit.text

    @property
    def clause_is_all(self) -> bool:
        """The clause is nearly the whole message."""
        clause = self.clause
        return clause is not None and len(clause.text.split()) > _NEARLY_ALL * len(self.reading.text.split())

    def as_felt(self, wanted: Wanted) -> Wanted:
        """An absolute of theirs ("nobody ...") only comes back in lines that say it as a feeling."""
        absolute = wanted.frame == AS_FELT and wanted.shelf.startswith(ECHO)
        return wanted._replace(shelf=f"{ECHO}{AS_FELT}.") if absolute else wanted

    @property
    def both(self) -> str:
        """Two clauses from apart in the message, in the order they were told, said back as one; "" if none go together.

        A story is seldom in one clause: "they get angry with you, and you don't know how to get through to them".
        """
        fitting = [clause for clause in self._fitting() if clause.frame != AS_FELT]
        if not fitting:
            return ""
        second = next((c for c in fitting[1:] if goes_with(fitting[0], c)), None)
        if second is None:
            return ""
        return ", and ".join(c.text for c in sorted((fitting[0], second), key=lambda c: c.span.start))

    def _fitting(self) -> Iterator[Clause]:
        topics = self.topics
        return (c for c in self.reading.clauses if not touches(c.text, topics) and self._in_keeping(c))

    def _for_the_whole(self, text: str, frame: str) -> bool:
        """A plain message said back by one stray clause would miss its point."""
        if self.reading.mood is not Mood.NEUTRAL or frame in _TELLING:
            return True
        words = len(text.split())
        return words >= _FULL or words >= _ENOUGH * len(self.reading.text.split())

    def _in_keeping(self, clause: Clause) -> bool:
        opposite = {Mood.POSITIVE: Mood.NEGATIVE, Mood.NEGATIVE: Mood.POSITIVE}
        return clause.mood is not opposite.get(self.reading.mood)

    def world(self, situations: Iterable[str]) -> frozenset[str]:
        company = not self.settings.gentle and not _NO_COMPANY & set(situations)
        return frozenset({"common_humanity"} if company else ())
