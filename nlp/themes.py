"""What is at stake for the person in what they tell: closer than a situation, as "they change the subject".

Themes are regular expressions over normal text, in shorthand (`{name}` is a piece of `rules/en/themes/pieces.yaml`).
Nothing is supposed here: a theme is found only where the words are there, so a curated line may speak to it outright.
"""

import re
from collections.abc import Iterator, Mapping

from nlp import rules
from nlp.labels import BARE_THEMES, GOOD_THEMES, OPEN_THEMES, THEMES
from nlp.meant import meant
from nlp.patterns import Patterns
from nlp.reading import Finding, Span

FOLDER = "rules/en/themes"
PIECES = "pieces.yaml"
MOST = 3  # findings of one message
_WEIGHING = THEMES - GOOD_THEMES - (OPEN_THEMES - BARE_THEMES)  # nothing to sympathise with in the rest


class ThemeReader:
    """Holds the patterns. `load` raises rules.RuleError on an unknown theme or piece or a broken pattern."""

    def __init__(
        self,
        patterns: Mapping[str, list[str]],
        pieces: Mapping[str, str],
        broad: frozenset[str] = frozenset(),
        own: frozenset[str] = frozenset(),
    ) -> None:
        rules.check_labels(patterns, THEMES, FOLDER)
        self._broad = broad
        self._own = own
        rows = [
            ((theme, f"themes.{theme}.{number}"), source)
            for theme, sources in patterns.items()
            for number, source in enumerate(rules.texts(sources, f"{FOLDER}: {theme}"), start=1)
        ]
        self._patterns = Patterns(rows, lambda source: re.compile(rf"(?<![\w'])(?:{source})(?!\w)"), FOLDER, pieces)

    @classmethod
    def load(cls) -> "ThemeReader":
        all_themes = {name: theme for _, name, theme in themes()}
        patterns = {name: theme["patterns"] for name, theme in all_themes.items()}
        broad, own = (frozenset(n for n, theme in all_themes.items() if theme.get(key)) for key in ("broad", "own"))
        return cls(patterns, rules.load_mapping(f"{FOLDER}/{PIECES}"), broad, own)

    def warm(self) -> None:
        self._patterns.warm()

    def read(self, text: str) -> tuple[Finding, ...]:
        """At most three themes of normal text, those told last first: a message ends with what it is about.

        A broad one ("they are low") comes after the closer ones.
        """
        low = text.lower()
        found: dict[str, Finding] = {}
        for (theme, rule), pattern in self._patterns.worth_trying(low):
            for match in pattern.finditer(low):
                known = found.get(theme)
                if self._meant(theme, low, match) and (known is None or match.start() > known.span.start):
                    found[theme] = Finding(theme, rule, True, Span(*match.span()))
        return tuple(sorted(found.values(), key=lambda one: (one.name in self._broad, -one.span.end))[:MOST])

    def _meant(self, theme: str, low: str, match: re.Match[str]) -> bool:
        return meant(low, *match.span(), own=theme in self._own, weighs=theme in _WEIGHING)


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
            rules.check_keys(theme, ("means", "patterns", "heard", "unheard"), ("broad", "own"), where)
            if name in seen:
                raise rules.RuleError(f"{where} stands twice")
            seen.add(name)
            yield file, name, theme
