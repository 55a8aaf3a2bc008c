"""Alerts: shown first on the first page, asked for again and again while it is open, confirmed and closed."""

import hashlib
from typing import Any

from starlette.responses import HTMLResponse, Response

from bot.care.staff import alerting, looking
from bot.care.staff.access import Act
from bot.console.seat import Page, PageError, Seat


async def shown(seat: Seat) -> dict[str, Any]:
    """Values for the part of a page that shows alerts, with the mark by which a change is told."""
    found = await alerting.open_for(seat.house.room, seat.member, seat.now) if seat.may(Act.ALERTS) else []
    clients = [one.link.client for one in found if one.link is not None]
    await looking.record(seat.house.store.staff.looks, seat.member, clients, looking.ALERT, seat.now)
    part = seat.house.shown.page("alerts.html", seat=seat, now=seat.now, alerts=found)
    mark = f'"{hashlib.sha256(part.encode()).hexdigest()[:20]}"'
    return {"alerts": found, "open": sum(not one.held_by for one in found), "mark": mark, "part": part}


async def live(seat: Seat) -> Response:
    """The part by itself; 304 when it is as the page has it."""
    values = await shown(seat)
    headers = {"ETag": values["mark"]}
    if seat.request.headers.get("if-none-match") == values["mark"]:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(values["part"], headers=headers)


async def act(seat: Seat) -> Response:
    number = seat.one("number", 12)
    if not number.isdecimal():
        raise PageError(400, "There is no such alert any more, or it is not yours to see.")
    await alerting.act(seat.house.room, seat.member, int(number), seat.one("action", 20), seat.now)
    seat.house.wake()
    return seat.to("/", "alert")


PAGES = (
    Page("/live", Act.ALERTS, live, live=True),
    Page("/alerts", Act.ALERTS, act, "POST"),
)
