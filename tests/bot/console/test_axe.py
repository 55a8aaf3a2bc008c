"""Every page in a real Chromium, light and dark, phone and desktop: nothing axe finds wrong, nothing that overflows."""

import asyncio
import socket
from dataclasses import replace
from datetime import timedelta

import uvicorn
from starlette.applications import Starlette

from bot.care.checkins.plan import SlotState, Status, new_slot
from bot.care.checkins.schedule import next_occurrence
from bot.care.staff import notes, signing_in, templates
from bot.console.app import PAGES, routes
from bot.console.shown import Shown
from nlp.labels import Tier
from tests.bot.console.browsing import opened, violations
from tests.bot.console.conftest import Staffed, token_of

ENTRY = "talk.thanks.glad"


async def lived_in(practice: Staffed) -> str:
    """Something on every page; returns the id of the link that has most."""
    dana = practice.members["Dana Lee"]
    link = await practice.client("Own", dana, 600, "marks", "answers")
    await practice.client("Quiet", dana, 601)
    now = practice.clock.now()
    async with practice.store.work(600) as work:
        client = await work.client()
        plan = replace(
            templates.TEMPLATES[1].plan(), id="p1", zone="America/New_York", origin=dana.id, made=now, changed=now
        )
        plan = replace(plan, next=next_occurrence(plan, now))
        await work.put_plan(plan)
        await work.put_plan(replace(plan, id="p2", status=Status.PROPOSED, next=None))
        slot = new_slot(plan, 0, "how_are_you", SlotState.ANSWERED, now)
        await work.put_slot(slot)
        await work.keep("mark", {"value": 2, "slot": slot.id}, now - timedelta(days=3))
        await work.raise_alert(Tier.T3, ("wish_dead",), "client-1", now)
        await work.save(client)
        await work.commit()
    await notes.write(practice.store, dana, link, "Thinking of you.", now + timedelta(days=2), now)
    return link.id


async def test_axe_finds_nothing_on_any_page(practice: Staffed) -> None:
    link = await lived_in(practice)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    house = replace(practice.house, address=f"http://127.0.0.1:{port}", shown=Shown("Harbour", trial=True))
    web = uvicorn.Server(uvicorn.Config(Starlette(routes=routes(house)), port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(web._serve())
    try:
        async with opened() as browser:
            await _walk(practice, browser, house.address, link)
    finally:
        web.should_exit = True
        await serving


async def _walk(practice: Staffed, browser: object, address: str, link: str) -> None:
    member = practice.members["Dana Lee"]
    token = await signing_in.new_link(practice.store.staff, member, practice.clock.now())
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    page = await context.new_page()
    wrong: dict[str, list[str]] = {}

    async def look(path: str) -> None:
        await page.goto(f"{address}{path}")
        for scheme, width in (("light", 390), ("dark", 1180)):
            await page.emulate_media(color_scheme=scheme)
            await page.set_viewport_size({"width": width, "height": 844})
            await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            found = await violations(page)
            if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append("wider than the window")
            if found:
                wrong[f"{path} {scheme}"] = found

    for path in ("/console/sign-in", f"/console/enter/{token}", "/console/no-such-page"):
        await look(path)
    await page.goto(f"{address}/console/enter/{token}")
    await page.get_by_role("button", name="Sign in here").click()
    await page.wait_for_url("**/console/")
    for one in PAGES:
        if one.method == "GET" and not one.live:
            await look("/console" + one.path.replace("{link}", link).replace("{entry}", ENTRY))
    assert wrong == {}


async def test_axe_finds_nothing_on_answers_to_forms(practice: Staffed) -> None:
    """Pages that only a form leads to: their markup is put before axe as it was answered."""
    link = await lived_in(practice)
    client = await practice.signed_in("Dana Lee")
    token = token_of(await client.get("/console/settings"))
    forms = (
        ("/console/plans/preview", {"days": ["mon"], "when": "at", "at": "18:30", "client": [link]}),
        ("/console/plans/preview", {"template": "gentle", "client": [link]}),
        ("/console/plans/preview", {"template": "other", "client": [link]}),
        (
            "/console/plans",
            {"days": ["mon"], "when": "at", "at": "18:30", "client": [link, practice.links["Quiet"].id]},
        ),
        (f"/console/clients/{link}/note/preview", {"text": "Thinking of you."}),
        (f"/console/clients/{link}/note/preview", {"text": "How are you?"}),
        ("/console/clients/code", {"label": "New"}),
        ("/console/people/invite", {"name": "New", "role": "lead"}),
    )
    css = (await client.get("/console/static/console.css")).text
    async with opened() as browser:
        page = await browser.new_page()
        for path, data in forms:
            answered = await client.post(path, data={"token": token, **data})
            assert answered.status_code in (200, 400), path
            await page.set_content(answered.text.replace("</head>", f"<style>{css}</style></head>"))
            assert await violations(page) == [], path
