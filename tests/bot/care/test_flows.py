"""Talks of several steps: one at a time, outlived by nothing but their own end, and never in the way of risk."""

import pytest

from bot.care import commands, flows
from bot.care.flows import Heard
from bot.care.visit import Visit
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import Chat, risk


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A flow of two steps, "first" and "second", begun by /start; it lets go of "no"."""
    told: list[tuple[str, str]] = []

    async def step(visit: Visit, words: Heard) -> bool:
        if words.text == "no":
            return False
        at = flows.step_of(visit, "trial")
        told.append((at, words.text))
        visit.answer(visit.say("system.help"))
        if at == "second":
            flows.end(visit)
        else:
            flows.move(visit, "second", first=words.text)
        return True

    async def begin(visit: Visit) -> None:
        flows.begin(visit, "trial", "first", count=1)

    monkeypatch.setitem(commands.FLOWS, "trial", step)
    monkeypatch.setitem(commands.COMMANDS, "start", begin)
    return told


async def flow_of(chat: Chat) -> dict[str, object]:
    client = await chat.client()
    assert client is not None
    return dict(client.memory["flow"])


async def test_words_go_to_the_flow_step_by_step_and_then_to_listening(
    chat: Chat, heard: list[tuple[str, str]]
) -> None:
    await chat.agrees()
    await chat.commands("start")
    await chat.says("a garden")
    assert (await flow_of(chat))["values"] == {"count": 1, "first": "a garden"}
    await chat.says("two")
    assert await flow_of(chat) == {}
    await chat.says("three")
    assert heard == [("first", "a garden"), ("second", "two")]


async def test_words_that_are_no_answer_are_listened_to(chat: Chat, heard: list[tuple[str, str]]) -> None:
    await chat.agrees()
    await chat.commands("start")
    (row,) = await chat.says("no")
    assert row.out.text
    assert heard == []
    assert await flow_of(chat) == {}


async def test_a_flow_left_alone_is_over(chat: Chat, heard: list[tuple[str, str]]) -> None:
    await chat.agrees()
    await chat.commands("start")
    chat.clock.pass_(hours=7)
    await chat.says("good morning")
    assert heard == []
    assert await flow_of(chat) == {}


async def test_risk_comes_before_a_flow_and_ends_it(chat: Chat, heard: list[tuple[str, str]]) -> None:
    await chat.agrees()
    await chat.commands("start")
    await chat.says(chat.understands("the end of it", **risk(Kind.WISH_DEAD, Tier.T2)))
    await chat.says("after")
    assert heard == []
    assert await flow_of(chat) == {}


async def test_a_flow_of_another_version_is_dropped(chat: Chat, heard: list[tuple[str, str]]) -> None:
    await chat.agrees()
    await chat.commands("start")
    commands.FLOWS.pop("trial")
    await chat.says("hello there")
    assert await flow_of(chat) == {}
