"""`warmline evaluate sheet|score`: blind judging, for people or for language models that say so."""

import json
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer

from bot import settings, wiring
from bot.care.judging import results, sheet_of
from bot.cli.evaluate import AsJson, File, Seed, app, print_figures, rows_of
from bot.cli.failures import CommandError
from bot.cli.measure import reply_to
from nlp.evaluate import is_odd, rows_in

OURS = "warmline"
Out = Annotated[Path, typer.Option(help="folder for sheet.jsonl and key.json")]
Stock = Annotated[Path, typer.Option(help="kind stock lines, one a line", exists=True)]

Items = Annotated[int, typer.Option(help="how many messages")]
Odd = Annotated[bool, typer.Option("--odd", help="over odd ids instead")]


@app.command()
def sheet(file: File, stock: Stock, out: Out, items: Items = 60, seed: Seed = 1, odd: Odd = False) -> None:
    """Write a blind sheet over even ids: Warmline's reply, the human's, and a kind stock line, shuffled.

    Example: warmline evaluate sheet listening.jsonl --stock stock_lines.txt --out sheets
    """
    random = Random(seed)  # noqa: S311 - a draw to be repeated
    rows = [row for row in rows_of(file) if is_odd(row) is odd and "human_reply" in row]
    rows = random.sample(rows, min(items, len(rows)))
    lines = [line for line in stock.read_text(encoding="utf-8").splitlines() if line.strip()]
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    systems = {
        OURS: {str(row["id"]): str(reply_to(row, ear, means, seed)["reply"]) for row in rows},
        "human": {str(row["id"]): str(row["human_reply"]) for row in rows},
        "stock": {str(row["id"]): random.choice(lines) for row in rows},
    }
    made = sheet_of(rows, systems, seed)
    out.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in made.items)
    (out / "sheet.jsonl").write_text(text, encoding="utf-8")
    (out / "key.json").write_text(json.dumps(made.key, indent=1), encoding="utf-8")


@app.command()
def score(
    scores: Annotated[list[Path], typer.Argument(help="JSON Lines of the judges", exists=True)],
    key: Annotated[Path, typer.Option(help="key.json that sheet wrote", exists=True)],
    as_json: AsJson = False,
) -> None:
    """What the judges' scores come to. Each line: {"item", "scores": {"A": {"U": 4, ..}}, "rank": {"A": 1, ..}}.

    Example: warmline evaluate score judged.jsonl --key sheets/key.json
    """
    rows: list[dict[str, Any]] = [row for path in scores for row in rows_in(path)]
    if not rows:
        raise CommandError("There are no scores in these files.")
    print_figures(results(rows, json.loads(key.read_text(encoding="utf-8")), OURS), as_json)
