"""The shorthand that risk rules are written in, expanded to regular expressions.

`{name}` is a named piece from crisis_words.yaml; `@` marks where the core of a sign starts.
"""

import re
from itertools import count

from nlp.fold import Folder, spaced
from nlp.rules import RuleError

_PIECE = re.compile(r"\{([A-Za-z_]\w*)\}")


class Pieces:
    """The named pieces; expands a pattern written in the shorthand."""

    def __init__(self, raw: dict[str, str], folder: Folder) -> None:
        self._raw = raw
        self._folder = folder

    def expand(self, pattern: str, where: str) -> str:
        text = re.sub(r"\s+", " ", pattern.strip())
        for _ in range(6):
            text = _PIECE.sub(lambda found: self._piece(found[1], where), text)
        cores = count()
        text = re.sub("@", lambda _: f"(?P<core{next(cores)}>)", text)
        return spaced(self._folder.respell(text))

    def _piece(self, name: str, where: str) -> str:
        try:
            return "(?:" + re.sub(r"\s+", " ", self._raw[name].strip()) + ")"
        except KeyError:
            raise RuleError(f"{where}: no piece called {name}") from None
