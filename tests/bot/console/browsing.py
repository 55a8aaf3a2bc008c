"""A real Chromium, and a practitioner's two ways of using a page: the mouse, and the keyboard alone."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, async_playwright

from tools.chromium import found

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOST_TABS = 140


def chromium() -> str:
    """Its path. Without one the test is skipped, and in CI it fails: there it must run."""
    path = found()
    if not path:
        why = "there is no Chromium on this machine; as root `make test` installs it"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    return path


@asynccontextmanager
async def opened() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Hands:
    """Presses and fills in, with the mouse or by the keyboard alone."""

    page: Page
    keyboard: bool

    async def press(self, target: Locator) -> None:
        if not self.keyboard:
            await target.click()
            return
        await self._tab_to(target)
        kind = await target.evaluate("node => node.type || node.tagName.toLowerCase()")
        if kind in ("checkbox", "radio", "summary"):
            await self.page.keyboard.press("Space")
            return
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def choose(self, target: Locator) -> None:
        """A radio button: the keyboard reaches the group at the chosen one and goes on with the arrows."""
        if not self.keyboard:
            await target.check()
            return
        name = await target.get_attribute("name")
        await self._tab_to(self.page.locator(f"input[name={name}]:checked"))
        for _ in range(MOST_TABS):
            if await target.is_checked():
                return
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {target}")

    async def fill(self, target: Locator, text: str) -> None:
        if not self.keyboard:
            await target.fill(text)
            return
        await self._tab_to(target)
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def _tab_to(self, target: Locator) -> None:
        handle = await target.element_handle()
        for _ in range(MOST_TABS):
            if await self.page.evaluate("node => document.activeElement === node", handle):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(name))

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=re.compile(name))


async def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page."""
    found = (await Axe().run(page)).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]} ({one['help']})" for one in found]
