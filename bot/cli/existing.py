"""Commands that work on what is kept need a database that is there: one made here would hold nothing."""

from pathlib import Path

from bot import wiring
from bot.cli.failures import CommandError
from bot.settings import Settings
from bot.store.opening import parse, sqlite_path


def existing_database(settings: Settings, home: Path) -> str:
    """Its address, with the password. Raises CommandError when its file has not been made yet."""
    url = wiring.database_url(settings, home)
    database = sqlite_path(parse(url))
    if database is not None and not database.exists():
        raise CommandError("There is no database yet; it is made at the first start.")
    return url
