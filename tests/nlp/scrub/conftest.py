"""One scrubber for all tests of this room: loading it takes seconds."""

import pytest

from nlp.scrub.document import Scrubber

KEY = b"a secret of the tests, 32 bytes."


@pytest.fixture(scope="session")
def scrubber() -> Scrubber:
    return Scrubber.load(KEY)
