"""What takes long to read from its files and never changes: read once in a process, however many tests use it.

Collecting alone would otherwise read all shelves a dozen times, in each worker.
"""

from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any

from nlp.kept import Kept
from responses.lint import Finding, check

KEPT = Kept(Path(__file__).parents[1] / ".pytest_cache" / "d" / "model")  # beside the model, from one run to the next


@cache
def loaded(kind: Any) -> Any:
    """`kind.load()` of the first call. Tests that change one, or look at loading itself, load their own."""
    return kind.load(kept=KEPT) if "kept" in signature(kind.load).parameters else kind.load()


@cache
def findings() -> list[Finding]:
    """What the linter finds in the library, which takes it seconds."""
    return check()
