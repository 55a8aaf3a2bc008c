"""How a practice goes on: what is said, what is kept, which step follows. Values in, values out.

Steps only lead forward, so every way through a practice ends. After the last one comes the closing and, where the
practice asks it, how the person is now.
"""

from collections.abc import Collection
from dataclasses import dataclass

from responses.practice import END, Practice, Step, fits

AFTER = "after"  # waiting for softer, same or harder
OVER = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """Words to be kept for the person: `part` "text" begins a keepsake, another adds to the one just begun."""

    kind: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Onward:
    """Moments to say in their order, and where the practice then stands: a step's name, AFTER or OVER."""

    said: tuple[str, ...]
    step: str
    keep: Keep | None = None
    wait: int = 0  # seconds of quiet before the last moment is said


def begin(practice: Practice, flags: Collection[str]) -> Onward:
    return _onward(practice, practice.first(flags), ())


def choose(practice: Practice, at: str, name: str, flags: Collection[str], words: str) -> Onward | None:
    """The button `name` at step `at`; `words`: what was written before. None: the step has no such button."""
    step = practice.step(at)
    choice = next((c for c in step.choices if c.name == name and fits(c, flags)), None) if step else None
    if choice is None:
        return None
    said = (f"practice.{practice.name}.{at}.{name}",) if choice.say else ()
    keep = Keep(choice.keep, "text", words) if choice.keep and words else None
    return _onward(practice, practice.after_step(at, choice.to, flags), said, keep)


def skip(practice: Practice, at: str, flags: Collection[str]) -> Onward:
    """A step passed over: the one it names, else the next; after the last the closing."""
    step = practice.step(at)
    return _onward(practice, practice.after_step(at, step.skip if step else "", flags), ())


def write(practice: Practice, at: str, text: str, flags: Collection[str], *, hard: bool) -> Onward | None:
    """The person's own words at step `at`; `hard`: they are hard on themselves. None: the step asks for no words."""
    step = practice.step(at)
    own = step.own if step else None
    if own is None:
        return None
    heavy = hard and bool(own.hard)
    said = f"practice.{practice.name}.{at}:{'hard' if heavy else 'own'}"
    keep = Keep(own.keep, own.part, text) if own.keep and not heavy else None
    return _onward(practice, practice.after_step(at, END if heavy else own.to, flags), (said,), keep)


def _onward(practice: Practice, step: Step | None, said: tuple[str, ...], keep: Keep | None = None) -> Onward:
    if step is not None:
        return Onward((*said, f"practice.{practice.name}.{step.name}"), step.name, keep, step.wait)
    closing = (*said, f"practice.{practice.name}.closing")
    return Onward((*closing, "practice.after"), AFTER, keep) if practice.after else Onward(closing, OVER, keep)
