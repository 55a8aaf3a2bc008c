"""`evaluate tag-sheet|tag-score|slot-sheet|slot-score`: a sheet gives nothing away, and a filled-in one is scored."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.conftest import Warmline

ROWS = [
    {"id": "m-2", "history": [], "client": "I miss my sister so much, I feel lonely without her"},
    {"id": "m-3", "history": [], "client": "My boss shouted at me and I'm furious"},
    {"id": "c-4", "turns": [{"client": "I'm so sad about my dog"}, {"client": "I can't stop crying"}]},
    {"id": "t-6", "text": "I feel so ashamed of what I said to my brother"},
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_tags_from_sheet_to_score(warmline: Warmline, files: Path, tmp_path: Path) -> None:
    assert warmline("evaluate", "tag-sheet", str(files), "--out", str(tmp_path / "t")).code == 0
    sheet, key = lines(tmp_path / "t" / "sheet.jsonl"), json.loads((tmp_path / "t" / "key.json").read_text("utf-8"))
    assert {item["item"] for item in sheet} == set(key) == {"m-2", "c-4.1", "c-4.2", "t-6"}
    assert all(set(item) == {"item", "history", "client", "parts"} for item in sheet)
    second = next(item for item in sheet if item["item"] == "c-4.2")
    assert [turn["role"] for turn in second["history"]] == ["client", "listener"]
    judged = tmp_path / "judge.jsonl"
    judged.write_text("".join(json.dumps({"item": i, "tags": t}) + "\n" for i, t in key.items()), encoding="utf-8")
    found = warmline("evaluate", "tag-score", str(judged), "--key", str(tmp_path / "t" / "key.json"), "--json")
    score = json.loads(found.out)["judge"]
    assert score["kappa"]["kappa"] == 1.0
    assert score["agreed"]["hits"] == score["agreed"]["of"] == sum(map(len, key.values()))
    shown = warmline("evaluate", "tag-score", str(judged), "--key", str(tmp_path / "t" / "key.json"))
    assert "kappa_of_kinds" in shown.out
    judged.write_text('{"item": "m-2", "tags": ["hug"]}\n', encoding="utf-8")
    refused = warmline("evaluate", "tag-score", str(judged), "--key", str(tmp_path / "t" / "key.json"))
    assert refused.code == 1
    assert "m-2" in refused.err


def test_slots_from_sheet_to_score(warmline: Warmline, files: Path, tmp_path: Path) -> None:
    assert warmline("evaluate", "slot-sheet", str(files), "--both", "--out", str(tmp_path / "s")).code == 0
    sheet, key = lines(tmp_path / "s" / "sheet.jsonl"), json.loads((tmp_path / "s" / "key.json").read_text("utf-8"))
    assert {item["item"] for item in sheet} == set(key)
    assert all(item["reflection"] in item["reply"] for item in sheet)
    judged = tmp_path / "judge.jsonl"
    answers = [{"item": item, "acceptable": True, "harmful": False} for item in key]
    judged.write_text("".join(json.dumps(answer) + "\n" for answer in answers), encoding="utf-8")
    found = warmline("evaluate", "slot-score", str(judged), "--key", str(tmp_path / "s" / "key.json"), "--json")
    assert json.loads(found.out)["judge"]["acceptable"]["hits"] == len(key)
    assert json.loads(found.out)["judge"]["harmful"]["hits"] == 0
