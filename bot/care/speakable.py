"""What of a message may be spoken to: the findings, less what was refused, corrected or is off-limits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.care.memory import Memory, touches
from bot.care.records import Settings
from nlp.labels import NEGATIVE_FEELINGS, POSITIVE_FEELINGS, Intensity, Mood, Status
from nlp.reading import Clause, Feeling, Reading
from responses.model import Technique
from responses.pick import Wanted

LONGEST = 30  # words of a whole reply before its question
_GENTLE_LONGEST = 20
_MOST_OF_BOTH = 20  # words of two clauses said back together
_FAINT, _STRONG = 0.25, 0.75  # of sentiment's size
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
        situations = {s.name: s.sure for s in self.reading.situations if not touches(s.name.replace("_", " "), topics)}
        return Wanted(
            shelf="listening.",
            techniques=techniques,
            mood=self.mood(),
            feelings=feelings,
            strength=self.strength(),
            situations=situations,
            self_talk=(self_talk,) if self_talk else (),
            themes=self.themes(topics),
            frame=clause.frame if clause else "",
            slots=self.slots(topics, clause),
            world=self.world(situations),
            used=self.memory.resting,
            said=frozenset(self.memory.said),
            openers=frozenset(self.memory.openers),
            longest=_GENTLE_LONGEST if self.settings.gentle else LONGEST,
        )

    def themes(self, topics: Iterable[str]) -> tuple[str, ...]:
        """What is at stake, in so many words, less what stands in words that are off-limits."""
        text = self.reading.text
        return tuple(t.name for t in self.reading.themes if not touches(text[t.span.start : t.span.end], topics))

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
        """The message's mood; a brief neutral one in the middle of a talk keeps the mood of the talk."""
        if self.reading.mood is Mood.NEUTRAL and self.memory.session_turn > 1 and len(self.reading.text.split()) < 8:
            return Mood(self.memory.mood)
        return self.reading.mood

    def slots(self, topics: Iterable[str], clause: Clause | None) -> dict[str, str]:
        """The person's own words for slots, nothing off-limits among them."""
        named = {
            w: next((p.text for p in self.reading.phrases if p.what == w and not touches(p.text, topics)), "")
            for w in ("person", "thing")
        }
        earlier = self.memory.earlier("person", self.memory.turn, topics) or self.memory.earlier(
            "thing", self.memory.turn, topics
        )
        feeling = next((f.word for f in self.feelings() if f.word), "")
        now_named = {named["person"].lower(), named["thing"].lower()}
        found = {
            "clause": clause.text if clause else "",
            **named,
            "feeling": feeling,
            "earlier": earlier if earlier.lower() not in now_named else "",
            "name": self.settings.name,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def clause(self) -> Clause | None:
        """The clause that may be said back: nothing off-limits in it, and in keeping with the mood."""
        return next(self._fitting(), None)

    @property
    def both(self) -> str:
        """Two clauses from apart in the message, in the order they were told, said back as one; "" if none go together.

        A story is seldom in one clause: "they get angry with you, and you don't know how to get through to them".
        """
        fitting = [*self._fitting()]
        second = next((c for c in fitting[1:] if _go_together(fitting[0], c)), None)
        if second is None:
            return ""
        return ", and ".join(c.text for c in sorted((fitting[0], second), key=lambda c: c.span.start))

    def _fitting(self) -> Iterator[Clause]:
        topics = self.topics
        return (c for c in self.reading.clauses if not touches(c.text, topics) and self._in_keeping(c))

    def _in_keeping(self, clause: Clause) -> bool:
        opposite = {Mood.POSITIVE: Mood.NEGATIVE, Mood.NEGATIVE: Mood.POSITIVE}
        return clause.mood is not opposite.get(self.reading.mood)

    def world(self, situations: Iterable[str]) -> frozenset[str]:
        company = not self.settings.gentle and not _NO_COMPANY & set(situations)
        return frozenset({"common_humanity"} if company else ())


def _go_together(some: Clause, other: Clause) -> bool:
    """Short enough for one breath, of one direction, and the earlier without a joint of its own."""
    first = min(some, other, key=lambda c: c.span.start)
    if "," in first.text or " and " in first.text or {some.mood, other.mood} == {Mood.POSITIVE, Mood.NEGATIVE}:
        return False
    alike = some.text.split()[:3] == other.text.split()[:3]
    return not alike and len(f"{some.text} {other.text}".split()) <= _MOST_OF_BOTH
