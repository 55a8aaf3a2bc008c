"""Members and the codes by which people come in, in SQL. See bot.care.staff.ports.People."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.care.staff.records import Code, CodeKind, Member, Role
from bot.store.codec import micros, moment, pack, unpack
from bot.store.engine import AnyRow, Engine
from bot.store.errors import StoreError
from bot.store.staff.tables import members, staff_codes
from bot.store.vault import Vault


class SqlPeople:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    async def join(self, member: Member, code: str) -> bool:
        values = self._closed(member)

        def join(connection: Connection) -> bool:
            if connection.scalar(select(members.c.id).where(members.c.chat == values["chat"])) is not None:
                raise StoreError("This chat belongs to a member of the practice already.")
            if not use_up(connection, code):
                return False
            connection.execute(insert(members), values)
            return True

        return await self._engine.write(join)

    async def save(self, member: Member) -> None:
        values = self._closed(member)
        await self._engine.write(lambda c: c.execute(update(members).where(members.c.id == member.id).values(values)))

    async def member(self, member: str) -> Member | None:
        return await self._first(members.c.id == member)

    async def at(self, chat: int) -> Member | None:
        return await self._first(members.c.chat == self._vault.finder.chat(chat))

    async def _first(self, where: Any) -> Member | None:
        row = await self._engine.read(lambda c: c.execute(select(members).where(where)).first())
        return None if row is None else self._opened(row)

    async def all(self) -> list[Member]:
        rows = await self._engine.read(lambda c: c.execute(select(members).order_by(members.c.created)).all())
        return [self._opened(row) for row in rows]

    async def add_code(self, code: Code) -> None:
        body = self._vault.master.box.seal(pack([code.name, code.role]), f"code {code.hash}")
        values = {
            "hash": code.hash,
            "kind": code.kind.value,
            "member": code.member or None,
            "body": body,
            "made": micros(code.made),
            "ends": micros(code.ends),
        }
        await self._engine.write(lambda c: c.execute(insert(staff_codes), values))

    async def code(self, hash_: str) -> Code | None:
        wanted = select(staff_codes).where(staff_codes.c.hash == hash_)
        row = await self._engine.read(lambda c: c.execute(wanted).first())
        return None if row is None else self._code(row)

    async def codes(self) -> list[Code]:
        wanted = select(staff_codes).order_by(staff_codes.c.made)
        rows = await self._engine.read(lambda c: c.execute(wanted).all())
        return [self._code(row) for row in rows]

    async def drop_code(self, hash_: str) -> None:
        await self._engine.write(lambda c: use_up(c, hash_))

    def _code(self, row: AnyRow) -> Code:
        name, role = unpack(self._vault.master.box.open(row.body, f"code {row.hash}"))
        return Code(
            hash=row.hash,
            kind=CodeKind(row.kind),
            ends=moment(row.ends),
            made=moment(row.made),
            name=name,
            role=Role(role),
            member=row.member or "",
        )

    def _closed(self, member: Member) -> dict[str, Any]:
        body = pack([member.name, member.chat, member.zone, member.desk])
        return {
            "id": member.id,
            "role": member.role.value,
            "chat": self._vault.finder.chat(member.chat) if member.chat else None,
            "body": self._vault.master.box.seal(body, f"member {member.id}"),
            "created": micros(member.created),
            "gone": None if member.left is None else micros(member.left),
        }

    def _opened(self, row: AnyRow) -> Member:
        name, chat, zone, desk = unpack(self._vault.master.box.open(row.body, f"member {row.id}"))
        return Member(
            id=row.id,
            role=Role(row.role),
            name=name,
            created=moment(row.created),
            chat=chat,
            zone=zone,
            left=None if row.gone is None else moment(row.gone),
            desk=desk,
        )


def use_up(connection: Connection, code: str) -> bool:
    """True for the first who uses a code."""
    return connection.execute(delete(staff_codes).where(staff_codes.c.hash == code)).rowcount == 1
