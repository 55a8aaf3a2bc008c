"""Statements of the hot path, compiled once.

Measured, SQLAlchemy spends about 0.1 ms on each execution and SQLite itself 0.01, and a message is ten executions. So
on SQLite the compiled text goes straight to the driver; PostgreSQL, where the way to the server costs more than that,
goes through SQLAlchemy as everything else does.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]


class Quick:
    """One statement with named parameters; none of them a list."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update | Delete) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> SQLCompiler:
        compiled = self._statement.compile(dialect=sqlite.dialect(paramstyle="named"))
        assert isinstance(compiled, SQLCompiler)
        return compiled

    @cached_property
    def _sql(self) -> str:
        return str(self._compiled)

    @cached_property
    def _fixed(self) -> dict[str, Any]:
        """Values written in the statement itself."""
        return {name: value for name, value in self._compiled.params.items() if value is not None}

    @cached_property
    def _row(self) -> Any:
        assert isinstance(self._statement, Select)
        return namedtuple("Found", [column.name for column in self._statement.selected_columns])

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows it changed."""
        raw = driver(connection)
        if raw is None:
            return connection.execute(self._statement, dict(values)).rowcount
        return raw.execute(self._sql, {**self._fixed, **values}).rowcount

    def run_many(self, connection: Connection, values: Sequence[Values]) -> None:
        """Once for each of the values, inside the driver: a thousand rows cost a tenth of a thousand calls."""
        raw = driver(connection)
        if raw is None:
            connection.execute(self._statement, [dict(one) for one in values])
        elif values:
            raw.executemany(self._sql, [{**self._fixed, **one} for one in values])

    def all(self, connection: Connection, values: Values) -> list[Any]:
        """Rows with the columns' names."""
        raw = driver(connection)
        if raw is None:
            return list(connection.execute(self._statement, dict(values)).all())
        return [self._row._make(row) for row in raw.execute(self._sql, {**self._fixed, **values})]

    def first(self, connection: Connection, values: Values) -> Any | None:
        return next(iter(self.all(connection, values)), None)


def driver(connection: Connection) -> sqlite3.Connection | None:
    """The driver's own connection when it is SQLite's."""
    raw = connection.connection.driver_connection
    return raw if isinstance(raw, sqlite3.Connection) else None
