"""Notes written by hand to clients, and proposals about the library, in SQL. See bot.care.staff.ports."""

from datetime import datetime

from sqlalchemy import Select, insert, select, update

from bot.care.staff.records import Note, NoteState, Proposal
from bot.store.codec import micros, moment, pack, unpack
from bot.store.engine import AnyRow, Engine
from bot.store.staff.tables import members, proposals, staff_notes
from bot.store.vault import Vault


class SqlNotes:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    async def add(self, note: Note) -> None:
        values = {
            "id": note.id,
            "link": note.link,
            "client": note.client,
            "member": note.member,
            "body": self._vault.master.box.seal(pack(note.text), f"staff note {note.id}"),
            "due": micros(note.due),
            "made": micros(note.made),
            "state": note.state.value,
            "why": note.why,
        }
        await self._engine.write(lambda c: c.execute(insert(staff_notes), values))

    async def of_link(self, link: str) -> list[Note]:
        return await self._read(
            select(staff_notes).where(staff_notes.c.link == link).order_by(staff_notes.c.due.desc())
        )

    async def due(self, now: datetime) -> list[Note]:
        waiting = staff_notes.c.state == NoteState.WAITING.value
        return await self._read(
            select(staff_notes).where(waiting, staff_notes.c.due <= micros(now)).order_by(staff_notes.c.due).limit(500)
        )

    async def settle(self, note: str, state: NoteState, why: str = "") -> bool:
        waiting = (staff_notes.c.id == note) & (staff_notes.c.state == NoteState.WAITING.value)
        settled = update(staff_notes).where(waiting).values(state=state.value, why=why[:64], body=b"")
        return await self._engine.write(lambda c: c.execute(settled).rowcount == 1)

    async def _read(self, wanted: Select[tuple[object, ...]]) -> list[Note]:
        rows = await self._engine.read(lambda c: c.execute(wanted).all())
        return [self._opened(row) for row in rows]

    def _opened(self, row: AnyRow) -> Note:
        sealed = bytes(row.body)
        text = unpack(self._vault.master.box.open(sealed, f"staff note {row.id}")) if sealed else ""
        return Note(
            id=row.id,
            link=row.link,
            client=row.client,
            member=row.member,
            text=text,
            due=moment(row.due),
            made=moment(row.made),
            state=NoteState(row.state),
            why=row.why,
        )


class SqlProposals:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    async def add(self, proposal: Proposal) -> None:
        body = pack([proposal.was, proposal.wanted, proposal.why])
        values = {
            "id": proposal.id,
            "member": proposal.member,
            "entry": proposal.entry,
            "body": self._vault.master.box.seal(body, f"proposal {proposal.id}"),
            "made": micros(proposal.made),
            "state": proposal.state,
        }
        await self._engine.write(lambda c: c.execute(insert(proposals), values))

    async def all(self) -> list[Proposal]:
        wanted = select(proposals, members.c.body.label("who")).join(members, members.c.id == proposals.c.member)
        rows = await self._engine.read(lambda c: c.execute(wanted.order_by(proposals.c.made.desc())).all())
        return [self._opened(row) for row in rows]

    async def settle(self, proposal: str, state: str) -> None:
        settled = update(proposals).where(proposals.c.id == proposal).values(state=state)
        await self._engine.write(lambda c: c.execute(settled))

    def _opened(self, row: AnyRow) -> Proposal:
        box = self._vault.master.box
        was, wanted, why = unpack(box.open(row.body, f"proposal {row.id}"))
        name = unpack(box.open(row.who, f"member {row.member}"))[0]
        return Proposal(row.id, row.member, name, row.entry, was, wanted, why, moment(row.made), row.state)
