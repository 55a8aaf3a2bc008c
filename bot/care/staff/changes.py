"""What a member of the practice changes about a link, told to all it concerns: ending it, handing it over, leaving."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.care.ports import Store
from bot.care.records import Button, Outgoing, Priority
from bot.care.staff import joining
from bot.care.staff.records import Link, Member
from responses.voice import Voice

NOBODY = 0  # a chat that Telegram has not


@dataclass(frozen=True, slots=True)
class Teller:
    """Says a moment's line to a client or a member. `send` puts it into the outbox; within a turn, with that turn."""

    store: Store
    voice: Voice
    send: Callable[[Outgoing], Awaitable[None]]

    @classmethod
    def apart(cls, store: Store, voice: Voice) -> "Teller":
        """One that sends in a transaction of its own, outside of any turn."""

        async def send(out: Outgoing) -> None:
            async with store.work(NOBODY) as work:
                await work.send(out)
                await work.commit()

        return cls(store, voice, send)

    async def client(self, client: str, moment: str, **slots: str) -> None:
        """Nothing is said to somebody who erased their data."""
        chat = await self.store.staff.links.chat(client)
        if chat is not None:
            await self._send(chat, moment, slots, silent=True)

    async def member(self, member: Member, moment: str, buttons: tuple[str, ...] = (), **slots: str) -> None:
        """`buttons` are names below people.button that stand for "staff:NAME"."""
        if member.chat:
            await self._send(member.chat, moment, slots, buttons)

    async def _send(
        self, chat: int, moment: str, slots: dict[str, str], buttons: tuple[str, ...] = (), *, silent: bool = False
    ) -> None:
        text = self.voice.line(moment, slots)
        rows = tuple(
            (Button(self.voice.line(f"people.button.{label}"), f"staff:{act}"),)
            for label, _, act in (name.partition("=") for name in buttons)
        )
        await self.send(Outgoing(text, rows, priority=Priority.NOTE, to=chat, silent=silent))


async def end(tell: Teller, member: Member, link: Link) -> None:
    """A practitioner stops looking after a client, who is told."""
    await tell.store.staff.links.end(link.id)
    await tell.client(link.client, "people.link.ended-by-them", name=member.name)


async def hand_over(tell: Teller, link: Link, to: Member) -> None:
    """A colleague takes over: the client is told who, the colleague is told whom. Raises StaffError."""
    before = await tell.store.staff.people.member(link.member)
    await joining.hand_over(tell.store.staff, link, to)
    was = before.name if before is not None else ""
    await tell.client(link.client, "people.link.handed", name=to.name, value=was)
    await tell.member(to, "people.told.handed", client=link.label, value=was)


async def hand_over_all(tell: Teller, member: Member, to: Member) -> int:
    """All clients of one to another, before a holiday or a leaving; returns how many. Raises StaffError."""
    links = await tell.store.staff.links.of_member(member.id)
    for link in links:
        await hand_over(tell, link, to)
    return len(links)


async def leave(tell: Teller, member: Member, now: datetime) -> None:
    """A member leaves or is let go; clients still linked are told. Raises StaffError."""
    left = await joining.leave(tell.store.staff, member, now)
    for link in left:
        await end(tell, member, link)
    await tell.member(member, "people.told.let-go")
