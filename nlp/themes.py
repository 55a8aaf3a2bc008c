"""What is at stake for the person in what they tell: closer than a situation, as "they change the subject".

Themes are regular expressions over normal text, in shorthand (`{name}` is a piece of `rules/en/themes/pieces.yaml`).
Nothing is supposed here: a theme is found only where the words are there, so a curated line may speak to it outright.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nlp import rules
from nlp.labels import THEMES
from nlp.pieces import needed_pieces
from nlp.reading import Finding, Span

FOLDER = "rules/en/themes"
PIECES = "pieces.yaml"
MOST = 3  # findings of one message
_PIECE = re.compile(r"\{([a-z_]+)\}")
_DEEPEST = 5  # pieces within pieces
# What stands before words that are somebody else's, an untrue case, a question to the listener, or denied.
_UNMEANT = re.compile(
    r"\b(?:what if|as if|if i|if he|if she|if they|imagine|pretend(?:ed)?|would have|do you ever|have you ever)\b"
    r"[^.!?\n]*$"
    r"|(?:n't|\bnot|\bnever|\bwish(?:ed)?)(?: (?:really|even|actually|quite|i|feel|be|get|to|so|that|very|all))* ?$"
)


class _Pattern(NamedTuple):
    theme: str
    rule: str
    source: str
    needed: tuple[str, ...]  # one of these stands in every match; looked for first, because that is cheap


class ThemeReader:
    """Holds the patterns. `load` raises rules.RuleError on an unknown theme or piece or a broken pattern."""

    def __init__(self, patterns: Mapping[str, list[str]], pieces: Mapping[str, str]) -> None:
        rules.check_labels(patterns, THEMES, FOLDER)
        self._patterns = [
            _made(theme, number, source, pieces)
            for theme, sources in patterns.items()
            for number, source in enumerate(rules.texts(sources, f"{FOLDER}: {theme}"), start=1)
        ]
        self._awake: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for piece in pattern.needed:
                self._awake.setdefault(piece, []).append(number)
        self._always = [number for number, pattern in enumerate(self._patterns) if not pattern.needed]
        self._compiled: dict[str, re.Pattern[str]] = {}  # filled when first needed

    @classmethod
    def load(cls) -> "ThemeReader":
        found = {name: theme["patterns"] for _, name, theme in themes()}
        return cls(found, rules.load_mapping(f"{FOLDER}/{PIECES}"))

    def read(self, text: str) -> tuple[Finding, ...]:
        """At most three themes of normal text, those told last first: a message ends with what it is about."""
        low = text.lower()
        found: dict[str, Finding] = {}
        for pattern in self._worth_trying(low):
            for match in self._pattern(pattern.source).finditer(low):
                known = found.get(pattern.theme)
                if not _UNMEANT.search(low, 0, match.start()) and (known is None or match.start() > known.span.start):
                    found[pattern.theme] = Finding(pattern.theme, pattern.rule, True, Span(*match.span()))
        return tuple(sorted(found.values(), key=lambda one: -one.span.end)[:MOST])

    def _pattern(self, source: str) -> re.Pattern[str]:
        if source not in self._compiled:
            self._compiled[source] = re.compile(rf"(?<![\w'])(?:{source})(?!\w)")
        return self._compiled[source]

    def _worth_trying(self, low: str) -> list[_Pattern]:
        awake = {number for piece, numbers in self._awake.items() if piece in low for number in numbers}
        return [self._patterns[number] for number in sorted(awake.union(self._always))]


def themes() -> Iterator[tuple[str, str, Mapping[str, list[str]]]]:
    """(file, name, theme) of every theme: what it means, its patterns, what it is heard in and what it is not.

    RuleError on an unknown key or a theme that stands twice.
    """
    seen: set[str] = set()
    for file in rules.names_in(FOLDER):
        if file == PIECES:
            continue
        for name, theme in rules.load_mapping(f"{FOLDER}/{file}").items():
            where = f"{FOLDER}/{file}: {name}"
            rules.check_keys(theme, ("means", "patterns", "heard", "unheard"), (), where)
            if name in seen:
                raise rules.RuleError(f"{where} stands twice")
            seen.add(name)
            yield file, name, theme


def _made(theme: str, number: int, source: str, pieces: Mapping[str, str]) -> _Pattern:
    where = f"{FOLDER}: {theme}"
    expanded = " ".join(source.split())
    for _ in range(_DEEPEST):
        expanded = _PIECE.sub(lambda found: _piece(found[1], pieces, where), expanded)
    try:
        return _Pattern(theme, f"themes.{theme}.{number}", expanded, needed_pieces(expanded))
    except re.error as error:
        raise rules.RuleError(f"{where}: {error}") from error


def _piece(name: str, pieces: Mapping[str, str], where: str) -> str:
    if name not in pieces:
        raise rules.RuleError(f"{where}: no piece called {name}")
    return f"(?:{' '.join(pieces[name].split())})"
