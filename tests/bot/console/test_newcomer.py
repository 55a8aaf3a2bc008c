"""A newcomer with the guide alone: from the invite to three plans proposed and an alert taken, in under five minutes.

Nobody is timed here: a real browser does what docs/practitioner.md says, and each step counts what it takes a person,
by the usual estimates (reading 230 words a minute, 0.28 s a key, 2.5 s to find and press something, 4 s to take in a
page), beside what the program itself took. Whatever is pressed must be named in the guide.
"""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.care.staff import joining
from bot.care.staff.records import Role
from nlp.ear import Ear
from tests.bot.console.browsing import opened
from tests.bot.console.test_browser import ANA, CLIENTS, Live, running

GUIDE = (Path(__file__).parents[3] / "docs/practitioner.md").read_text(encoding="utf-8")
READING, KEY, PRESS, PAGE = 60 / 230, 0.28, 2.5, 4.0
ALLOWED = 300.0
FIRST_DAY = GUIDE[: GUIDE.index("That is all for the first day")]
A_MINUTE = 65.0  # what the first-day part may take to read


def test_the_first_day_is_read_in_a_minute_and_begins_with_its_two_jobs() -> None:
    assert len(FIRST_DAY.split()) * READING <= A_MINUTE
    beginning = " ".join(FIRST_DAY.split()[:30])
    assert "Set a plan for several clients at once" in beginning
    assert FIRST_DAY.index("Take an alert") < FIRST_DAY.index("\n## ")


class Newcomer:
    """Counts the seconds a person would need; does only what the guide names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.person = self.program = 0.0
        self.steps: list[str] = []

    def reads(self, heading: str) -> None:
        """A section of the guide, or what stands before the first one for ""."""
        parts = re.split(r"^## ", GUIDE, flags=re.M)
        [section] = [part for part in parts if part.startswith(heading)][:1]
        self._counts(f"read: {section.splitlines()[0]}", len(section.split()) * READING)

    def types(self, text: str) -> None:
        self._counts(f"type {len(text)} keys", PRESS + KEY * len(text))

    async def presses(self, role: str, name: str, *, leads: bool = True) -> None:
        assert name.lower() in re.sub(r"\s+", " ", FIRST_DAY).lower(), f"the first day's part does not name {name!r}"
        began = time.monotonic()
        await self.page.get_by_role(role, name=re.compile(re.escape(name))).first.click()
        await self.page.wait_for_load_state()
        self.program += time.monotonic() - began
        self._counts(f"press {name}", PRESS + (PAGE if leads else 0))

    def _counts(self, what: str, seconds: float) -> None:
        self.person += seconds
        self.steps.append(f"{self.person:5.0f} s  {what}")


async def come_in(live: Live, new: Newcomer) -> None:
    code = await joining.invite(live.room.store.staff, "Ana Sol", Role.PRACTITIONER, datetime.now(UTC))
    new.reads("")
    new.reads("Come in")
    new.types(f"/practitioner {code}")
    live.phone(ANA).says(f"/practitioner {code}")
    await live.presses(ANA, "staff:console")
    new.types("")  # a tap in the chat
    said = await live.hears(ANA, "/console/enter/")
    await new.page.goto(re.search(r"http\S+/console/enter/[\w-]+", said)[0])
    await new.presses("button", "Sign in here")


async def link_clients(live: Live, new: Newcomer) -> None:
    new.reads("Link with")
    await new.presses("link", "Clients")
    for label, chat in CLIENTS.items():
        await new.page.get_by_label("What you call").fill(label)
        new.types(label)
        await new.presses("button", "Make a code")
        code = await new.page.locator(".code").inner_text()
        live.phone(chat).says(f"/start {code}")  # the client's own time
        await live.presses(chat, "link:begin:")
        await live.presses(chat, "link:link:")
        await live.hears(chat, "Nothing else is shared yet")


async def set_plans(live: Live, new: Newcomer) -> None:
    await new.presses("link", "Clients")
    for label in CLIENTS:
        await new.page.get_by_role("checkbox", name=f"Tick {label}", exact=True).check()
        new.types("")
    await new.presses("button", "New plan for those ticked")
    await new.page.get_by_role("radio", name="A gentle start").check()
    new.types("")
    await new.presses("button", "Preview")
    await new.presses("button", "Propose")
    for chat in CLIENTS.values():
        await live.presses(chat, "checkin:accept:")


async def take_the_alert(live: Live, new: Newcomer) -> None:
    live.phone(CLIENTS["Sam"]).says("I have the pills in my hand and I'm going to take them all right now")
    await live.hears(ANA, "Alert 1")
    await new.presses("link", "Today")
    await new.presses("button", "I have it")
    await expect(new.page.get_by_text("You have it.")).to_be_visible()
    await live.hears(CLIENTS["Sam"], "seen")


@pytest.mark.evidence
async def test_three_plans_and_an_alert_in_under_five_minutes(
    tmp_path: Path, ear: Ear, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened() as browser, running(tmp_path, ear) as live:
        new = Newcomer(await (await browser.new_context()).new_page())
        for part in (come_in, link_clients, set_plans, take_the_alert):
            await part(live, new)
    with capsys.disabled():
        print("\n".join(["", *new.steps, f"person {new.person:.0f} s, program {new.program:.1f} s"]))
    assert new.person + new.program < ALLOWED
