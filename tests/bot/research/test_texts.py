"""Text for research: only with the second consent, scrubbed, and not before every item was judged by a human."""

import asyncio
import csv
import json
import stat
from pathlib import Path

import pytest

from bot.research import texts
from bot.research.errors import ExportError
from nlp.scrub import measured
from nlp.scrub.document import Scrubbed
from nlp.scrub.kinds import Found
from nlp.scrub.wordlists import Dictionary
from tests.bot.research.conftest import STUDY, make
from tests.bot.research.world import Shape, World

pytestmark = pytest.mark.evidence  # takes long; run by make evidence

NONE = frozenset[str]()
BOTH = ("research_labels", "research_text")


class Fake:
    """Finds one name."""

    def scrub(self, text: str, person: str = "") -> Scrubbed:
        at = text.find("Marguerite")
        if at < 0:
            return Scrubbed(text, (), ())
        span = Found(at, at + 10, "name", 1.0, "fake")
        return Scrubbed(text.replace("Marguerite", "Ines"), (span,), ("Ines",))


def a_world(*consents: str) -> World:
    return World(Shape(people=40, turns=3, risky=0.0, countries=("GB",), languages=("en",), consents=consents))


def a_draft(world: World, folder: Path) -> dict[str, int]:
    words = Dictionary(NONE, NONE, NONE)
    return asyncio.run(texts.draft(world, STUDY, folder, Fake(), words, lambda n, of: None))


def judge(folder: Path, verdict: str, *, of: str = "") -> None:
    """Write a verdict into every line of the review, or into those of one participant."""
    path = folder / texts.REVIEW
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"].startswith(of):
            row["verdict"] = verdict
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def good_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "allows_text", lambda: True)


def exported(world: World, tmp_path: Path, draft: Path) -> list[dict[str, str]]:
    make(world, tmp_path / "out", text=draft, sqlite=True, attack=True)
    with (tmp_path / "out" / "texts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_draft_holds_each_message_for_the_owner_alone(tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    counts = a_draft(a_world(*BOTH), draft)
    assert counts["participants"] == 40
    assert {stat.S_IMODE(path.stat().st_mode) for path in draft.iterdir()} == {0o600}
    rows = [json.loads(line) for line in (draft / texts.TEXTS).read_text().splitlines()]
    assert len(rows) == counts["texts"]
    assert {row["text"] for row in rows} == {"my boss Ines laughed"}
    with (draft / texts.REVIEW).open(newline="") as file:
        whats = {row["what"] for row in csv.DictReader(file)}
    assert whats == {"whole", "found", "kept"}


def test_without_the_second_consent_there_is_nothing_to_review(tmp_path: Path) -> None:
    assert a_draft(a_world("research_labels"), tmp_path / "draft") == {"participants": 0, "texts": 0}
    assert a_draft(a_world("research_text"), tmp_path / "other") == {"participants": 0, "texts": 0}


@pytest.mark.usefixtures("good_enough")
def test_nothing_leaves_before_the_last_verdict(tmp_path: Path) -> None:
    world, draft = a_world(*BOTH), tmp_path / "draft"
    a_draft(world, draft)
    judge(draft, "ok")
    some = json.loads((draft / texts.TEXTS).read_text().splitlines()[0])["participant"]
    judge(draft, "", of=some)
    with pytest.raises(ExportError, match="is not finished"):
        exported(world, tmp_path, draft)
    assert not (tmp_path / "out").exists()
    judge(draft, "ok", of=some)
    rows = exported(world, tmp_path, draft)
    assert {row["text"] for row in rows} == {"my boss Ines laughed"}
    told = (tmp_path / "out" / "PRIVACY.md").read_text()
    assert measured.miss_rate_text() in told
    assert "no message" not in told
    assert "Marguerite" not in "".join(p.read_text() for p in (tmp_path / "out").glob("*.csv"))
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert "texts" in {resource["name"] for resource in package["resources"]}


@pytest.mark.usefixtures("good_enough")
def test_what_was_hidden_or_taken_back_stays(tmp_path: Path) -> None:
    world, draft = a_world(*BOTH), tmp_path / "draft"
    world.words = "nothing else to say"
    a_draft(world, draft)
    lines = (draft / texts.TEXTS).read_text().splitlines()
    judge(draft, "ok")
    world.withdrawn = {f"{n:09}" for n in range(3)}
    gone = {world.codes[STUDY.name, handle] for handle in world.withdrawn}
    rows = exported(world, tmp_path, draft)
    assert rows
    assert not gone & {row["participant"] for row in rows}
    assert len(rows) < len(lines)


@pytest.mark.usefixtures("good_enough")
def test_a_text_to_hide_is_left_out(tmp_path: Path) -> None:
    world, draft = a_world(*BOTH), tmp_path / "draft"
    a_draft(world, draft)
    judge(draft, "hide")
    assert exported(world, tmp_path, draft) == []


def test_while_scrubbing_misses_too_much_nothing_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world, draft = a_world(*BOTH), tmp_path / "draft"
    a_draft(world, draft)
    judge(draft, "ok")
    monkeypatch.setattr(measured, "allows_text", lambda: False)
    with pytest.raises(ExportError, match="misses more than it may"):
        exported(world, tmp_path, draft)


@pytest.mark.usefixtures("good_enough")
def test_a_draft_of_another_study_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no draft"):
        exported(a_world(*BOTH), tmp_path, tmp_path / "nothing")
    draft = tmp_path / "draft"
    a_draft(a_world(*BOTH), draft)
    (draft / texts.STUDY).write_text(json.dumps({"study": "second", "texts": 1}))
    with pytest.raises(ExportError, match="another study"):
        exported(a_world(*BOTH), tmp_path, draft)
