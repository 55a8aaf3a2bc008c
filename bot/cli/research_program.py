"""What an export says of this program: closed lists of what may stand in a row, versions, the library."""

import hashlib
import importlib.metadata
from pathlib import Path

import pycountry

from bot.care.checkins.plan import KINDS, LAST_NOTE, SlotState
from bot.care.research.rows import Known
from bot.research.codebook import CHECK_IN_REASONS, MARK_SOURCES
from bot.research.facts import Program
from nlp.embedding import MODEL_SHA256
from nlp.version import version as ear_version
from responses.library import Library
from responses.load import HOME as LIBRARY_HOME
from responses.model import Technique

_PRACTICE_WORDS = ("short", "long", "left", "stopped", "done", "softer", "same", "harder")


def research_program(*, demo: bool) -> Program:
    """`demo`: the database holds invented people."""
    library = Library.load()
    practices = _practices()
    names = {
        *KINDS, LAST_NOTE, *(state.value for state in SlotState), *CHECK_IN_REASONS, *MARK_SOURCES, *_PRACTICE_WORDS,
        *practices,
    }  # fmt: skip
    languages = frozenset(code for found in pycountry.languages if (code := getattr(found, "alpha_2", None)))
    return Program(
        known=Known(
            entries=frozenset(library.entries),
            techniques=frozenset(technique.value for technique in Technique),
            languages=languages | {"und"},
            names=frozenset(names),
        ),
        versions={
            "warmline": importlib.metadata.version("warmline"),
            "ear": ear_version(),
            "library": _library_version(),
            "model": f"MiniLM {MODEL_SHA256[:10]}",
        },
        lists={"practices": practices},
        library={entry.id: entry.technique.value for entry in library.live},
        demo=demo,
    )


def _practices() -> tuple[str, ...]:
    """Names of the practices, each a file of its own."""
    return tuple(sorted(path.stem for path in (LIBRARY_HOME / "en" / "practices").glob("*.yaml")))


def _library_version(home: Path = LIBRARY_HOME) -> str:
    """Ten hexadecimal digits; the same for the same words."""
    mark = hashlib.sha256()
    for path in sorted((home / "en").rglob("*.yaml")):
        mark.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return mark.hexdigest()[:10]
