"""What the report and the queries say of stages of the same people: one taken from another leaves no small number."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import polars as pl
import pytest

from bot.care.records import AlertState
from bot.care.research.cells import SMALLEST
from bot.care.research.records import Life
from bot.research.browse import _QUERIES
from bot.research.counting import Source
from bot.research.figures import answers, waits
from bot.research.figures_talk import hand_over
from tests.bot.research.conftest import make
from tests.bot.research.world import Shape, World


def small(number: int) -> bool:
    return 0 < number < SMALLEST


def some_unseen(life: Life, random: Random) -> Life:
    """One person in nine with a note was never seen."""
    if int(life.person.handle) % 9:
        return life
    told = tuple((a, tuple(s for s in steps if s.state is not AlertState.SEEN)) for a, steps in life.alerts)
    return replace(life, alerts=told)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    out = tmp_path_factory.mktemp("stages") / "out"
    make(World(Shape(people=150, risky=0.8, spoil=some_unseen)), out, sqlite=True)
    return Source(out)


def test_a_few_who_were_never_seen_cannot_be_subtracted(source: Source) -> None:
    episodes = source.table("episodes").collect()
    by_hand = 0
    for tier in ("T2", "T3"):
        mine = episodes.filter(pl.col("tier") == tier)
        sent, seen = (mine.drop_nulls(f"minutes_to_{state}")["participant"].n_unique() for state in ("sent", "seen"))
        by_hand += small(sent - seen)
        rows = [row for row in hand_over(source).rows if row[0] == tier]
        told = [
            (mine["participant"].n_unique(), mine.height),
            *((row[2], row[3]) for row in rows if row[2] is not None),
        ]
        for one, other in combinations(told, 2):
            assert not any(small(abs(int(a) - int(b))) for a, b in zip(one, other, strict=True))  # type: ignore[arg-type]
        assert rows[1][5] is not None, "the minutes are of enough people and stay"
    assert by_hand, "the tables hold what is not to be told"


def test_the_curve_does_not_tell_how_many_were_never_seen(source: Source) -> None:
    svg = hand_over(source).svg
    assert svg
    assert "% of the episodes that were seen" in re.sub(r"\s+", " ", svg)


def test_a_share_of_check_ins_has_enough_people_on_both_sides(source: Source) -> None:
    rows = source.table("check_ins").filter(pl.col("state").is_in(["sent", "answered", "unknown"])).collect()
    rows = rows.with_columns((pl.col("day") // 7).alias("week"))
    told = 0
    for week, people, _, share, *_ in answers(source).rows:
        mine = rows.filter(pl.col("week") == week)
        sides = [mine.filter(pl.col("state") == "answered"), mine.filter(pl.col("state") != "answered")]
        few = any(small(side["participant"].n_unique()) for side in sides)
        assert people is None or share is None or not few
        told += share is not None
    assert told


@pytest.mark.parametrize("people", [30, 60, 150])
def test_answers_added_up_elsewhere_give_no_hidden_bin_away(tmp_path: Path, people: int) -> None:
    make(World(Shape(people=people)), tmp_path / "out")
    source = Source(tmp_path / "out")
    counted = source.table("check_ins").drop_nulls("hours_to_answer").group_by("hours_to_answer").len().collect()
    all_answers = dict(counted.iter_rows())
    hidden = [all_answers.get(str(row[0]), 0) for row in waits(source).rows if row[2] is None]
    shown = [row for row in waits(source).rows if row[2]]
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden) - len(hidden) + 1 >= SMALLEST)


@pytest.mark.parametrize("name", ["feelings_by_people", "answered_by_week", "hand_over"])
def test_queries_tell_of_no_few_people(source: Source, name: str) -> None:
    with closing(sqlite3.connect(source.folder / "study.db")) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(_QUERIES[name][1]).fetchall()
    assert rows
    assert all(row["people"] >= SMALLEST for row in rows)
    assert not {"answered", "shortest", "longest"} & set(rows[0].keys()), "extremes and stages are single people's"
