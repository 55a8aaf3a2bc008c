"""Bringing a database to the tables of this version, by alembic, and telling which version one has."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select, text

from bot.store.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0010"


def config() -> "Config":
    from alembic.config import Config  # slow to load, and needed only when tables change

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    return settings


def revision(connection: Connection) -> str | None:
    """The version of the tables; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.scalar(select(text("version_num")).select_from(text("alembic_version"))))


def migrate(connection: Connection) -> str:
    """Bring the tables to this version inside the connection's transaction. Returns the version."""
    from alembic import command

    if connection.dialect.name == "postgresql":  # of several programs that start at once, one migrates
        connection.execute(text("SELECT pg_advisory_xact_lock(7302741)"))
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
    return HEAD


def check(connection: Connection) -> str | None:
    """None for an empty database. Raises StoreError for one of another version."""
    found = revision(connection)
    if found is None or found == HEAD:
        return found
    if found < HEAD:
        raise StoreError("The database is of an older version; bring it up with: warmline db upgrade.")
    raise StoreError("The database is of a newer version than this program; install the newer one.")
