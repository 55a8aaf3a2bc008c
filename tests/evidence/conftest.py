"""Real databases for evidence: those of the store's own tests."""

from tests.bot.store.conftest import (  # noqa: F401 - fixtures
    postgres_migrated,
    postgres_place,
    postgres_server,
    sqlite_place,
    sqlite_url,
)
