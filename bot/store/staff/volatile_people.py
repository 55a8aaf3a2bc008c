"""Members, links and looks of the in-memory twin. What hangs on a client goes when the client does."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.care.checkins.plan import SlotState
from bot.care.staff.records import Code, Link, Look, Member, Standing
from bot.store.errors import StoreError
from bot.store.volatile_checkins import VolatileCheckIns

Clients = Callable[[], dict[str, tuple[int, bool]]]  # client -> (chat, paused)
_LEFT = (SlotState.SENT, SlotState.ANSWERED, SlotState.UNKNOWN)


class VolatilePeople:
    def __init__(self) -> None:
        self.members: dict[str, Member] = {}
        self.waiting: dict[str, Code] = {}

    async def join(self, member: Member, code: str) -> bool:
        if await self.at(member.chat) is not None:
            raise StoreError("This chat belongs to a member of the practice already.")
        if self.waiting.pop(code, None) is None:
            return False
        self.members[member.id] = member
        return True

    async def save(self, member: Member) -> None:
        self.members[member.id] = member

    async def member(self, member: str) -> Member | None:
        return self.members.get(member)

    async def at(self, chat: int) -> Member | None:
        return next((m for m in self.members.values() if m.chat == chat and chat), None)

    async def all(self) -> list[Member]:
        return sorted(self.members.values(), key=lambda member: member.created)

    async def add_code(self, code: Code) -> None:
        self.waiting[code.hash] = code

    async def code(self, hash_: str) -> Code | None:
        return self.waiting.get(hash_)

    async def codes(self) -> list[Code]:
        return sorted(self.waiting.values(), key=lambda code: code.made)

    async def drop_code(self, hash_: str) -> None:
        self.waiting.pop(hash_, None)


class VolatileLinks:
    def __init__(self, people: VolatilePeople, standing: Clients, check_ins: VolatileCheckIns) -> None:
        self._people, self._standing, self._check_ins = people, standing, check_ins
        self._kept: dict[str, Link] = {}

    async def link(self, link: Link) -> bool:
        if link.client not in self._standing():
            raise StoreError("There is no such client.")
        if self._people.waiting.pop(link.code, None) is None:
            return False
        self._kept[link.id] = link
        return True

    async def one(self, link: str) -> Link | None:
        return next((found for found in await self.all() if found.id == link), None)

    async def of_member(self, member: str) -> list[Link]:
        mine = [link for link in await self.all() if link.member == member]
        return sorted(mine, key=lambda link: (link.label.casefold(), link.id))

    async def some_of_member(self, member: str, clients: Sequence[str]) -> list[Link]:
        return [link for link in await self.all() if link.member == member and link.client in clients]

    async def of_client(self, client: str) -> list[Link]:
        return [link for link in await self.all() if link.client == client]

    async def having(self) -> set[str]:
        return {link.member for link in await self.all()}

    async def all(self) -> list[Link]:
        standing = self._standing()
        live = [
            replace(link, paused=standing[link.client][1]) for link in self._kept.values() if link.client in standing
        ]
        return sorted(live, key=lambda link: link.since)

    async def change(self, link: Link) -> None:
        self._kept[link.id] = link

    async def end(self, link: str) -> None:
        self._kept.pop(link, None)

    async def standings(
        self, member: str, since: datetime, clients: Sequence[str] | None = None
    ) -> dict[str, Standing]:
        mine = {link.client for link in await self.of_member(member)} & set(
            self._standing() if clients is None else clients
        )
        return {client: self._stands(*self._standing()[client], since) for client in mine}

    def _stands(self, chat: int, paused: bool, since: datetime) -> Standing:
        left = [slot for slot in self._check_ins.slots(chat, 1000) if slot.state in _LEFT and slot.due >= since][::-1]
        answered = next((at for at, slot in enumerate(left) if slot.state is SlotState.ANSWERED), None)
        return Standing(
            unanswered=len(left) if answered is None else answered,
            sent=left[0].due if left else None,
            answered=left[answered].due if answered is not None else None,
            next=self._check_ins.next(chat),
            paused=paused,
            asked=self._check_ins.asked(chat),
        )

    async def chat(self, client: str) -> int | None:
        found = self._standing().get(client)
        return None if found is None else found[0]


class VolatileLooks:
    def __init__(self, people: VolatilePeople, links: VolatileLinks, standing: Clients) -> None:
        self._people, self._links, self._standing = people, links, standing
        self._kept: list[tuple[datetime, str, str, str]] = []  # at, member, client, what

    async def add(self, member: str, clients: Sequence[str], what: str, at: datetime) -> None:
        self._kept += [(at, member, client, what) for client in clients]

    async def seen_since(self, member: str, what: str, since: datetime) -> set[str]:
        return {c for at, m, c, w in self._kept if (m, w) == (member, what) and at >= since and c in self._standing()}

    async def of_client(self, client: str, limit: int = 100) -> list[Look]:
        found = [Look(at, m, self._people.members[m].name, w) for at, m, c, w in self._live(client)]
        return sorted(found, key=lambda look: look.at, reverse=True)[:limit]

    def _live(self, client: str) -> list[tuple[datetime, str, str, str]]:
        return [kept for kept in self._kept if kept[2] == client and client in self._standing()]

    async def of_practice(self, member: str = "", limit: int = 200) -> list[Look]:
        links = {(link.client, link.member): link for link in await self._links.all()}
        found = []
        for at, m, c, w in self._kept:
            if member in ("", m):
                link = links.get((c, m))
                where = {"link": link.id, "label": link.label} if link else {}
                found.append(Look(at, m, self._people.members[m].name, w, **where))
        return sorted(found, key=lambda look: look.at, reverse=True)[:limit]
