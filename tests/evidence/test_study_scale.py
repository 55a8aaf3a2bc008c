"""Ten million turns exported: time grows in a straight line, memory stays below one gigabyte. Three sizes are shown.

Each size runs in a process of its own, so that its peak of memory is its own. STUDY_TURNS sets the largest.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.care.records import Turn
from bot.care.research.records import Life
from tests.bot.research.world import Shape, World, a_turn

LARGEST = int(os.environ.get("STUDY_TURNS", "10000000"))
SIZES = (LARGEST // 100, LARGEST // 10, LARGEST)
EACH = 100  # turns a person
MEMORY = 1_000_000_000  # bytes
pytestmark = pytest.mark.evidence


@dataclass
class Crowd(World):
    """Any number of people with `EACH` turns; turns are drawn from a pool, so that making them costs little."""

    pool: list[Turn] = field(default_factory=list)

    def life(self, study: str, number: int) -> Life:
        person, random = self.person(study, number), Random(number)
        if not self.pool:
            drawn = Random(1)
            self.pool += [a_turn(person.enrolled, drawn, "en", risky=n % 50 == 0) for n in range(2000)]
        at, turns = person.enrolled, []
        for turn in random.choices(self.pool, k=EACH):
            turns.append(Turn(at, "", "", turn.tier, turn.labels, (), turn.entries, turn.techniques))
            at += timedelta(minutes=random.choice((1, 2, 3, 900, 4000)))
        return replace(Life(person), turns=tuple(turns))


def one(count: int, out: Path) -> None:
    """Export `count` turns and say what it took."""
    from tests.bot.research.conftest import make

    began = time.perf_counter()
    done = make(Crowd(Shape(people=count // EACH)), out, drawn=True, partition=True)
    took = {"turns": done.counts["turns"], "seconds": round(time.perf_counter() - began, 1)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({**took, "cpu": round(time.process_time(), 1), "peak_mb": peak // 1_000_000}) + "\n")


def measured(sizes: Sequence[int], folder: Path) -> list[dict[str, float]]:
    found = []
    for size in sizes:
        call = [sys.executable, "-m", "tests.evidence.test_study_scale", str(size), str(folder / str(size))]
        run = subprocess.run(call, check=True, capture_output=True, text=True)
        found.append(json.loads(run.stdout))
    return found


def test_ten_million_turns_in_bounded_memory_and_straight_time(tmp_path: Path) -> None:
    small, middle, large = measured(SIZES, tmp_path)
    sys.stderr.write(f"{small}\n{middle}\n{large}\n")
    assert [row["turns"] for row in (small, middle, large)] == list(SIZES)
    assert large["peak_mb"] * 1_000_000 < MEMORY
    assert large["cpu"] < 10 * middle["cpu"] * 1.5


if __name__ == "__main__":
    one(int(sys.argv[1]), Path(sys.argv[2]))
