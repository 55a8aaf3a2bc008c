"""The shorthand that risk rules are written in, expanded to regular expressions.

`{name}` is a named piece from crisis_words.yaml; `@` marks where the core of a sign starts.
"""

import re
from itertools import count

from nlp.fold import Folder, spaced
from nlp.patterns import expanded


class Pieces:
    """The named pieces; expands a pattern written in the shorthand."""

    def __init__(self, raw: dict[str, str], folder: Folder) -> None:
        self._raw = raw
        self._folder = folder

    def expand(self, pattern: str, where: str) -> str:
        text = expanded(pattern, self._raw, where)
        cores = count()
        text = re.sub("@", lambda _: f"(?P<core{next(cores)}>)", text)
        return spaced(self._folder.respell(text))
