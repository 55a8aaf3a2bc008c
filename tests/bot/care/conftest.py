"""Care as a whole, with the store's in-memory twin, a clock that is set by hand, and an ear of fixed readings."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.care import alerts
from bot.care.conversation import take_turn
from bot.care.incoming import Incoming
from bot.care.ports import OutboxRow, RawUpdate
from bot.care.records import Client
from bot.care.rota import Contact, Rota, RotaBook
from bot.care.visit import Policy, Room
from bot.store.volatile import VolatileStore
from nlp.labels import Kind, Mood, Status, Tier
from nlp.reading import Reading, Signal, Span
from responses.helplines import Helplines
from responses.library import Library
from responses.voice import Voice
from tests.loaded import loaded

BEGIN = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
VOICE = Voice(loaded(Library))
HELPLINES = loaded(Helplines)


@dataclass
class HandClock:
    time: datetime = BEGIN

    def now(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


@dataclass
class Chat:
    """One client's side of a talk with a whole room behind it."""

    room: Room
    clock: HandClock
    readings: dict[str, Reading]
    number: int = 501
    heard: list[str] = field(default_factory=list)
    _updates: int = 0

    def understands(self, text: str, **findings: object) -> str:
        """Fix what the ear makes of a text; returns the text."""
        self.readings[text] = Reading(text, **findings)  # type: ignore[arg-type]
        return text

    async def says(self, *texts: str, **more: object) -> list[OutboxRow]:
        """One burst; what was answered, in order."""
        return await self.does(*[{"text": text, **more} for text in texts])

    async def presses(self, data: str, *, staff: int | None = None) -> list[OutboxRow]:
        return await self.does({"button": data, "what": "button", "staff": staff is not None}, chat=staff)

    async def commands(self, name: str) -> list[OutboxRow]:
        return await self.does({"command": name, "what": "command"})

    async def does(self, *acts: dict[str, object], chat: int | None = None) -> list[OutboxRow]:
        where = chat or self.number
        for act in acts:
            self._updates += 1
            body = str(act.get("text", "")).encode("utf-8", "surrogatepass")
            await self.room.store.inbox.accept([RawUpdate(self._updates, where, None, body, self.clock.now())])
        rows = await self.room.store.inbox.waiting(where)
        batch = [
            Incoming(row.id, where, self.clock.now(), **act)  # type: ignore[arg-type]
            for row, act in zip(rows, acts, strict=True)
        ]
        await take_turn(self.room, where, batch)
        assert await self.room.store.inbox.waiting(where) == []
        return await self.sent()

    async def sent(self) -> list[OutboxRow]:
        """Everything that would leave now, in order."""
        found: list[OutboxRow] = []
        while rows := await self.room.store.outbox.claim(self.clock.now(), 50):
            for row in rows:
                await self.room.store.outbox.sent(row.id, 1, self.clock.now())
            found += rows
        self.heard += [row.out.text for row in found]
        return found

    async def delivers(self) -> list[OutboxRow]:
        """As `sent`, and noted as the messenger does: what arrived at a contact is on the record."""
        came = await self.sent()
        rota = await self.room.rota.at(self.clock.now())
        for row in came:
            contact = rota.who(row.out.to) if row.out.to is not None and row.out.alert else None
            if contact is not None:
                await alerts.delivered(
                    self.room.store, VOICE, row.out.alert or 0, contact.code, "telegram", self.clock.now()
                )
        return came + (await self.sent() if came else [])

    async def ticks(self, **span: float) -> list[OutboxRow]:
        """Time passes, and the clock looks after alerts."""
        self.clock.pass_(**span)
        now = self.clock.now()
        await alerts.look_after(self.room.store, await self.room.rota.at(now), self.room.voice, now)
        return await self.sent()

    async def contact_says(self, contact: int, *texts: str) -> list[OutboxRow]:
        """Words of somebody on call in their own chat with the bot."""
        return await self.does(*[{"text": text} for text in texts], chat=contact)

    async def client(self) -> Client | None:
        async with self.room.store.work(self.number) as work:
            return await work.client()

    async def agrees(self) -> None:
        await self.presses("consent:talk")


def signal(kind: Kind, tier: Tier, status: Status = Status.ASSERTED) -> Signal:
    return Signal(kind, status, tier, f"test.{kind}", Span(0, 1))


def risk(kind: Kind, tier: Tier) -> dict[str, object]:
    return {"tier": tier, "signals": (signal(kind, tier),), "mood": Mood.NEGATIVE, "language": "en"}


def make_chat(rota: RotaBook | None = None) -> Chat:
    clock, readings = HandClock(), {}  # type: ignore[var-annotated]

    def known(text: str) -> Reading:
        found: Reading = readings.get(text) or Reading(text, language="en")
        return found

    async def read(text: str) -> Reading:
        return known(text)

    room = Room(
        store=VolatileStore(now=clock.now),
        read=read,
        floor=known,
        voice=VOICE,
        helplines=HELPLINES,
        clock=clock,
        rota=rota or Rota(),
        policy=Policy(seed=1),
    )
    return Chat(room, clock, readings)


@pytest.fixture
def chat() -> Chat:
    return make_chat()


@pytest.fixture
def watched() -> Chat:
    """A room with two people on call and an operator."""
    return make_chat(Rota((Contact("duty-1", 901), Contact("duty-2", 902)), Contact("operator", 903)))


@pytest.fixture
def write_transcripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-transcripts"))
