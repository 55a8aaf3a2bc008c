"""`warmline preview`: when a plan's check-ins would come."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.care.checkins.given import BadPlanError, moment, plan_from
from bot.care.checkins.schedule import Send, sends
from bot.cli.jsonl import BadLineError, Row, answer_all, lines_of

MOST = 10_000  # sends in one answer
_USUAL = 7
File = Annotated[Path | None, typer.Argument(help="JSON Lines; stdin when left out")]


def add_to(app: typer.Typer) -> None:
    app.command()(preview)


def preview(file: File = None) -> None:
    """The next check-ins of each plan, in UTC and in the client's own time.

    Example: echo '{"id": "1", "plan": {"zone": "Europe/Berlin", "days": ["mon", "thu"], "at": "18:30"},
    "from": "2026-03-27T12:00:00Z", "count": 3}' | warmline preview
    """
    answer_all(lines_of(file), previewed)


def previewed(row: Row) -> Row:
    """The answer to one line of the contract. Raises BadLineError with one sentence."""
    try:
        plan = plan_from(row.get("plan"))
        after = moment(row.get("from"), "from")
    except BadPlanError as bad:
        raise BadLineError(str(bad)) from None
    count = row.get("count", _USUAL)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
        raise BadLineError(f"'count' must be a whole number from 0 to {MOST}.")
    return {"id": row.get("id"), "sends": [_shown(send) for send in sends(plan, after.astimezone(UTC), count)]}


def _shown(send: Send) -> Row:
    return {"at_utc": _zulu(send.at), "local": send.local.isoformat(timespec="seconds"), "kind": send.kind}


def _zulu(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
