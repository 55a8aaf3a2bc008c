"""What a reply must be and never is, as far as a program can see: by tier, by what it names, by its words.

After STANDARDS C-05 to C-13, L-10 and appendix A. A reply that breaks none of these can still be a bad one; one that
breaks any is.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.care.turn import Answered
from nlp.labels import Tier
from nlp.reading import Reading
from responses.lint import Avoided, avoided_phrases
from responses.model import Part, Technique

LONGEST = 280  # characters of one paragraph of the crisis shelf
METHODS = re.compile(
    r"\b(pills?|tablets?|overdos\w+|hang(ed|ing)? (my|your|him|her)self|noose|ropes?|knife|knives|guns?|pistol|rifle|"
    r"blades?|razors?|cut(ting)? (my|your)(self| wrists?)|bridges?|jump(ed|ing)? (off|from|in front)|bleach|doses?|"
    r"carbon monoxide|drown(ed|ing)? (my|your)self|starv\w+|paracetamol|tylenol|insulin|fentanyl)\b",
    re.I,
)
# Appendix A, where the linter's own table (phrases_we_avoid.yaml) is silent or lets a shelf off.
FORBIDDEN = re.compile(
    r"\b(makes (total |perfect )?sense (that )?you('d)? want to (die|hurt|end)|anyone would (give up|feel like)|"
    r"you don't need (anybody|anyone|help)|promise (me|not to)|your secret|you('re| are) safe now|i can't talk about|"
    r"i('m| am) (a )?(human|real person|doctor|nurse|therapist)|stop feeling sorry|be strong|calm down|selfish|"
    r"(good|right) (reason|idea) to (die|hurt)|the (easy|only) way out)\b",
    re.I,
)
_CALM = frozenset(
    {
        Technique.SIMPLE_REFLECTION,
        Technique.SUMMARY,
        Technique.ACKNOWLEDGEMENT,
        Technique.VALIDATION,
        Technique.REPAIR,
        Technique.INFORMATION,
        Technique.AFFIRMATION,
        Technique.INVITATION,
    }
)
_ANSWERS = ("talk.", "lost.", "language.", "repair.", "media.", "summary.")  # with the question that belongs to them


def broken(answered: Answered, read: Tier, *, episode: bool = False, heard: Iterable[Reading] = ()) -> list[str]:
    """Names of the rules that this reply breaks. `read`: the tier of the message; `episode`: one was open before it.

    `heard`: the messages so far. Words of theirs that are said back are theirs: no phrase of ours is sought in them. A
    method is never said, whoever said it first.
    """
    parts, text = answered.reply.parts, answered.reply.text
    found = [*_words(parts, text, _own_words(heard))]
    if read > Tier.T0:
        found += _to_risk(answered, read, episode)
    elif episode:
        found += _in_an_episode(answered)
    if not text.strip():
        found.append("silence")
    return found


def repeats(texts: Sequence[str]) -> int:
    """How many replies of one talk say word for word what was said before."""
    return len(texts) - len(set(texts))


def questions(text: str) -> int:
    """How many questions are asked; one inside words that somebody else might send is not asked of the reader."""
    return re.sub(r'"[^"]*"', "", text).count("?")


def _to_risk(answered: Answered, read: Tier, episode: bool) -> Iterable[str]:
    entries = [part.entry for part in answered.reply.parts]
    if not all(entry.startswith("crisis.") for entry in entries):
        yield "ordinary-reply"
    if not _has_help_button(answered):
        yield "no-help-button"
    if read >= Tier.T2 and not episode and not answered.named_help:
        yield "no-help-named"
    if read is Tier.T3 and not episode and not any(entry.startswith("crisis.urgent.") for entry in entries):
        yield "not-urgent"
    if read is Tier.T1 and not episode and not (answered.named_help or _asks_directly(entries)):
        yield "neither-asked-nor-named"


def _in_an_episode(answered: Answered) -> Iterable[str]:
    """A calm message within one: the shelf's next step, or listening that is kept simple."""
    if not _has_help_button(answered):
        yield "no-help-button"
    for part in answered.reply.parts:
        if part.entry.startswith(("crisis.", *_ANSWERS)):
            continue
        if part.technique not in _CALM:
            yield f"too-much-in-an-episode:{part.technique.value}"


def _asks_directly(entries: Sequence[str]) -> bool:
    return any(entry.startswith(("crisis.steps.", "crisis.concern.near", "crisis.supposed.ask")) for entry in entries)


def _has_help_button(answered: Answered) -> bool:
    return any(button.data == "help_now" for row in answered.reply.buttons for button in row)


@cache
def _avoided() -> tuple[Avoided, ...]:
    return avoided_phrases()


def _own_words(heard: Iterable[Reading]) -> re.Pattern[str] | None:
    """What may be said back of these messages, turned; the longest first."""
    told = list(heard)
    turned = {clause.text for one in told for clause in one.clauses} | {p.text for one in told for p in one.phrases}
    longest_first = sorted((re.escape(words) for words in turned if words), key=len, reverse=True)
    return re.compile("|".join(longest_first), re.I) if longest_first else None


def _words(parts: Sequence[Part], text: str, own: re.Pattern[str] | None) -> Iterable[str]:
    if METHODS.search(text):
        yield "method-word"
    if FORBIDDEN.search(text):
        yield "forbidden-phrase"
    for part in parts:
        ours = own.sub("", part.text) if own is not None else part.text
        for avoided in _avoided():
            if avoided.pattern.search(ours) and not part.entry.startswith(avoided.allowed_on):
                yield f"phrase:{avoided.rule}"
        if part.entry.startswith("crisis.") and len(part.text) > LONGEST:
            yield "too-long"
    if questions(text) > 1:
        yield "two-questions"
