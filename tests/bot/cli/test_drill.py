"""`doctor --drill`: everyone on call by each of their ways, marked as a drill, and what failed is named."""

import asyncio
from pathlib import Path

import pytest

from bot.care.alerts import notes
from bot.care.rota import Contact, Rota
from bot.cli.checkup import Check, State
from bot.cli.drill import Drill, is_running
from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.volatile import VolatileStore
from nlp.labels import Tier
from tests.bot.care.conftest import VOICE, make_chat
from tests.bot.cli.conftest import Warmline
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.breaking import FloorEar
from tests.fakes.house import ANNA, BEN, OPERATOR, House, chosen, house, until
from tests.fakes.mail import Mailbox, mail_server


def shown(lines: list[Check]) -> list[str]:
    return [f"{line.state} {line.what.removeprefix('drill ')} {line.sentence.split(' after')[0]}" for line in lines]


async def from_here(api: FakeBotApi, box: Mailbox) -> list[Check]:
    settings = chosen(api, box, False, {})
    store = VolatileStore()
    found = await Drill(settings, store, VOICE, SystemClock(), running=False, seconds=5).run()
    assert await store.unclosed() == []
    return found


async def test_everyone_is_reached_by_each_way_and_told_that_it_is_a_drill() -> None:
    with mail_server(Mailbox()) as box:
        async with FakeBotApi() as api:
            for chat in (ANNA, BEN, OPERATOR):
                api.world.client(chat)
            lines = await from_here(api, box)
            said = [text for chat in (ANNA, BEN, OPERATOR) for text in api.world.texts(chat)]
    people = ("anna", "ben", "operator")
    assert shown(lines) == [f"ok {who} Reached by {way}" for who in people for way in ("telegram", "mail")]
    assert len(said) == len(box.came) == 3
    for text in said:
        assert text.startswith("DRILL, nobody is in danger.")
    for who in people:
        assert "This is a drill" in " ".join(box.to(f"{who}@example.org")[0].split())


async def test_what_fails_is_named_and_the_rest_goes_on() -> None:
    box = Mailbox()  # nobody runs it
    async with FakeBotApi() as api:
        api.world.client(OPERATOR)
        api.world.client(ANNA).blocks()
        lines = await from_here(api, box)
    assert shown(lines) == [
        "fail anna Not reached by telegram: forbidden.",
        "fail anna Not reached by mail: mail_no_connection.",
        "fail ben Not reached by telegram: chat_not_found.",
        "fail ben Not reached by mail: mail_no_connection.",
        "ok operator Reached by telegram",
        "fail operator Not reached by mail: mail_no_connection.",
    ]


async def drilled(here: House, settings: Settings, seconds: float) -> list[Check]:
    return await Drill(settings, here.store, VOICE, here.room.clock, running=True, seconds=seconds).run()


async def test_through_the_running_program_with_confirmations(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as box:
        async with house(f"sqlite:///{tmp_path}/warmline.db", FloorEar(), box) as here:
            going = asyncio.create_task(drilled(here, chosen(here.api, box, False, {}), 20))
            for chat in (ANNA, BEN, OPERATOR):
                await until(lambda chat=chat: here.notes(chat), "the drill")
                here.takes(chat, here.notes(chat)[0])
            lines = await going
            assert [line.state for line in lines] == [State.OK] * 9
            assert sum("Pressed I have it" in line.sentence for line in lines) == 3
            assert "the drill reached you" in here.heard(ANNA)[1]
            await here.pass_(60)
            assert {len(here.heard(chat)) for chat in (ANNA, BEN, OPERATOR)} == {2}  # nothing escalates
            here.takes(ANNA, here.notes(ANNA)[0])  # once more, late
            await until(lambda: len(here.heard(ANNA)) == 3, "thanks")
            assert "the drill reached you" in here.heard(ANNA)[2]


async def test_who_does_not_press_is_named(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as box:
        async with house(f"sqlite:///{tmp_path}/warmline.db", FloorEar(), box) as here:
            lines = await drilled(here, chosen(here.api, box, False, {}), 2)
    assert [line.sentence for line in lines if line.state is State.WARN] == [
        "Has not pressed I have it within 2 s."
    ] * 3


async def test_with_nobody_on_call_it_fails() -> None:
    (line,) = await Drill(Settings(), VolatileStore(), VOICE, SystemClock(), running=False, seconds=1).run()
    assert line.state is State.FAIL


def test_the_command_ends_with_what_came_of_it(warmline: Warmline, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_ON_CALL__CONTACTS", '[{"code": "anna", "chat": 901}]')
    found = warmline("doctor", "--drill", "--seconds", "1")
    assert found.code == 1
    assert "warn  drill: serve does not answer here" in found.out
    assert "fail  drill anna: Not reached by telegram: no_token." in found.out


def test_a_program_that_does_not_answer_is_not_running() -> None:
    assert not is_running(Settings.model_validate({"server": {"port": 1}}))


async def test_a_drill_is_marked_in_every_form() -> None:
    chat = make_chat(Rota((Contact("anna", 901, mail="a@example.org", webhook=True),)))
    async with chat.room.store.work(0) as work:
        alert = await work.raise_alert(Tier.T2, (notes.DRILL,), notes.DRILL, chat.clock.now())
        await work.commit()
    for letter in notes.letters(VOICE, alert, Contact("anna", mail="a@example.org", webhook=True), None, {"drill"}):
        assert "drill" in letter.text.lower()
        assert "DRILL" in letter.subject
        assert letter.facts["how"] == ["drill"]
