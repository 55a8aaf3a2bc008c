"""The report: one file, nobody else is asked, small numbers are hidden, and it reads well in a browser."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.bot.research.conftest import make
from tests.bot.research.world import Shape, World

TITLES = 11
CHROMIUM = Path("/usr/bin/chromium")
# Debian's build; nothing it does by itself may ask the network.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture
def page_text(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        self.tags.append(tag)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.links += [str(told[name]) for name in ("href", "src", "xlink:href") if told.get(name)]


def test_it_asks_nobody(page_text: str) -> None:
    page = Page(page_text)
    assert all(link.startswith("#") for link in page.links)
    assert {"script", "link", "img", "iframe", "object"} & set(page.tags) == set()
    assert not re.search(r"@import|url\((?!#)", page_text)


def test_ids_are_one_of_a_kind_and_links_lead_somewhere(page_text: str) -> None:
    page = Page(page_text)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_every_figure_has_a_drawing_a_caption_and_its_data(page_text: str) -> None:
    figures = re.findall(r"<figure .*?</figure>", page_text, re.DOTALL)
    assert len(figures) == TITLES
    for figure in figures:
        assert '<svg role="img"' in figure or "Too few people" in figure
        assert "<figcaption>" in figure
        assert '<th scope="col">' in figure


def test_no_number_of_people_from_1_to_10_is_in_a_table(tmp_path: Path) -> None:
    for people in (14, 45):
        make(World(Shape(people=people)), tmp_path / str(people), drawn=True)
        text = (tmp_path / str(people) / "report.html").read_text()
        for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
            head = re.findall(r"<th scope=\"col\">(.*?)</th>", table)
            counted = [n for n, name in enumerate(head) if name in ("people", "people who wrote")]
            for row in re.findall(r"<tr>(<td.*?)</tr>", table, re.DOTALL):
                cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
                for place in counted:
                    assert cells[place] == "hidden" or not 0 < int(cells[place].replace(",", "")) < 11


def test_what_it_says_agrees_with_the_tables(folder: Path, page_text: str) -> None:
    people = pl.read_csv(folder / "participants.csv")
    assert f"{people.height} people" in page_text
    tiers = people["highest_tier"].value_counts().sort("highest_tier").rows()
    table = re.search(r"<caption>Crisis detections.*?</table>", page_text, re.DOTALL)
    assert table
    shown = dict(re.findall(r"<tr><td>(T\d)</td><td>(\d+)</td></tr>", table[0]))
    assert shown
    assert all(int(shown[tier]) == count for tier, count in tiers if tier in shown)


@pytest.fixture(scope="module")
def chromium() -> Browser:  # type: ignore[misc]
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_reads_well_in_a_browser(folder: Path, chromium: Browser, scheme: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "report.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert asked == [(folder / "report.html").as_uri()]
    context.close()
