"""Who looks after whom, and who looked at what, in SQL. See bot.care.staff.ports.Links and Looks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from bot.care.staff.records import Link, Look, Standing
from bot.store.codec import micros, moment, unpack
from bot.store.engine import AnyRow, Engine
from bot.store.quick import Quick
from bot.store.seals import open_chat
from bot.store.staff import standings
from bot.store.staff.people import use_up
from bot.store.staff.tables import links, looks, members
from bot.store.tables import clients
from bot.store.vault import Vault

_LINKS = select(links, clients.c.paused).join(clients, clients.c.id == links.c.client)


_OF_MEMBER = Quick(_LINKS.where(links.c.member == bindparam("member")))  # a thousand of them, on most pages


class SqlLinks:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    async def link(self, link: Link) -> bool:
        values = {"id": link.id, "client": link.client, "code": link.code, "since": micros(link.since)}
        values |= self._changing(link)

        def join(connection: Connection) -> bool:
            if not use_up(connection, link.code):
                return False
            connection.execute(insert(links), values)
            return True

        return await self._engine.write(join)

    async def one(self, link: str) -> Link | None:
        return next(iter(await self._all(_LINKS.where(links.c.id == link))), None)

    async def of_member(self, member: str) -> list[Link]:
        rows = await self._engine.read(lambda c: _OF_MEMBER.all(c, {"member": member}))
        found = [self._opened(row) for row in rows]
        return sorted(found, key=lambda link: (link.label.casefold(), link.id))

    async def of_client(self, client: str) -> list[Link]:
        return await self._all(_LINKS.where(links.c.client == client).order_by(links.c.since))

    async def some_of_member(self, member: str, clients: Sequence[str]) -> list[Link]:
        return await self._all(_LINKS.where(links.c.member == member, links.c.client.in_(clients)))

    async def all(self) -> list[Link]:
        return await self._all(_LINKS.order_by(links.c.since))

    async def having(self) -> set[str]:
        return set(await self._engine.read(lambda c: c.scalars(select(links.c.member).distinct()).all()))

    async def change(self, link: Link) -> None:
        values = self._changing(link)
        await self._engine.write(lambda c: c.execute(update(links).where(links.c.id == link.id).values(values)))

    async def end(self, link: str) -> None:
        await self._engine.write(lambda c: c.execute(delete(links).where(links.c.id == link)))

    async def standings(
        self, member: str, since: datetime, clients: Sequence[str] | None = None
    ) -> dict[str, Standing]:
        return await self._engine.read(lambda c: standings.load(c, member, since, clients))

    async def chat(self, client: str) -> int | None:
        wanted = select(clients.c.who).where(clients.c.id == client)
        who = await self._engine.read(lambda c: c.scalar(wanted))
        return None if who is None else open_chat(self._vault.master.box, who, f"client {client}")

    async def _all(self, wanted: Select[Any]) -> list[Link]:
        rows = await self._engine.read(lambda c: c.execute(wanted).all())
        return [self._opened(row) for row in rows]

    def _changing(self, link: Link) -> dict[str, Any]:
        label = self._vault.master.box.seal(link.label.encode("utf-8", "surrogatepass"), f"link {link.id}")
        return {"member": link.member, "label": label, "notes": int(link.notes)}

    def _opened(self, row: AnyRow) -> Link:
        return Link(
            id=row.id,
            client=row.client,
            member=row.member,
            label=_text(self._vault.master.box.open(row.label, f"link {row.id}")),
            since=moment(row.since),
            notes=bool(row.notes),
            paused=bool(row.paused),
            code=row.code,
        )


class SqlLooks:
    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    async def add(self, member: str, clients: Sequence[str], what: str, at: datetime) -> None:
        rows = [{"client": client, "member": member, "what": what, "at": micros(at)} for client in clients]
        if rows:
            await self._engine.write(lambda c: c.execute(insert(looks), rows))

    async def seen_since(self, member: str, what: str, since: datetime) -> set[str]:
        wanted = select(looks.c.client).where(
            looks.c.member == member, looks.c.at >= micros(since), looks.c.what == what, looks.c.client.is_not(None)
        )
        return set(await self._engine.read(lambda c: c.execute(wanted).scalars().all()))

    async def of_client(self, client: str, limit: int = 100) -> list[Look]:
        wanted = select(looks, members.c.body).join(members, members.c.id == looks.c.member)
        newest = wanted.where(looks.c.client == client).order_by(looks.c.at.desc(), looks.c.id.desc()).limit(limit)
        return await self._engine.read(lambda c: [self._look(row) for row in c.execute(newest)])

    async def of_practice(self, member: str = "", limit: int = 200) -> list[Look]:
        newest = select(looks).order_by(looks.c.id.desc())  # by the key, so that only these are read
        if member:
            newest = select(looks).where(looks.c.member == member).order_by(looks.c.at.desc(), looks.c.id.desc())
        some = newest.limit(limit).subquery("some")
        wanted = select(some, members.c.body).join(members, members.c.id == some.c.member)

        def read(connection: Connection) -> list[Look]:
            rows = connection.execute(wanted.order_by(some.c.at.desc(), some.c.id.desc())).all()
            seen = {row.client for row in rows if row.client is not None}
            labelled = select(links.c.id, links.c.client, links.c.member, links.c.label)
            of = {(k.client, k.member): k for k in connection.execute(labelled.where(links.c.client.in_(seen)))}
            return [self._look_with_link(row, of.get((row.client, row.member))) for row in rows]

        return await self._engine.read(read)

    def _look(self, row: AnyRow) -> Look:
        name = unpack(self._vault.master.box.open(row.body, f"member {row.member}"))[0]
        return Look(at=moment(row.at), member=row.member, name=name, what=row.what)

    def _look_with_link(self, row: AnyRow, link: AnyRow | None) -> Look:
        plain = self._look(row)
        if link is None:
            return plain
        label = _text(self._vault.master.box.open(link.label, f"link {link.id}"))
        return replace(plain, link=link.id, label=label)


def _text(opened: bytes) -> str:
    return opened.decode("utf-8", "surrogatepass")
