"""Many regular expressions over one text, quickly: only those are tried of which the needed pieces stand in it.

They are compiled when first needed: compiling all of a table takes half a second.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from nlp.kept import NOTHING, Kept, Ways
from nlp.pieces import NAMED, Needs
from nlp.rules import RuleError
from nlp.waking import Waking

T = TypeVar("T")
_DEEPEST = 6  # pieces within pieces


class Patterns(Generic[T]):
    """(what it means, regular expression) in the order they are to be tried; `{name}` in one is a piece of `named`.

    `around` makes the expression that is searched for. RuleError where one is broken; `where` names the file. With
    `kept`, what tells them apart is worked out once for all starts.
    """

    def __init__(
        self,
        rows: Sequence[tuple[T, str]],
        around: Callable[[str], re.Pattern[str]],
        where: str,
        named: Mapping[str, str] | None = None,
        kept: Kept = NOTHING,
    ) -> None:
        self._rows = [(meaning, expanded(source, named or {}, f"{where}: {meaning}")) for meaning, source in rows]
        self._around = around
        self._compiled: dict[str, re.Pattern[str]] = {}
        written = (*(source for _, source in rows), *(text for pair in (named or {}).items() for text in pair))
        self.waking = Waking(kept.ways(Path(where).stem, written, lambda: _ways(rows, named, where)))

    def __len__(self) -> int:
        return len(self._rows)

    def worth_trying(self, low: str) -> Iterator[tuple[T, re.Pattern[str]]]:
        """Those of which the needed pieces stand in the lower-case text, in their order."""
        for number in self.waking.places(low):
            meaning, source = self._rows[number]
            yield meaning, self._pattern(source)

    def warm(self) -> None:
        """Compiles all of them now."""
        for _, source in self._rows:
            self._pattern(source)

    def _pattern(self, source: str) -> re.Pattern[str]:
        if source not in self._compiled:
            self._compiled[source] = self._around(source)
        return self._compiled[source]


def _ways(rows: Sequence[tuple[object, str]], named: Mapping[str, str] | None, where: str) -> Ways:
    needs, ways = Needs(named), []
    for meaning, source in rows:
        try:
            ways.append(needs.ways(" ".join(source.split())))
        except re.error as error:
            raise RuleError(f"{where}: {meaning}: {error}") from error
    return ways


def expanded(pattern: str, pieces: Mapping[str, str], where: str) -> str:
    """A pattern with each `{name}` replaced by its piece, pieces within pieces too. RuleError for an unknown name."""

    def piece(found: re.Match[str]) -> str:
        if found[1] not in pieces:
            raise RuleError(f"{where}: no piece called {found[1]}")
        return f"(?:{' '.join(pieces[found[1]].split())})"

    text = " ".join(pattern.split())
    for _ in range(_DEEPEST):
        text = NAMED.sub(piece, text)
    return text
