"""Nights as they are read later: words both ways, a hand-on, nobody on duty, nobody at all, an erasure in between.

The whole room runs over the in-memory twin, with the real words. What was said stands in docs/transcripts; it is
written by `python -m pytest tests/bot/care/test_transcripts.py --write-transcripts`, and a drift fails.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from bot.care import doorstep
from bot.care.ports import OutboxRow
from bot.care.records import AlertState
from bot.care.rota import Contact, Duties, Duty, Hours, Rota, RotaBook
from nlp.labels import Kind, Mood, Tier
from nlp.reading import Finding
from tests.bot.care.aloud import aloud
from tests.bot.care.conftest import Chat, make_chat, risk

FOLDER = Path(__file__).parents[3] / "docs" / "transcripts"
ZONE = ZoneInfo("Europe/Berlin")
ANNA, BEN, OPERATOR = Contact("anna", 901, "Anna"), Contact("ben", 902, "Ben"), Contact("operator", 903, "Kim")
ROTA = Rota((ANNA, BEN), OPERATOR)
WISH = "I don't want to live any more. I can't tell anybody here"
NOW = "I can't wait. I'm going to do it tonight"


@pytest.fixture(autouse=True)
def same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids in order instead of at random: staff see the beginning of one."""
    numbers: Iterator[int] = count(0x7F3A)
    monkeypatch.setattr(doorstep, "uuid4", lambda: SimpleNamespace(hex=f"{next(numbers):04x}" + "0" * 28))


@dataclass
class Night:
    """One client, the people on call, and what each of them reads."""

    chat: Chat
    lines: list[str] = field(default_factory=list)
    read: dict[int, list[OutboxRow]] = field(default_factory=dict)  # by the chat it went to, newest last

    def note(self, who: str, text: str, labels: Sequence[str] = ()) -> None:
        at = self.chat.clock.time.astimezone(ZONE)
        self.lines.append(f"- {at:%a %H:%M} **{who}**: {aloud(text, labels)}")

    def arrived(self, rows: list[OutboxRow]) -> None:
        for row in rows:
            to = row.out.to or row.chat
            self.read.setdefault(to, []).append(row)
            labels = [button.label for line in row.out.buttons for button in line]
            self.note(f"Warmline to {self.name(to)}", row.out.text, labels)

    def name(self, chat: int) -> str:
        return {901: "Anna", 902: "Ben", 903: "Kim (operator)"}.get(chat, "the client")

    async def go_out(self) -> None:
        self.arrived(await self.chat.delivers())

    async def says(self, text: str, **findings: object) -> None:
        self.note("client", text)
        self.chat.clock.pass_(minutes=1)
        self.chat.understands(text, **{"language": "en", **findings})
        await self._does([{"text": text}])

    async def writes(self, contact: Contact, text: str) -> None:
        self.note(contact.name, text)
        self.chat.clock.pass_(minutes=1)
        await self._does([{"text": text}], contact.chat)

    async def taps(self, label: str, contact: Contact | None = None) -> None:
        where = contact.chat if contact is not None and contact.chat is not None else self.chat.number
        shown = [b for row in reversed(self.read[where]) for line in row.out.buttons for b in line]
        data = next((button.data for button in shown if button.label == label), "")
        assert data, f"no button {label} in {[button.label for button in shown]}"
        self.note(contact.name if contact is not None else "client", f"[{label}]")
        self.chat.clock.pass_(minutes=1)
        act = {"button": data, "what": "button", "staff": contact is not None and data.startswith("alert:")}
        await self._does([act], where)

    async def commands(self, name: str) -> None:
        self.note("client", f"/{name}")
        await self._does([{"command": name, "what": "command"}])

    async def _does(self, acts: list[dict[str, object]], chat: int | None = None) -> None:
        with self._outbox_held():
            await self.chat.does(*acts, chat=chat)
        await self.go_out()

    async def waits(self, **span: float) -> None:
        """Time passes, and the clock looks after alerts."""
        with self._outbox_held():
            await self.chat.ticks(**span)
        await self.go_out()

    @contextmanager
    def _outbox_held(self) -> Iterator[None]:
        """So that what leaves goes through `go_out`, which notes what arrived at a contact."""
        sent, self.chat.sent = self.chat.sent, _nothing  # type: ignore[method-assign]
        try:
            yield
        finally:
            self.chat.sent = sent  # type: ignore[method-assign]

    async def record(self, number: int = 1) -> list[str]:
        steps = await self.chat.room.store.alert_steps(number)
        return [f"| {step.at.astimezone(ZONE):%a %H:%M} | {step.state} | {step.who} | {step.why} |" for step in steps]

    async def kept(self, name: str, title: str, about: str, write: bool, alerts: int = 1) -> None:
        rows = [row for number in range(1, alerts + 1) for row in await self.record(number)]
        table = ["", "## The record", "", "| when | state | who | why |", "|---|---|---|---|", *rows] if rows else []
        text = "\n".join([f"# {title}", "", about, "", "## What was said", "", *self.lines, *table, ""])
        path = FOLDER / name
        if write:
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"docs/transcripts/{name} no longer shows what is said"


async def _nothing() -> list[OutboxRow]:
    return []


async def a_night(rota: RotaBook, begin: datetime, country: str = "DE") -> Night:
    chat = make_chat(rota)
    chat.clock.time = begin
    night = Night(chat)
    await chat.agrees()
    await chat.sent()
    if country:
        async with chat.room.store.work(chat.number) as work:
            client = await work.client()
            assert client is not None
            client.settings.country = country
            await work.save(client)
            await work.commit()
    return night


MONDAY = datetime(2026, 3, 2, 20, 12, tzinfo=UTC)
DANGER = risk(Kind.WISH_DEAD, Tier.T2)
URGENT = risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)


async def test_words_both_ways(write_transcripts: bool) -> None:
    night = await a_night(ROTA, MONDAY)
    await night.says(WISH, **DANGER)
    await night.taps("I have it", ANNA)
    await night.taps("Write to the client", ANNA)
    await night.writes(
        ANNA, "Hello, I'm Anna from the practice. I read that tonight is very hard. Would you tell me more?"
    )
    await night.says("hi. i didn't think anyone would write")
    await night.says("it's my mum. since the funeral it's just dark")
    await night.writes(ANNA, "I'm glad you wrote. I'm so sorry about your mum. Are you alone in the flat?")
    await night.says(NOW, **URGENT)
    await night.writes(ANNA, "I'm ringing you now. Please pick up, or open the door for the ambulance.")
    await night.taps("Call made", ANNA)
    await night.says("ok. i picked up")
    await night.writes(ANNA, "Your sister is on her way. I'll write tomorrow at ten.")
    await night.taps("End the exchange", ANNA)
    await night.taps("Close", ANNA)
    await night.taps("Spoke with them", ANNA)
    await night.says("thank you", acts=(Finding("thanks", "test"),))
    client = [line for line in night.lines if "Warmline to the client" in line]
    assert any("Anna" in line and "a person" in line for line in client)
    about = "A client writes of not wanting to live; Anna, who is on call, writes back through Warmline."
    await night.kept("crisis-relay.md", "Words both ways", about, write_transcripts, alerts=2)


async def test_a_hand_on(write_transcripts: bool) -> None:
    night = await a_night(ROTA, MONDAY)
    await night.says(WISH, **DANGER)
    await night.taps("I have it", ANNA)
    await night.taps("Hand on", ANNA)
    await night.taps("Ben", ANNA)
    await night.waits(minutes=59)
    await night.waits(minutes=2)
    await night.taps("I have it", OPERATOR)
    await night.waits(hours=24)
    await night.taps("Close", OPERATOR)
    await night.taps("Handed on to someone", OPERATOR)
    steps = await night.chat.room.store.alert_steps(1)
    assert [s.who for s in steps if s.state is AlertState.SEEN and not s.why and s.who != "clock"] == [
        "anna",
        "operator",
    ]
    about = (
        "Anna has the note and hands it on to Ben. Ben does not confirm within the hour, so Kim, the operator, is told."
    )
    await night.kept("crisis-hand-on.md", "A hand-on", about, write_transcripts)


async def test_a_night_when_nobody_is_on_duty(write_transcripts: bool) -> None:
    hours = (Hours.parse("mon-fri 09:00-17:00"),)
    night = await a_night(Duties((Duty(ANNA, hours),), None, ZONE), datetime(2026, 3, 1, 1, 10, tzinfo=UTC))
    assert time(2, 10) == night.chat.clock.time.astimezone(ZONE).time()
    await night.says(NOW, **URGENT)
    await night.taps("I can't call", None)
    await night.says("i don't know", acts=())
    await night.says("it's quieter now. my neighbour is here", mood=Mood.NEUTRAL)
    await night.waits(hours=30)
    assert not any("Warmline to Anna" in line for line in night.lines)
    await night.waits(hours=1)
    await night.taps("I have it", ANNA)
    said = "\n".join(night.lines)
    assert "Mon-Fri 09:00-17:00 (Berlin time)" in said
    about = "A Sunday at two in the morning. Notes are read on weekdays from nine, and there is no operator."
    await night.kept("crisis-out-of-hours.md", "A night when nobody is on duty", about, write_transcripts)


async def test_a_client_without_a_practice(write_transcripts: bool) -> None:
    night = await a_night(Rota(), MONDAY, country="")
    await night.says(WISH, **DANGER)
    await night.taps("United Kingdom")
    await night.says("no plan. i just wish i wasn't here", **DANGER)
    await night.says("i don't think so")
    await night.says("there's my brother, i suppose")
    await night.says("what would i even say")
    await night.says("maybe. i'd have to find the words", mood=Mood.NEUTRAL)
    await night.says("a shower, if i can get up", mood=Mood.NEUTRAL)
    await night.says("warm water on my back", mood=Mood.NEUTRAL)
    await night.says("never thought of a doctor for that", mood=Mood.NEUTRAL)
    await night.taps("Yes, one note")
    await night.says("good night", acts=(Finding("goodbye", "test"),))
    said = [line for line in night.lines if "Warmline to" in line]
    assert all("the client" in line for line in said)
    assert not any("note" in line.split("**: ")[1] and "person on call" in line for line in said)
    about = "Nobody is on call here. Public lines are named, and it is said plainly that nobody is watching."
    await night.kept("crisis-no-practice.md", "A client without a practice", about, write_transcripts, alerts=0)


async def test_an_erasure_while_an_alert_is_open(write_transcripts: bool) -> None:
    night = await a_night(ROTA, MONDAY)
    await night.says(WISH, **DANGER)
    await night.taps("I have it", ANNA)
    await night.commands("forget")
    label = next(b.label for row in night.read[501][-1].out.buttons for b in row if b.data == "forget:yes")
    await night.taps(label)
    await night.writes(ANNA, "are they all right?")
    await night.says("i still feel like dying", **DANGER)
    assert await night.chat.client() is None
    about = "The client erases their data while Anna has the note. She learns that, and no more; the steps stay."
    await night.kept("crisis-forget.md", "An erasure while an alert is open", about, write_transcripts)


async def test_a_heavy_day_and_night(write_transcripts: bool) -> None:
    """T1 over hours: asked once, believed, not asked again for the same, asked again when other signs add up."""
    night = await a_night(ROTA, datetime(2026, 3, 2, 12, 5, tzinfo=UTC))
    await night.says("there's no point in any of it", **risk(Kind.HOPELESSNESS, Tier.T1))
    await night.taps("No")
    await night.says("work was long and nobody spoke to me", mood=Mood.NEGATIVE)
    await night.waits(hours=3)
    await night.says("still no point", **risk(Kind.HOPELESSNESS, Tier.T1))
    await night.waits(hours=4)
    await night.says("i wish i could just not wake up", **risk(Kind.PASSIVE_WISH, Tier.T1))
    await night.waits(hours=2)
    await night.says("i tried once, in autumn", **risk(Kind.PAST, Tier.T1))
    await night.taps("Not sure")
    await night.says("maybe i'll read a bit", mood=Mood.NEUTRAL)
    await night.waits(hours=25)
    await night.says("slept. the sun is out", mood=Mood.POSITIVE)
    asked = [line for line in night.lines if "[Rather not say]" in line]
    assert len(asked) == 2
    assert not any("Warmline to Anna" in line for line in night.lines)  # T1 raises no alert
    about = (
        "Signs that may or may not be about suicide, over a day. No note goes to anybody; help is named after a maybe."
    )
    await night.kept("crisis-concern-over-hours.md", "A heavy day and night", about, write_transcripts, alerts=0)
