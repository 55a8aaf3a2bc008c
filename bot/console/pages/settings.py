"""A member's own settings: the zone in which times are shown, and the browsers that are signed in."""

from dataclasses import replace

from starlette.responses import Response

from bot.care.staff.access import Act
from bot.console.seat import Page, PageError, Seat
from bot.console.shown import zones


async def show(seat: Seat) -> Response:
    sessions = await seat.house.store.staff.doors.sessions(seat.member.id)
    return seat.render("settings.html", sessions=sessions, zones=zones())


async def save_zone(seat: Seat) -> Response:
    wanted = seat.one("zone", 64)
    if wanted not in zones():
        raise PageError(400, "That is not the name of a time zone, such as Europe/Berlin.")
    await seat.house.store.staff.people.save(replace(seat.member, zone=wanted))
    return seat.to("/settings", "zone")


async def end_session(seat: Seat) -> Response:
    """One session of one's own, or all of them (then this browser is signed out too)."""
    wanted = seat.one("session", 32)
    await seat.house.store.staff.doors.close(seat.member.id, wanted if wanted != "all" else "")
    return seat.to("/settings", "revoked")


PAGES = (
    Page("/settings", Act.OWN_PAGES, show),
    Page("/settings/zone", Act.OWN_PAGES, save_zone, "POST"),
    Page("/settings/sessions", Act.OWN_PAGES, end_session, "POST"),
)
