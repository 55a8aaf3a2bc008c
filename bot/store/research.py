"""What research may see, out of SQL: people's choices and label rows.

The words of a turn are opened in `said` alone, for people who gave the second consent.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from bot.care.records import Alert, AlertStep, Client, Keepsake, Turn
from bot.care.research.records import KEPT_KINDS, Life, Person, Record, Said, Study
from bot.care.research.standing import gives_text
from bot.store import alerts as alert_rows
from bot.store.checkins import load_slots
from bot.store.codec import micros, moment, unpack, unpack_client, unpack_turn
from bot.store.engine import AnyRow, Engine
from bot.store.errors import StoreError
from bot.store.seals import Box
from bot.store.study_codec import pack_record, pack_study, unpack_record, unpack_study
from bot.store.tables import alerts, clients, keepsakes, studies, study_exports, study_ids, turns
from bot.store.vault import Vault

_ALL = 1 << 31


class SqlResearch:
    """See bot.care.research.ports.Research. `staff`: chats whose clients are test accounts."""

    def __init__(self, engine: Engine, vault: Vault, staff: Iterable[int] = ()) -> None:
        self._engine = engine
        self._vault = vault
        self._staff = frozenset(vault.finder.chat(chat) for chat in staff)

    # People and their rows

    async def people(self, study: str, after: str, limit: int) -> list[Person]:
        page = _with_code(study).where(clients.c.id > after).order_by(clients.c.id).limit(limit)
        return await self._engine.read(lambda c: [self._person(row, self._box(row)) for row in c.execute(page)])

    async def lives(self, study: str, handles: Sequence[str]) -> list[Life]:
        wanted = _with_code(study).where(clients.c.id.in_(handles))
        found = await self._engine.read(lambda c: {row.id: self._life(c, row) for row in c.execute(wanted).all()})
        return [found[handle] for handle in handles if handle in found]

    async def said(self, study: str, handles: Sequence[str]) -> list[Said]:
        wanted = _with_code(study).where(clients.c.id.in_(handles))
        found = await self._engine.read(lambda c: {row.id: self._said(c, row) for row in c.execute(wanted).all()})
        return [one for handle in handles if (one := found.get(handle)) is not None]

    def _said(self, connection: Connection, row: AnyRow) -> Said | None:
        box = self._box(row)
        person = self._person(row, box)
        return Said(person, tuple(_words(connection, row.id, box))) if gives_text(person) else None

    def _box(self, row: AnyRow) -> Box:
        return Box(self._vault.master.wrap.open(row.data_key, f"key {row.id}"))

    def _person(self, row: AnyRow, box: Box) -> Person:
        client = unpack_client(box.open(row.record, f"client {row.id}"))
        code = None if row.code is None else box.open(row.code, f"code {row.study} {row.id}").decode()
        return person_of(client, row.id, code, test=row.chat in self._staff)

    def _life(self, connection: Connection, row: AnyRow) -> Life:
        box = self._box(row)
        return Life(
            person=self._person(row, box),
            turns=tuple(_turns(connection, row.id, box)),
            kept=tuple(_kept(connection, row.id, box)),
            check_ins=tuple(load_slots(connection, row.id, _ALL)),
            alerts=tuple(_alerts(connection, row.id)),
        )

    # The book of studies

    async def study(self, name: str) -> Study | None:
        wanted = select(studies.c.facts).where(studies.c.name == name)
        facts = await self._engine.read(lambda c: c.scalar(wanted))
        return None if facts is None else unpack_study(facts)

    async def studies(self) -> list[Study]:
        wanted = select(studies.c.facts).order_by(studies.c.name)
        return [unpack_study(facts) for facts in await self._engine.read(lambda c: c.scalars(wanted).all())]

    async def add_study(self, study: Study) -> None:
        if await self.study(study.name) is not None:
            raise StoreError(f"There is a study {study.name} already; what it is cannot be changed.")
        values = {"name": study.name, "facts": pack_study(study)}
        await self._engine.write(lambda c: c.execute(insert(studies), values))

    async def give_codes(self, study: str, codes: Mapping[str, str]) -> None:
        if codes:
            await self._engine.write(lambda connection: self._give(connection, study, codes))

    def _give(self, connection: Connection, study: str, codes: Mapping[str, str]) -> None:
        wanted = _with_code(study).where(clients.c.id.in_(codes))
        for row in connection.execute(wanted).all():
            if row.code is None:
                sealed = self._box(row).seal(codes[row.id].encode(), f"code {study} {row.id}")
                connection.execute(insert(study_ids), {"study": study, "client": row.id, "code": sealed})

    async def destroy_codes(self, study: str) -> int:
        gone = delete(study_ids).where(study_ids.c.study == study)
        count = await self._engine.write(lambda c: c.execute(gone).rowcount)
        await self._engine.tidy()
        return count

    async def record(self, record: Record) -> None:
        values = {"study": record.study, "at": micros(record.at), "record": pack_record(record)}
        await self._engine.write(lambda c: c.execute(insert(study_exports), values))

    async def records(self, study: str) -> list[Record]:
        wanted = select(study_exports.c.record).where(study_exports.c.study == study).order_by(study_exports.c.id)
        return [unpack_record(text) for text in await self._engine.read(lambda c: c.scalars(wanted).all())]


def person_of(client: Client, handle: str, code: str | None, *, test: bool) -> Person:
    """What of a client's record a study may look at; the rest stays behind."""
    return Person(
        handle=handle,
        code=code,
        enrolled=client.created,
        consents=tuple(client.consents),
        country=client.settings.country,
        zone=client.settings.zone,
        pronouns=client.settings.pronouns,
        underage=bool(client.episode.get("underage")),
        test=test,
    )


def _with_code(study: str) -> Select[Any]:
    """Clients with their sealed id in a study, if they have one."""
    mine = (study_ids.c.client == clients.c.id) & (study_ids.c.study == study)
    joined = clients.outerjoin(study_ids, mine)
    columns = (clients.c.id, clients.c.chat, clients.c.data_key, clients.c.record, study_ids.c.study, study_ids.c.code)
    return select(*columns).select_from(joined)


def _turns(connection: Connection, client: str, box: Box) -> list[Turn]:
    wanted = select(turns.c.number, turns.c.at, turns.c.notes).where(turns.c.client == client).order_by(turns.c.number)
    return [
        unpack_turn(moment(row.at), None, box.open(row.notes, f"notes {client} {row.number}"))
        for row in connection.execute(wanted)
    ]


def _words(connection: Connection, client: str, box: Box) -> list[tuple[datetime, str]]:
    columns = (turns.c.number, turns.c.at, turns.c.worded, turns.c.words, turns.c.notes)
    found = []
    for row in connection.execute(select(*columns).where(turns.c.client == client).order_by(turns.c.number)):
        words = box.open(row.words, f"words {client} {row.number}") if row.worded else None
        turn = unpack_turn(moment(row.at), words, box.open(row.notes, f"notes {client} {row.number}"))
        found.append((turn.at, turn.heard))
    return found


def _kept(connection: Connection, client: str, box: Box) -> list[Keepsake]:
    wanted = select(keepsakes).where(keepsakes.c.client == client, keepsakes.c.kind.in_(KEPT_KINDS))
    return [
        Keepsake(row.id, row.kind, moment(row.at), unpack(box.open(row.body, f"keepsake {row.id} {row.kind}")))
        for row in connection.execute(wanted.order_by(keepsakes.c.at, keepsakes.c.id))
    ]


def _alerts(connection: Connection, client: str) -> list[tuple[Alert, tuple[AlertStep, ...]]]:
    wanted = select(alerts).where(alerts.c.client == client).order_by(alerts.c.number)
    found = [alert_rows.to_alert(row) for row in connection.execute(wanted).all()]
    return [(alert, tuple(alert_rows.steps(connection, alert.number))) for alert in found]
