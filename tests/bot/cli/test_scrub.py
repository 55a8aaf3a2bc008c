"""`warmline scrub` and `evaluate privacy` as a user runs them."""

import csv
import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import tree
from nlp.scrub.document import Scrubber
from nlp.scrub.find import Finder
from nlp.scrub.surrogates import Surrogates

run = CliRunner()
app = tree("scrub", "evaluate")


@pytest.fixture(autouse=True)
def loaded_once(finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading takes seconds; the key of each call still counts."""

    surrogates = Surrogates.load()

    def load(_: type[Scrubber], key: bytes | None = None, cache: Path | None = None) -> Scrubber:
        return Scrubber(finder, surrogates, key or b"r" * 32)

    monkeypatch.setattr(Scrubber, "load", classmethod(load))
    monkeypatch.setattr(Finder, "load", lambda cache: finder)


def lines(path: Path, *rows: object) -> Path:
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def test_each_line_is_answered_and_a_bad_one_named(tmp_path: Path) -> None:
    file = lines(tmp_path / "in.jsonl", {"id": 1, "text": "told keisha"}, "{", {"id": 3}, {"id": 4, "text": "ok then"})
    done = run.invoke(app, ["scrub", str(file)])
    assert done.exit_code == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(answers[0]) == {"id", "text", "spans"}
    assert answers[0]["spans"] == [{"start": 5, "end": 11, "type": "name"}]
    assert "keisha" not in answers[0]["text"]
    assert answers[1] == {"id": None, "error": "not a JSON object"}
    assert answers[2] == {"id": 3, "error": "'text' must be a string"}
    assert answers[3] == {"id": 4, "text": "ok then", "spans": []}
    assert "2 bad lines" in done.stderr


def test_a_key_file_is_made_and_keeps_surrogates(tmp_path: Path) -> None:
    file = lines(tmp_path / "in.jsonl", {"id": 1, "text": "keisha lives in kharkiv, ring 07700 900142"})
    key = tmp_path / "study.key"
    first = run.invoke(app, ["scrub", str(file), "--key", str(key)]).stdout
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert run.invoke(app, ["scrub", str(file), "--key", str(key)]).stdout == first
    other = run.invoke(app, ["scrub", str(file), "--key", str(tmp_path / "other.key")]).stdout
    assert other != first


def test_a_key_file_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "short.key").write_bytes(b"abc")
    file = lines(tmp_path / "in.jsonl", {"id": 1, "text": "a"})
    done = run.invoke(app, ["scrub", str(file), "--key", str(tmp_path / "short.key")])
    assert done.exit_code == 1
    assert "16 bytes" in str(done.exception)


def test_the_review_table_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = lines(tmp_path / "in.jsonl", {"id": "a", "text": "my boss keisha"}, {"id": "b", "text": "fine"})
    table = tmp_path / "review.csv"
    done = run.invoke(app, ["scrub", str(file), "--review", str(table)])
    assert done.exit_code == 0
    assert "review.csv holds the original words" in done.stderr
    assert stat.S_IMODE(table.stat().st_mode) == 0o600
    with table.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["id"], row["words"], row["verdict"]) for row in rows] == [("a", "keisha", "")]


def test_evaluate_privacy_gives_types_groups_and_halves(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "rows.jsonl",
        {"id": "x-1", "text": "told keisha", "spans": [{"start": 5, "end": 11, "type": "name"}]},
        {"id": "x-2", "text": "all fine", "spans": []},
    )
    done = run.invoke(app, ["evaluate", "privacy", str(file), "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert set(told) == {"all", "odd", "even"}
    assert told["odd"]["name"] == {"hits": 1, "of": 1, "rate": 1.0, "low": 0.207, "high": 1.0}
    assert told["even"]["harmless_changed"]["rate"] == 0.0
    assert "names" in run.invoke(app, ["evaluate", "privacy", str(file)]).stdout


def test_evaluate_privacy_refuses_rows_of_another_form(tmp_path: Path) -> None:
    done = run.invoke(app, ["evaluate", "privacy", str(lines(tmp_path / "rows.jsonl", {"id": 1, "text": "a"}))])
    assert done.exit_code == 1
    assert "row 1" in str(done.exception)
