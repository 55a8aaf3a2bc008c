"""The attack finds what is planted, and says nothing of what is not there."""

import shutil
from dataclasses import replace
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


def test_a_clock_that_tells_of_a_hidden_region_is_found(copy: Path) -> None:
    failed = planted(copy, "participants", region="hidden", clock_known="no").failed
    assert "1 people have a hidden region that their clock tells of" in failed


def test_a_column_that_places_the_change_of_the_clocks_is_found(copy: Path) -> None:
    """With first and last days, enrolment block and country it gives away the date of everybody's day 0."""
    people = TABLES["participants"]
    told = replace(people, columns=(*people.columns, codebook.Column("participants", "clock_changed", "string", "")))
    failed = attack(copy, {**TABLES, "participants": told}, 5).failed
    assert ["participants.clock_changed" in text for text in failed] == [True]


def test_a_group_that_is_all_in_crisis_is_found(copy: Path) -> None:
    """T2 and T3 are two tiers, and still say of everybody that the people on call were told."""
    people = pl.read_parquet(copy / "participants.parquet")
    asia = pl.col("region") == "Asia"
    codes = people.filter(asia)["participant"]
    crisis = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("T2")).otherwise(pl.lit("T3"))
    people = people.with_columns(pl.when(asia).then(crisis).otherwise("highest_tier").alias("highest_tier"))
    people.write_parquet(copy / "participants.parquet")
    episodes = pl.read_parquet(copy / "episodes.parquet")
    one = episodes.head(1).with_columns(pl.lit(1, dtype=episodes.schema["alerts"]).alias("alerts"))
    rows = [
        one.with_columns(
            pl.lit(code).alias("participant"), pl.lit(99).cast(episodes.schema["episode"]).alias("episode")
        )
        for code in codes
    ]
    pl.concat([episodes, *rows]).write_parquet(copy / "episodes.parquet")
    failed = attack(copy, TABLES, 5).failed
    assert any("values of note" in text for text in failed)


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
