"""The words of a check-in: an opener and one question that the client has not met for a month, with its buttons.

Where the client kept words of their own that belong to its kind, they are said back, once a month at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bot.care.buttons import rows
from bot.care.records import Button
from responses.fill import fill, shortened
from responses.model import Entry
from responses.voice import Voice

MARKS = (1, 2, 3, 4, 5)
OWN = {"hopes": "hope", "kind_words": "kinder", "soothing": "helped", "kindness_noticing": "kindness"}  # what is kept
_WAYS_OUT = 2
_OWN_LONGEST = 140  # characters of their words


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    words: tuple[str, ...]  # "entry#wording", the question's as "entry?#wording"
    entry: str
    buttons: tuple[tuple[Button, ...], ...] = ()


def asked(
    voice: Voice, kind: str, slot: str, said: Sequence[str], random: Random, *, question: bool = True, own: str = ""
) -> Asked:
    """A check-in of that kind. `said` are the wordings of earlier ones, oldest first; none of them comes back while
    there is another. Without `question` the opener stands alone (T-05: a client who wants no questions). `own` are
    words of the client's that may be said back in it."""
    own = "" if _said_back(kind, said) else own
    entries = voice.library.at(f"checkin.own.{OWN[kind]}" if own else f"checkin.{kind}")
    entry = _rested(entries, said, random)
    key, text = _fresh(entry.id, entry.say, said, random)
    words, texts = [key], [fill(text, {"value": shortened(own, _OWN_LONGEST)})]
    if question and entry.ask:
        key, text = _fresh(f"{entry.id}?", entry.ask, said, random)
        words.append(key)
        texts.append(text)
    return Asked(" ".join(texts), tuple(words), entry.id, _buttons(voice, kind, slot))


def example(voice: Voice, kind: str) -> str:
    """A check-in of that kind as a client may get it, the same each time, to show to whoever plans check-ins. With its
    opener: a question such as "How is it doing?" says nothing alone."""
    return next(f"{entry.say[0]} {entry.ask[0]}" for entry in voice.library.at(f"checkin.{kind}") if entry.ask)


def _said_back(kind: str, said: Sequence[str]) -> bool:
    """Whether such words came in a check-in of the last month."""
    return any(word.startswith(f"checkin.own.{OWN.get(kind)}-") for word in said)


def _rested(entries: Sequence[Entry], said: Sequence[str], random: Random) -> Entry:
    """An entry with the fewest of its wordings used, and of those one whose turn is longest ago."""
    named = [word.split("#")[0].removesuffix("?") for word in said]
    last = {name: place for place, name in enumerate(named)}
    spent = {entry.id: sum(f"{entry.id}#{n}" in said for n in range(len(entry.say))) for entry in entries}
    fewest = min(spent.values())
    able = [entry for entry in entries if spent[entry.id] == fewest]
    untouched = [entry for entry in able if entry.id not in last]
    return random.choice(untouched) if untouched else min(able, key=lambda entry: last[entry.id])


def _fresh(name: str, texts: Sequence[str], said: Sequence[str], random: Random) -> tuple[str, str]:
    keys = [f"{name}#{number}" for number in range(len(texts))]
    unused = [number for number, key in enumerate(keys) if key not in said]
    number = random.choice(unused) if unused else min(range(len(texts)), key=lambda n: said.index(keys[n]))
    return keys[number], texts[number]


def _buttons(voice: Voice, kind: str, slot: str) -> tuple[tuple[Button, ...], ...]:
    """Five marks where they are asked for; a way out and a way to change things always."""
    marks = (
        [(f"checkin:mark:{value}", f"checkin:mark:{slot}:{value}") for value in MARKS] if kind == "how_are_you" else []
    )
    out = [("checkin:skip", f"checkin:skip:{slot}"), ("do:checkins", "do:checkins")]
    named = [_button(voice, *pair) for pair in (*marks, *out)]
    first = (tuple(named[:3]), tuple(named[3:5])) if marks else ()
    return (*first, tuple(named[-_WAYS_OUT:]))


def _button(voice: Voice, label: str, data: str) -> Button:
    return Button(rows(voice, [label])[0][0].label, data)
