"""The rest of the in-memory twin: sign-ins and sessions, notes, proposals, values of the practice."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.care.staff.records import Note, NoteState, Proposal, Session, SignIn
from bot.store.codec import pack, unpack
from bot.store.staff.volatile_people import VolatileLinks, VolatilePeople


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
