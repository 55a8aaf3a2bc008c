"""`warmline evaluate tag-sheet|tag-score|slot-sheet|slot-score`: what replies are, read by judges blind to our tags."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import settings, wiring
from bot.care import tagging
from bot.care.agreement import Share
from bot.care.turn import Means
from bot.cli.evaluate import AsJson, Seed, app, print_figures
from bot.cli.failures import CommandError
from bot.cli.jsonl import Row
from bot.cli.measure import replayed, reply_to
from nlp.ear import Ear
from nlp.evaluate import is_odd, rows_in, wilson
from responses.closed import values_of
from responses.model import REFLECTIONS, Part, Technique

Files = Annotated[list[Path], typer.Argument(help="JSON Lines of messages or conversations", exists=True)]
Out = Annotated[Path, typer.Option(help="folder for sheet.jsonl and key.json")]
Judged = Annotated[list[Path], typer.Argument(help="JSON Lines, one file a judge", exists=True)]
Key = Annotated[Path, typer.Option(help="key.json of the sheet", exists=True)]
Items = Annotated[int, typer.Option(help="how many")]
Odd = Annotated[bool, typer.Option("--odd", help="over odd ids instead of even ones")]
Both = Annotated[bool, typer.Option("--both", help="over all ids")]


@app.command("tag-sheet")
def tag_sheet(files: Files, out: Out, items: Items = 100, seed: Seed = 1, odd: Odd = False, both: Both = False) -> None:
    """Write a sheet of replies in parts for judges to tag, and our own tags in a key apart.

    Example: warmline evaluate tag-sheet listening.jsonl conversations.jsonl --items 100 --out tags
    """
    found = [reply for reply in _replies(files, seed, odd, both) if reply["parts"]]
    shown = [{**_heading(reply), "parts": [part["text"] for part in reply["parts"]]} for reply in found]
    key = {reply["item"]: [tagging.tag_of(Technique(part["technique"])) for part in reply["parts"]] for reply in found}
    _write(tagging.drawn(shown, key, items, seed), out)


@app.command("tag-score")
def tag_score(judged: Judged, key: Key, as_json: AsJson = False) -> None:
    """Kappa of each judge with our tags, judges with one another, and the ratios by each. docs/judging.md has the tags.

    Each line: {"item": "12", "tags": ["complex_reflection", "open_question"]}, a tag for each part.
    Example: warmline evaluate tag-score one.jsonl two.jsonl --key tags/key.json
    """
    _score(judged, key, tagging.faults_of_tags, tagging.scores_of_tags, as_json)


@app.command("slot-sheet")
def slot_sheet(
    files: Files, out: Out, items: Items = 200, seed: Seed = 1, odd: Odd = False, both: Both = False
) -> None:
    """Write a sheet of reflections that hold the person's own words, for judges to read.

    Example: warmline evaluate slot-sheet listening.jsonl conversations.jsonl --items 200 --out slots
    """
    means = wiring.load_means()
    shown, key = [], {}
    for reply in _replies(files, seed, odd, both):
        for at, part in enumerate(reply["parts"], start=1):
            if _holds_own_words(part, means):
                item = f"{reply['item']}/{at}"
                shown.append({**_heading(reply), "item": item, "reply": reply["reply"], "reflection": part["text"]})
                key[item] = [part["entry"]]
    _write(tagging.drawn(shown, key, items, seed), out)


@app.command("slot-score")
def slot_score(judged: Judged, key: Key, as_json: AsJson = False) -> None:
    """How many reflections with a slot are acceptable, and how many do harm, with 95 % intervals. See docs/judging.md.

    Each line: {"item": "12/1", "acceptable": true, "harmful": false}.
    Example: warmline evaluate slot-score one.jsonl two.jsonl --key slots/key.json
    """
    _score(judged, key, tagging.faults_of_slots, tagging.scores_of_slots, as_json)


def _replies(files: Sequence[Path], seed: int, odd: bool, both: bool) -> Iterator[dict[str, Any]]:
    """Every reply to the rows that count: {"item", "history", "client", "reply", "parts"}."""
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    for row in _rows(files):
        if both or is_odd(row) is odd:
            yield from _talk(row, ear, means, seed) if "turns" in row else [_single(row, ear, means, seed)]


def _rows(files: Sequence[Path]) -> list[Row]:
    """Rows with `client` or `turns`; a `text` is taken for `client`. Raises CommandError."""
    found = [row for file in files for row in rows_in(file)]
    if not found or not all(isinstance(row, dict) and {"client", "text", "turns"} & row.keys() for row in found):
        raise CommandError("These files hold no messages to reply to.")
    if len({str(row["id"]) for row in found}) < len(found):
        raise CommandError("Two rows have the same id.")
    return [row if "client" in row or "turns" in row else {**row, "client": row["text"]} for row in found]


def _single(row: Row, ear: Ear, means: Means, seed: int) -> dict[str, Any]:
    said = reply_to(row, ear, means, seed)
    return {"item": str(row["id"]), "history": row.get("history", []), "client": row["client"], **said}


def _talk(row: Row, ear: Ear, means: Means, seed: int) -> Iterator[dict[str, Any]]:
    history: list[dict[str, str]] = []
    for at, turn in enumerate(replayed(row, ear, means, seed), start=1):
        yield {"item": f"{row['id']}.{at}", "history": list(history), **turn}
        history += [{"role": "client", "text": turn["client"]}, {"role": "listener", "text": turn["reply"]}]


def _heading(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {name: reply[name] for name in ("item", "history", "client")}


def _holds_own_words(part: Mapping[str, Any], means: Means) -> bool:
    made = Part(part["entry"], Technique(part["technique"]), part["text"])
    entry = means.voice.library.entries.get(made.entry)
    return made.technique in REFLECTIONS and entry is not None and bool(values_of(made, entry))


def _write(items: tagging.Items, out: Path) -> None:
    if not items.sheet:
        raise CommandError("There is nothing of this kind in the replies to these files.")
    out.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items.sheet)
    (out / "sheet.jsonl").write_text(text, encoding="utf-8")
    (out / "key.json").write_text(json.dumps(items.key, indent=1), encoding="utf-8")


def _score(
    judged: Sequence[Path],
    key: Path,
    faults: Callable[[Sequence[Row], Mapping[str, Sequence[str]]], list[str]],
    scores: Callable[[Mapping[str, Sequence[Row]], Mapping[str, Sequence[str]]], dict[str, dict[str, Any]]],
    as_json: bool,
) -> None:
    ours: dict[str, list[str]] = json.loads(key.read_text(encoding="utf-8"))
    answers = {path.stem: [row for row in rows_in(path) if isinstance(row, dict)] for path in judged}
    if len(answers) < len(judged):
        raise CommandError("Each judge's file needs a name of its own.")
    if not all(answers.values()):
        raise CommandError("There are no answers in one of these files.")
    for name, rows in answers.items():
        for fault in faults(rows, ours)[:1]:
            raise CommandError(f"{name}: {fault}")
    found = {name: {what: _shown(one) for what, one in part.items()} for name, part in scores(answers, ours).items()}
    print_figures(found, as_json)


def _shown(value: Any) -> Any:
    if not isinstance(value, Share):
        return value
    return {name: round(one, 3) for name, one in wilson(value.hits, value.of)._asdict().items()}
