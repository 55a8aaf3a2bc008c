"""Hears how people speak of themselves: a verdict on the whole self (shame), on an act (guilt), rules they live under
("I should"), mistakes, and kindness to themselves, to others or received.

Shame comes before all else when a reply is chosen, so another person's verdict ("she says I'm lazy") must not count.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from nlp import rules
from nlp.labels import SELF_TALK
from nlp.lexicon import Hit, Lexicon, Word, words
from nlp.reading import Finding, Span

_FILE = "rules/en/self_talk.yaml"
_BEFORE = 5  # words before a form that may turn its meaning
_ORDER = ("shame", "guilt", "should_rule", "mistake", "kindness_to_self", "kindness_received", "kindness_to_others")
_STOPS = frozenset(".!?;:…")


class SelfTalkReader:
    """Reads self-talk by rules. `load` raises RuleError if the rules are wrong."""

    def __init__(self, lexicon: Lexicon[str], others: frozenset[str], negators: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._turning = others | negators

    @classmethod
    def load(cls) -> "SelfTalkReader":
        data = rules.load_mapping(_FILE, required=("source", "said_by_others", "negators", "never", "self_talk"))
        rules.check_labels(data["self_talk"], SELF_TALK, f"{_FILE}: self_talk")
        return cls(Lexicon(_forms(data)), frozenset(data["said_by_others"]), frozenset(data["negators"]))

    def read(self, text: str) -> tuple[Finding, ...]:
        """Self-talk in `text`, each name once at its first place, shame first."""
        said = words(text)
        found: dict[str, Finding] = {}
        for hit in _outside_never(self._lexicon.find_all(said)):
            if hit.value not in found and not self._turned(said, hit.start):
                span = Span(said[hit.start].start, said[hit.end - 1].end)
                found[hit.value] = Finding(hit.value, f"self_talk/{hit.value}", span=span)
        return tuple(found[name] for name in _ORDER if name in found)

    def _turned(self, said: list[Word], start: int) -> bool:
        """Another person's verdict, or one that is denied or only supposed."""
        for word in reversed(said[max(0, start - _BEFORE) : start]):
            if word.raw in _STOPS:
                return False
            if word.text in self._turning:
                return True
        return False


def _outside_never(hits: list[Hit[str]]) -> list[Hit[str]]:
    hidden = [(hit.start, hit.end) for hit in hits if not hit.value]
    return [
        hit for hit in hits if hit.value and not any(start <= hit.start and hit.end <= end for start, end in hidden)
    ]


def _forms(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, lines in data["self_talk"].items():
        yield from ((line, name) for line in rules.texts(lines, f"{_FILE}: {name}"))
    yield from ((line, "") for line in rules.texts(data["never"], f"{_FILE}: never"))
