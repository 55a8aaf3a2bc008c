"""One part broken at a time: the client gets a safe reply, or the first possible one after, and a human is told.

The operator is told too, by the chat or past it.

The whole house runs, with the fakes of tests/fakes. Outages are short here; `make evidence` lets the database be away
for a real minute.
"""

import asyncio
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot import server
from bot.care.records import AlertState
from bot.care.rota import TELEGRAM
from nlp.ear import Ear
from nlp.floor import Floor
from responses.library import Library
from tests.bot.store.conftest import Place
from tests.fakes.breaking import FloorEar, Wire, break_ear, held
from tests.fakes.house import ANNA, BEN, CLIENT, OPERATOR, T3, House, house, until
from tests.fakes.mail import Mailbox, mail_server
from tests.loaded import loaded

pytestmark = [
    pytest.mark.evidence,  # takes long; run by make evidence
    pytest.mark.filterwarnings("default::ResourceWarning"),  # of connections that a test cut
]
URGENT = tuple(text for entry in loaded(Library).at("crisis.urgent.act") for text in entry.say)


@pytest.fixture(scope="module")
def floor_ear() -> FloorEar:
    return FloorEar()


def is_urgent(text: str) -> bool:
    """Whether it begins as the first words to an imminent danger do."""
    return any(text.startswith(said.split("{")[0]) for said in URGENT)


async def danger(here: House) -> None:
    """The client writes of it, and reads at once what to do."""
    before = len(here.heard())
    here.says(T3)
    await until(lambda: any(is_urgent(text) for text in here.heard()[before:]), "the urgent reply")


async def answered_by(here: House, contact: int, alert: int) -> None:
    here.takes(contact, alert)
    await until(
        lambda: any("has seen" in t or "taken it on" in t or "confirmed that" in t for t in here.heard()), "seen"
    )


def operator_is_told(here: House) -> bool:
    return any(text.startswith("Warmline:") for text in here.heard(OPERATOR))


# --- the ear


@pytest.mark.parametrize("parts", [("parser",), ("embedding",), ("crisis",), ("parser", "embedding", "crisis", "acts")])
async def test_a_broken_part_of_the_ear(ear: Ear, sqlite_url: str, parts: tuple[str, ...]) -> None:
    async with house(sqlite_url, break_ear(ear, *parts)) as here:
        await here.agrees()
        await danger(here)
        await until(lambda: here.notes(ANNA) == [1], "the note")
        await answered_by(here, ANNA, 1)
        here.says("I had a long day")
        count = len(here.heard())
        await until(lambda: len(here.heard()) > count, "a calm reply")
        await until(lambda: operator_is_told(here), "word to the operator")


async def test_an_ear_that_raises_whatever_it_hears(
    sqlite_url: str, floor_ear: FloorEar, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing can be read: the safe entry answers, and the word floor still calls a human."""

    class Deaf(FloorEar):
        def read(self, text: str):  # type: ignore[no-untyped-def]
            raise RuntimeError(text)

    async with house(sqlite_url, Deaf()) as here:
        await here.agrees()
        here.says(T3)
        await until(lambda: len(here.heard()) == 2, "the safe entry")
        assert "112" in here.heard()[1]
        await until(lambda: here.notes(ANNA) == [1], "the note")
        assert "could not read in full" in here.heard(ANNA)[0]
        await until(lambda: operator_is_told(here), "word to the operator")
        assert here.door.tally.safe_turns == 1
    assert T3 not in caplog.text


# --- the database


async def out_for(here: House, seconds: float) -> None:
    """What an operator sees while the database is away."""
    await asyncio.sleep(seconds / 2)
    app = server.build_app(here.store.counts, here.door)
    assert (await asyncio.to_thread(lambda: TestClient(app).get("/healthz").status_code)) == 200
    await asyncio.sleep(seconds / 2)


async def after_an_outage(here: House) -> None:
    await until(lambda: any(is_urgent(text) for text in here.heard()), "the first possible reply", 60)
    await until(lambda: here.notes(ANNA) == [1], "the note", 60)
    await answered_by(here, ANNA, 1)
    await until(lambda: operator_is_told(here), "word to the operator", 30)
    here.says("thank you")
    count = len(here.heard())
    await until(lambda: len(here.heard()) > count, "the next reply", 60)
    assert len(here.heard()) == len(set(here.heard()))  # nothing twice
    assert (await here.store.counts()).inbox_aside == 0


async def away(here: House, seconds: float) -> None:
    """While the database is away, the client writes of danger."""
    here.says(T3)
    await out_for(here, seconds)
    assert len(here.heard()) == 1  # nothing but the welcome: nothing could be kept, so nothing was promised
    assert here.api.world.updates  # Telegram still has it


async def postgres_away(url: str, floor_ear: FloorEar, seconds: float) -> None:
    async with Wire(url) as wire, house(wire.url, floor_ear) as here:
        await here.agrees()
        wire.cut()
        with mail_server(here.mailbox):
            await away(here, seconds)
            assert here.mailbox.to("operator@example.org")  # told past the database
        wire.mend()
        await after_an_outage(here)


async def sqlite_away(url: str, floor_ear: FloorEar, seconds: float) -> None:
    async with house(url, floor_ear) as here:
        await here.agrees()
        with mail_server(here.mailbox):
            async with held(Path(url.removeprefix("sqlite:///"))):
                await away(here, seconds)
            assert here.mailbox.to("operator@example.org")
        await after_an_outage(here)


async def test_postgres_is_away(postgres_place: Place, floor_ear: FloorEar) -> None:
    await postgres_away(postgres_place.url, floor_ear, 1.5)


async def test_sqlite_is_away(sqlite_url: str, floor_ear: FloorEar) -> None:
    await sqlite_away(sqlite_url, floor_ear, 1.5)


@pytest.mark.evidence
async def test_postgres_is_away_for_a_minute(postgres_place: Place, floor_ear: FloorEar) -> None:
    await postgres_away(postgres_place.url, floor_ear, 60)


@pytest.mark.evidence
async def test_sqlite_is_away_for_a_minute(sqlite_url: str, floor_ear: FloorEar) -> None:
    await sqlite_away(sqlite_url, floor_ear, 60)


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.1, 0.2, 0.4])
async def test_answers_of_the_database_are_lost_in_the_middle(
    postgres_place: Place, floor_ear: FloorEar, seconds: float
) -> None:
    """Whatever the database did and could not say: nobody waits for ever, and nothing comes twice but what was in
    flight."""
    async with Wire(postgres_place.url) as wire, house(wire.url, floor_ear) as here:
        await here.agrees()
        here.says(T3)
        await asyncio.sleep(seconds)
        wire.deaf = True
        await asyncio.sleep(0.3)
        wire.mend()
        await until(lambda: any(is_urgent(text) for text in here.heard()), "the urgent reply", 60)
        await until(lambda: here.notes(ANNA), "the note", 60)
        (alert,) = set(here.notes(ANNA))  # a transaction that was lost may have used up a number of PostgreSQL's
        await answered_by(here, ANNA, alert)


# --- Telegram


async def test_telegram_is_away_for_half_an_hour(sqlite_url: str, floor_ear: FloorEar) -> None:
    """The words arrived just before. Mail reaches a human; the client's reply is the first thing to leave after."""
    with mail_server(Mailbox()) as box:
        async with house(sqlite_url, floor_ear, box) as here:
            await here.agrees()
            for method in ("sendMessage", "getUpdates"):
                here.api.world.fail_next(method, mode="drop_before", times=1_000_000)
            here.api.world.faults[:] = [f for f in here.api.world.faults if f.method != "getUpdates"]
            here.says(T3)
            await until(lambda: not here.api.world.updates, "the words are taken in")
            here.api.world.fail_next("getUpdates", mode="drop_before", times=1_000_000)
            await here.pass_(30, steps=30)
            assert len(here.heard()) == 1
            assert len(box.to("anna@example.org")) == 1
            assert box.to("ben@example.org"), "nobody confirmed for ten minutes"
            assert box.to("operator@example.org")
            steps = await here.store.alert_steps(1)
            assert next(step.why for step in steps if step.state is AlertState.SENT) == "mail anna"
            here.api.world.faults.clear()
            here.clock.jump(minutes=1)
            await until(lambda: len(here.heard()) > 1, "the first possible reply")
            assert is_urgent(here.heard()[1])
            await until(lambda: 1 in here.notes(ANNA), "the note, late")
            await answered_by(here, ANNA, 1)
            assert here.door.tally.put_off > 0


# --- mail


async def test_mail_is_away(sqlite_url: str, floor_ear: FloorEar) -> None:
    """Somebody can be told by mail only, and cannot: the next is told in time, and the operator that mail fails."""
    contacts = [{"code": "anna", "mail": "anna@example.org"}, {"code": "ben", "chat": BEN}]
    on_call = {"contacts": contacts, "operator": {"code": "operator", "chat": OPERATOR}}
    async with house(sqlite_url, floor_ear, on_call=on_call) as here:
        await here.agrees()
        await danger(here)
        await here.pass_(9)
        assert here.notes(BEN) == []
        await here.pass_(1.5)
        await until(lambda: here.notes(BEN) == [1], "the next contact")
        await until(lambda: operator_is_told(here), "word to the operator")
        assert any("mail" in text for text in here.heard(OPERATOR))
        await answered_by(here, BEN, 1)
        assert TELEGRAM == "telegram"


async def test_mail_is_refused_for_good(sqlite_url: str, floor_ear: FloorEar) -> None:
    contacts = [{"code": "anna", "mail": "anna@example.org"}, {"code": "ben", "chat": BEN}]
    on_call = {"contacts": contacts, "operator": {"code": "operator", "chat": OPERATOR}}
    box = Mailbox()
    box.answer = "550 no such person"
    with mail_server(box):
        async with house(sqlite_url, floor_ear, box, on_call=on_call) as here:
            await here.agrees()
            await danger(here)
            await until(lambda: here.notes(BEN) == [1], "the next contact, at once")
            assert (await here.store.counts()).letters_failed == 1
            await until(lambda: operator_is_told(here), "word to the operator")


# --- the clock


@pytest.mark.parametrize("hours", [-3, -0.5, 0.5, 3])
async def test_the_clock_jumps(sqlite_url: str, floor_ear: FloorEar, hours: float) -> None:
    """Between the alert and its time-out. Forward: the next is told at once. Back: within twice the time."""
    async with house(sqlite_url, floor_ear) as here:
        await here.agrees()
        here.says("I had a long day")
        await until(lambda: len(here.heard()) == 2, "a calm reply")
        await danger(here)
        await until(lambda: here.notes(ANNA) == [1], "the note")
        here.clock.jump(hours=hours)
        if hours < 0:
            await here.pass_(19)
            assert here.notes(BEN) == []
            await here.pass_(2)
        await until(lambda: 1 in here.notes(BEN), "the next contact")
        here.says("are you there")
        count = len(here.heard())
        await until(lambda: len(here.heard()) > count, "a reply")
        assert len(here.notes(ANNA)) == 1
        await answered_by(here, BEN, 1)


async def test_the_clock_is_set_back_over_a_restart(sqlite_url: str, floor_ear: FloorEar) -> None:
    async with house(sqlite_url, floor_ear, began=3 * 3600) as here:
        await here.agrees()
        here.api.world.fail_next("sendMessage", mode="drop_before", times=1_000_000)
        here.says(T3)
        await until(lambda: here.door.tally.put_off > 1, "tries")
    async with house(sqlite_url, floor_ear) as here:
        await until(lambda: any(is_urgent(text) for text in here.heard()), "the first possible reply")
        await until(lambda: 1 in here.notes(ANNA) + here.notes(BEN), "the note")


def test_the_floor_alone_hears_it() -> None:
    assert loaded(Floor).read(T3)
    assert CLIENT != ANNA
