"""A practice in the chat: members and clients with phones of their own, all with the same room behind them."""

import re
from dataclasses import dataclass, field, replace

import pytest

from bot.care.ports import OutboxRow
from bot.care.staff import joining
from bot.care.staff.records import Member, Role
from tests.bot.care.conftest import Chat, make_chat

ANA, BEN, SAM, KIM = 71, 72, 501, 502


@dataclass
class Practice:
    chat: Chat
    arrived: dict[int, list[str]] = field(default_factory=dict)

    @property
    def book(self):
        return self.chat.room.store.staff

    async def at(self, who: int, **act: object) -> list[OutboxRow]:
        """Something one person does; what left for whom afterwards is in `arrived`."""
        self.arrived = {}
        sent = await self.chat.does(act, chat=who)
        for row in sent:
            self.arrived.setdefault(row.out.to or row.chat, []).append(row.out.text)
        return sent

    async def says(self, who: int, text: str) -> str:
        return _own(await self.at(who, text=text), who)

    async def presses(self, who: int, data: str) -> str:
        return _own(await self.at(who, button=data, what="button"), who)

    async def sends(self, who: int, command: str, words: str = "") -> str:
        return _own(await self.at(who, command=command, what="command", text=words), who)

    async def hire(self, who: int, name: str, role: Role = Role.PRACTITIONER) -> Member:
        code = await joining.invite(self.book, name, role, self.chat.clock.now())
        await self.sends(who, "practitioner", code)
        member = await self.book.people.at(who)
        assert member is not None
        return member

    async def code_for(self, who: int, label: str) -> str:
        await self.presses(who, "staff:code")
        said = await self.says(who, label)
        return re.search(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){2}", said)[0]

    async def take_on(self, who: int, client: int, label: str) -> str:
        """A client who talks already links with a member; returns the link's id."""
        code = await self.code_for(who, label)
        await self.presses(client, "consent:talk")
        await self.sends(client, "start", code)
        await self.presses(client, f"link:link:{code.replace('-', '')}")
        member = await self.book.people.at(who)
        return next(link.id for link in await self.book.links.of_member(member.id) if link.label == label)


def _own(sent: list[OutboxRow], who: int) -> str:
    return "\n".join(row.out.text for row in sent if (row.out.to or row.chat) == who)


@pytest.fixture
def practice() -> Practice:
    chat = make_chat()
    policy = replace(chat.room.policy, console="https://console.test", practice="Harbour", zone="Europe/Berlin")
    chat.room = replace(chat.room, policy=policy)
    return Practice(chat)
