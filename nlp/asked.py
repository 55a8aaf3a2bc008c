"""What a question to the listener is about: its age, its memory, who reads along, a joke ... (rules/en/asked.yaml).

Closer than the act, so that "do you sleep" and "who made you" each get an answer of their own. A question that somebody
else asked, or asked somebody else, is no question to the listener.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nlp import rules
from nlp.kept import NOTHING, Kept
from nlp.labels import ACTS, ASKED
from nlp.lexicon import Word, words
from nlp.patterns import Patterns
from nlp.reading import Finding, Span

FILE = "rules/en/asked.yaml"
MOST = 2  # findings of one message
# Told, not asked: "he asked do you ...", "i keep asking myself if ...", "..., that's what she wrote".
_TOLD_BEFORE = re.compile(
    r"(?:\b(?:he|she|they|we|people|everyone|everybody|someone|nobody|mum|mom|dad|my \w+|the \w+)(?: \w+){0,2}"
    r"|\bi(?: \w+){0,2}) (?<!i want to )(?<!i wanted to )(?<!can i )(?<!may i )(?<!let me )(?<!could i )"
    r"(?:ask|asks|asked|asking|says|said|saying|say|wonder|wonders|wondered|wrote|writes|shouted|yelled|was like|"
    r"is like|were like|texted|thinks|told)\b(?: \w+){0,3} ?[,:\"']* ?$"
)
# Whose the words are: "he won't ...", "they don't ...".
_OF_OTHERS = re.compile(
    r"(?:^|(?<= ))(?:he|she|they|people|who|nobody|everyone|everybody|his \w+|her \w+)"
    r"(?: (?:just|always|never|won't|doesn't|don't|can't|didn't|would|will|to|also|really|even))* $"
)
_TOLD_AFTER = re.compile(
    r"^[^.!?]{0,30}, (?:that's (?:what|how) )?(?:i|he|she|they|my \w+) "
    r"(?:\w+ )?(?:asked|asks|said|says|told|wrote|shouted|kept)\b"
)


class AskedReader:
    """Reads topics by patterns. `load` raises rules.RuleError if a topic, an act or a pattern is wrong."""

    def __init__(
        self, topics: Mapping[str, Mapping[str, Any]], pieces: Mapping[str, str], kept: Kept = NOTHING
    ) -> None:
        rules.check_labels(topics, ASKED, FILE)
        rules.check_labels((topic["act"] for topic in topics.values()), ACTS, FILE)
        self._acts = {name: str(topic["act"]) for name, topic in topics.items()}
        rows = [
            (name, source)
            for name, topic in topics.items()
            for source in rules.texts(topic["patterns"], f"{FILE}: {name}")
        ]
        self._patterns = Patterns(rows, _whole, FILE, pieces, kept)

    @classmethod
    def load(cls, kept: Kept = NOTHING) -> "AskedReader":
        return cls(dict(topics()), rules.load_mapping(FILE)["pieces"], kept)

    def act(self, topic: str) -> str:
        """The act that asking about `topic` is."""
        return self._acts[topic]

    def read(self, text: str) -> tuple[Finding, ...]:
        """At most two topics of normal text, each once, in the order of the file: the closest first."""
        said = words(text)
        joined = " ".join(word.text for word in said)
        found: dict[str, Finding] = {}
        for topic, pattern in self._patterns.worth_trying(joined):
            fits = None if topic in found else pattern.search(joined)
            if fits and not told(joined, fits.start(), fits.end()):
                found[topic] = Finding(topic, f"asked/{topic}", span=span_of(said, joined, fits))
        return tuple(found.values())[:MOST]


def _whole(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{source})(?!\w)")


def told(joined: str, start: int, end: int) -> bool:
    """Whether the words [start, end) of a sentence are reported: asked by, or of, somebody else."""
    before = joined[:start].rstrip() + " "
    return bool(_TOLD_BEFORE.search(before) or _OF_OTHERS.search(before) or _TOLD_AFTER.search(joined[end:]))


def topics() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(name, topic) of every topic: what it means, its act and patterns, what it is heard in and what it is not."""
    for name, topic in rules.load_mapping(FILE, required=("source", "pieces", "topics"))["topics"].items():
        rules.check_keys(topic, ("means", "act", "patterns", "heard", "unheard"), (), f"{FILE}: {name}")
        yield name, topic


def span_of(said: list[Word], joined: str, fits: re.Match[str]) -> Span:
    """Where a match over the words, joined by one blank each, stands in the text."""
    first, last = (joined.count(" ", 0, place) for place in (fits.start(), max(fits.end() - 1, fits.start())))
    return Span(said[first].start, said[min(last, len(said) - 1)].end)
