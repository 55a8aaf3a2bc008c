"""Which exceptions are a person's to mend, said in one sentence; every other one is a fault of the program."""

import json

from bot.cli.jsonl import BadLineError
from bot.research.errors import ExportError
from bot.settings import SettingsError
from bot.store.errors import StoreError
from bot.telegram.errors import DoorError
from nlp.rules import RuleError
from nlp.scrub.kinds import RowError, ScrubUnavailableError
from responses.errors import LibraryError


class CommandError(Exception):
    """A command could not do its work; the message is the one clear sentence."""


_KNOWN = (
    CommandError,
    BadLineError,
    SettingsError,
    StoreError,
    DoorError,
    ExportError,
    RuleError,
    RowError,
    ScrubUnavailableError,
    LibraryError,
)


def sentence_of(error: BaseException) -> str | None:
    """The sentence to show, or None when this is not a failure that was foreseen."""
    if isinstance(error, _KNOWN):
        return str(error)
    if isinstance(error, json.JSONDecodeError):
        return "A line of the file is not JSON."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}." if error.filename else f"{error.strerror}."
    return None
