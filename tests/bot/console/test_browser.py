"""The whole of it in a real Chromium over the real program: Bot API, door and pages, by mouse and by keyboard."""

import asyncio
import re
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import expect

from bot import server, wiring
from bot.care.staff import joining
from bot.care.staff.records import Role
from bot.settings import Settings
from nlp.ear import Ear
from tests.bot.console.browsing import Hands, opened
from tests.fakes.bot_api import FakeBotApi

ANA = 71
PATIENCE = 40.0  # seconds; a busy machine is no fault
CLIENTS = {"Sam": 501, "Kim": 502, "Lou": 503}


@dataclass
class Live:
    """The program as `serve` runs it, in this loop."""

    api: FakeBotApi
    room: Any
    address: str

    def phone(self, chat: int) -> Any:
        return self.api.world.client(chat)

    async def hears(self, chat: int, what: str, seconds: float = PATIENCE) -> str:
        """Wait until somebody was sent something that holds `what`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [text for text in self.phone(chat).heard() if what in text]
            if found:
                return found[-1]
            await asyncio.sleep(0.02)
        raise AssertionError(f"{chat} was not told {what!r} but {self.phone(chat).heard()[-3:]}")

    async def presses(self, chat: int, begins: str) -> None:
        """Tap the newest button of that name, once it is there."""
        try:
            await wait_for(lambda: self._button(chat, begins))
        except AssertionError:
            raise AssertionError(f"{chat} has no button {begins!r} in {self.phone(chat).heard()[-3:]}") from None
        self.phone(chat).presses(self._button(chat, begins))

    def _button(self, chat: int, begins: str) -> str:
        sent = self.api.world.to_chat.get(chat, [])
        data = [value for one in sent for row in one.buttons for _, value in row if value.startswith(begins)]
        return data[-1] if data else ""


async def wait_for(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "what was waited for did not happen"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def running(home: Path, ear: Ear) -> AsyncIterator[Live]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with FakeBotApi() as api:
        settings = Settings.model_validate(
            {
                "telegram": {"token": api.world.token, "api_base": api.url, "rate_limits": False},
                "burst": {"settle_seconds": 0},
                "on_call": {"contacts": [{"code": "duty-1", "chat": ANA}]},
                "deployment": {"practice": "Harbour"},
                "server": {"port": port},
                "console": {"zone": "Europe/Lisbon"},
            }
        )
        store = await wiring.open_room_store(settings, home)
        try:
            async with wiring.open_room(settings, ear, store) as room, wiring.make_door(settings, room) as door:
                app = server.build_app(store.counts, door, routes=wiring.console_routes(settings, room, door.wake))
                web = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
                serving = asyncio.create_task(web._serve())
                await wait_for(lambda: web.started and door.ready)
                try:
                    yield Live(api, room, f"http://127.0.0.1:{port}")
                finally:
                    web.should_exit = True
                    await serving
        finally:
            await store.close()


async def come_in(live: Live, hands: Hands) -> None:
    """Invite -> the chat -> a link -> signed in."""
    code = await joining.invite(live.room.store.staff, "Ana Sol", Role.LEAD, datetime.now(UTC))
    live.phone(ANA).says(f"/practitioner {code}")
    await live.presses(ANA, "staff:console")
    said = await live.hears(ANA, "/console/enter/")
    await hands.page.goto(re.search(r"http\S+/console/enter/[\w-]+", said)[0])
    await hands.press(hands.button("Sign in here"))
    await hands.page.wait_for_url("**/console/")
    await expect(hands.page.get_by_text("No open alerts.")).to_be_visible()


async def take_on(live: Live, hands: Hands, label: str, chat: int) -> None:
    """A code made on the page, typed on the client's phone."""
    await hands.press(hands.page.get_by_role("navigation").get_by_role("link", name="Clients"))
    await hands.fill(hands.page.get_by_label("What you call this client"), label)
    await hands.press(hands.button("Make a code"))
    code = await hands.page.locator(".code").inner_text()
    phone = live.phone(chat)
    phone.says(f"/start {code}")
    await live.presses(chat, "link:begin:")
    await live.presses(chat, "link:link:")
    await live.hears(chat, "Nothing else is shared yet")


async def propose(live: Live, hands: Hands) -> None:
    """The list with ticks, one form, a preview, and they are asked."""
    await hands.press(hands.page.get_by_role("navigation").get_by_role("link", name="Clients"))
    for label in CLIENTS:
        await hands.press(hands.page.get_by_role("checkbox", name=f"Tick {label}", exact=True))
    await hands.press(hands.button("New plan for those ticked"))
    await hands.choose(hands.page.get_by_role("radio", name="A gentle start"))
    await hands.press(hands.button("Preview"))
    await expect(hands.page.get_by_role("heading", name="Kim")).to_be_visible()
    await hands.press(hands.button("Propose it to 3 clients"))
    await expect(hands.page.get_by_role("heading", name="Proposed")).to_be_visible()
    await hands.press(hands.link("To the clients"))
    await expect(hands.page.get_by_text("plan waits for their answer")).to_have_count(3)


async def answer(live: Live) -> None:
    """One accepts, one changes, one declines; each is asked where they are first, and Ana hears of each."""
    await live.presses(CLIENTS["Sam"], "checkin:accept:")
    await live.hears(CLIENTS["Sam"], "city")
    live.phone(CLIENTS["Sam"]).says("Berlin")
    await live.presses(CLIENTS["Sam"], "checkin:save")
    await live.presses(CLIENTS["Kim"], "checkin:alter:")
    await live.hears(CLIENTS["Kim"], "city")
    live.phone(CLIENTS["Kim"]).says("Lisbon")
    await wait_for(lambda: live._button(CLIENTS["Kim"], "checkin:save"))
    live.phone(CLIENTS["Kim"]).says("thursdays at 16:00")
    await live.hears(CLIENTS["Kim"], "Thursday")
    await live.presses(CLIENTS["Kim"], "checkin:save")
    await live.presses(CLIENTS["Lou"], "checkin:decline:")
    for words in ("Sam said yes", "Kim chose other check-ins: Thursday, at 16:00", "Lou said no"):
        await live.hears(ANA, words)


async def see_answers(hands: Hands) -> None:
    for label, shown in (("Sam", "accepted"), ("Kim", "accepted"), ("Lou", "declined")):
        await hands.press(hands.page.get_by_role("navigation").get_by_role("link", name="Clients"))
        await hands.press(hands.page.get_by_role("link", name=label))
        await expect(hands.page.locator(".plan .tag").first).to_have_text(shown)
    await hands.press(hands.page.get_by_role("navigation").get_by_role("link", name="Today"))


async def be_told(live: Live, hands: Hands) -> float:
    """T3 on a client's phone; returns how many seconds after the alert was raised the open page showed it."""
    await hands.page.evaluate("window.same = true")
    live.phone(CLIENTS["Sam"]).says("I have the pills in my hand and I'm going to take them all right now")
    await hands.button("I have it").wait_for(timeout=PATIENCE * 1000)
    now = datetime.now(UTC)
    [(_, alert)] = await live.room.store.unclosed()
    assert await hands.page.evaluate("window.same"), "the page was loaded anew"
    assert "Sam" in await hands.page.locator("[data-alert] h3").inner_text()
    assert (await hands.page.title()).startswith("(1)")
    assert "New: Sam" in await hands.page.locator("#live-said").inner_text()
    return (now - alert.raised).total_seconds()


async def write_to_them(live: Live, hands: Hands) -> None:
    """Words in the making stay as they are while the page renews itself around them."""
    await hands.press(hands.page.locator("summary", has_text="Write to them"))
    words = hands.page.get_by_label("Your words, sent as they are")
    await hands.fill(words, "I'm here, Sam.")
    live.phone(CLIENTS["Kim"]).says("I want to die")
    await expect(hands.page.locator("[data-alert]")).to_have_count(2, timeout=PATIENCE * 1000)
    await expect(words).to_have_value("I'm here, Sam.")
    await expect(words).to_be_focused()
    await hands.press(hands.button("Send to them"))
    assert "Ana Sol" in await live.hears(CLIENTS["Sam"], "I'm here, Sam.")
    live.phone(CLIENTS["Sam"]).says("thank you for being there")
    await expect(hands.page.get_by_text("thank you for being there")).to_be_visible(timeout=PATIENCE * 1000)
    await live.hears(ANA, "thank you for being there")


# By keyboard alone asks more of the pages, and every quick run does it; by mouse it is the same walk.
@pytest.mark.parametrize("way", [pytest.param("mouse", marks=pytest.mark.evidence), "keyboard"])
async def test_from_an_invite_to_an_alert_that_somebody_has(tmp_path: Path, ear: Ear, way: str) -> None:
    async with opened() as browser, running(tmp_path, ear) as live:
        context = await browser.new_context(viewport={"width": 1200, "height": 900})
        hands = Hands(await context.new_page(), keyboard=way == "keyboard")
        faults: list[str] = []
        hands.page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        hands.page.on("pageerror", lambda error: faults.append(str(error)))
        await come_in(live, hands)
        for label, chat in CLIENTS.items():
            await take_on(live, hands, label, chat)
        await propose(live, hands)
        await answer(live)
        await see_answers(hands)
        assert await be_told(live, hands) < 2.0
        await hands.press(hands.button("I have it"))
        await expect(hands.page.get_by_text("You have it.")).to_be_visible()
        await live.hears(CLIENTS["Sam"], "seen")
        await write_to_them(live, hands)
        assert faults == []
