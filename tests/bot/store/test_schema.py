"""The migrations end at exactly the tables that the code uses, and a database of another version is refused."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.store import schema
from bot.store.errors import StoreError
from bot.store.opening import open_store, opened, parse, upgrade
from bot.store.tables import metadata
from tests.bot.store.conftest import KEY, Place


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_migrated_tables_are_the_tables_in_code(lasting: Place) -> None:
    async with opened(parse(lasting.url)) as engine:
        assert await engine.read(differences) == []
        found = await engine.read(lambda connection: set(inspect(connection).get_table_names()))
    assert found == {table.name for table in metadata.sorted_tables} | {"alembic_version"}


async def test_partial_indexes_keep_their_condition(sqlite_place: Place) -> None:
    async with opened(parse(sqlite_place.url)) as engine:
        sql = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'"
        found = await engine.read(lambda connection: connection.execute(text(sql)).scalar())
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    assert found == sum(index.dialect_options["sqlite"]["where"] is not None for index in indexes) > 0


def test_the_version_in_code_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.HEAD


async def test_upgrade_may_be_run_again(lasting: Place) -> None:
    assert await upgrade(lasting.url) == schema.HEAD
    assert await upgrade(lasting.url) == schema.HEAD


@pytest.mark.parametrize(("version", "says"), [("0000", "older"), ("9999", "newer")])
async def test_another_version_is_refused(sqlite_place: Place, version: str, says: str) -> None:
    async with opened(parse(sqlite_place.url)) as engine:
        await engine.write(lambda c: c.execute(text(f"UPDATE alembic_version SET version_num = '{version}'")))
    with pytest.raises(StoreError, match=says):
        await open_store(sqlite_place.url, KEY)
