"""Every page with every role and with somebody else's client: only what is allowed, and nothing without a session."""

import re
from typing import Any

import httpx
import pytest

from bot.care.staff.access import MAY, Act
from bot.care.staff.records import Role
from bot.console.app import PAGES
from bot.console.seat import Page
from tests.bot.console.conftest import Staffed, token_of

NAMES = {Role.PRACTITIONER: "Ana Sol", Role.LEAD: "Dana Lee", Role.OPERATOR: "Omar Ali"}
OF_OTHERS = {Act.HAND_OVER}  # what a lead may do with anybody's client


def named(page: Page) -> str:
    return f"{page.method} {page.path}"


def address(page: Page, link: str) -> str:
    path = page.path.replace("{link}", link).replace("{entry}", "talk.thanks.no-such")
    return f"/console{path}"


async def ask(browser: httpx.AsyncClient, page: Page, link: str, token: str) -> httpx.Response:
    if page.method == "GET":
        return await browser.get(address(page, link))
    return await browser.post(address(page, link), data={"token": token})


def test_every_page_that_is_served_is_one_of_the_table(practice: Staffed) -> None:
    served = {
        (method, route.path)
        for route in practice.house and _inner(practice)
        for method in (route.methods or set()) - {"HEAD"}
    }
    entrance = {("GET", "/sign-in"), ("GET", "/enter/{token}"), ("POST", "/enter/{token}"), ("POST", "/sign-out")}
    assert served - entrance == {(page.method, page.path) for page in PAGES}


def _inner(practice: Staffed) -> list[Any]:
    mount = next(
        route
        for route in practice.app.routes
        if getattr(route, "app", None) is not None and route.path == "/console" and hasattr(route, "routes")
    )
    return [route for route in mount.app._app.routes if hasattr(route, "methods")]


@pytest.mark.parametrize("role", Role)
async def test_a_role_opens_what_it_may_and_nothing_else(practice: Staffed, role: Role) -> None:
    browser = await practice.signed_in(NAMES[role])
    token = token_of(await browser.get("/console/settings"))
    member = practice.members[NAMES[role]]
    own = await practice.client("Own", member, 600) if Act.SEE_CLIENT in MAY[role] else practice.links["Sam"]
    for page in PAGES:
        if page.path == "/settings/sessions":
            continue  # it would end this very session
        answered = await ask(browser, page, own.id, token)
        if page.act not in MAY[role]:
            assert answered.status_code == 403, named(page)
        else:
            assert answered.status_code not in (401, 403), f"{named(page)}: {answered.text[-800:]}"
            assert answered.status_code < 500, named(page)


@pytest.mark.parametrize("role", Role)
async def test_somebody_elses_client_is_not_there(practice: Staffed, role: Role) -> None:
    browser = await practice.signed_in(NAMES[role])
    token = token_of(await browser.get("/console/settings"))
    for page in (page for page in PAGES if page.of_client):
        unknown = await ask(browser, page, "0" * 16, token)
        others = await ask(browser, page, practice.links["Lou"].id, token)
        if role is Role.LEAD and page.act in OF_OTHERS:
            assert others.status_code == 400, named(page)  # allowed; only no colleague was chosen
            continue
        assert (others.status_code, _plain(others)) == (unknown.status_code, _plain(unknown)), named(page)
        assert others.status_code == (404 if page.act in MAY[role] else 403), named(page)
    assert (await practice.store.staff.looks.of_client(practice.links["Lou"].client)) == []
    assert await practice.store.staff.links.one(practice.links["Lou"].id) == practice.links["Lou"]


def _plain(page: httpx.Response) -> str:
    return re.sub(r"/console/\S+|[0-9a-f]{64}", "", page.text)


async def test_somebody_elses_client_cannot_ride_along_in_a_form(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    token = token_of(await browser.get("/console/settings"))
    mine, theirs = practice.links["Sam"].id, practice.links["Lou"].id
    plan = {"token": token, "days": ["mon"], "when": "at", "at": "18:30", "client": [mine, theirs]}
    for path in ("/console/plans/preview", "/console/plans"):
        assert (await browser.post(path, data=plan)).status_code == 404
    assert await practice.sent(503) == []
    assert await practice.sent(501) == []


async def test_nothing_is_seen_or_done_without_a_session(practice: Staffed) -> None:
    async with practice.browser() as browser:
        for page in PAGES:
            answered = await ask(browser, page, practice.links["Sam"].id, "0" * 64)
            expected = 303 if page.method == "GET" and not page.live else 401
            assert answered.status_code == expected, named(page)
            assert "Sam" not in answered.text
    assert await practice.store.staff.links.one(practice.links["Sam"].id) is not None


async def test_a_form_without_the_sessions_own_token_does_nothing(practice: Staffed) -> None:
    browser, other = await practice.signed_in("Dana Lee"), await practice.signed_in("Dana Lee")
    foreign = token_of(await other.get("/console/settings"))
    for page in (page for page in PAGES if page.method == "POST"):
        for forged in ("", "0" * 64, foreign):
            answered = await ask(browser, page, practice.links["Sam"].id, forged)
            assert answered.status_code == 403, named(page)
    assert (await browser.get("/console/settings")).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.test"}, {"origin": "null"}]
)
async def test_a_form_sent_from_elsewhere_does_nothing(practice: Staffed, headers: dict[str, str]) -> None:
    browser = await practice.signed_in("Ana Sol")
    token = token_of(await browser.get("/console/settings"))
    sent = await browser.post("/console/settings/zone", data={"token": token, "zone": "Asia/Tokyo"}, headers=headers)
    assert sent.status_code == 403
    assert (await practice.store.staff.people.member(practice.members["Ana Sol"].id)).zone == "Europe/Berlin"
