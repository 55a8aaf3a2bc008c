"""What `warmline doctor` looks at, one check at a time, each with a plain sentence that says what to do."""

import asyncio
import platform
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot import wiring
from bot.cli.failures import sentence_of
from bot.cli.readiness import lacking, unverified
from bot.settings import Settings, SettingsError
from bot.store.errors import StoreError
from bot.store.keys import load_key
from bot.store.look import look
from bot.store.opening import parse, sqlite_path
from bot.telegram.errors import DoorError
from bot.telegram.hello import bot_name
from responses.helplines import Helplines
from responses.library import Library
from responses.lint import check
from responses.signoff import unsigned

WAYS = 2  # so that an outage of one does not silence an alert


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    state: State
    what: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.state:5} {self.what}: {self.sentence}"


def checks(config: Path | None, online: bool) -> Iterator[Check]:
    """Each check as it is made. With `online` Telegram is asked who the token belongs to."""
    yield _python()
    try:
        settings, home = wiring.read_settings(config)
    except SettingsError as error:
        yield Check(State.FAIL, "settings", str(error))
        return
    yield Check(State.OK, "settings", "They can be read, and every key is known.")
    yield _home(home)
    yield from _memory(settings, home)
    yield from _ear(home)
    yield from _words(settings)
    yield from _people(settings)
    yield _telegram(settings, online)


def _python() -> Check:
    return Check(State.OK, "Python", f"{platform.python_version()} on {platform.system()}.")  # older ones cannot start


def _home(home: Path) -> Check:
    """Writes and removes one small file; a folder that is not there yet is looked for above."""
    there = next((folder for folder in (home, *home.absolute().parents) if folder.exists()), Path("/"))
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return Check(State.FAIL, "home", f"Nothing can be written in {home} ({error.strerror}).")
    if there != home:
        return Check(State.WARN, "home", f"{home} is not there yet; it is made at the first start.")
    return Check(State.OK, "home", f"{home} can be written to.")


def _memory(settings: Settings, home: Path) -> Iterator[Check]:
    try:
        url = wiring.database_url(settings, home)
        database = sqlite_path(parse(url))
    except (StoreError, OSError) as error:
        yield Check(State.FAIL, "database", sentence_of(error) or "Its address cannot be read.")
        return
    path = wiring.key_path(settings, home)
    if database is not None and not database.exists():
        if path.exists():
            yield _key(path, database)[0]
        else:
            yield Check(State.WARN, "key", "There is no key yet; it is made at the first start.")
        yield Check(State.WARN, "database", "There is no database yet; it is made at the first start.")
        return
    found, key = _key(path, database)
    yield found
    yield asyncio.run(_database(url, key))


def _key(path: Path, database: Path | None) -> tuple[Check, bytes | None]:
    try:
        key = load_key(path, database=database)
    except StoreError as error:
        return Check(State.FAIL, "key", str(error)), None
    if database is not None and path.resolve().parent == database.resolve().parent:
        beside = "It fits and only its owner can read it, but it lies beside the database: whoever copies that folder"
        return Check(State.WARN, "key", f"{beside} can read everything. Keep it elsewhere: set key_file."), key
    return Check(State.OK, "key", "It is there, only its owner can read it, and it lies apart from the database."), key


async def _database(url: str, key: bytes | None) -> Check:
    try:
        revision = await look(url, key)
    except StoreError as error:
        return Check(State.FAIL, "database", str(error))
    if revision is None:
        return Check(State.WARN, "database", "It is empty; its tables are made at the first start.")
    return Check(State.OK, "database", f"It opens, and its tables are of version {revision}, which this program needs.")


def _ear(home: Path) -> Iterator[Check]:
    try:
        ear = wiring.load_ear(home)
        ear.warm()
    except Exception as error:  # noqa: BLE001 - whatever it is, the doctor names it and goes on
        yield Check(State.FAIL, "ear", sentence_of(error) or f"It does not load ({type(error).__name__}).")
        return
    for fault in ear.faults:
        less = f"It runs without its {fault}, so it understands less; install the packages again from the lock."
        yield Check(State.WARN, "ear", less)
    if not ear.faults:
        yield Check(State.OK, "ear", "All its parts are there, the embedding model too.")


def _words(settings: Settings) -> Iterator[Check]:
    try:
        wrong = [finding for finding in check() if finding.error]
        library, helplines = Library.load(), Helplines.load()
    except Exception as error:  # noqa: BLE001 - a file of words that cannot be read is named, not raised
        yield Check(State.FAIL, "library", sentence_of(error) or f"It does not load ({type(error).__name__}).")
        return
    if wrong:
        yield Check(State.FAIL, "library", f"{len(wrong)} findings; see: warmline library check.")
    else:
        yield Check(State.OK, "library", f"{len(library.live)} entries, and the linter finds nothing.")
    missing = lacking(settings, library, helplines)
    yield from (Check(State.FAIL, "deployment", sentence) for sentence in missing)
    if settings.deployment.trial:
        yield from _trial(settings, library, helplines)
    elif not missing:
        yield Check(State.OK, "deployment", "Crisis words are signed and helplines are checked.")


def _trial(settings: Settings, library: Library, helplines: Helplines) -> Iterator[Check]:
    if without := len(unsigned(library.live)):
        yield Check(State.WARN, "trial", f"{without} of {len(library.live)} entries are not signed by a clinician.")
    countries = settings.deployment.countries or tuple(sorted({line.country for line in helplines.lines}))
    unchecked = {sentence[:2] for sentence in unverified(countries, helplines, datetime.now(UTC).date())}
    if unchecked:
        many = f"{len(unchecked)} of {len(countries)} countries have no checked emergency number and helpline."
        yield Check(State.WARN, "helplines", f"{many} Only a trial may use them.")
    else:
        yield Check(State.OK, "helplines", "Every country has a checked emergency number and helpline.")


def _people(settings: Settings) -> Iterator[Check]:
    on_call = settings.on_call
    if not on_call.everyone:
        yield Check(State.WARN, "on-call", "Nobody is on call. Clients in danger are told that no person is watching.")
    elif on_call.operator is None:
        yield Check(
            State.WARN, "on-call", "No operator is set, so an alert that nobody takes ends with the last contact."
        )
    else:
        yield Check(State.OK, "on-call", f"{len(on_call.contacts)} on call, and the operator after them.")
    only = [one.code for one in on_call.everyone if len(one.contact.ways) < WAYS]
    if only:
        sentence = f"Can be told by one way only, which may fail: {', '.join(only)}. A mail address is a second one."
        yield Check(State.WARN, "channels", sentence)


def _telegram(settings: Settings, online: bool) -> Check:
    token = settings.telegram.token.get_secret_value()
    if not token:
        return Check(State.WARN, "token", "No bot token is set; chat works without, serve does not.")
    if not online:
        return Check(State.OK, "token", "A bot token is set. With --online Telegram is asked whether it holds.")
    try:
        name = asyncio.run(bot_name(token, settings.telegram.api_base))
    except DoorError as error:
        return Check(State.FAIL, "token", str(error))
    return Check(State.OK, "token", f"Telegram knows this bot as @{name}.")
