"""What is remembered of practices: one keepsake for each run, begun as "left" and rewritten as it goes on.

So a run that ends in silence, in a kill or in words of risk is recorded as what it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.care.ports import Work
from bot.care.practices.engine import Told
from bot.care.records import Keepsake

KIND = "practice"
LEFT, STOPPED, DONE = "left", "stopped", "done"
COOL_OFF = timedelta(days=14)  # after "harder", for practices of the same family (S-04)


@dataclass(slots=True)
class Run:
    """One run under way, as it lies in the flow's values."""

    practice: str
    flags: list[str]
    started: str  # ISO time
    length: str = ""
    record: str = ""  # id of its keepsake
    done: list[str] = field(default_factory=list)  # steps answered or passed over
    said: dict[str, str] = field(default_factory=dict)  # step -> what was written there; gone when the practice ends
    kept: dict[str, str] = field(default_factory=dict)  # kind -> id of the keepsake begun in this run

    @property
    def told(self) -> Told:
        return Told(frozenset(self.flags), self.said)

    def value(self, ended: str, after: str) -> dict[str, Any]:
        return {"name": self.practice, "length": self.length, "ended": ended, "after": after, "steps": len(self.done)}


async def note(work: Work, run: Run, ended: str = LEFT, after: str = "") -> None:
    """Write the run as it now stands."""
    if run.record:
        await work.let_go(run.record)
    kept = await work.keep(KIND, run.value(ended, after), datetime.fromisoformat(run.started))
    run.record = kept.id


async def begun_before(work: Work, names: Collection[str]) -> bool:
    """Whether one of these practices was ever begun: noting a hope stirs up less than a kind word does (S-04)."""
    return any(run.value["name"] in names for run in await work.kept(KIND))


def resting(runs: Sequence[Keepsake], families: dict[str, str], now: datetime) -> frozenset[str]:
    """Families that are not offered for now: one of theirs was harder less than fourteen days ago."""
    hard = (run for run in runs if run.value.get("after") == "harder" and now - run.at < COOL_OFF)
    return frozenset(families[run.value["name"]] for run in hard if run.value["name"] in families)
