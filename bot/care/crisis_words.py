"""Puts a crisis reply together from the crisis shelf: paragraphs said in order, none twice in an episode, with buttons.

When every wording of a moment has been said, the one said longest ago comes back: an answer matters more than variety.
"""

from collections.abc import Iterable, Mapping
from random import Random

from bot.care.crisis_answers import CHOICES
from bot.care.episode import Episode, mark
from bot.care.records import Button, Priority
from bot.care.reply import Reply
from responses.fill import can_fill, fill
from responses.helplines import Helplines
from responses.model import Part
from responses.voice import Voice

_HELP = ("emergency", "number", "text", "directory")  # slots that name a place where help is
COUNTRIES = ("US", "GB", "CA", "AU", "IN")  # first buttons: few, in such an hour
MORE_COUNTRIES = ("IE", "DE", "NZ", "ZA", "PH")  # after "another country"; any other can be typed


class Speaker:
    """Collects the parts of one reply. Writes what was said into the episode, if there is one."""

    def __init__(
        self, voice: Voice, random: Random, slots: Mapping[str, str], world: Iterable[str], episode: Episode | None
    ) -> None:
        self.voice, self.random, self.slots, self.world = voice, random, slots, frozenset(world)
        self.said = episode.said if episode is not None else []
        self.parts: list[Part] = []
        self.trail: list[str] = []
        self.named_help = False

    def say(self, moment: str, *world: str) -> None:
        """Add a paragraph. Raises LookupError when the library has no words for the moment."""
        options = wordings(self.voice, moment, self.slots, self.world | set(world))
        fresh = [part for part in options if mark(part.text) not in self.said]
        part = self.random.choice(fresh) if fresh else min(options, key=lambda p: self.said.index(mark(p.text)))
        done = mark(part.text)
        if done in self.said:
            self.said.remove(done)
        self.said.append(done)
        self.named_help |= any(self.slots.get(name, "\0") in part.text for name in _HELP)
        self.parts.append(part)
        self.trail.append(f"entry:{part.entry}")

    def say_with(self, moment: str, values: Mapping[str, str], *world: str) -> None:
        """A paragraph with further values for its slots, such as words of theirs."""
        slots, self.slots = self.slots, {**self.slots, **values}
        self.say(moment, *world)
        self.slots = slots

    def greet_in(self, language: str) -> None:
        """Where help is in the language they wrote in, where there are words for it. The rest of a reply is English."""
        moment = f"crisis.language.{language}"
        if self.voice.library.at(moment):
            self.say(moment)

    @property
    def asks(self) -> bool:
        """Whether a question stands in it already: never two in one reply."""
        return any("?" in part.text for part in self.parts)

    def reply(self, trail: Iterable[str], *rows: tuple[Button, ...], help_now: bool = True) -> Reply:
        buttons = (*rows, *((help_row(self.voice),) if help_now else ()))
        return Reply(tuple(self.parts), buttons, (*trail, *self.trail), Priority.CRISIS, apart=True)


def wordings(voice: Voice, moment: str, slots: Mapping[str, str], world: frozenset[str]) -> list[Part]:
    """Every line that fits a moment best: needs that hold, the most of them, and slots that can be filled."""
    able = [
        entry
        for entry in voice.library.at(moment)
        if entry.needs <= world and any(can_fill(text, slots) for text in entry.say)
    ]
    if not able:
        raise LookupError(f"no entry for the moment {moment}")
    most = max(len(entry.needs) for entry in able)
    closest = [entry for entry in able if len(entry.needs) == most]
    return [Part(e.id, e.technique, fill(text, slots)) for e in closest for text in e.say if can_fill(text, slots)]


def label(voice: Voice, name: str) -> str:
    """The words on a button: the only wording of entry crisis.buttons.NAME."""
    return voice.library.entries[f"crisis.buttons.{name}"].say[0]


def help_row(voice: Voice) -> tuple[Button, ...]:
    """The button that stays in reach through a whole episode."""
    return (Button(label(voice, "help_now"), "help_now"),)


def card_row(voice: Voice) -> tuple[Button, ...]:
    """The client's own steps, one tap away."""
    return (Button(label(voice, "card"), "do:card"),)


def answer_rows(voice: Voice, step: str) -> tuple[tuple[Button, ...], ...]:
    """Buttons for the answers to a step's question; none for open questions without them."""
    return tuple(
        tuple(Button(_answer_label(voice, step, value), f"crisis:{step}:{value}") for value in row)
        for row in CHOICES.get(step, ())
    )


def country_rows(voice: Voice, helplines: Helplines) -> tuple[tuple[Button, ...], ...]:
    """Buttons to choose a country, and one for all the others."""
    buttons = [Button(helplines.label(code), f"country:{code}") for code in COUNTRIES]
    buttons.append(Button(label(voice, "other_country"), "country:other"))
    return _in_rows(buttons)


def other_country_rows(voice: Voice, helplines: Helplines) -> tuple[tuple[Button, ...], ...]:
    """Buttons for further countries; any other can be typed."""
    return _in_rows([Button(helplines.label(code), f"country:{code}") for code in MORE_COUNTRIES])


def _in_rows(buttons: list[Button], each: int = 3) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + each]) for at in range(0, len(buttons), each))


def _answer_label(voice: Voice, step: str, value: str) -> str:
    special = f"{step}_{value}"
    return label(voice, special if f"crisis.buttons.{special}" in voice.library.entries else value)
