"""On a phone: what was done is said in view and covers nothing for long, and nothing stands beyond the edge."""

from playwright.async_api import Page

from tests.bot.console.browsing import opened
from tests.bot.console.conftest import Staffed

PHONE = {"width": 390, "height": 400}
FLASH = "document.querySelector('.flash').getBoundingClientRect()"
BEYOND = """() => {
  const main = document.querySelector('main');
  const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight) + 1;
  return [...main.querySelectorAll(':not(.sr, .scroll *, svg *)')]
    .filter((one) => one.getBoundingClientRect().right > edge).map((one) => one.outerHTML.slice(0, 120));
}"""


async def shown(practice: Staffed, page: Page, path: str) -> None:
    client = await practice.signed_in("Dana Lee")
    css = (await client.get("/console/static/console.css")).text
    text = (await client.get(path)).text
    await page.set_content(text.replace("</head>", f"<style>{css}</style></head>"))


async def test_what_was_done_stays_in_view_after_a_jump_and_then_covers_nothing(practice: Staffed) -> None:
    async with opened() as browser:
        page = await browser.new_page(viewport=PHONE)
        await shown(practice, page, "/console/settings?said=label")
        await page.evaluate("window.scrollTo(0, 400)")
        assert await page.evaluate(f"{FLASH}.top") == 0
        await page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        assert await page.evaluate(f"{FLASH}.bottom") < 0
        await page.evaluate("window.scrollTo(0, 0)")
        assert await page.evaluate(f"{FLASH}.top") > 0, "still at its place at the top"


async def test_nothing_stands_beyond_the_edge_of_a_phone(practice: Staffed) -> None:
    long = await practice.client(
        "Alexandra-Marie van den Berg (Thursdays, after work)", practice.members["Dana Lee"], 600
    )
    async with opened() as browser:
        page = await browser.new_page(viewport=PHONE)
        for path in ("/console/", "/console/clients", f"/console/clients/{long.id}", "/console/plans/new"):
            await shown(practice, page, path)
            assert await page.evaluate(BEYOND) == [], path
