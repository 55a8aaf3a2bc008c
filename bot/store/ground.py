"""One client's rows in SQL: loading them, and applying what a turn changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from bot.care.checkins.plan import Plan, Slot
from bot.care.records import Alert, AlertStep, Client, Keepsake, Turn
from bot.store import alerts, checkins, keepsakes, letters
from bot.store.codec import micros, moment, pack_client, pack_turn, unpack_client, unpack_turn
from bot.store.engine import AnyRow, Engine, Held
from bot.store.errors import ConflictError
from bot.store.inbox import EMPTY, settle_handled
from bot.store.outbox import NewRow, put, recall
from bot.store.quick import Quick
from bot.store.seals import Box, new_key, seal_chat
from bot.store.tables import InboxState, clients, inbox, outbox, turns
from bot.store.tables import letters as letters_table
from bot.store.upkeep import add_tallies
from bot.store.vault import Vault
from bot.store.work import Changes

_LOAD = Quick(
    select(
        clients.c.id, clients.c.data_key, clients.c.record, clients.c.turns, clients.c.version, clients.c.paused
    ).where(clients.c.chat == bindparam("chat"))
)
_TURNS = Quick(
    select(turns.c.number, turns.c.at, turns.c.worded, turns.c.words, turns.c.notes)
    .where(turns.c.client == bindparam("client"))
    .order_by(turns.c.number.desc())
    .limit(bindparam("limit"))
)
_ADD = Quick(insert(clients))
_SAVE = Quick(
    update(clients)
    .where(clients.c.id == bindparam("client"), clients.c.version == bindparam("loaded"))
    .values(record=bindparam("record"), turns=bindparam("turns"), version=bindparam("next"), paused=bindparam("pause"))
)
_ADD_TURN = Quick(insert(turns))
_ERASE = (
    # Rows not yet begun came after the wish to be forgotten and still ask for an answer.
    update(inbox)
    .where(
        inbox.c.chat == bindparam("mine"),
        or_(inbox.c.state != InboxState.WAITING, inbox.c.attempts > 0),
    )
    .values(state=InboxState.HANDLED, body=EMPTY, who=EMPTY, chat=None, guard=None),
    delete(outbox).where(
        or_(
            outbox.c.owner == bindparam("mine"),
            (outbox.c.chat == bindparam("mine")) & outbox.c.alert.is_(None),
        )
    ),
)
_ERASE_LETTERS = delete(letters_table).where(letters_table.c.owner == bindparam("mine"))
_ERASE_CLIENT = delete(clients).where(clients.c.chat == bindparam("mine"))


@dataclass(slots=True)
class Loaded:
    """The client's row as this turn found it."""

    id: str
    box: Box  # the client's own key
    record: bytes
    turns: int
    version: int
    paused: int


class SqlGround:
    """See bot.store.work.Ground."""

    def __init__(self, engine: Engine, held: Held, vault: Vault, chat: int, now: datetime) -> None:
        self._engine = engine
        self._held = held
        self._vault = vault
        self._chat = chat
        self._hash = vault.finder.chat(chat)
        self._now = now
        self._loaded: Loaded | None = None

    async def client(self) -> Client | None:
        row = await self._held.read(lambda c: _LOAD.first(c, {"chat": self._hash}))
        if row is None:
            return None
        self._loaded = self._unseal(row)
        return unpack_client(self._loaded.box.open(self._loaded.record, f"client {row.id}"))

    def _unseal(self, row: AnyRow) -> Loaded:
        key = self._vault.master.wrap.open(row.data_key, f"key {row.id}")
        return Loaded(row.id, Box(key), row.record, row.turns, row.version, row.paused)

    async def turns(self, limit: int) -> list[Turn]:
        loaded = self._loaded
        if loaded is None:
            return []
        values = {"client": loaded.id, "limit": limit}
        rows = await self._held.read(lambda c: _TURNS.all(c, values))
        return [_open_turn(loaded, row) for row in reversed(rows)]

    async def keepsakes(self, kind: str, limit: int) -> list[Keepsake]:
        loaded = self._loaded
        if loaded is None:
            return []
        return await self._held.read(lambda c: keepsakes.load(c, loaded.box, loaded.id, kind, limit))

    async def plans(self) -> list[Plan]:
        loaded = self._loaded
        if loaded is None:
            return []
        return await self._held.read(lambda c: checkins.load_plans(c, loaded.box, loaded.id))

    async def slots(self, limit: int) -> list[Slot]:
        loaded = self._loaded
        if loaded is None:
            return []
        return await self._held.read(lambda c: checkins.load_slots(c, loaded.id, limit))

    async def slot(self, slot: str) -> Slot | None:
        loaded = self._loaded
        if loaded is None:
            return None
        return await self._held.read(lambda c: checkins.load_slot(c, loaded.id, slot))

    async def alert(self, number: int) -> Alert | None:
        return await self._held.read(lambda c: alerts.load(c, number))

    async def alert_steps(self, number: int) -> list[AlertStep]:
        return await self._held.read(lambda c: alerts.steps(c, number))

    async def unclosed_alerts(self) -> list[Alert]:
        loaded = self._loaded
        if loaded is None:
            return []
        return await self._held.read(lambda c: alerts.unclosed(c, loaded.id))

    async def outbox_id(self) -> int:
        return await self._held.outbox_id()

    async def alert_number(self) -> int:
        return await self._engine.write(alerts.next_number)

    async def apply(self, changes: Changes) -> None:
        await self._held.commit(lambda connection: self._apply(connection, changes))
        if changes.erased:
            await self._engine.tidy()

    def _apply(self, connection: Connection, changes: Changes) -> None:
        if changes.handled:
            settle_handled(connection, changes.handled)
        if changes.unlinked or changes.erased:
            alerts.unlink(connection, self._loaded.id if self._loaded is not None else None)
        if changes.erased:
            self._erase(connection)
        self._apply_client(connection, changes)
        if changes.sends:
            put(connection, self._vault, [NewRow(n, out, self._chat) for n, out in changes.sends], self._now)
        recall(connection, self._hash, changes.recalled, self._now)
        for alert in changes.raised:
            alerts.add(connection, alert)
        for step, level in changes.steps:
            alerts.add_step(connection, step, level)
        letters.call_off(connection, changes.called_off, self._now)
        letters.put(connection, self._vault, self._hash, changes.letters, self._now)
        if changes.counted:
            add_tallies(connection, changes.counted)

    def _erase(self, connection: Connection) -> None:
        for statement in (*_ERASE, _ERASE_LETTERS, checkins.ERASE_LEASES, _ERASE_CLIENT):
            connection.execute(statement, {"mine": self._hash})

    def _apply_client(self, connection: Connection, changes: Changes) -> None:
        if changes.added is not None:
            loaded = self._add(connection, changes.added, len(changes.turns))
        elif self._loaded is None or not changes.of_client:
            return
        else:
            loaded = self._loaded
            self._save(connection, loaded, changes)
        checkins.apply(connection, loaded.box, loaded.id, self._hash, changes.planning, self._now)
        keepsakes.remove(connection, loaded.id, changes.let_go)
        keepsakes.add(connection, loaded.box, loaded.id, changes.kept.values())
        for number, turn in enumerate(changes.turns, loaded.turns + 1):
            _ADD_TURN.run(connection, _seal_turn(loaded, number, turn))

    def _add(self, connection: Connection, client: Client, made: int) -> Loaded:
        key = new_key()
        box = Box(key)
        record = box.seal(pack_client(client), f"client {client.id}")
        values = {
            "id": client.id,
            "chat": self._hash,
            "who": seal_chat(self._vault.master.box, self._chat, f"client {client.id}"),
            "data_key": self._vault.master.wrap.seal(key, f"key {client.id}"),
            "record": record,
            "turns": made,
            "version": 1,
            "paused": int(client.settings.paused),
        }
        _ADD.run(connection, values)
        return Loaded(client.id, box, record, 0, 1, int(client.settings.paused))

    def _save(self, connection: Connection, loaded: Loaded, changes: Changes) -> None:
        record, paused = loaded.record, loaded.paused
        if changes.saved is not None:
            record = loaded.box.seal(pack_client(changes.saved), f"client {loaded.id}")
            paused = int(changes.saved.settings.paused)
        values = {
            "client": loaded.id,
            "loaded": loaded.version,
            "record": record,
            "turns": loaded.turns + len(changes.turns),
            "next": loaded.version + 1,
            "pause": paused,
        }
        if _SAVE.run(connection, values) != 1:
            raise ConflictError("The client was changed or erased meanwhile; nothing of this turn was kept.")


def _seal_turn(loaded: Loaded, number: int, turn: Turn) -> dict[str, Any]:
    words, notes = pack_turn(turn)
    return {
        "client": loaded.id,
        "number": number,
        "at": micros(turn.at),
        "worded": 1,
        "words": loaded.box.seal(words, f"words {loaded.id} {number}"),
        "notes": loaded.box.seal(notes, f"notes {loaded.id} {number}"),
    }


def _open_turn(loaded: Loaded, row: AnyRow) -> Turn:
    words = loaded.box.open(row.words, f"words {loaded.id} {row.number}") if row.worded else None
    return unpack_turn(moment(row.at), words, loaded.box.open(row.notes, f"notes {loaded.id} {row.number}"))
