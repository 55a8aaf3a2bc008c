"""The in-memory twin of bot.store.research."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.care.records import Keepsake
from bot.care.research.records import KEPT_KINDS, Life, Person, Record, Said, Study
from bot.care.research.standing import gives_text
from bot.store.codec import unpack, unpack_client, unpack_turn
from bot.store.errors import StoreError
from bot.store.research import person_of

if TYPE_CHECKING:
    from bot.store.volatile import KeptClient, VolatileStore


class VolatileResearch:
    """See bot.care.research.ports.Research."""

    def __init__(self, store: "VolatileStore", staff: Iterable[int] = ()) -> None:
        self._store = store
        self._staff = frozenset(staff)
        self._studies: dict[str, Study] = {}
        self._codes: dict[tuple[str, str], str] = {}
        self._records: list[Record] = []

    async def people(self, study: str, after: str, limit: int) -> list[Person]:
        handles = sorted(client.id for client in self._store.clients.values() if client.id > after)
        return [life.person for life in await self.lives(study, handles[:limit])]

    async def lives(self, study: str, handles: Sequence[str]) -> list[Life]:
        chats = {client.id: chat for chat, client in self._store.clients.items()}
        return [self._life(study, chats[handle]) for handle in handles if handle in chats]

    async def said(self, study: str, handles: Sequence[str]) -> list[Said]:
        chats = {client.id: chat for chat, client in self._store.clients.items()}
        found = [self._said(study, chats[handle]) for handle in handles if handle in chats]
        return [one for one in found if one is not None]

    def _said(self, study: str, chat: int) -> Said | None:
        person = self._life(study, chat).person
        if not gives_text(person):
            return None
        kept = self._store.clients[chat].turns
        return Said(person, tuple((turn.at, unpack_turn(turn.at, turn.words, turn.notes).heard) for turn in kept))

    def _life(self, study: str, chat: int) -> Life:
        kept = self._store.clients[chat]
        client = unpack_client(kept.record)
        return Life(
            person=person_of(client, kept.id, self._codes.get((study, kept.id)), test=chat in self._staff),
            turns=tuple(unpack_turn(turn.at, None, turn.notes) for turn in kept.turns),
            kept=tuple(_keepsakes(kept)),
            check_ins=tuple(self._store.due_plans.slots(chat, 0)),
            alerts=tuple(
                (alert, tuple(step for step in self._store.alerts.steps if step.number == alert.number))
                for alert in self._store.alerts.alerts.values()
                if alert.client == kept.id
            ),
        )

    async def study(self, name: str) -> Study | None:
        return self._studies.get(name)

    async def studies(self) -> list[Study]:
        return [self._studies[name] for name in sorted(self._studies)]

    async def add_study(self, study: Study) -> None:
        if study.name in self._studies:
            raise StoreError(f"There is a study {study.name} already; what it is cannot be changed.")
        self._studies[study.name] = study

    async def give_codes(self, study: str, codes: Mapping[str, str]) -> None:
        for handle, code in codes.items():
            self._codes.setdefault((study, handle), code)

    async def destroy_codes(self, study: str) -> int:
        gone = [key for key in self._codes if key[0] == study]
        for key in gone:
            del self._codes[key]
        return len(gone)

    async def record(self, record: Record) -> None:
        self._records.append(record)

    async def records(self, study: str) -> list[Record]:
        return [record for record in self._records if record.study == study]


def _keepsakes(kept: "KeptClient") -> list[Keepsake]:
    found = [
        Keepsake(key, kind, at, unpack(body)) for key, (kind, at, body) in kept.keepsakes.items() if kind in KEPT_KINDS
    ]
    return sorted(found, key=lambda keepsake: (keepsake.at, keepsake.id))
