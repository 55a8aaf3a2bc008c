"""What is at stake for the person in what they tell: closer than a situation, as "they change the subject".

Themes are regular expressions over normal text, in shorthand (`{name}` is a piece of `rules/en/themes/pieces.yaml`).
Nothing is supposed here: a theme is found only where the words are there, so a curated line may speak to it outright.
"""

import re
from collections.abc import Iterator, Mapping

from nlp import rules
from nlp.labels import THEMES
from nlp.patterns import Patterns
from nlp.reading import Finding, Span

FOLDER = "rules/en/themes"
PIECES = "pieces.yaml"
MOST = 3  # findings of one message
# What stands before words that are somebody else's, an untrue case, a question to the listener, or denied.
_UNMEANT = re.compile(
    r"\b(?:what if|as if|if i|if he|if she|if they|imagine|pretend(?:ed)?|would have|do you ever|have you ever)\b"
    r"[^.!?\n]*$"
    r"|(?:n't|\bnot|\bnever|\bwish(?:ed)?)(?: (?:really|even|actually|quite|i|feel|be|get|to|so|that|very|all))* ?$"
)


class ThemeReader:
    """Holds the patterns. `load` raises rules.RuleError on an unknown theme or piece or a broken pattern."""

    def __init__(
        self, patterns: Mapping[str, list[str]], pieces: Mapping[str, str], broad: frozenset[str] = frozenset()
    ) -> None:
        rules.check_labels(patterns, THEMES, FOLDER)
        self._broad = broad
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
        broad = frozenset(name for name, theme in all_themes.items() if theme.get("broad"))
        return cls(patterns, rules.load_mapping(f"{FOLDER}/{PIECES}"), broad)

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
                if not _UNMEANT.search(low, 0, match.start()) and (known is None or match.start() > known.span.start):
                    found[theme] = Finding(theme, rule, True, Span(*match.span()))
        return tuple(sorted(found.values(), key=lambda one: (one.name in self._broad, -one.span.end))[:MOST])


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
            rules.check_keys(theme, ("means", "patterns", "heard", "unheard"), ("broad",), where)
            if name in seen:
                raise rules.RuleError(f"{where} stands twice")
            seen.add(name)
            yield file, name, theme
