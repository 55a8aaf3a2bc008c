"""The folder opens as docs/researcher.md says: csv, pandas, DuckDB, Polars, Frictionless, Datasette, the notebook."""

import csv
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from bot.care.checkins import marks
from bot.research import codebook
from tests.bot.research.conftest import make
from tests.bot.research.world import PROGRAM, Shape, World

TABLES = ("participants", "turns", "check_ins", "practices", "marks", "episodes")
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", TABLES)
def test_every_reader_sees_the_same_table(folder: Path, name: str) -> None:
    plain = rows(folder / f"{name}.csv")
    frames = [
        pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""]),
        pd.read_parquet(folder / f"{name}.parquet"),
        duckdb.sql(f"SELECT * FROM '{folder / name}.csv'").df(),
        duckdb.sql(f"SELECT * FROM '{folder / name}.parquet'").df(),
        pl.read_parquet(folder / f"{name}.parquet").to_pandas(),
    ]
    for frame in frames:
        assert list(frame.columns) == list(plain[0])
        assert list(frame["participant"]) == [row["participant"] for row in plain]
        assert "\x00" not in frame.to_csv()


def test_the_codebook_covers_every_column_both_ways(folder: Path) -> None:
    told = {(row["table"], row["column"]) for row in rows(folder / "codebook.csv")}
    there = {(name, column) for name in TABLES for column in pl.read_csv(folder / f"{name}.csv").columns}
    assert told == there
    text = (folder / "codebook.md").read_text()
    for name in TABLES:
        section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == {c for table, c in there if table == name}


def test_every_row_of_the_codebook_says_what_it_must(folder: Path) -> None:
    for row in rows(folder / "codebook.csv"):
        assert row["meaning"].endswith(".")
        assert row["type"] in ("string", "integer", "boolean")
        assert row["missing_codes"].startswith("empty")
        assert row["source"]


def test_every_value_is_one_the_codebook_allows(folder: Path) -> None:
    codes = set(codebook.missing_codes())
    for table in codebook.load(PROGRAM.lists).values():
        for column in table.columns:
            if not column.values or column.type != "string":
                continue
            cells = {row[column.name] for row in rows(folder / f"{table.name}.csv")}
            words = {word for cell in cells for word in (cell.split() if column.several else [cell])}
            assert words <= {*column.values, *codes}, (table.name, column.name, words - set(column.values))


def test_the_order_of_rows_is_that_of_the_columns() -> None:
    from bot.care.research.profile import COLUMNS, quasi

    tables = codebook.load({})
    for name, columns in COLUMNS.items():
        assert tables[name].names == columns
    for asked in (False, True):
        people = codebook.load({}, pronouns=asked)["participants"]
        assert tuple(column.name for column in people.columns if column.quasi) == quasi(pronouns=asked)


def test_frictionless_finds_it_valid(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package, system

        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert {resource["name"] for resource in json.loads((folder / "datapackage.json").read_text())["resources"]} == set(
        TABLES
    )


def test_frictionless_sees_a_value_that_does_not_belong(folder: Path, tmp_path: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text())
    (resource,) = (r for r in package["resources"] if r["name"] == "marks")
    text = (folder / "marks.csv").read_text().splitlines()
    text[1] = ",".join([*text[1].split(",")[:4], "9", *text[1].split(",")[5:]])
    (tmp_path / "marks.csv").write_text("\n".join(text) + "\n")
    for name in ("hash", "bytes"):
        resource.pop(name)
    resource["schema"].pop("foreignKeys")
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "one", "resources": [resource]}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        assert not Package(str(tmp_path / "datapackage.json")).validate().valid


async def test_datasette_shows_it(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from datasette.app import Datasette

        metadata = json.loads((folder / "metadata.json").read_text())
        site = Datasette([str(folder / "study.db")], metadata=metadata)
        await site.invoke_startup()

        async def get(path: str) -> Any:
            answer = await site.client.get(path)
            assert answer.status_code == 200, (path, answer.text[:300])
            return answer.json() if ".json" in path else answer.text

        assert "Read README.md and PRIVACY.md" in await get("/")
        turns = await get("/study/turns.json?_search=anger&_facet=tier&_shape=objects")
        assert turns["facet_results"]["tier"]["results"]
        assert "anger" in json.dumps(await get("/study/turn_labels.json?_facet=label"))
        for name in metadata["databases"]["study"]["queries"]:
            found = await get(f"/study/{name}.json?participant=P&labels=anger&_shape=objects")
            assert "error" not in found or not found["error"], name
        page = await get("/study/turns")
        assert "Random study id" in page
        assert "/study/participants/" in page  # the foreign key is a link


def test_duckdb_and_polars_read_the_parts(tmp_path: Path) -> None:
    done = make(World(Shape(people=40)), tmp_path / "parts", partition=True)
    parts = tmp_path / "parts" / "turns.parquet" / "*.parquet"
    assert duckdb.sql(f"SELECT count(*) FROM '{parts}'").fetchall() == [(done.counts["turns"],)]
    assert pl.scan_parquet(parts).select(pl.len()).collect().item() == done.counts["turns"]


def test_the_notebook_runs(folder: Path, tmp_path: Path) -> None:
    """Its cells one after the other, as Run All does."""
    notebook = json.loads((EXAMPLES / "load_a_study.ipynb").read_text())
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    code += "\nassert len(wrote) and len(share) and len(top)\nplt.savefig('last.png')\n"
    environment = {**os.environ, "STUDY": str(folder), "MPLBACKEND": "agg"}
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "last.png").stat().st_size > 5000


def test_the_script_in_r_names_only_columns_that_are_there(folder: Path) -> None:
    """R is on few machines that test; its names are checked against the tables."""
    script = (EXAMPLES / "load_a_study.R").read_text()
    known = {column for name in TABLES for column in pl.read_csv(folder / f"{name}.csv").columns}
    named = set(re.findall(r"\b(?:people|turns|check_ins|left)\$(\w+)", script))
    assert named
    assert named <= known
    assert set(re.findall(r'load_table\("(\w+)"\)', script)) <= set(TABLES)


def test_the_codebook_knows_whatever_a_mark_may_come_from() -> None:
    """No place of the program keeps a mark past `kept_as`, whose sources the codebook lists."""
    code = {p: p.read_text(encoding="utf-8") for p in (Path(codebook.HOME).parent / "care").rglob("*.py")}
    used = {name for text in code.values() for name in re.findall(r"\bSource\.([A-Z_]+)", text)}
    assert {marks.Source[name].value for name in used} == set(codebook.MARK_SOURCES)
    assert [p.name for p, text in code.items() if re.search(r"""keep\(\s*(marks\.KIND|"mark"), *\{""", text)] == []
