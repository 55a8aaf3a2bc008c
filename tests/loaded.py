"""What takes long to read from its files and never changes: read once in a process, however many tests use it.

Collecting alone would otherwise read all shelves a dozen times, in each worker.
"""

from functools import cache
from typing import Any

from responses.lint import Finding, check


@cache
def loaded(kind: Any) -> Any:
    """`kind.load()` of the first call. Tests that change one, or look at loading itself, load their own."""
    return kind.load()


@cache
def findings() -> list[Finding]:
    """What the linter finds in the library, which takes it seconds."""
    return check()
