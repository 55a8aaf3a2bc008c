"""How a practice goes on: what is said, what is kept, which step follows. Values in, values out.

Steps only lead forward, so every way through a practice ends. After the last one comes the closing and, where the
practice asks it, how the person is now.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from responses.practice import LINES, Choice, Practice, Step, fits

AFTER = "after"  # waiting for softer, same or harder
OVER = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """Words to be kept for the person: `part` "text" begins a keepsake, another adds to the one just begun."""

    kind: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a run: flags that hold all through it, and what was written, by step."""

    flags: frozenset[str]
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def now(self) -> frozenset[str]:
        return self.flags | {f"has-{step}" for step in self.said}


@dataclass(frozen=True, slots=True)
class Onward:
    """Moments to say in their order, and where the practice then stands: a step's name, AFTER or OVER."""

    said: tuple[str, ...]
    step: str
    told: Told
    keep: Keep | None = None
    wait: int = 0  # seconds of quiet before the last moment is said


def begin(practice: Practice, flags: Collection[str]) -> Onward:
    told = Told(frozenset(flags))
    return _onward(practice, practice.first(told.now), (), told)


def choose(practice: Practice, at: str, name: str, told: Told) -> Onward | None:
    """The button `name` at step `at`. None: the step has no such button."""
    step = practice.step(at)
    choice = next((c for c in offered(step, told) if c.name == name), None) if step else None
    if step is None or choice is None:
        return None
    if step.own_label:
        told = _with(told, step, choice.label)
    said = (f"practice.{practice.name}.{at}.{name}",) if choice.say else ()
    words = told.said.get(choice.of, "")
    keep = Keep(choice.keep, "text", words) if choice.keep and words else None
    return _onward(practice, practice.after_step(at, choice.to, told.now), said, told, keep)


def skip(practice: Practice, at: str, told: Told) -> Onward:
    """A step passed over: the one it names, else the next; after the last the closing."""
    step = practice.step(at)
    return _onward(practice, practice.after_step(at, step.skip if step else "", told.now), (), told)


def write(practice: Practice, at: str, text: str, told: Told, *, hard: bool) -> Onward | None:
    """The person's own words at step `at`; `hard`: they are hard on themselves. None: the step asks for no words."""
    step = practice.step(at)
    own = step.own if step else None
    if step is None or own is None:
        return None
    if hard and own.hard:
        follows = practice.after_step(at, own.hard_to, told.now)
        return _onward(practice, follows, (f"practice.{practice.name}.{at}:hard",), told)
    told = told if hard else _with(told, step, text)
    keep = Keep(own.keep, own.part, text) if own.keep and not hard else None
    said = (f"practice.{practice.name}.{at}:own",)
    return _onward(practice, practice.after_step(at, own.to, told.now), said, told, keep)


def offered(step: Step, told: Told) -> list[Choice]:
    """The choices of a step that are open in this run."""
    return [choice for choice in step.choices if fits(choice, told.now)]


def _with(told: Told, step: Step, text: str) -> Told:
    said = {**told.said, step.name: text}
    if step.line:
        said[LINES] = "\n".join(filter(None, (told.said.get(LINES), text)))
    return Told(told.flags, said)


def _onward(
    practice: Practice, step: Step | None, said: tuple[str, ...], told: Told, keep: Keep | None = None
) -> Onward:
    if step is not None:
        return Onward((*said, f"practice.{practice.name}.{step.name}"), step.name, told, keep, step.wait)
    closing = (*said, f"practice.{practice.name}.closing")
    after = (*closing, "practice.after") if practice.after else closing
    return Onward(after, AFTER if practice.after else OVER, told, keep)
