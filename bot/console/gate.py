"""The one way to a page: session, token of the form, role, ownership, the look on record, then the page itself.

Somebody else's client and one that is not there look the same from outside.
"""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.care.staff import looking, signing_in, tokens
from bot.care.staff.access import MAY, may
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Member
from bot.console.seat import NOT_THERE, ROOT, House, Page, PageError, Seat

log = logging.getLogger(__name__)

BODY_LIMIT, MOST_FIELDS = 64 * 1024, 600
FORM = "application/x-www-form-urlencoded"
CSRF_FIELD = "token"
FAULT = "Something went wrong on our side; nothing was changed. Please try again."
_STALE = "This page was open for too long or in another session. Please go back, reload it and try again."
_CROSS_SITE = "This was sent from another site, so it was not done."


def cookie_name(house: House, what: str) -> str:
    """With https the browser itself holds the cookie to this host and to https."""
    return f"__Host-warmline-{what}" if house.secure else f"warmline-{what}"


def set_cookie(house: House, response: Response, what: str, value: str, seconds: int) -> None:
    response.set_cookie(
        cookie_name(house, what),
        value,
        max_age=seconds,
        path="/",
        secure=house.secure,
        httponly=True,
        samesite="lax" if what == "browser" else "strict",  # the link is opened from Telegram, another site
    )


def clear_cookie(house: House, response: Response, what: str) -> None:
    response.delete_cookie(cookie_name(house, what), path="/", secure=house.secure, httponly=True, samesite="strict")


def route(house: House, page: Page) -> Route:
    async def answer(request: Request) -> Response:
        return await plainly(house, request, lambda: _admit(house, page, request))

    return Route(page.path, answer, methods=[page.method], name=f"{page.method} {page.path}")


async def plainly(house: House, request: Request, work: Callable[[], Awaitable[Response]]) -> Response:
    """Whatever is refused is refused with a page that says so in one sentence."""
    try:
        return await work()
    except PageError as refused:
        return refusal(house, request, refused.status, str(refused))
    except StaffError as refused:
        return refusal(house, request, 400, str(refused))
    except ClientDisconnect:
        return Response(status_code=400)
    except Exception as fault:  # noqa: BLE001 - a page that fails is a page that says so; the words stay out of the log
        log.error("page failed: %s", type(fault).__name__)
        return refusal(house, request, 500, FAULT)


def refusal(house: House, request: Request, status: int, sentence: str) -> Response:
    back = request.url.path if request.method == "GET" else ""
    return HTMLResponse(house.shown.page("refused.html", status=status, sentence=sentence, back=back), status)


async def _admit(house: House, page: Page, request: Request) -> Response:
    secret = request.cookies.get(cookie_name(house, "session"), "")
    now = house.clock.now()
    known = await signing_in.who(house.store.staff, secret, house.idle, now, touch=not page.live)
    if known is None:
        return _sign_in_first(page)
    seat = Seat(house, request, *known, secret=secret, now=now)
    if request.method == "POST":
        check_origin(house, request)
        seat.form = await read_form(request)
        if not tokens.same(seat.one(CSRF_FIELD), seat.csrf):
            raise PageError(403, _STALE)
    await _authorise(page, seat)
    return await page.handle(seat)


def _sign_in_first(page: Page) -> Response:
    if page.live or page.method != "GET":
        raise PageError(401, "Your session has ended. Please sign in again: send /practitioner to the bot.")
    return RedirectResponse(f"{ROOT}/sign-in", 303)


async def _authorise(page: Page, seat: Seat) -> None:
    """The role first, then whose client it is; what is seen of a client is on the record before it is shown."""
    if page.act not in MAY[seat.member.role]:
        raise PageError(403, "Your role does not include this.")
    if not page.of_client:
        return
    link = await seat.house.store.staff.links.one(str(seat.request.path_params["link"]))
    if link is None or not may(seat.member, page.act, link):
        raise PageError(404, NOT_THERE)
    seat.link = link
    if page.look:
        await looking.record(seat.house.store.staff.looks, seat.member, [link.client], page.look, seat.now)


def check_origin(house: House, request: Request) -> None:
    """A form of ours comes from our own pages; browsers say where a request comes from."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise PageError(403, _CROSS_SITE)
    origin = request.headers.get("origin", "")
    if origin and origin != "null" and urlsplit(origin).netloc not in (urlsplit(house.address).netloc, _host(request)):
        raise PageError(403, _CROSS_SITE)
    if origin == "null" and "sec-fetch-site" not in request.headers:
        raise PageError(403, _CROSS_SITE)


def _host(request: Request) -> str:
    return request.headers.get("host", "")


async def read_form(request: Request) -> dict[str, list[str]]:
    """Fields of a form. Raises PageError for what is no form of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise PageError(415, "This address takes forms only.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise PageError(413, "That is more than a form of these pages holds.")
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError:
        raise PageError(400, "The form could not be read.") from None


async def signed_in(house: House, request: Request) -> Member | None:
    """Who is signed in, for the pages outside the gate."""
    secret = request.cookies.get(cookie_name(house, "session"), "")
    known = await signing_in.who(house.store.staff, secret, house.idle, house.clock.now())
    return known[0] if known is not None else None
