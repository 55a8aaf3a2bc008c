"""`warmline evaluate crisis|listening|conversations|privacy|labels FILE`: figures and intervals, odd and even apart."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from bot import settings, wiring
from bot.care.measures import of_conversations, of_replies
from bot.care.rehearsal import Rehearsal
from bot.care.turn import Means
from bot.cli.failures import CommandError
from bot.cli.jsonl import Row
from bot.cli.measure import history_of, replayed, reply_to
from nlp.evaluate import Rate, is_odd, read_rows, rows_in, score_crisis, score_kinds, wilson
from nlp.evaluate_labels import Labelled, labelled, mapped, score_labels
from nlp.labels import Tier
from nlp.normalise import Normaliser
from nlp.scrub import score as privacy_score
from nlp.scrub.find import Finder
from responses.closed import is_closed
from responses.model import Part, Technique

app = typer.Typer(help="Score Warmline on files of messages.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="JSON Lines", exists=True, dir_okay=False)]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object instead of lines")]
Seed = Annotated[int, typer.Option(help="fixes every choice")]


def add_to(root: typer.Typer) -> None:
    for more in ("judge", "replies", "tags"):
        import_module(f"bot.cli.{more}")  # adds its own to `app`, and shares this file's options
    root.add_typer(app, name="evaluate")


@app.command()
def crisis(file: File, as_json: AsJson = False) -> None:
    """How much risk is noticed, and how often the alarm is false, with 95 % Wilson intervals.

    Also counts risk texts whose reply did not come from the crisis shelf, which must be none.
    Example: warmline evaluate crisis crisis.jsonl
    """
    rows = read_rows(file)
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    tier_of_text = cache(lambda text: ear.read(text).tier)
    found: dict[str, Any] = {
        half: {name: _shown(rate) for name, rate in rates.items()}
        for half, rates in score_crisis(rows, tier_of_text).items()
    }
    for half, odd in (("odd", True), ("even", False)):
        kinds = score_kinds([row for row in rows if is_odd(row) is odd], tier_of_text)
        found[f"{half}, by kind"] = {name: _shown(rate) for name, rate in kinds.items()}
    found["ordinary_reply_to_risk"] = sum(_ordinary(Rehearsal(means, ear.read), str(row["text"])) for row in rows)
    print_figures(found, as_json)


@app.command()
def listening(file: File, as_json: AsJson = False, seed: Seed = 0) -> None:
    """Rhythm, length and closed vocabulary of single replies. A judge is needed for the rest.

    Example: warmline evaluate listening listening.jsonl
    """
    rows, ear, means = rows_of(file), wiring.load_ear(settings.home()), wiring.load_means()
    replies = [(row, reply_to(row, ear, means, seed)) for row in rows]
    mended = Normaliser.load()

    def heard(row: Row) -> list[str]:
        """Their words, as typed and with chat spellings written out, and the lexicon's words for their feelings."""
        typed = [str(row["client"]), *(text for _, text in history_of(row))]
        named = [feeling.word for text in typed for feeling in ear.read(text).feelings]
        return [*typed, *(mended.normalise(text).text for text in typed), *named]

    closed = [(row, _all_closed(reply, heard(row), means)) for row, reply in replies]

    def measured(part: Sequence[tuple[Row, Row]]) -> dict[str, Any]:
        return of_replies([reply for _, reply in part])

    found: dict[str, Any] = _halves(replies, measured)
    for half, rows_of_half in _split(closed).items():
        found[half]["closed_vocabulary"] = _shown(wilson(sum(ok for _, ok in rows_of_half), len(rows_of_half)))
    print_figures(found, as_json)


@app.command()
def conversations(file: File, as_json: AsJson = False, seed: Seed = 0) -> None:
    """Rhythm, length, repeats and openers over whole conversations.

    Example: warmline evaluate conversations conversations.jsonl
    """
    rows, ear, means = rows_of(file), wiring.load_ear(settings.home()), wiring.load_means()
    talks = [(row, {"turns": replayed(row, ear, means, seed)}) for row in rows]
    print_figures(_halves(talks, lambda part: of_conversations([talk for _, talk in part])), as_json)


@app.command()
def privacy(file: File, as_json: AsJson = False) -> None:
    """How many identifiers scrubbing finds, by type, and how many harmless lines it changes, with 95 % intervals.

    `touched_` counts what was found in part as well. Rows: {"id", "text", "spans": [{"start", "end", "type"}]}.
    Example: warmline evaluate privacy lines.jsonl
    """
    rows = privacy_score.read_rows(file)
    scored = privacy_score.score(rows, Finder.load(settings.home() / "cache").find)
    found: dict[str, Any] = {
        half: {name: _shown(rate) for name, rate in rates.items()} for half, rates in scored.items()
    }
    print_figures(found, as_json)


@app.command()
def labels(
    file: File,
    words: Annotated[Path | None, typer.Option(help="YAML: their word for a feeling: ours", exists=True)] = None,
    labels_by_id: Annotated[Path | None, typer.Option("--map", help="YAML: id: labels", exists=True)] = None,
    as_json: AsJson = False,
) -> None:
    """How well feelings and acts are heard, against labelled messages, with 95 % intervals.

    Rows: {"id", "text", "feelings": [...], "moods": [...], "plain": true, "acts": [...]}; any may be missing.
    With --map the labels stand in a file of their own, and only the rows it names are scored.
    Example: warmline evaluate labels held_out.jsonl
    """
    named = {} if words is None else yaml.safe_load(words.read_text(encoding="utf-8"))
    found = rows_in(file)
    if labels_by_id is not None:
        found = mapped(found, yaml.safe_load(labels_by_id.read_text(encoding="utf-8")))
    rows = [(row, labelled(row, named)) for row in found]
    read = cache(wiring.load_ear(settings.home()).read)

    def measured(part: Sequence[tuple[Row, Labelled]]) -> dict[str, Any]:
        return {name: _shown(rate) for name, rate in score_labels((one for _, one in part), read).items()}

    print_figures(_halves(rows, measured), as_json)


def rows_of(file: Path) -> list[Row]:
    """Rows with messages or turns. Raises CommandError."""
    rows = rows_in(file)
    if not rows or not all(isinstance(row, dict) and ("client" in row or "turns" in row) for row in rows):
        raise CommandError(f"{file.name} holds no messages to reply to.")
    return rows


def _ordinary(talk: Rehearsal, text: str) -> bool:
    reading, answered = talk.answer(text)
    return reading.tier > Tier.T0 and not any(p.entry.startswith("crisis.") for p in answered.reply.parts)


def _all_closed(reply: Row, heard: Sequence[str], means: Means) -> bool:
    if any(part["entry"].startswith("crisis.") for part in reply["parts"]):
        return True  # slots of the crisis shelf hold values of the helpline tables only
    entries = means.voice.library.entries
    parts = [Part(p["entry"], Technique(p["technique"]), p["text"]) for p in reply["parts"]]
    return all(is_closed(part, entries[part.entry], heard) for part in parts)


def _split(pairs: Sequence[tuple[Row, Any]]) -> dict[str, list[tuple[Row, Any]]]:
    odd = [pair for pair in pairs if is_odd(pair[0])]
    even = [pair for pair in pairs if not is_odd(pair[0])]
    return {"all": list(pairs), "odd": odd, "even": even}


def _halves(
    pairs: Sequence[tuple[Row, Any]], measure: Callable[[Sequence[tuple[Row, Any]]], dict[str, Any]]
) -> dict[str, Any]:
    return {half: measure(part) for half, part in _split(pairs).items()}


def _shown(rate: Rate) -> dict[str, float]:
    return {name: round(value, 3) for name, value in rate._asdict().items()}


def print_figures(found: dict[str, Any], as_json: bool) -> None:
    """On stdout, as lines or as one JSON object."""
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for half, figures in found.items():
        if not isinstance(figures, dict):
            sys.stdout.write(f"{half}: {figures}\n")
            continue
        sys.stdout.write(f"{half}\n")
        for name, value in figures.items():
            sys.stdout.write(f"  {name:34} {_line(value)}\n")


def _line(value: Any) -> str:
    if not isinstance(value, dict) or "low" not in value:
        return str(value)
    counted = f"  {value['hits']}/{value['of']}" if "of" in value else ""
    return f"{value.get('rate', value.get('kappa')):.3f}  [{value['low']:.3f}, {value['high']:.3f}]{counted}"
