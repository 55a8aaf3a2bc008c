"""The tables as one SQLite file made for Datasette: keys, full-text search over labels, facets, canned queries."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl

from bot.care.research.cells import SMALLEST
from bot.research import codebook
from bot.research.codebook import Table
from bot.research.papers import Export

DATABASE = "study.db"
_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}
_SEARCHED = ("kinds", "feelings", "situations", "acts", "self_talk", "techniques", "entries")
_FACETS = {
    "participants": ["region", "country", "language", "enrolment_block", "pronouns", "highest_tier"],
    "turns": ["tier", "mood", "sentiment", "block", "client_length"],
    "turn_labels": ["column", "label"],
    "check_ins": ["kind", "state", "why", "block"],
    "practices": ["practice", "ended", "after"],
    "marks": ["value", "source"],
    "episodes": ["tier", "closed_how", "alerts"],
}
_LABELS = "turn_labels"
_MOST_HIDDEN = SMALLEST - 1  # people: a number of ours goes into the queries
# Small numbers of people are left out of these too, and shares that tell them.
_QUERIES: dict[str, tuple[str, str]] = {
    "feelings_by_people": (
        "How many people named each feeling",
        "SELECT label, count(DISTINCT participant) AS people, count(*) AS turns FROM turn_labels "  # noqa: S608
        f"WHERE \"column\" = 'feelings' GROUP BY label HAVING people >= {SMALLEST} ORDER BY people DESC",
    ),
    "answered_by_week": (
        "Check-ins answered, by week since first contact",
        "SELECT day / 7 AS week, count(DISTINCT participant) AS people, count(*) AS sent, "  # noqa: S608
        "CASE WHEN count(DISTINCT CASE WHEN state = 'answered' THEN participant END) "
        f"NOT BETWEEN 1 AND {_MOST_HIDDEN} AND count(DISTINCT CASE WHEN state != 'answered' THEN participant END) "
        f"NOT BETWEEN 1 AND {_MOST_HIDDEN} THEN round(100.0 * sum(state = 'answered') / count(*), 1) END AS percent "
        "FROM check_ins WHERE state IN ('sent', 'answered', 'unknown') "
        f"GROUP BY week HAVING people >= {SMALLEST} ORDER BY week",
    ),
    "hand_over": (
        "Episodes a human confirmed, and mean minutes from the note to it, by tier",
        "SELECT tier, count(DISTINCT participant) AS people, count(*) AS episodes, "  # noqa: S608
        "round(avg(minutes_to_seen), 1) AS mean FROM episodes WHERE minutes_to_seen IS NOT NULL "
        f"GROUP BY tier HAVING people >= {SMALLEST} ORDER BY tier",
    ),
    "techniques_used": (
        "Techniques of replies, by how often",
        "SELECT label AS technique, count(*) AS parts FROM turn_labels "
        "WHERE \"column\" = 'techniques' GROUP BY label ORDER BY parts DESC",
    ),
    "one_person": (
        "Everything of one person's turns, in order",
        "SELECT * FROM turns WHERE participant = :participant ORDER BY turn",
    ),
}


def write(export: Export) -> None:
    """study.db and metadata.json in the export's folder."""
    path = export.folder / DATABASE
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for table in export.tables.values():
            _fill(database, table, export.folder)
        _fill_labels(database, export.folder)
        _index(database, export)
        database.commit()
        database.execute("VACUUM")
    text = json.dumps(_metadata(export), ensure_ascii=False, indent=1) + "\n"
    (export.folder / "metadata.json").write_text(text, encoding="utf-8")


def pages(folder: Path, table: str) -> Iterator[pl.DataFrame]:
    """The rows of a table, some at a time."""
    path = folder / f"{table}.parquet"
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    for file in files:
        rows = pl.scan_parquet(file)
        height = rows.select(pl.len()).collect().item()
        for begin in range(0, height, 100_000):
            yield rows.slice(begin, 100_000).collect()


def _fill(database: sqlite3.Connection, table: Table, folder: Path) -> None:
    columns = [f'"{c.name}" {_TYPES[c.type]}' for c in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if table.name != "participants":
        columns.append("FOREIGN KEY (participant) REFERENCES participants (participant)")
    database.execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
    marks = ", ".join("?" * len(table.columns))
    for rows in pages(folder, table.name):
        database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows.rows())  # noqa: S608 - our names


def _fill_labels(database: sqlite3.Connection, folder: Path) -> None:
    database.execute(
        f'CREATE TABLE {_LABELS} (participant TEXT, turn INTEGER, "column" TEXT, place INTEGER, label TEXT, '
        'PRIMARY KEY (participant, turn, "column", place), FOREIGN KEY (participant, turn) REFERENCES turns '
        "(participant, turn), FOREIGN KEY (participant) REFERENCES participants (participant))"
    )
    for rows in pages(folder, "turns"):
        for row in rows.select("participant", "turn", *_SEARCHED).iter_rows():
            database.executemany(f"INSERT INTO {_LABELS} VALUES (?, ?, ?, ?, ?)", _labels(row))  # noqa: S608


def _labels(row: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    participant, turn, *cells = row
    for column, cell in zip(_SEARCHED, cells, strict=True):
        for place, label in enumerate(cell.split()):
            if label != "none":
                yield participant, turn, column, place, label


def _index(database: sqlite3.Connection, export: Export) -> None:
    names = ", ".join(_SEARCHED)
    # Labels have underscores within; they are to be found whole.
    database.execute(
        f"CREATE VIRTUAL TABLE turns_fts USING fts5({names}, content='turns', tokenize=\"unicode61 tokenchars '_.-'\")"
    )
    database.execute("INSERT INTO turns_fts (turns_fts) VALUES ('rebuild')")
    database.execute(f'CREATE INDEX {_LABELS}_label ON {_LABELS} ("column", label)')
    for name in ("check_ins", "episodes", "marks", "practices"):
        database.execute(f"CREATE INDEX {name}_day ON {name} (day)")
    database.execute('CREATE TABLE codebook ("table" TEXT, "column" TEXT, type TEXT, meaning TEXT, unit TEXT)')
    rows = [(c.table, c.name, c.type, c.meaning, c.unit) for table in export.tables.values() for c in table.columns]
    database.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?, ?)", rows)


def _metadata(export: Export) -> dict[str, Any]:
    tables: dict[str, Any] = {
        name: {
            "description": table.about,
            "columns": {column.name: column.meaning for column in table.columns},
            "facets": [facet for facet in _FACETS.get(name, ()) if facet in table.names],
        }
        for name, table in export.tables.items()
    }
    tables["turns"]["fts_table"] = "turns_fts"
    tables[_LABELS] = {
        "description": "One row for each label of a turn, to count and to facet.",
        "facets": _FACETS[_LABELS],
    }
    tables["codebook"] = {"description": "What each column is. Missing codes: " + _codes()}
    queries = {name: {"title": title, "sql": sql} for name, (title, sql) in _QUERIES.items()}
    queries["search_labels"] = {
        "title": "Turns with these labels (full text)",
        "sql": "SELECT turns.* FROM turns JOIN turns_fts ON turns.rowid = turns_fts.rowid "
        "WHERE turns_fts MATCH :labels",
    }
    return {
        "title": f"{export.study.name}: label rows from Warmline",
        "description": "Anonymised. Read README.md and PRIVACY.md beside this file first. Small numbers of people that "
        "queries give here are not hidden: hide them before you publish any.",
        "databases": {"study": {"tables": tables, "queries": queries}},
    }


def _codes() -> str:
    return " ".join(f"{code or '(empty)'}: {text}" for code, text in codebook.missing_codes().items())
