"""The in-memory twin of the people's side, with the same promises. What hangs on a client goes when the client does."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.care.checkins.plan import SlotState
from bot.care.staff.records import Code, Link, Look, Member, Note, NoteState, Proposal, Session, SignIn, Standing
from bot.store.codec import pack, unpack
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

    async def of_client(self, client: str) -> list[Link]:
        return [link for link in await self.all() if link.client == client]

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

    async def standings(self, member: str, since: datetime) -> dict[str, Standing]:
        chats = {link.client: self._standing()[link.client][0] for link in await self.of_member(member)}
        return {client: self._stands(chat, since) for client, chat in chats.items()}

    def _stands(self, chat: int, since: datetime) -> Standing:
        left = [slot for slot in self._check_ins.slots(chat, 1000) if slot.state in _LEFT and slot.due >= since][::-1]
        answered = next((at for at, slot in enumerate(left) if slot.state is SlotState.ANSWERED), None)
        return Standing(
            unanswered=len(left) if answered is None else answered,
            sent=left[0].due if left else None,
            answered=left[answered].due if answered is not None else None,
            next=self._check_ins.next(chat),
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


class VolatileDoors:
    def __init__(self, people: VolatilePeople) -> None:
        self._people = people
        self._links: dict[str, tuple[SignIn, datetime]] = {}
        self._sessions: dict[str, Session] = {}

    async def add_sign_in(self, sign_in: SignIn, made: datetime) -> None:
        self._links[sign_in.hash] = (sign_in, made)

    async def sign_in(self, hash_: str) -> SignIn | None:
        return self._links[hash_][0] if hash_ in self._links else None

    async def bind(self, hash_: str, browser: str) -> bool:
        known = self._links.get(hash_)
        if known is None or known[0].browser not in ("", browser):
            return False
        self._links[hash_] = (replace(known[0], browser=browser), known[1])
        return True

    async def use_sign_in(self, hash_: str) -> bool:
        known = self._links.get(hash_)
        if known is None or known[0].used:
            return False
        self._links[hash_] = (replace(known[0], used=True), known[1])
        return True

    async def recent_sign_ins(self, member: str, since: datetime) -> int:
        return sum(link.member == member and made >= since for link, made in self._links.values())

    async def open(self, hash_: str, session: Session) -> None:
        self._sessions[hash_] = session

    async def session(self, hash_: str) -> Session | None:
        return self._sessions.get(hash_)

    async def touch(self, session: str, now: datetime) -> None:
        touched = {h: replace(s, seen=now) for h, s in self._sessions.items() if s.id == session}
        self._sessions.update(touched)

    async def sessions(self, member: str) -> list[Session]:
        mine = [session for session in self._sessions.values() if session.member == member]
        return sorted(mine, key=lambda session: session.seen, reverse=True)

    async def close(self, member: str, session: str = "") -> int:
        if not session:
            self._links = {h: kept for h, kept in self._links.items() if kept[0].member != member}
        gone = [h for h, s in self._sessions.items() if s.member == member and session in ("", s.id)]
        for hash_ in gone:
            del self._sessions[hash_]
        return len(gone)

    async def tidy(self, now: datetime) -> None:
        self._sessions = {h: session for h, session in self._sessions.items() if session.ends >= now}
        self._links = {h: kept for h, kept in self._links.items() if kept[0].ends >= now}
        self._people.waiting = {h: code for h, code in self._people.waiting.items() if code.ends >= now}


class VolatileNotes:
    def __init__(self, links: VolatileLinks) -> None:
        self._links = links
        self._kept: dict[str, Note] = {}

    async def add(self, note: Note) -> None:
        self._kept[note.id] = note

    async def _live(self) -> list[Note]:
        links = {link.id for link in await self._links.all()}
        return [note for note in self._kept.values() if note.link in links]

    async def of_link(self, link: str) -> list[Note]:
        mine = [note for note in await self._live() if note.link == link]
        return sorted(mine, key=lambda note: note.due, reverse=True)

    async def due(self, now: datetime) -> list[Note]:
        waiting = [note for note in await self._live() if note.state is NoteState.WAITING and note.due <= now]
        return sorted(waiting, key=lambda note: note.due)

    async def settle(self, note: str, state: NoteState, why: str = "") -> bool:
        kept = self._kept.get(note)
        if kept is None or kept.state is not NoteState.WAITING:
            return False
        self._kept[note] = replace(kept, state=state, why=why[:64], text="")
        return True


class VolatileProposals:
    def __init__(self) -> None:
        self._kept: dict[str, Proposal] = {}

    async def add(self, proposal: Proposal) -> None:
        self._kept[proposal.id] = proposal

    async def all(self) -> list[Proposal]:
        return sorted(self._kept.values(), key=lambda proposal: proposal.made, reverse=True)

    async def settle(self, proposal: str, state: str) -> None:
        self._kept[proposal] = replace(self._kept[proposal], state=state)


class VolatilePracticeValue:
    def __init__(self) -> None:
        self._kept: bytes | None = None

    async def load(self) -> dict[str, Any] | None:
        return None if self._kept is None else dict(unpack(self._kept))

    async def save(self, value: dict[str, Any]) -> None:
        self._kept = pack(value)


class VolatileStaffBook:
    """See bot.care.staff.ports.StaffBook."""

    def __init__(self, standing: Clients, check_ins: VolatileCheckIns) -> None:
        self.people = VolatilePeople()
        self.links = VolatileLinks(self.people, standing, check_ins)
        self.looks = VolatileLooks(self.people, self.links, standing)
        self.doors = VolatileDoors(self.people)
        self.notes = VolatileNotes(self.links)
        self.proposals = VolatileProposals()
        self.rota = VolatilePracticeValue()
