"""What is at stake for the person in what they tell: closer than a situation, as "they change the subject".

Themes are regular expressions over normal text, in shorthand (`{name}` is a piece of `rules/en/themes/pieces.yaml`).
Nothing is supposed here: a theme is found only where the words are there, so a curated line may speak to it outright.
"""

import re
from collections.abc import Iterator, Mapping

from nlp import rules
from nlp.aside import Asides
from nlp.kept import NOTHING, Kept
from nlp.labels import BARE_THEMES, GOOD_THEMES, OPEN_THEMES, THEMES
from nlp.meant import meant
from nlp.patterns import Patterns
from nlp.reading import Finding, Span

FOLDER = "rules/en/themes"
PIECES = "pieces.yaml"
MARKS = ("broad", "own", "grave")  # what a theme may be marked as; docs/authoring.md says what each does
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
        grave: frozenset[str] = frozenset(),
        kept: Kept = NOTHING,
    ) -> None:
        rules.check_labels(patterns, THEMES, FOLDER)
        self._broad = broad
        self._own = own
        self._grave = grave
        rows = [
            ((theme, f"themes.{theme}.{number}"), source)
            for theme, sources in patterns.items()
            for number, source in enumerate(rules.texts(sources, f"{FOLDER}: {theme}"), start=1)
        ]
        self._patterns = Patterns(rows, _whole, FOLDER, pieces, kept)

    @classmethod
    def load(cls, kept: Kept = NOTHING) -> "ThemeReader":
        all_themes = {name: theme for _, name, theme in themes()}
        patterns = {name: theme["patterns"] for name, theme in all_themes.items()}
        broad, own, grave = (frozenset(n for n, theme in all_themes.items() if theme.get(key)) for key in MARKS)
        return cls(patterns, rules.load_mapping(f"{FOLDER}/{PIECES}"), broad, own, grave, kept)

    def warm(self) -> None:
        self._patterns.warm()

    def read(self, text: str) -> tuple[Finding, ...]:
        """At most three themes of normal text, those told last first: a message ends with what it is about.

        One told in passing is not `sure`. It comes last, a broad one ("they are low") after the closer ones, a grave
        one ("mum died") before them.
        """
        low = text.lower()
        asides = Asides.of(low)
        found: dict[str, Finding] = {}
        for (theme, rule), pattern in self._patterns.worth_trying(low):
            for match in pattern.finditer(low):
                if not self._meant(theme, low, match):
                    continue
                passing = asides.holds(*match.span(), grave=theme in self._grave)
                one = Finding(theme, rule, not passing, Span(*match.span()))
                known = found.get(theme)
                if known is None or (one.sure, one.span.start) > (known.sure, known.span.start):
                    found[theme] = one
        return tuple(sorted(found.values(), key=self._rank)[:MOST])

    def _rank(self, one: Finding) -> tuple[bool, bool, bool, int]:
        return not one.sure, one.name in self._broad, one.name not in self._grave, -one.span.end

    def _meant(self, theme: str, low: str, match: re.Match[str]) -> bool:
        return meant(low, *match.span(), own=theme in self._own, weighs=theme in _WEIGHING)


def _whole(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{source})(?!\w)")


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
            rules.check_keys(theme, ("means", "patterns", "heard", "unheard"), MARKS, where)
            if name in seen:
                raise rules.RuleError(f"{where} stands twice")
            seen.add(name)
            yield file, name, theme
