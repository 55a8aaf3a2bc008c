"""The practice in numbers, for a lead: by practitioner, small cells hidden (R-08)."""

from starlette.responses import Response

from bot.care.staff import totals
from bot.care.staff.access import Act
from bot.console.pages.clients import SINCE
from bot.console.seat import Page, Seat


async def show(seat: Seat) -> Response:
    table = await totals.practice(seat.house.store.staff, seat.now - SINCE)
    return seat.render("practice.html", table=table, weeks=SINCE.days // 7)


PAGES = (Page("/practice", Act.PRACTICE, show),)
