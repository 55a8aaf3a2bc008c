"""How a sign of risk is meant: negated, past, someone else's, quoted, supposed, or a figure of speech.

After ConText (Harkema and others, 2009): cues stand before, after or around a sign, reach a few words, and stop
at words such as "but". Which cues there are is data (crisis_context.yaml).
"""

import re
from dataclasses import dataclass

from nlp.crisis.rules import CombineRule, ContextRule, RiskRule
from nlp.labels import Status

_SENTENCE = re.compile(r"[.!?;\n]+")
_TURN = re.compile(
    r"[.!?;:\n]|(?<![a-z0-9])(?:but|however|although|though|yet|except|because|cuz|coz|cos|bc|so)(?![a-z0-9])"
)
_REACH = 140  # characters to either side; long posts come without a full stop


@dataclass(frozen=True, slots=True)
class Sign:
    """A rule that matched: where it starts, where its core starts and where it ends in the folded text."""

    rule: RiskRule
    start: int
    core: int
    end: int


@dataclass(frozen=True, slots=True)
class Meaning:
    status: Status
    cue: ContextRule | None = None


_ASSERTED = Meaning(Status.ASSERTED)


def judge(text: str, sign: Sign, cues: tuple[ContextRule, ...]) -> Meaning:
    """The meaning of one sign: that of the first cue that fits, else asserted."""
    windows: dict[str, str] = {}
    for cue in cues:
        if cue.status in sign.rule.free_of or (cue.kinds and sign.rule.kind not in cue.kinds):
            continue
        window = windows.get(cue.place)
        if window is None:
            window = windows[cue.place] = _window(text, sign, cue.place)
        if cue.pattern.search(window) and not _stopped(text, sign, cue):
            return Meaning(cue.status, cue)
    return _ASSERTED


def _stopped(text: str, sign: Sign, cue: ContextRule | CombineRule) -> bool:
    if cue.stopped_by is None:
        return False
    place = "message" if cue.place == "message" else "sentence"
    return bool(cue.stopped_by.search(_window(text, sign, place)))


def stands_with(text: str, sign: Sign, rule: CombineRule) -> bool:
    """Whether `rule` finds its words where it looks for them around the sign."""
    window = text if rule.place == "message" else _window(text, sign, rule.place)
    return bool(rule.pattern.search(window)) and not _stopped(text, sign, rule)


def _window(text: str, sign: Sign, place: str) -> str:
    if place == "before":
        near = text[max(0, sign.core - _REACH) : sign.core]
        turns = [turn.end() for turn in _TURN.finditer(near)]
        return near[turns[-1] :] if turns else near
    if place == "after":
        return _until_stop(text[sign.end : sign.end + _REACH])
    if place == "message":
        return text
    near = text[max(0, sign.start - _REACH) : sign.start]
    stops = [stop.end() for stop in _SENTENCE.finditer(near)]
    return (
        (near[stops[-1] :] if stops else near)
        + text[sign.start : sign.end]
        + _until_stop(text[sign.end : sign.end + _REACH])
    )


def _until_stop(text: str) -> str:
    found = _SENTENCE.search(text)
    return text[: found.start()] if found else text
