"""One scrubber for all tests of this room: loading it takes seconds, and so does reading the sets of lines."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nlp.scrub.document import Scrubber
from nlp.scrub.find import Finder

KEY = b"a secret of the tests, 32 bytes."


class Remembering:
    """The finder; what it found in a text, which several tests ask of the same lines, is looked for once."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.find = cache(finder.find)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)


@pytest.fixture(scope="session")
def scrubber(model_cache: Path) -> Scrubber:
    made = Scrubber.load(KEY, model_cache)
    return Scrubber(Remembering(made.finder), made.surrogates, KEY)
