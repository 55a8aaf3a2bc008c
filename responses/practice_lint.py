"""What must hold of a practice beyond its single lines: it ends, it can be left, it has other ways (S-01 to S-05).

Every way the flags can fall is looked at, so that nobody meets a step that was meant for someone else.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import compress, product
from pathlib import Path

from responses.errors import LibraryError
from responses.fill import slots_of
from responses.findings import Finding
from responses.load import PRACTICES, read_practices
from responses.practice import COMPONENTS, END, FAMILIES, FLAGS, KEEPS, LENGTHS, LINES, Practice, Step, fits

_BODY = re.compile(
    r"\b(breath\w*|inhal\w*|exhal\w*|lungs?|touch\w*|hand on|your (own )?(arm|chest|heart|belly|skin|hand))\b", re.I
)
_HEAVY = re.compile(r"\b(relive|go back to|the worst|hardest memory|most painful|in your body)\b", re.I)
_TIME = re.compile(r"\b(minutes?|seconds?)\b", re.I)
_DATA = re.compile(r"[a-z][a-z0-9-]*")
_MOST_CHOICES, _MOST_IN_MENU, _MOST_STEPS, _LONGEST_LABEL, _MOST_DATA = 3, 6, 7, 30, 64
TAKEN = frozenset({"begin", "opening", "closing", "after", "softened", "changed"})  # steps that every practice has
_OPENING_WORDS = 12  # by then it has been said how long it takes

Found = Iterator[tuple[str, str, str]]  # step, rule, sentence
Rule = Callable[[Practice], Found]


def check(folder: Path) -> Iterator[Finding]:
    """Findings over every practice of a language that can be read at all."""
    try:
        practices = list(read_practices(folder))
    except LibraryError:
        return  # said already, with its line, where the entries are read
    for practice in practices:
        for rule in RULES:
            for step, name, sentence in rule(practice):
                yield Finding(practice.path, practice.lines.get(step, 1), name, sentence)
    if not practices and (folder / PRACTICES).exists():
        yield Finding(str(folder / PRACTICES), 1, "practices", "there is no practice here")


def labels(practice: Practice) -> Found:
    """Names, labels and kinds that the program and a phone can use."""
    if practice.family not in FAMILIES:
        yield "", "known-labels", f"'{practice.family}' is not a family: {', '.join(sorted(FAMILIES))}"
    if len(practice.lengths) not in (0, len(LENGTHS)):
        yield "", "lengths", "two labels, for the short and the long version, or none"
    for step in practice.steps:
        yield from _labels_of_step(practice, step)
        yield from _buttons(practice, step)


def _labels_of_step(practice: Practice, step: Step) -> Found:
    for flag in sorted((step.needs | step.unless).union(*(c.needs | c.unless for c in step.choices)) - FLAGS):
        if flag not in _answers(practice, step):
            yield step.name, "known-labels", f"'{flag}' is not a flag: {', '.join(sorted(FLAGS))}, has-STEP"
    for choice in step.choices:
        if choice.keep and f"has-{choice.of}" not in _answers(practice, step):
            yield step.name, "keeps", f"'{choice.name}' must say `of` which earlier words are kept"
    for kind in {c.keep for c in step.choices} | {step.own.keep if step.own else ""}:
        if kind and kind not in KEEPS:
            yield step.name, "known-labels", f"'{kind}' is not kept: {', '.join(sorted(KEEPS))}"
    if step.component and step.component not in COMPONENTS:
        yield step.name, "known-labels", f"'{step.component}' is not a part of self-compassion"


def _answers(practice: Practice, step: Step) -> set[str]:
    """The flags of steps up to this one that may have been answered in words."""
    before = practice.steps[: practice.steps.index(step) + 1]
    named = {f"has-{s.name}" for s in before if s.own or s.own_label}
    return named | ({f"has-{LINES}"} if any(s.line for s in before) else set())


def _buttons(practice: Practice, step: Step) -> Found:
    most = _MOST_IN_MENU if step.menu else _MOST_CHOICES
    if len(step.choices) > most:
        yield step.name, "few-choices", f"{len(step.choices)} choices; at most {most}"
    if not step.choices and not step.own:
        yield step.name, "way-on", "a step has a choice or asks for their own words"
    for choice in step.choices:
        data = f"practice:{practice.name}:{step.name}:{choice.name}"
        if len(choice.label) > _LONGEST_LABEL:
            yield step.name, "label", f'"{choice.label}" has {len(choice.label)} characters; at most {_LONGEST_LABEL}'
        if len(data.encode()) > _MOST_DATA or not _DATA.fullmatch(choice.name) or not _DATA.fullmatch(step.name):
            yield step.name, "label", f"'{data}' can't be sent by a button"
        if choice.name in ("skip", "stop"):
            yield step.name, "label", "every step has skip and stop by itself"


def filled(practice: Practice) -> Found:
    """What is said back was said: a line with a slot comes only where its words are surely there."""
    for step in practice.steps:
        here = {flag.removeprefix("has-") for flag in step.needs}
        written = here | {step.name, *([LINES] if step.line else ())}
        lines = [(step.say, here), *((choice.say, written if step.own_label else here) for choice in step.choices)]
        if step.own:
            lines += [(step.own.say, written), (step.own.hard, here)]
        for texts, known in lines:
            for text in texts:
                if slots_of(text) - known:
                    yield step.name, "filled", f'"{text}" may come where these words are not there'
        if step.own and not step.own.hard and (step.own.keep or any(slots_of(text) - here for text in step.own.say)):
            yield step.name, "filled", "words that are hard on the self are not said back nor kept; `hard` is missing"


def forward(practice: Practice) -> Found:
    """Names stand once, and every jump leads forward: so every way ends."""
    names = [step.name for step in practice.steps]
    for number, step in enumerate(practice.steps):
        if names.count(step.name) > 1 or step.name in TAKEN:
            yield step.name, "unique", f"'{step.name}' is taken"
        for to in {step.skip, *(c.to for c in step.choices), *((step.own.to, step.own.hard_to) if step.own else ())}:
            if to and to != END and to not in names[number + 1 :]:
                yield step.name, "forward", f"'{to}' is no later step"


def length_first(practice: Practice) -> Found:
    """How long it takes is said before anything else (S-05)."""
    for text in practice.opening:
        if not _TIME.search(" ".join(text.split()[:_OPENING_WORDS])):
            yield "", "length-first", f'"{text}" says too late how long it takes'


def others(practice: Practice) -> Found:
    """No breath and no touch where they were not wanted; every practice about the body has such a version (S-05)."""
    texts = {step.name: _shown(step) for step in practice.steps}
    if not practice.plain and any(_BODY.search(text) for shown in texts.values() for text in shown):
        yield "", "plain", "it speaks of breath or touch and has no version without them"
    for step in practice.steps:
        if practice.plain and "plain" not in step.unless:
            for text in filter(_BODY.search, texts[step.name]):
                yield step.name, "plain", f'"{text}" can come up in the version without breath and touch'


def small(practice: Practice) -> Found:
    """Something small, never the worst (S-03); few steps on every way (S-09)."""
    for step in practice.steps:
        for text in filter(_HEAVY.search, (*_shown(step), *practice.opening)):
            yield step.name, "small", f'"{text}" may lead into the heaviest'
    told = {f"has-{step.name}" for step in practice.steps} | {f"has-{LINES}"}
    for flags in ways(practice):
        shown = [step for step in practice.steps if fits(step, flags | told)]
        if not shown:
            yield "", "way-on", f"nothing is left of it with {', '.join(sorted(flags))}"
        if len(shown) > _MOST_STEPS:
            yield "", "short", f"{len(shown)} steps with {', '.join(sorted(flags))}; at most {_MOST_STEPS}"


def whole(practice: Practice) -> Found:
    """Where one part of self-compassion is practised all three are, with three wordings to choose from (S-01)."""
    if not any(step.component for step in practice.steps):
        return
    for flags in ways(practice):
        shown = [step for step in practice.steps if step.component and fits(step, flags)]
        if {step.component for step in shown} != COMPONENTS:
            yield "", "three-parts", f"not all of {', '.join(sorted(COMPONENTS))} with {', '.join(sorted(flags))}"
    for step in practice.steps:
        if step.component and len(step.choices) < _MOST_CHOICES:
            yield step.name, "three-parts", "three wordings to choose from"


def varied(practice: Practice) -> Found:
    """Two wordings or more of what is said at a step, so that a second run is not the first."""
    for step in practice.steps:
        if len(step.say) < 2:
            yield step.name, "varied", "two or more wordings of one thought are needed"


RULES: tuple[Rule, ...] = (labels, filled, forward, length_first, others, small, whole, varied)


def ways(practice: Practice) -> Iterator[frozenset[str]]:
    """Every way in which the flags that this practice looks at can fall before it begins."""
    used = {flag for step in practice.steps for flag in step.needs | step.unless}
    used |= {flag for step in practice.steps for choice in step.choices for flag in choice.needs | choice.unless}
    free = sorted(flag for flag in used & FLAGS if flag not in ("long", "short", "plain"))
    for length, plain in product(LENGTHS, (False, True)):
        if (length == "long" and not practice.lengths) or (plain and not practice.plain):
            continue
        for holds in product((False, True), repeat=len(free)):
            yield frozenset({length, *(["plain"] if plain else ()), *compress(free, holds)})


def _shown(step: Step) -> Iterable[str]:
    own = (*step.own.say, *step.own.hard) if step.own else ()
    return (*step.say, *own, *(text for choice in step.choices for text in (choice.label, *choice.say)))
