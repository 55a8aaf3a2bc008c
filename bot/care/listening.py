"""Puts a calm reply together: reflection first, then perhaps warmth, then perhaps one question.

A clause of the person's said back shows that this message was heard; a curated line for the feeling or the situation
says what it means. Where the words give neither, a plain honest line is said. Pure, given the random source.
"""

from dataclasses import dataclass
from random import Random

from bot.care.bleak import bleak
from bot.care.brief import brief_line
from bot.care.closed import asks_already
from bot.care.corrections import unsaid
from bot.care.draft import Draft
from bot.care.memory import Memory
from bot.care.records import Settings
from bot.care.rhythm import room_for_a_question
from bot.care.speakable import ASKS, ECHO, LONGEST, Speakable
from bot.care.stems import says
from nlp.labels import Intensity, Mood
from nlp.reading import Reading
from responses.model import Technique
from responses.pick import Picked, Wanted, question
from responses.voice import Voice

_CONTENT = frozenset({Technique.SIMPLE_REFLECTION, Technique.COMPLEX_REFLECTION, Technique.DOUBLE_SIDED_REFLECTION})
_WARMTH = frozenset({Technique.VALIDATION, Technique.AFFIRMATION})
_OPEN = _WARMTH | {Technique.INVITATION, Technique.ACKNOWLEDGEMENT}
_THEMES = "listening.themes."
_AFTER = "listening.after."
_KEYED, _KEYED_TO_ACT = 0.2, 4.0  # the fit of a line for this mood, and for what the message does
_OF_OTHERS = frozenset({"other", "other_is", "said"})
_ANSWERS = "answers"  # the act of any brief message after a question: whom or what it names says more
_BRIEF_MESSAGE = 7  # words: so short that it leans on what went before
_ONE_MATTER = 12  # words up to which whom or what they name is what it is about
_BRIEF, _ECHO = 14, 22  # words: a first part so long has room for a second; more so if it only says back
# With a clause and a line with meaning: chances that the bare clause leads, by whether it is nearly all; else the line.
_BARE, _WHOLE = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Listener:
    """One calm turn: what was heard, what is remembered, and the voice to answer with."""

    reading: Reading
    memory: Memory
    settings: Settings
    voice: Voice
    random: Random
    limited: bool = False  # in an episode: simple reflection and feeling only (L-06)
    modest: bool = True  # whether a line by mood alone, or a plain one, may be the answer

    def listen(self, draft: Draft, *, self_talk: str = "") -> None:
        """Add one or two parts that answer what was told, and perhaps a question."""
        base = self.wanted(self_talk)
        lead = self._lead(base)
        if lead is None:
            return
        draft.add(lead)
        if draft.words <= (_ECHO if lead.entry.id.startswith(ECHO) else _BRIEF) and not self.limited:
            self._second(base, lead, draft)
        self.ask(base, draft)
        draft.named += sorted(set(base.feelings) & draft.spoken_feelings)

    @property
    def speakable(self) -> Speakable:
        return Speakable(self.reading, self.memory, self.settings)

    def wanted(self, self_talk: str = "") -> Wanted:
        """A reflection of what may be spoken to; in an episode a simple one."""
        found = self.speakable.wanted(frozenset({Technique.SIMPLE_REFLECTION}) if self.limited else _CONTENT, self_talk)
        bleakly = self.limited and bleak(found.slots.get("clause", ""))
        return found._replace(slots=_without(found, "clause")) if bleakly else found

    def _lead(self, base: Wanted) -> Picked | None:
        """The first part: their clause bare where a line with meaning will follow, else the line that says most."""
        if base.self_talk and "clause" not in base.slots:
            found = self._content_first(base._replace(shelf="listening.selftalk."))
            if found:
                return found
        rich = self._rich(base)
        if "clause" not in base.slots:
            brief = brief_line(self.reading, base, self.speakable.mood(), self.pick) if self.modest else None
            return rich or brief or self._aside(base) or self._modest(base)
        if self.speakable.both and not self.limited:
            return self._bare(base) or rich
        if rich is None:
            return self._framed(base) or self._bare(base) or self._modest(base)
        # A brief message said back whole is parroted; otherwise their own words come first, and what they mean second.
        if self.random.random() < (_WHOLE if self.speakable.clause_is_all else _BARE):
            return self._bare(base) or rich
        return rich

    def _bare(self, base: Wanted) -> Picked | None:
        bare = base._replace(shelf="listening.echo.bare.")
        both = self.speakable.both
        return (self.pick(bare._replace(slots={**base.slots, "clause": both})) if both else None) or self.pick(bare)

    def _framed(self, base: Wanted) -> Picked | None:
        """Their clause in a frame that gives it weight, by its feeling where one was named.

        The frame follows the clause: "and that's hard" after one that says nothing hard would be wrong.
        """
        bare = frozenset(entry.id for entry in self.voice.library.shelf("listening.echo.bare.").entries)
        clause = self.speakable.clause
        base = self._beside(base)
        mood = base.mood if base.feelings or clause is None else self._borne_out(clause.mood)
        return self.pick(base._replace(shelf=ECHO, used=base.used | bare, mood=mood))

    def _borne_out(self, mood: Mood) -> Mood:
        """A clause that only sounds glad or sad in a plain message is taken as plain; half of a mixed one as mixed."""
        whole = self.reading.mood
        if whole is Mood.MIXED and mood is Mood.POSITIVE:
            return whole
        return Mood.NEUTRAL if whole is Mood.NEUTRAL else mood

    def _rich(self, base: Wanted) -> Picked | None:
        """A line that knows what is at stake, else the feeling or the situation; 3 is the fit of words said."""
        told = base._replace(slots=_without(base, "clause"), floor=3.0)
        at_stake = self._at_stake(told)
        if at_stake is not None:
            return at_stake
        if self.reading.mood is Mood.NEUTRAL and not base.feelings:
            return None  # where nothing shows how it is for them, a line that guesses at the meaning is wrong too often
        if len(self.reading.text.split()) > _ONE_MATTER:  # what a feeling or a situation is about is guessed too often
            return self.pick(told._replace(shelf="listening.feelings.own_word."))
        felt = self.pick(told._replace(shelf="listening.feelings."))
        return felt or (self.pick(told._replace(shelf="listening.situations.")) if base.feelings else None)

    def _aside(self, base: Wanted) -> Picked | None:
        """What was told in passing, where the message gives nothing closer to its point."""
        passing = self.speakable.in_passing
        return self.pick(base._replace(shelf=_THEMES, themes=passing, floor=3.0)) if passing else None

    def _modest(self, base: Wanted) -> Picked | None:
        """Nothing said outright: something named, a thread from before, the mood, or a plain line, in that order.

        A situation that is only likely is not spoken to: one time in five it would be another one.
        """
        if not self.modest:
            return None
        plain = base._replace(slots=_without(base, "clause"))
        everyday = plain._replace(shelf="listening.plain.", acts=self.speakable.acts())
        words = len(self.reading.text.split())
        faint = self.speakable.faintly_hard and not self.limited
        if self.reading.mood is Mood.NEUTRAL or faint:  # no mood that only lingers from before
            done = tuple(act for act in everyday.acts if act != _ANSWERS)
            steps = [everyday._replace(acts=done, floor=_KEYED_TO_ACT)]
            if words <= _ONE_MATTER:
                steps.append(plain._replace(shelf="listening.naming.", techniques=_OPEN))
        else:
            steps = [
                plain._replace(shelf="listening.naming.", slots=plain.slots if words <= _ONE_MATTER else {}),
                plain._replace(shelf="listening.thread.", slots=plain.slots if words <= _BRIEF_MESSAGE else {}),
                plain._replace(shelf="listening.mood."),
            ]
        return next((p for p in map(self._content_first, (*steps, everyday)) if p), None)

    def _content_first(self, wanted: Wanted) -> Picked | None:
        """A reflection where the shelf has one, else any line of it."""
        return self.pick(wanted) or self.pick(wanted._replace(techniques=frozenset()))

    def _second(self, base: Wanted, lead: Picked, draft: Draft) -> None:
        """Warmth after a brief reflection; after a mere echo a line with meaning may follow instead."""
        echoed = lead.entry.id.startswith((ECHO, "listening.naming."))
        room = LONGEST - draft.words
        wanted = base._replace(
            techniques=_WARMTH | (_CONTENT if echoed else frozenset()),
            slots=_without(base, "clause", "person", "thing", "feeling"),
            used=base.used | {lead.entry.id},
            longest=min(base.longest, room),
        )
        if lead.entry.id.startswith(ECHO):
            wanted, whole = self._beside(wanted), wanted._replace(techniques=_CONTENT)
            elsewhere = self.reading.mood in (Mood.NEGATIVE, Mood.POSITIVE)  # in a mixed one, of the other mood perhaps
            chosen = self._at_stake(wanted) or (self._at_stake(whole) if elsewhere else None)
        else:
            wanted = wanted._replace(themes=tuple(lead.entry.when.themes) or wanted.themes)
            chosen = self._at_stake(wanted)
        chosen = chosen or self._meaning(wanted) or self._after(wanted, said_back=base.frame if echoed else "")
        if chosen is not None and len(chosen.text.split()) <= room:
            draft.add(chosen)

    def _beside(self, wanted: Wanted) -> Wanted:
        """Only what stands in the sentence of the clause that was said back.

        Warmth would be taken for that clause. A reflection of what is at stake elsewhere may follow it.
        """
        themes, situations, feelings = self.speakable.beside_clause()
        return wanted._replace(
            themes=tuple(t for t in wanted.themes if t in themes),
            situations={s: sure for s, sure in wanted.situations.items() if s in situations},
            feelings={f: strength for f, strength in wanted.feelings.items() if f in feelings},
        )

    def _at_stake(self, wanted: Wanted) -> Picked | None:
        return self.pick(wanted._replace(shelf=_THEMES, floor=3.0)) if wanted.themes else None

    def _meaning(self, wanted: Wanted) -> Picked | None:
        """Warmth for a feeling, or for how they speak of themselves, where it shows how it is for them."""
        if self._shown(wanted) is Mood.NEUTRAL:
            return None
        shelf = "listening.selftalk." if wanted.self_talk else "listening.feelings."
        return self.pick(wanted._replace(shelf=shelf, techniques=_WARMTH, floor=3.0))

    def _after(self, wanted: Wanted, said_back: str) -> Picked | None:
        """A line that is true after any clause of that frame, else after any message of that mood."""
        plain = wanted._replace(techniques=_OPEN)
        after = self.pick(plain._replace(shelf=_AFTER, floor=_KEYED, mood=self._shown(wanted))) if said_back else None
        if self.reading.mood is not Mood.NEUTRAL:
            return after or self.pick(plain._replace(shelf="listening.mood."))
        if not said_back:  # a plain line has said enough
            return None
        everyday = plain._replace(shelf="listening.plain.", acts=self.speakable.acts())
        return self.pick(everyday._replace(floor=_KEYED_TO_ACT)) or after or self.pick(everyday)

    def _shown(self, wanted: Wanted) -> Mood:
        """The mood as far as words show it: a plain fact in a message of faint mood is taken as a plain fact."""
        clause = self.speakable.clause
        shows = wanted.strength is not Intensity.LOW or wanted.feelings
        if clause and wanted.mood is Mood.POSITIVE and clause.frame in _OF_OTHERS and clause.mood is not Mood.POSITIVE:
            return Mood.NEUTRAL  # glad, and perhaps not of what they did
        return wanted.mood if shows or clause is None else self._borne_out(clause.mood)

    def ask(self, base: Wanted, draft: Draft) -> None:
        """One question at most, and only where the rhythm leaves room for it (L-01).

        One about a theme reaches further than a line, and is wrong more often.
        """
        if not self._may_ask() or asks_already(draft.parts):
            return
        for picked in draft.sources:
            themes = picked.entry.when.themes
            if themes and self.speakable.worth(themes) < ASKS:
                continue
            found = question(picked.entry, base, self.random)
            if found and not says(found[1], self.memory.denied):
                draft.add_question(picked.entry.id, *found)
                return

    def _may_ask(self) -> bool:
        return not self.limited and room_for_a_question(self.reading, self.memory, self.settings, self.random)

    def pick(self, wanted: Wanted) -> Picked | None:
        return unsaid(lambda one: self.voice.pick(one, self.random), self.speakable.as_felt(wanted), self.memory.denied)


def _without(wanted: Wanted, *names: str) -> dict[str, str]:
    return {key: value for key, value in wanted.slots.items() if key not in names}
