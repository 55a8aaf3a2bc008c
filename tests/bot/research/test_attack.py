"""The attack finds what is planted, and says nothing of what is not there."""

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bot.care.research.records import Study
from bot.research import codebook
from bot.research.attack import Findings, attack
from tests.bot.research.conftest import make
from tests.bot.research.world import Shape, World

TABLES = codebook.load({})


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder, tmp_path / "copy")
    return tmp_path / "copy"


def planted(copy: Path, table: str, **first: Any) -> Findings:
    """Change the first row of a table and attack."""
    rows = pl.read_parquet(copy / f"{table}.parquet")
    is_first = pl.int_range(pl.len()) == 0
    rows = rows.with_columns(pl.when(is_first).then(pl.lit(v)).otherwise(pl.col(n)).alias(n) for n, v in first.items())
    rows.write_parquet(copy / f"{table}.parquet")
    rows.write_csv(copy / f"{table}.csv")
    return attack(copy, TABLES, 5)


def test_a_study_as_it_is_written_holds(copy: Path) -> None:
    found = attack(copy, TABLES, 5)
    assert found.failed == []
    assert "Nothing that would stop this study was found." in found.as_markdown()
    assert "knowing 3 days" in found.as_markdown()


def test_somebody_who_stands_out_is_found(copy: Path) -> None:
    assert "smallest group" in planted(copy, "participants", region="Africa", country="ZA").failed[0]


def test_a_value_that_one_person_has_is_found(copy: Path) -> None:
    assert "no label" in planted(copy, "turns", situations="pregnancy_loss").failed[0]


@pytest.mark.parametrize("trace", ["2026-03-01", "18:30", "741852963", "@someone", "https://t.me/x"])
def test_a_trace_in_a_table_is_found(copy: Path, trace: str) -> None:
    failed = planted(copy, "turns", reading_version=trace).failed
    assert any("long number turns" in text for text in failed)


def test_a_group_of_one_mind_is_found(copy: Path) -> None:
    people = pl.read_parquet(copy / "participants.parquet")
    asked = pl.when(pl.col("region") == "Asia").then(pl.lit("T2")).otherwise("highest_tier")
    people = people.with_columns(asked.alias("highest_tier"))
    people.write_parquet(copy / "participants.parquet")
    assert any("values of highest_tier" in text for text in attack(copy, TABLES, 5).failed)


def test_two_exports_can_be_put_together_and_that_is_said(tmp_path: Path) -> None:
    """Rows of the same people are the same rows: it is measured, and nothing more is learnt than k allows."""
    world = World(Shape(people=60))
    make(world, tmp_path / "one")
    make(world, tmp_path / "two", Study("second"))
    found = attack(tmp_path / "two", TABLES, 5, [tmp_path / "one"])
    assert "people can be matched with rows in one" in found.as_markdown()
    assert "0 study ids are the same" in found.as_markdown()
    assert found.failed == []


def test_ids_shared_by_two_studies_are_found(folder: Path, copy: Path) -> None:
    (copy / "README.md").write_text("# another: label rows\n")
    assert any("study ids are the same" in text for text in attack(copy, TABLES, 5, [folder]).failed)


def test_what_two_exports_show_together_is_found(folder: Path, copy: Path) -> None:
    """One export hides a country, the other shows it: together they single somebody out."""
    another = ("Q" + pl.col("participant")).alias("participant")
    shown = pl.format("X{}", pl.int_range(pl.len()) % 40).alias("country")
    people = pl.read_parquet(copy / "participants.parquet").with_columns(shown, another)
    people.write_parquet(copy / "participants.parquet")
    pl.read_parquet(copy / "turns.parquet").with_columns(another).write_parquet(copy / "turns.parquet")
    assert any("matched people still share" in text for text in attack(folder, TABLES, 5, [copy]).failed)
