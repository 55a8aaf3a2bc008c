"""One scrubber for all tests of this room: loading it takes seconds, and so does reading the sets of lines."""

from functools import cache
from typing import Any

import pytest

from nlp.scrub.document import Scrubber
from nlp.scrub.find import Finder
from nlp.scrub.surrogates import Surrogates

KEY = b"a secret of the tests, 32 bytes."


class Remembering:
    """The finder; what it found in a text, which several tests ask of the same lines, is looked for once."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.find = cache(finder.find)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)


@pytest.fixture(scope="session")
def scrubber(finder: Finder) -> Scrubber:
    return Scrubber(Remembering(finder), Surrogates.load(), KEY)
