"""Alerts: first on the first page, asked for again and again while it is open; taken, handed on, written to, closed."""

import hashlib
from typing import Any

from starlette.responses import HTMLResponse, Response

from bot.care.staff import alert_acts, alerting
from bot.care.staff.access import Act
from bot.console.seat import Page, PageError, Seat


async def shown(seat: Seat) -> dict[str, Any]:
    """Values for the part of a page that shows alerts, with the mark by which a change is told."""
    found = await alerting.open_for(seat.house.room, seat.member, seat.now) if seat.may(Act.ALERTS) else []
    part = seat.house.shown.page("alerts.html", seat=seat, now=seat.now, alerts=found, longest=alert_acts.LONGEST)
    mark = f'"{hashlib.sha256(part.encode()).hexdigest()[:20]}"'
    return {"mark": mark, "part": part}


async def live(seat: Seat) -> Response:
    """The part by itself; 304 when it is as the page has it."""
    values = await shown(seat)
    headers = {"ETag": values["mark"]}
    if seat.request.headers.get("if-none-match") == values["mark"]:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(values["part"], headers=headers)


def _number(seat: Seat) -> int:
    given = seat.one("number", 12)
    if not (given.isascii() and given.isdecimal()):
        raise PageError(400, "There is no such alert any more, or it is not yours to see.")
    return int(given)


def _done(seat: Seat, moment: str) -> Response:
    """Back to the alert, wherever it stands now, saying what came of it: somebody else may have been quicker."""
    seat.house.wake()
    return seat.to("/", moment.replace(".", "-"), f"alert-{_number(seat)}")


async def act(seat: Seat) -> Response:
    action = seat.one("action", 20)
    return _done(seat, await alert_acts.act(seat.house.room, seat.member, _number(seat), action, seat.now))


async def hand_on(seat: Seat) -> Response:
    to = seat.one("to", 60)
    return _done(seat, await alert_acts.hand_on(seat.house.room, seat.member, _number(seat), to, seat.now))


async def write(seat: Seat) -> Response:
    words = seat.one("words", alert_acts.LONGEST)
    return _done(seat, await alert_acts.write(seat.house.room, seat.member, _number(seat), words, seat.now))


PAGES = (
    Page("/live", Act.ALERTS, live, live=True),
    Page("/alerts", Act.ALERTS, act, "POST"),
    Page("/alerts/hand-on", Act.ALERTS, hand_on, "POST"),
    Page("/alerts/write", Act.ALERTS, write, "POST"),
)
