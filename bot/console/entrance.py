"""Signing in: the page that says how, the one-time link in the first browser that opens it, and signing out."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.care.staff import signing_in, tokens
from bot.care.staff.records import LINK_LASTS, SESSION_ENDS
from bot.care.staff.signing_in import Refusal
from bot.console import gate
from bot.console.limits import Limit
from bot.console.seat import ROOT, House, PageError

REFUSED = {
    Refusal.UNKNOWN: (404, "This link does not open anything. Ask the bot for a new one: send /practitioner."),
    Refusal.PAST: (410, "This link was good for five minutes, and they are over. Ask the bot for a new one."),
    Refusal.USED: (410, "This link was used already; each works once. Ask the bot for a new one."),
    Refusal.OTHER_BROWSER: (
        403,
        "This link was opened in another browser first and works only there. If that wasn't you, end all your sessions "
        "in the bot (send /practitioner, then: Lost phone).",
    ),
    Refusal.GONE: (403, "You no longer belong to this practice."),
}
_TOO_MANY = "Too many tries from here. Please wait a few minutes."
_PREVIEWS = re.compile(r"bot\b|crawler|preview|TelegramBot|facebookexternalhit", re.I)


def routes(house: House, limit: Limit) -> list[Route]:
    async def how(request: Request) -> Response:
        if await gate.signed_in(house, request) is not None:
            return RedirectResponse(f"{ROOT}/", 303)
        return HTMLResponse(house.shown.page("sign_in.html", minutes=LINK_LASTS.seconds // 60, bot=house.policy.bot))

    async def look(request: Request) -> Response:
        return await gate.plainly(house, request, lambda: _look(house, limit, request))

    async def enter(request: Request) -> Response:
        return await gate.plainly(house, request, lambda: _enter(house, limit, request))

    async def leave(request: Request) -> Response:
        return await gate.plainly(house, request, lambda: _leave(house, request))

    return [
        Route("/sign-in", how, methods=["GET"]),
        Route("/enter/{token}", look, methods=["GET"]),
        Route("/enter/{token}", enter, methods=["POST"]),
        Route("/sign-out", leave, methods=["POST"]),
    ]


async def _look(house: House, limit: Limit, request: Request) -> Response:
    """Opening the link uses nothing up, so that a preview of it does no harm; it binds the link to this browser."""
    if _PREVIEWS.search(request.headers.get("user-agent", "")):
        return Response(status_code=204)
    token, browser = _token(request), request.cookies.get(gate.cookie_name(house, "browser"), "") or tokens.new_token()
    _slow_down(house, limit, request)
    found = await signing_in.open_link(house.store.staff, token, browser, house.clock.now())
    if isinstance(found, Refusal):
        _refuse(house, limit, request, found)
        raise PageError(*REFUSED[found])
    csrf = tokens.mark(browser, "enter")
    response = HTMLResponse(house.shown.page("enter.html", name=found.name, token=csrf, action=request.url.path))
    gate.set_cookie(house, response, "browser", browser, LINK_LASTS.seconds)
    return response


async def _enter(house: House, limit: Limit, request: Request) -> Response:
    gate.check_origin(house, request)
    _slow_down(house, limit, request)
    browser = request.cookies.get(gate.cookie_name(house, "browser"), "")
    form = await gate.read_form(request)
    given = next(iter(form.get(gate.CSRF_FIELD, ())), "")
    if not browser or not tokens.same(given, tokens.mark(browser, "enter")):
        _refuse(house, limit, request, Refusal.OTHER_BROWSER)
        raise PageError(403, "Please open the link from the bot again in this browser.")
    shown = browser_name(request.headers.get("user-agent", ""))
    found = await signing_in.use_link(house.store.staff, _token(request), browser, shown, house.clock.now())
    if isinstance(found, Refusal):
        _refuse(house, limit, request, found)
        raise PageError(*REFUSED[found])
    await house.tell.member(found.member, "people.told.signed-in", ("revoke=lost",), value=shown)
    house.wake()
    response = RedirectResponse(f"{ROOT}/", 303)
    gate.set_cookie(house, response, "session", found.token, int(SESSION_ENDS.total_seconds()))
    gate.clear_cookie(house, response, "browser")
    return response


async def _leave(house: House, request: Request) -> Response:
    gate.check_origin(house, request)
    secret = request.cookies.get(gate.cookie_name(house, "session"), "")
    known = await signing_in.who(house.store.staff, secret, house.idle, house.clock.now())
    form = await gate.read_form(request)
    if known is not None:
        if not tokens.same(next(iter(form.get(gate.CSRF_FIELD, ())), ""), tokens.mark(secret, "form")):
            raise PageError(403, "Please go back, reload the page and sign out again.")
        await house.store.staff.doors.close(known[0].id, known[1].id)
    response = RedirectResponse(f"{ROOT}/sign-in", 303)
    gate.clear_cookie(house, response, "session")
    return response


def _token(request: Request) -> str:
    return str(request.path_params["token"])[:200]


def _where(request: Request) -> str:
    return request.client.host if request.client is not None else ""


def _slow_down(house: House, limit: Limit, request: Request) -> None:
    if limit.reached(_where(request), house.clock.now()):
        raise PageError(429, _TOO_MANY)


def _refuse(house: House, limit: Limit, request: Request, why: Refusal) -> None:
    if why is not Refusal.GONE:
        limit.count(_where(request), house.clock.now())


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """In words for its owner: "Firefox on Linux"."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
