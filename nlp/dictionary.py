"""Whether a word is one of English, by the base forms that the parser's own model brings (83,000, from WordNet).

Kept as hashes: 0.3 MB instead of the 8 that the words would take.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from nlp.pipeline import MODEL

_TABLE = "lemma_index"
_KINDS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ"}


class Dictionary:
    """Base forms by kind of word."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._known = np.sort(np.array([_hash(base, kind) for base, kind in words], dtype=np.uint32))

    @classmethod
    def load(cls) -> "Dictionary":
        """That of the installed model; an empty one where there is none: then nothing is known by it."""
        try:
            return cls(_installed())
        except (OSError, ImportError, KeyError):
            return cls(())

    def knows(self, base: str, kind: str) -> bool:
        """Whether `base` is the base form of a noun, verb or adjective; `kind` is spaCy's name of it."""
        wanted = np.uint32(_hash(base.lower(), kind))
        at = int(np.searchsorted(self._known, wanted))
        return at < len(self._known) and bool(self._known[at] == wanted)


def _installed() -> Iterable[tuple[str, str]]:
    from spacy.lookups import Lookups
    from spacy.util import get_package_path

    place = next(iter(Path(get_package_path(MODEL)).glob("*/lemmatizer/lookups")), None)
    if place is None:
        raise OSError("the model has no base forms")
    table: Any = Lookups().from_disk(place).get_table(_TABLE)
    return [(base, kind) for name, kind in _KINDS.items() for base in table[name]]


def _hash(base: str, kind: str) -> int:
    """32 bits: of a million slips some twenty would pass for words."""
    return crc32(f"{kind} {base}".encode())
