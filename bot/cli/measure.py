"""Reading and replying to files of messages: read, reply, replay, try."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import settings, wiring
from bot.care.measures import of_conversations
from bot.care.rehearsal import Rehearsal
from bot.care.turn import Answered, Means
from bot.cli.jsonl import BadLineError, Row, answer_all, lines_of, text_of
from nlp.ear import Ear
from nlp.reading import Reading

File = Annotated[Path | None, typer.Argument(help="JSON Lines; stdin when left out")]
Seed = Annotated[int, typer.Option(help="fixes every choice")]


def add_to(app: typer.Typer) -> None:
    app.command()(read)
    app.command()(reply)
    app.command()(replay)


def read(file: File = None) -> None:
    """What the ear understands of each message.

    Example: echo '{"id": "1", "text": "I miss my sister"}' | warmline read
    """
    ear = wiring.load_ear(settings.home())
    _report_faults(ear.faults)
    answer_all(lines_of(file), lambda row: shown(ear.read(text_of(row, "text")), row.get("id")))


def reply(file: File = None, seed: Seed = 0) -> None:
    """What Warmline would answer to each last message, given the talk before it.

    Example: echo '{"id": "1", "history": [], "client": "I got the job!"}' | warmline reply
    """
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    _report_faults(ear.faults)

    answer_all(lines_of(file), lambda row: {"id": row.get("id"), **reply_to(row, ear, means, seed)})


def replay(file: File = None, seed: Seed = 0) -> None:
    """Whole conversations: the client's turns as given, Warmline's replies in between; a summary on stderr.

    Example: warmline replay conversations.jsonl > replies.jsonl
    """
    ear, means = wiring.load_ear(settings.home()), wiring.load_means()
    _report_faults(ear.faults)
    done: list[Row] = []

    def answer(row: Row) -> Row:
        turns = replayed(row, ear, means, seed)
        done.append({"turns": turns})
        return {"id": row.get("id"), "turns": turns}

    answer_all(lines_of(file), answer)
    for name, value in of_conversations(done).items():
        sys.stderr.write(f"{name}: {value}\n")


def reply_to(row: Row, ear: Ear, means: Means, seed: int) -> Row:
    """Warmline's reply to a row's last message, given its history. Raises BadLineError."""
    client, history = text_of(row, "client"), history_of(row)
    if history and history[-1] == ("client", client):
        history.pop()
    talk = Rehearsal(means, ear.read, seed)
    for role, text in history:
        talk.overhear_client(text) if role == "client" else talk.overhear_listener(text)
    return said(talk.answer(client)[1])


def replayed(row: Row, ear: Ear, means: Means, seed: int) -> list[Row]:
    """A row's client turns with Warmline's replies in between. Raises BadLineError."""
    if not isinstance(row.get("turns"), list):
        raise BadLineError("'turns' must be a list")
    talk = Rehearsal(means, ear.read, seed)
    turns = []
    for turn in row["turns"]:
        client = text_of(turn if isinstance(turn, dict) else {}, "client")
        found = said(talk.answer(client)[1])
        turns.append({"client": client, "reply": found["reply"], "parts": found["parts"], "tier": found["tier"]})
    return turns


def said(answered: Answered) -> dict[str, Any]:
    """A reply as the contract of `reply` shows it."""
    return {
        "reply": answered.reply.text,
        "parts": [{"entry": p.entry, "technique": p.technique.value, "text": p.text} for p in answered.reply.parts],
        "tier": answered.tier.name,
        "trail": list(answered.reply.trail),
    }


def shown(reading: Reading, row_id: Any) -> Row:
    """A reading as the contract of `read` shows it."""
    return {
        "id": row_id,
        "tier": reading.tier.name,
        "kinds": [kind.value for kind in reading.kinds],
        "signals": [
            {"kind": s.kind.value, "status": s.status.value, "rule": s.rule, "span": list(s.span)}
            for s in reading.signals
        ],
        "feelings": [
            {"name": f.name, "intensity": f.intensity.value, "holder": f.holder, "span": list(f.span)}
            for f in reading.feelings
        ],
        "sentiment": round(reading.sentiment, 3),
        "acts": [a.name for a in reading.acts],
        "situations": [s.name for s in reading.situations],
        "self_talk": [s.name for s in reading.self_talk],
        "language": reading.language,
        "understood": reading.understood,
    }


def history_of(row: Row) -> list[tuple[str, str]]:
    """The (role, text) of each turn before the message. Raises BadLineError."""
    history = row.get("history", [])
    if not isinstance(history, list):
        raise BadLineError("'history' must be a list")
    found = []
    for turn in history:
        if not isinstance(turn, dict) or turn.get("role") not in ("client", "listener"):
            raise BadLineError("each turn of 'history' needs a role, client or listener")
        found.append((str(turn["role"]), text_of(turn, "text")))
    return found


def _report_faults(faults: tuple[str, ...]) -> None:
    for fault in faults:
        sys.stderr.write(f"The ear runs without its {fault}; warmline doctor says more.\n")
