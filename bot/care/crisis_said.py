"""What free words in an episode have said already, so that nobody is asked for it again. None of it lowers the tier."""

import re
from collections.abc import Iterable

from bot.care import crisis_barriers
from bot.care.bleak import bleak
from bot.care.crisis_routes import Route
from bot.care.episode import Episode
from bot.care.memory import touches
from nlp.labels import Kind, Tier
from nlp.reading import Clause, Reading

_LONGEST = 140  # characters of a clause that is said back before a question

_NO_PLAN = re.compile(
    r"\b(no plans?\b(?! b)|(don't|do not|haven't|have not)( really| actually)? (have|got|made) (a |any )?plans?|"
    r"not planning (to|on|any)|(not going to|won't|wouldn't|would never|not gonna)( ever| actually| really)* "
    r"(do (anything|it|something)|act on (it|them)))\b"
)


_PLAN = re.compile(
    r"\bi('ve| have)( got)? (a plan( for (it|tonight|today)| to (do it|die|end\b.*))?(?= *(?:[.,!]|and |$))|"
    r"(it|everything|this) (all )?(planned|ready|worked out)|planned (it|everything|this))|"
    r"\b(it's|it is|it's all|it is all) planned\b|"
    r"\bi know (exactly )?(how|when|where) i('ll| will| am going to|'m going to) do it\b"
)

_IN_CARE = re.compile(
    r"\b(my|have a|got a) (therapist|counsell?or|psychiatrist|psychologist|shrink|midwife|health visitor|"
    r"social worker)\b|\bin therapy\b"
)


def note(episode: Episode, reading: Reading) -> None:
    """Who has somebody for the weeks after is not told how to find one; what is refused stays refused."""
    if _IN_CARE.search(reading.low):
        passed(episode, "care")
    refused = crisis_barriers.refused(reading)
    episode.given += [refused] if refused and refused not in episode.given else []


def known(episode: Episode) -> list[str]:
    """What a later step must know of: which help was refused, that somebody was thought of, what became of a note."""
    worlds = {"doctor": "no_doctor", "hotline": "no_line", "ambulance": "no_rescue", "person": "thought_of"}
    near = ["near"] * bool(episode.near and "person" in episode.given)
    return [*(world for name, world in worlds.items() if name in episode.given), *near, *of_the_note(episode)]


def of_the_note(episode: Episode) -> list[str]:
    """What became of a note to a human, as far as the client was told: that it went, that somebody saw it."""
    return ["note_sent"] * ("sending" in episode.told) + ["note_seen"] * ("seen" in episode.told)


_WAY = re.compile(
    r"\bi know (exactly )?(how|what) (i'd|i would|i could|i'll|to) (do|use|end)\b|\bi('ve| have) (a way|the means)\b|"
    r"\bi have (everything|what) i need\b|\bi('ve| have) thought about how\b"
)
_NOT_NOW = re.compile(r"\bnot (today|tonight|now|right now|yet)\b")
_MIGHT = re.compile(
    r"\b(i|it) (might|could|may)\b|\bif (they|he|she|it|i|the \w+|my \w+)\b.*\b(don't know|not sure|might|would)\b|"
    r"\bbut if\b"
)
_WONT = re.compile(r"\b(not going to|won't|wouldn't|would never|not gonna)\b")
_WHOM = (
    (
        "him",
        re.compile(
            r"\bmy (\w+ )?(son|brother|husband|boyfriend|dad|father|uncle|nephew|grandson|grandpa|stepson|boy)\b"
        ),
    ),
    (
        "her",
        re.compile(
            r"\bmy (\w+ )?(daughter|sister|wife|girlfriend|mum|mom|mother|aunt|niece|granddaughter|gran|girl)\b"
        ),
    ),
)
_SPOKEN_OF = (
    ("her", re.compile(r"^(?!.*\b(he|him|his|he's)\b).*\b(she|her|she's)\b", re.DOTALL)),
    ("him", re.compile(r"^(?!.*\b(she|her|she's)\b).*\b(he|him|his|he's)\b", re.DOTALL)),
)
_YOUNG = re.compile(
    r"\bmy (\w+ )?(son|daughter|kid|child|teen\w*|boy|girl|grandson|granddaughter|nephew|niece|stepson|stepdaughter)\b"
)


def not_now(reading: Reading) -> bool:
    """Not today, by their own account."""
    return bool(_NOT_NOW.search(reading.low))


def way(reading: Reading) -> bool:
    """A way is known, by their own account, whatever is said of the time."""
    return bool(_WAY.search(reading.low)) and not no_plan(reading)


def way_first(episode: Episode, reading: Reading) -> None:
    """Where a way was told: distance first, and who wrote "not today" is not asked about today."""
    if way(reading):
        note_way(episode)
        means_first(episode)
        passed(episode, *(["plan"] if not_now(reading) else []))


def note_way(episode: Episode) -> None:
    """That a way is known, never which."""
    episode.given += ["way"] * ("way" not in episode.given)


def way_told(episode: Episode) -> bool:
    """Whether a way was told of, in words or by what was heard: then distance is no "if"."""
    return "way" in episode.given or Kind.METHOD_OR_PLAN in episode.kinds


def means_first(episode: Episode) -> None:
    """Distance from what could be used comes before any other step, once in an episode."""
    name = f"{Route.SUICIDE}.means"
    if name not in (*episode.done, *episode.queue) and episode.tier < Tier.T3:
        episode.queue.insert(0, name)


def of_today(reading: Reading) -> list[str]:
    """What they wrote of today: that it "might" be, that they are not going to ("wont"), no plan ("denied")."""
    if _MIGHT.search(reading.low):
        return ["might"]
    if no_plan(reading):
        return ["wont"] if _WONT.search(reading.low) else ["denied"]
    return []


def whom(episode: Episode, reading: Reading) -> None:
    """Of whom a helper writes: remembered as a pronoun, and whether it is a child or a youth."""
    text = reading.low
    episode.whom = episode.whom or next((name for name, pattern in (*_WHOM, *_SPOKEN_OF) if pattern.search(text)), "")
    episode.young = episode.young or bool(_YOUNG.search(text))


def plan(reading: Reading) -> bool:
    """There is a plan, by their own account; only where danger to their life was told."""
    return bool(_PLAN.search(reading.low)) and not no_plan(reading)


def nothing(reading: Reading) -> bool:
    """Dots, and nothing else."""
    return bool(reading.text.strip()) and not reading.text.strip(" .…-\n")


def no_plan(reading: Reading) -> bool:
    """There is no plan, by their own account."""
    return bool(_NO_PLAN.search(reading.low))


def passed(episode: Episode, *steps: str) -> bool:
    """Take these steps out of those still to come; whether there was one."""
    found = [name for name in episode.queue if name.rpartition(".")[2] in steps]
    episode.queue = [name for name in episode.queue if name not in found]
    episode.done += found
    return bool(found)


def own_words(reading: Reading, off_limits: Iterable[str]) -> Clause | None:
    """A clause of theirs that may be said back in an episode: short, no way out barred in it, nothing off-limits."""
    fitting = (
        clause
        for clause in reading.clauses
        if len(clause.text) <= _LONGEST
        and "?" not in clause.text
        and not bleak(clause.text)
        and not touches(clause.text, off_limits)
    )
    return next(fitting, None)
