"""The way in: one link, one browser, five minutes, once; every other way is refused with a sentence."""

from datetime import timedelta

import httpx
import pytest

from bot.care.staff import joining, tokens
from bot.console.entrance import browser_name
from bot.console.gate import cookie_name
from bot.console.limits import MOST
from tests.bot.console.conftest import Staffed, text_of, token_of

SAME = {"sec-fetch-site": "same-origin"}


async def enter(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    page = await browser.get(path)
    return await browser.post(path, data={"token": token_of(page)}, headers=SAME)


async def test_the_link_signs_in_and_the_member_is_told(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    assert (await browser.get("/console/")).status_code == 200
    [told] = await practice.sent(71)
    assert told.startswith("You are signed in to the console with Firefox on Linux.")
    assert practice.woken


async def test_cookies_hold_to_this_host_and_to_https(practice: Staffed) -> None:
    browser, path = practice.browser(), await practice.link_for(practice.members["Ana Sol"])
    page = await browser.get(path)
    entered = await browser.post(path, data={"token": token_of(page)}, headers=SAME)
    session = next(c for c in entered.headers.get_list("set-cookie") if c.startswith("__Host-warmline-session="))
    for part in ("Path=/", "Secure", "HttpOnly", "SameSite=strict"):
        assert part in session
    assert "Domain" not in session
    assert practice.house.secure


async def test_looking_uses_nothing_up_and_a_preview_binds_nothing(practice: Staffed) -> None:
    path = await practice.link_for(practice.members["Ana Sol"])
    async with practice.browser(**{"user-agent": "TelegramBot (like TwitterBot)"}) as preview:
        assert (await preview.get(path)).status_code == 204
    browser = practice.browser()
    for _ in range(3):
        assert "Welcome, Ana Sol" in (await browser.get(path)).text
    assert (await enter(browser, path)).status_code == 303


async def test_a_stolen_link_does_not_open_in_another_browser(practice: Staffed) -> None:
    path = await practice.link_for(practice.members["Ana Sol"])
    mine, thief = practice.browser(), practice.browser()
    await mine.get(path)
    seen = await thief.get(path)
    assert seen.status_code == 403
    assert "opened in another browser first" in text_of(seen)
    assert "Ana" not in seen.text
    forged = await thief.post(path, data={"token": tokens.mark("", "enter")}, headers=SAME)
    assert forged.status_code == 403
    assert (await enter(mine, path)).status_code == 303


async def test_a_link_is_used_once(practice: Staffed) -> None:
    browser, path = practice.browser(), await practice.link_for(practice.members["Ana Sol"])
    page = await browser.get(path)
    token = token_of(page)
    jar = dict(browser.cookies)
    assert (await browser.post(path, data={"token": token}, headers=SAME)).status_code == 303
    again = practice.browser()
    for name, value in jar.items():
        again.cookies.set(name, value)
    assert (await again.post(path, data={"token": token}, headers=SAME)).status_code == 410
    assert "used already" in text_of(await again.get(path))


async def test_a_link_ends_after_five_minutes(practice: Staffed) -> None:
    browser, path = practice.browser(), await practice.link_for(practice.members["Ana Sol"])
    page = await browser.get(path)
    practice.clock.pass_(minutes=5)
    assert (await browser.post(path, data={"token": token_of(page)}, headers=SAME)).status_code == 410
    assert "they are over" in text_of(await browser.get(path))


async def test_a_forged_link_opens_nothing_and_many_tries_have_to_wait(practice: Staffed) -> None:
    browser = practice.browser()
    for _ in range(MOST):
        assert (await browser.get(f"/console/enter/{tokens.new_token()}")).status_code == 404
    assert (await browser.get(f"/console/enter/{tokens.new_token()}")).status_code == 429
    real = await practice.link_for(practice.members["Ana Sol"])
    assert (await browser.get(real)).status_code == 429
    practice.clock.pass_(minutes=6)
    fresh = await practice.link_for(practice.members["Ana Sol"])
    assert (await browser.get(fresh)).status_code == 200


async def test_who_left_comes_in_no_more(practice: Staffed) -> None:
    browser = await practice.signed_in("Ben Ode")
    path = await practice.link_for(practice.members["Ben Ode"])
    await joining.leave(practice.store.staff, practice.members["Ben Ode"], practice.clock.now())
    assert (await browser.get("/console/")).status_code == 303
    assert (await practice.browser().get(path)).status_code == 404


async def test_a_session_ends_when_it_is_not_used_and_after_twelve_hours(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    practice.clock.pass_(minutes=29)
    assert (await browser.get("/console/")).status_code == 200
    practice.clock.pass_(minutes=31)
    assert (await browser.get("/console/")).headers["location"] == "/console/sign-in"
    browser = await practice.signed_in("Ana Sol")
    for _ in range(24):
        practice.clock.pass_(minutes=29)
        assert (await browser.get("/console/")).status_code == 200
    practice.clock.pass_(minutes=29)
    assert (await browser.get("/console/")).status_code == 303


async def test_ending_sessions_ends_them_at_once(practice: Staffed) -> None:
    one, other = await practice.signed_in("Ana Sol"), await practice.signed_in("Ana Sol")
    page = await one.get("/console/settings")
    assert page.text.count("Firefox on Linux</strong>") == 2
    data = {"token": token_of(page), "session": "all"}
    assert (await one.post("/console/settings/sessions", data=data, headers=SAME)).status_code == 303
    for browser in (one, other):
        assert (await browser.get("/console/")).status_code == 303


async def test_signing_out_needs_the_sessions_own_token(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    assert (await browser.post("/console/sign-out", data={"token": "x"}, headers=SAME)).status_code == 403
    token = token_of(await browser.get("/console/"))
    assert (await browser.post("/console/sign-out", data={"token": token}, headers=SAME)).status_code == 303
    assert (await browser.get("/console/")).status_code == 303


async def test_a_replayed_cookie_of_an_ended_session_is_nothing(practice: Staffed) -> None:
    browser = await practice.signed_in("Ana Sol")
    name = cookie_name(practice.house, "session")
    kept = browser.cookies[name]
    token = token_of(await browser.get("/console/"))
    await browser.post("/console/sign-out", data={"token": token}, headers=SAME)
    replay = practice.browser()
    replay.cookies.set(name, kept)
    assert (await replay.get("/console/clients")).status_code == 303


async def test_another_name_for_this_machine_is_not_served(practice: Staffed) -> None:
    async with practice.browser(host="evil.test") as browser:
        refused = await browser.get("/console/sign-in")
    assert refused.status_code == 421


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/", "/console/no-such", "/console/static/console.css"])
async def test_headers_stand_on_every_answer(practice: Staffed, path: str) -> None:
    answered = await practice.browser().get(path)
    policy = answered.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answered.headers["x-content-type-options"] == "nosniff"
    assert answered.headers["strict-transport-security"]
    assert answered.headers["referrer-policy"] == "same-origin"
    assert ("no-store" in answered.headers.get("cache-control", "")) is ("static" not in path)


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Safari/537.36", "Chrome on Android"),
        ("", "A browser"),
        ("<script>", "A browser"),
    ],
)
def test_a_browser_is_named_to_its_owner(agent: str, shown: str) -> None:
    assert browser_name(agent) == shown


def test_idle_time_is_the_operators(practice: Staffed) -> None:
    assert practice.house.idle == timedelta(minutes=30)
