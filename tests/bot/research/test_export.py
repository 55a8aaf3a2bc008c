"""A whole export: who is in it, the same bytes again, nothing left behind when it fails."""

import asyncio
import csv
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.care.research.anonymity import Masked
from bot.care.research.records import Life, Study
from bot.research import attack, papers
from bot.research.attack import Findings
from bot.research.codebook import Table
from bot.research.errors import ExportError
from bot.research.export import record
from bot.research.facts import Options
from bot.research.staging import Staged
from bot.research.tables import Protected
from nlp.labels import Tier
from tests.bot.research.conftest import STUDY, make
from tests.bot.research.world import PROGRAM, Shape, World, renamed

QUASI = ("region", "country", "enrolment_block", "language", "clock_known")
ASKED = replace(STUDY, pronouns=True)


def people(folder: Path) -> pl.DataFrame:
    return pl.read_csv(folder / "participants.csv", schema_overrides={"enrolment_block": pl.String})


def test_the_same_study_over_the_same_data_gives_the_same_bytes(world: World, folder: Path, tmp_path: Path) -> None:
    make(world, tmp_path / "again", drawn=True, sqlite=True, attack=True)
    first, again = papers.hashes(folder), papers.hashes(tmp_path / "again")
    assert first.keys() == again.keys()
    assert {name for name in first if first[name] != again[name]} == set()
    assert {"report.html", "turns.parquet", "study.db", "datapackage.json", "PRIVACY.md"} <= first.keys()


def test_who_took_it_back_is_left_out_of_the_next_one(tmp_path: Path) -> None:
    world = World(Shape(people=60))
    make(world, tmp_path / "before")
    gone = world.codes["first", "000000003"]
    world.withdrawn.add("000000003")
    make(world, tmp_path / "after")
    for name in ("participants", "turns", "check_ins", "practices", "marks", "episodes"):
        before, after = ((tmp_path / when / f"{name}.csv").read_text() for when in ("before", "after"))
        assert name not in ("participants", "turns") or gone in before
        assert gone not in after
    assert people(tmp_path / "after").height == people(tmp_path / "before").height - 1


def test_nobody_without_consent_to_labels_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="fewer than 5 people"):
        make(World(Shape(consents=("marks", "answers", "research_text"))), tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_two_studies_share_no_id_and_no_order(tmp_path: Path) -> None:
    world = World(Shape(people=60))
    make(world, tmp_path / "one")
    make(world, tmp_path / "two", Study("second"))
    one, two = people(tmp_path / "one")["participant"], people(tmp_path / "two")["participant"]
    assert one.is_sorted()
    assert set(one) & set(two) == set()
    handles = {code: handle for (_, handle), code in world.codes.items()}
    assert [handles[code] for code in one] != [handles[code] for code in two]


def test_only_days_of_the_study_are_in_it(tmp_path: Path) -> None:
    make(World(Shape(people=120)), tmp_path / "all")
    make(World(Shape(people=120)), tmp_path / "some", Study("some", date(2026, 2, 20), date(2026, 2, 27)))
    some, whole = (pl.read_csv(tmp_path / name / "turns.csv").height for name in ("some", "all"))
    assert 0 < some < whole
    assert people(tmp_path / "some")["first_day"].min() >= 0  # type: ignore[operator]


def test_nothing_places_the_change_of_the_clocks_and_no_clock_tells_of_a_hidden_region(folder: Path) -> None:
    found = people(folder)
    assert {"clock_changed", "alert"} & set(found.columns) == set()
    regionless = found.filter(pl.col("region") == "hidden")
    assert regionless.height
    assert set(regionless["clock_known"]) == {"hidden"}
    assert {"yes", "no"} <= set(found["clock_known"])


def flow_of(left: dict[str, int], here: int, folder: Path) -> list[tuple[str, int | None]]:
    staged = Staged(folder, standing=Counter(left))
    protected = Protected(5, Masked({}, (), ()), {}, {})
    tables = pl.DataFrame({"participant": [f"P{n}" for n in range(here)]})
    return papers.Export(STUDY, PROGRAM, Options(), {}, staged, protected, tables, {}, folder).flow()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    left=st.dictionaries(st.sampled_from(("never_agreed", "withdrew", "left", "underage")), st.integers(0, 30)),
    here=st.integers(5, 300),
)
def test_no_reason_of_the_flow_follows_from_the_rows_of_the_tables(
    tmp_path: Path, left: dict[str, int], here: int
) -> None:
    """Who holds the tables counts who is in them: that number cannot hide another."""
    flow = flow_of(left, here, tmp_path)
    (_, total), *reasons, (_, kept) = flow
    assert kept == here
    hidden = [text for text, number in reasons if number is None]
    if hidden and total is not None:
        open_ = total - here - sum(number for _, number in reasons if number is not None)
        assert len(hidden) > 1
        assert open_ - (len(hidden) - 1) >= 10, "each hidden number may be any of 1 to 10"


@pytest.mark.parametrize("public", [False, True])
def test_k_and_l_hold_in_the_files(tmp_path: Path, public: bool) -> None:
    make(World(Shape(people=90), seed=7), tmp_path / "out", public=public)
    crisis = pl.col("highest_tier").is_in(["T2", "T3"]).alias("crisis")
    groups = people(tmp_path / "out").with_columns(crisis).group_by(QUASI).agg(
        pl.len(), pl.col("highest_tier").n_unique(), pl.col("crisis").n_unique()
    )  # fmt: skip
    assert groups["len"].min() >= (11 if public else 5)  # type: ignore[operator]
    assert groups["highest_tier"].min() >= 2  # type: ignore[operator]
    assert groups["crisis"].min() >= 2  # type: ignore[operator]


@pytest.mark.parametrize("public", [False, True])
def test_a_study_that_asked_has_pronouns_in_groups_that_hold(tmp_path: Path, public: bool) -> None:
    odd = "zie/Marguerite"
    shape = Shape(people=120, pronouns=("", "She / her", "he/him", "he", "they", odd))
    make(World(shape, seed=7), tmp_path / "out", ASKED, public=public, attack=True, sqlite=True)
    found = people(tmp_path / "out")
    assert {"she", "he"} <= set(found["pronouns"]) <= {"she", "he", "they", "other", "unknown", "hidden"}
    groups = found.group_by(*QUASI, "pronouns").agg(pl.len(), pl.col("highest_tier").n_unique())
    assert groups["len"].min() >= (11 if public else 5)  # type: ignore[operator]
    assert groups["highest_tier"].min() >= 2  # type: ignore[operator]
    assert "pronouns" in (tmp_path / "out" / "PRIVACY.md").read_text()
    assert "participants,pronouns," in (tmp_path / "out" / "codebook.csv").read_text()
    for path in (tmp_path / "out").iterdir():
        assert b"Marguerite" not in path.read_bytes(), path.name


def test_a_study_that_did_not_ask_has_no_pronouns(tmp_path: Path) -> None:
    make(World(Shape(people=60)), tmp_path / "out", attack=True, sqlite=True)
    assert "pronouns" not in people(tmp_path / "out").columns
    for path in (tmp_path / "out").iterdir():
        assert path.suffix in (".parquet", ".db") or "pronouns" not in path.read_text().lower(), path.name


def test_pronouns_of_who_was_never_told_of_it_stay_unknown(tmp_path: Path) -> None:
    make(World(Shape(people=60, version="1")), tmp_path / "out", ASKED)
    assert set(people(tmp_path / "out")["pronouns"]) <= {"unknown", "hidden"}


def test_where_all_have_the_same_tier_it_is_hidden_everywhere(tmp_path: Path) -> None:
    make(World(Shape(people=40, risky=0.0)), tmp_path / "out", attack=True)
    assert set(people(tmp_path / "out")["highest_tier"]) == {"hidden"}
    turns = pl.read_csv(tmp_path / "out" / "turns.csv")
    assert set(turns["tier"]) == set(turns["kinds"]) == {"hidden"}
    assert "All people here have the same highest tier." in (tmp_path / "out" / "PRIVACY.md").read_text()


def all_at_risk(life: Life, random: Random) -> Life:

    turns = tuple(
        replace(t, tier=Tier.T2, entries=("crisis.danger.heard",), techniques=("safety",)) for t in life.turns
    )
    return replace(life, turns=turns)


def test_where_all_are_at_risk_no_entry_tells_it(tmp_path: Path) -> None:
    make(World(Shape(people=40, spoil=all_at_risk)), tmp_path / "out")
    turns = pl.read_csv(tmp_path / "out" / "turns.csv")
    assert not turns["entries"].str.contains("crisis").any()
    assert not turns["techniques"].str.contains("safety").any()
    assert pl.read_csv(tmp_path / "out" / "episodes.csv").height == 0


def test_values_of_few_people_are_not_named(tmp_path: Path) -> None:
    def rare(life: Life, random: Random) -> Life:
        if life.person.handle in ("000000001", "000000002"):
            life.turns[0].labels["situations"] = ["pregnancy_loss"]
        return life

    make(World(Shape(people=60, spoil=rare)), tmp_path / "out")
    text = (tmp_path / "out" / "turns.csv").read_text()
    assert "pregnancy_loss" not in text
    assert ",rare," in text


def test_test_accounts_are_marked_and_do_not_count(tmp_path: Path) -> None:
    def staff(life: Life, random: Random) -> Life:
        return renamed(life, test=int(life.person.handle) % 10 == 0)

    make(World(Shape(people=70, spoil=staff)), tmp_path / "out", attack=True)
    found = people(tmp_path / "out")
    assert found["test_account"].sum() > 0
    groups = found.filter(~pl.col("test_account")).group_by(
        "region", "country", "enrolment_block", "language", "clock_known"
    )
    assert groups.len()["len"].min() >= 5  # type: ignore[operator]


def test_a_study_that_fails_the_attack_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path, tables: dict[str, Table], k: int, against: tuple[Path, ...]) -> Findings:
        return Findings(failed=["somebody was found"])

    monkeypatch.setattr(attack, "attack", fail)
    with pytest.raises(ExportError, match="not written: somebody was found"):
        make(World(Shape(people=30)), tmp_path / "out", attack=True)
    assert list(tmp_path.iterdir()) == []


def test_an_export_is_written_over_nothing(folder: Path, world: World, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There is something at"):
        make(world, folder)
    (tmp_path / "empty").mkdir()
    make(World(Shape(people=30)), tmp_path / "empty")


def test_parts_are_the_same_rows(world: World, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.research.staging.ROWS_IN_A_PART", 100)
    make(world, tmp_path / "parts", drawn=True, partition=True, sqlite=True, attack=True)
    assert len(list((tmp_path / "parts" / "turns.parquet").iterdir())) > 5
    parts = pl.read_parquet(tmp_path / "parts" / "turns.parquet" / "*.parquet")
    assert parts.equals(pl.read_parquet(folder / "turns.parquet"))
    assert (tmp_path / "parts" / "turns.csv").read_bytes() == (folder / "turns.csv").read_bytes()
    assert (tmp_path / "parts" / "report.html").read_bytes() == (folder / "report.html").read_bytes()


def test_the_record_says_who_why_when_and_has_every_file(tmp_path: Path) -> None:
    world, at = World(Shape(people=30)), datetime(2026, 5, 1, tzinfo=UTC)
    done = make(world, tmp_path / "out")
    line = record(done, tmp_path / "out", at, "me", "a paper")
    asyncio.run(world.record(line))
    assert (line.who, line.why, line.at) == ("me", "a paper", at)
    assert set(line.files) == {path.name for path in (tmp_path / "out").iterdir()}
    assert line.counts["people_in"] == line.counts["participants"] == 30


def test_counts_agree(folder: Path) -> None:
    told = people(folder)
    rows = {
        name: pl.read_csv(folder / f"{name}.csv") for name in ("turns", "check_ins", "practices", "marks", "episodes")
    }
    for name in ("turns", "practices", "marks", "episodes"):
        assert told[name].sum() == rows[name].height
    with (folder / "codebook.csv").open(newline="") as file:
        assert {row["table"] for row in csv.DictReader(file)} == {"participants", *rows}
    with sqlite3.connect(folder / "study.db") as database:
        for name, some in rows.items():
            assert database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == some.height
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_the_name_of_the_study_is_in_the_papers(folder: Path) -> None:
    assert (folder / "README.md").read_text().startswith(f"# {STUDY.name}: label rows")
