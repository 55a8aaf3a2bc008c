"""What a practice is: short steps with choices, written as data. The loader takes its allowed keys from these classes.

Every line of a practice is also an entry of the library (`entries_of`), called by its moment: it passes the linter,
can be signed, and is what `/why` names. Moments are "practice.NAME.STEP" and the like; a button's label stands at
"button.practice:NAME:STEP:CHOICE".
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import dropwhile

from responses.fill import slots_of
from responses.model import Entry, Technique

# What may be true of a run, for `needs` and `unless`. "company": others may be mentioned (S-02); "plain": no breath, no
# touch; "harmed": someone has harmed this person; "hope" and "kinder": they have kept such words of their own. Beside
# these "has-STEP": an earlier step was answered in words, "has-lines": one of those that make up the letter was.
FLAGS = frozenset({"short", "long", "plain", "gentle", "company", "harmed", "hope", "kinder"})
LINES, END = "lines", "end"
FAMILIES = frozenset({"kindness", "soothing", "grounding", "noticing", "meaning", "log"})
KEEPS = frozenset({"helped", "kinder", "hope", "kindness"})
COMPONENTS = frozenset({"mindfulness", "humanity", "kindness"})
LENGTHS = ("short", "long")


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a step. `to` names the step that follows; "" is the next one, "end" the closing."""

    name: str
    label: str
    say: tuple[str, ...] = ()
    to: str = ""
    keep: str = ""  # the kind under which words are kept by this choice
    of: str = ""  # the earlier step whose words these are, or "lines"
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Own:
    """What is done with the person's own words at a step. `keep`: kept at once, which the step must have said."""

    say: tuple[str, ...]
    hard: tuple[str, ...] = ()  # in place of `say` for words hard on themselves, which are neither kept nor said back
    keep: str = ""
    part: str = "text"  # "text" begins a keepsake, another name adds to it
    to: str = ""
    hard_to: str = END


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    say: tuple[str, ...]
    component: str = ""  # of self-compassion (S-01)
    choices: tuple[Choice, ...] = ()
    own: Own | None = None
    menu: bool = False  # a list to pick from: more than three choices
    wait: int = 0  # seconds of quiet before this step is said
    skip: str = ""  # where passing it over leads; "" is the next step
    own_label: bool = False  # a pressed label counts as the person's words
    line: bool = False  # the words become a line of {lines}
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Practice:
    name: str
    title: str
    purpose: str
    family: str
    opening: tuple[str, ...]  # how long it takes comes first
    steps: tuple[Step, ...]
    closing: tuple[str, ...]
    lengths: tuple[str, ...] = ()  # both of LENGTHS, or none: one length
    plain: bool = False  # it has a version without breath and touch
    after: bool = True  # asks softer, same, harder (S-04)
    at_once: bool = False  # the first step comes with the opening
    note: str = ""  # content note, said before it begins
    cautions: str = ""  # for authors and reviewers
    avoid: frozenset[str] = frozenset()  # situations after which it is not offered
    seed: tuple[str, ...] = ()
    source: str = ""
    author: str = ""
    written: str = ""
    path: str = ""
    lines: dict[str, int] = field(default_factory=dict, compare=False)  # step -> line of the file, for findings

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)

    def first(self, flags: Collection[str]) -> Step | None:
        return next((step for step in self.steps if fits(step, flags)), None)

    def after_step(self, name: str, to: str, flags: Collection[str]) -> Step | None:
        """The step that follows `name`, at `to` or later; None when the practice is over."""
        if to == END:
            return None
        rest = list(dropwhile(lambda step: step.name != (to or name), self.steps))
        return next((step for step in (rest if to else rest[1:]) if fits(step, flags)), None)


def fits(part: Step | Choice, flags: Collection[str]) -> bool:
    return part.needs <= set(flags) and not part.unless & set(flags)


def entries_of(practice: Practice) -> Iterator[Entry]:
    """Every line of the practice as an entry with a moment of its own."""
    name, make = practice.name, _Maker(practice)
    yield make("title", f"button.practice:{name}", (practice.title,), Technique.INFORMATION)
    yield make("opening", f"practice.{name}", practice.opening, Technique.INVITATION)
    if practice.note:
        yield make("note", f"practice.{name}.note", (practice.note,), Technique.INFORMATION)
    for length, label in zip(LENGTHS, practice.lengths, strict=False):
        yield make(f"length-{length}", f"button.practice:{name}:begin:{length}", (label,), Technique.INFORMATION)
    for step in practice.steps:
        yield make(step.name, f"practice.{name}.{step.name}", step.say, Technique.INVITATION, step)
        for choice in step.choices:
            at = f"practice:{name}:{step.name}:{choice.name}"
            yield make(f"{step.name}-{choice.name}-label", f"button.{at}", (choice.label,), Technique.INFORMATION, step)
            if choice.say:
                moment = f"practice.{name}.{step.name}.{choice.name}"
                yield make(f"{step.name}-{choice.name}", moment, choice.say, Technique.ACKNOWLEDGEMENT, step)
        if step.own:
            moment = f"practice.{name}.{step.name}:own"
            yield make(f"{step.name}-own", moment, step.own.say, Technique.ACKNOWLEDGEMENT, step)
            if step.own.hard:
                moment = f"practice.{name}.{step.name}:hard"
                yield make(f"{step.name}-hard", moment, step.own.hard, Technique.ACKNOWLEDGEMENT, step)
    yield make("closing", f"practice.{name}.closing", practice.closing, Technique.ACKNOWLEDGEMENT)


@dataclass(frozen=True, slots=True)
class _Maker:
    practice: Practice

    def __call__(
        self, name: str, moment: str, say: tuple[str, ...], technique: Technique, step: Step | None = None
    ) -> Entry:
        practice = self.practice
        return Entry(
            id=f"practices.{practice.name}.{name}",
            purpose=practice.purpose,
            technique=technique,
            say=say,
            moment=moment,
            slots=frozenset(slot for text in say for slot in slots_of(text)),
            seed=practice.seed,
            source=practice.source,
            author=practice.author,
            written=practice.written,
            path=practice.path,
            line=practice.lines.get(step.name if step else "", 1),
        )
