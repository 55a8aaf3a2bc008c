"""A practice with practitioners, a lead, an operator and clients, over a real SQLite file, and browsers to look in."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.care.records import Client, Consent, Settings
from bot.care.rota import Contact, Rota
from bot.care.staff import joining, tokens
from bot.care.staff.duty import KeptRota
from bot.care.staff.records import Code, CodeKind, Link, Member, Role
from bot.care.visit import Policy, Room
from bot.console.app import routes
from bot.console.seat import House
from bot.console.shown import Shown
from bot.store.opening import open_store
from nlp.reading import Reading
from responses.helplines import Helplines
from tests.bot.care.conftest import VOICE, HandClock
from tests.loaded import loaded

ADDRESS = "https://console.test"
BEGIN = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
CONSENTS = ("talk", "marks", "answers", "alert_content")


@dataclass
class Staffed:
    """The practice behind the pages."""

    store: Any
    room: Room
    house: House
    app: Starlette
    clock: HandClock
    woken: list[bool]
    members: dict[str, Member] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)

    async def hire(self, name: str, role: Role, chat: int, zone: str = "Europe/Berlin") -> Member:
        code = await joining.invite(self.store.staff, name, role, self.clock.now())
        member = await joining.join(self.store.staff, code, chat, zone, self.clock.now())
        assert member is not None
        self.members[name] = member
        return member

    async def client(self, name: str, member: Member, chat: int, *shares: str, zone: str = "America/New_York") -> Link:
        """A client who talks, linked with a member, sharing what is named."""
        now = self.clock.now()
        consents = [Consent(purpose, True, "1", now) for purpose in ("talk", *shares)]
        async with self.store.work(chat) as work:
            await work.add_client(Client(tokens.new_id(), now, consents, Settings(zone=zone)))
            await work.commit()
        async with self.store.work(chat) as work:
            client = await work.client()
        code = tokens.new_id()
        await self.store.staff.people.add_code(
            Code(code, CodeKind.CLIENT, now + timedelta(days=1), now, name, member=member.id)
        )
        link = Link(tokens.new_id(), client.id, member.id, name, now, code=code)
        assert await self.store.staff.links.link(link)
        self.links[name] = link
        return link

    async def work(self, link: Link) -> Any:
        return self.store.work(await self.store.staff.links.chat(link.client))

    async def sent(self, chat: int) -> list[str]:
        """Everything that would leave for a chat now."""
        found = []
        while rows := await self.store.outbox.claim(self.clock.now(), 50):
            for row in rows:
                await self.store.outbox.sent(row.id, 1, self.clock.now())
                if (row.out.to or row.chat) == chat:
                    found.append(row.out.text)
        return found

    def browser(self, **headers: str) -> httpx.AsyncClient:
        """One that nobody is signed in with."""
        transport = httpx.ASGITransport(self.app)
        agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", **headers}
        return httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=agent)

    async def link_for(self, member: Member) -> str:
        from bot.care.staff import signing_in

        token = await signing_in.new_link(self.store.staff, member, self.clock.now())
        return f"/console/enter/{token}"

    async def signed_in(self, name: str) -> httpx.AsyncClient:
        browser = self.browser()
        path = await self.link_for(self.members[name])
        page = await browser.get(path)
        assert page.status_code == 200, page.text
        entered = await browser.post(path, data={"token": token_of(page)}, headers={"sec-fetch-site": "same-origin"})
        assert entered.status_code == 303, entered.text
        return browser


def token_of(page: httpx.Response) -> str:
    """The token in the page's first form."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page.text)
    assert found, page.text[:2000]
    return found[1]


def text_of(page: httpx.Response) -> str:
    """What is read on a page, without tags."""
    import html

    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


async def _read(text: str) -> Reading:
    return Reading(text, language="en")


@asynccontextmanager
async def staffed(path: Path) -> AsyncIterator[Staffed]:
    clock = HandClock(BEGIN)
    store = await open_store(f"sqlite:///{path}", KEY, now=clock.now)
    room = Room(
        store=store,
        read=_read,
        floor=lambda text: Reading(text, language="en"),
        voice=VOICE,
        helplines=loaded(Helplines),
        clock=clock,
        rota=KeptRota(Rota((Contact("duty-1", 901),), Contact("operator", 903)), store.staff),
        policy=Policy(seed=1, console=ADDRESS, practice="Harbour", zone="Europe/Berlin", bot="harbour_bot"),
    )
    woken: list[bool] = []
    house = House(room, Shown("Harbour", trial=False), timedelta(minutes=30), ADDRESS, lambda: woken.append(True))
    try:
        yield Staffed(store, room, house, Starlette(routes=routes(house)), clock, woken)
    finally:
        await store.close()


@pytest.fixture
async def empty(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Staffed]:
    """Nobody yet."""
    shutil.copy(sqlite_template, tmp_path / "warmline.db")
    async with staffed(tmp_path / "warmline.db") as made:
        yield made


@pytest.fixture
async def practice(empty: Staffed) -> Staffed:
    """Ana looks after Sam and Kim, Ben after Lou; Dana leads; Omar runs the machine."""
    ana = await empty.hire("Ana Sol", Role.PRACTITIONER, 71)
    ben = await empty.hire("Ben Ode", Role.PRACTITIONER, 72)
    await empty.hire("Dana Lee", Role.LEAD, 73)
    await empty.hire("Omar Ali", Role.OPERATOR, 74)
    await empty.client("Sam", ana, 501, "marks", "answers")
    await empty.client("Kim", ana, 502)
    await empty.client("Lou", ben, 503, "marks")
    return empty
