"""Second opinions: what the heads hold of a sentence vector, and how they join what rules and word lists found.

A head alone never makes anything sure; it can only agree with words that are there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.embedding import Vector
from nlp.heads import Head, Opinion
from nlp.labels import ACTS, FEELINGS, NEGATIVE_FEELINGS, SELF_TALK, SITUATIONS, Intensity, Mood
from nlp.reading import Feeling, Finding, Span

HEADS: Mapping[str, frozenset[str]] = {
    "situations": SITUATIONS,
    "feelings": FEELINGS,
    "acts": ACTS,
    "self_talk": SELF_TALK,
    "mood": frozenset(Mood),
}
_MOST_FEELINGS = 2  # from the head alone
_QUESTIONS = frozenset(
    "are_you_human asks_diagnosis asks_advice privacy_question wants_person question_to_listener asks_repeat".split()
)
_LIKELY_ENOUGH = 0.3
_BRIEF = 14  # words of a message that is one question
_ASKS = re.compile(
    r"\?|^(?:(?:so|but|and|or|ok|okay|well|hey|hi|wait|honestly|pls|please|lol|just|be honest) ?,? ?)*"
    r"(?:what|which|who|whose|where|when|why|how|do|does|did|are|r|is|can|could|would|will|should|have|has|am|was|tell|"
    r"give|show|prove|pick|choose|say|guess|name|rate|blink|let|put|get|call|talk|you|u|ur|your)\b"
)


@dataclass(frozen=True, slots=True)
class Opinions:
    """What each head holds likely, the likeliest first; empty without the embedding."""

    situations: tuple[Opinion, ...] = ()
    feelings: tuple[Opinion, ...] = ()
    acts: tuple[Opinion, ...] = ()
    self_talk: tuple[Opinion, ...] = ()
    mood: tuple[Opinion, ...] = ()
    likeliest_act: Opinion | None = None  # whatever its threshold

    @property
    def leaning(self) -> Opinion | None:
        """The likeliest mood, if any is likely."""
        return self.mood[0] if self.mood else None

    @classmethod
    def of(cls, heads: Mapping[str, Head], vector: Vector) -> "Opinions":
        act = heads["acts"].likeliest(vector) if "acts" in heads else None
        return cls(**{name: heads[name].read(vector) for name in HEADS if name in heads}, likeliest_act=act)


def with_feelings(found: Sequence[Feeling], opinions: Sequence[Opinion], mood: Opinion | None) -> tuple[Feeling, ...]:
    """`found`, made sure where the head agrees; the head's own only where nothing sure was said by the client."""
    likely = {opinion.label for opinion in opinions}
    joined = tuple(replace(one, sure=True) if one.name in likely and one.holder == "self" else one for one in found)
    if any(one.sure and one.holder == "self" for one in joined):
        return joined
    names = {one.name for one in joined}
    alone = [opinion.label for opinion in opinions if opinion.label not in names and _fits(opinion.label, mood)]
    return joined + tuple(
        Feeling(name, Intensity.MIDDLE, "self", Span(0, 0), f"feelings.head.{name}", sure=False)
        for name in alone[:_MOST_FEELINGS]
    )


def with_findings(found: Sequence[Finding], opinions: Sequence[Opinion], kind: str) -> tuple[Finding, ...]:
    """`found` and then what only the head holds, not sure. `kind` names the head in the rule."""
    names = {one.name for one in found}
    alone = (opinion.label for opinion in opinions if opinion.label not in names)
    return (*found, *(Finding(name, f"{kind}.head.{name}", sure=False) for name in alone))


def with_acts(found: Sequence[Finding], opinions: Opinions, text: str) -> tuple[Finding, ...]:
    """`found` and then what only the head holds. A brief question that no wording knew is what the head holds likely:
    measured on ordinary messages, one in a hundred is then taken for a question to the listener that was none.
    """
    likeliest = opinions.likeliest_act
    unlikely = likeliest is None or likeliest.label not in _QUESTIONS or likeliest.probability < _LIKELY_ENOUGH
    if found or likeliest is None or unlikely or len(text.split()) > _BRIEF or not _ASKS.search(text.lower()):
        return with_findings(found, opinions.acts, "acts")
    rule = f"acts.head.{likeliest.label}.asked"
    return (Finding(likeliest.label, rule, span=Span(0, len(text))),)


def with_asked(acts: Sequence[Finding], asked: Sequence[Finding], act_of: Callable[[str], str]) -> tuple[Finding, ...]:
    """`acts` and then those that the topics of a question are, where the wordings of acts did not know them."""
    names = {one.name for one in acts}
    more = {act_of(one.name): one for one in reversed(asked)}
    return (*acts, *(replace(one, name=name) for name, one in more.items() if name not in names))


def _fits(feeling: str, mood: Opinion | None) -> bool:
    """No feeling against the direction of the whole message."""
    if mood is None or mood.label not in (Mood.NEGATIVE, Mood.POSITIVE):
        return True
    return (feeling in NEGATIVE_FEELINGS) == (mood.label == Mood.NEGATIVE)
