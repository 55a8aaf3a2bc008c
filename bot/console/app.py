"""The console as routes for the server: every page behind the gate, the entrance before it, files beside it."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.console import entrance, gate
from bot.console.limits import Limit
from bot.console.pages import alerts, audit, client, clients, library, people, plans, practice, rota, settings, today
from bot.console.seat import NOT_THERE, ROOT, House, Page
from bot.console.security import Security
from bot.console.shown import HERE

PAGES: tuple[Page, ...] = (
    *today.PAGES,
    *alerts.PAGES,
    *clients.PAGES,
    *client.PAGES,
    *plans.PAGES,
    *rota.PAGES,
    *people.PAGES,
    *practice.PAGES,
    *library.PAGES,
    *audit.PAGES,
    *settings.PAGES,
)


def routes(house: House) -> Sequence[BaseRoute]:
    """For `bot.server.build_app`."""

    async def bare(request: Request) -> Response:
        return RedirectResponse(f"{ROOT}/", 308)

    console = Security(_inner(house), house.address)
    return [Route(ROOT, bare), Mount(ROOT, app=console)]


def _inner(house: House) -> Starlette:
    async def refused(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        return gate.refusal(house, request, status, _SENTENCES.get(status, gate.FAULT))

    return Starlette(
        routes=[
            *entrance.routes(house, Limit()),
            *(gate.route(house, page) for page in PAGES),
            Mount("/static", app=StaticFiles(directory=HERE / "static")),
        ],
        exception_handlers={HTTPException: refused},
    )


_SENTENCES = {404: NOT_THERE, 405: "This address cannot be used in that way."}
