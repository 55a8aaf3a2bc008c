"""Every practice walked through every branch: each choice, own words, skip, stop, voice, silence, at every step.

First by the engine alone, in every way the flags can fall; then as a client meets it, with the whole turn round it.
"""

from collections import deque
from collections.abc import Iterator
from functools import cache

import pytest

from bot.care.practices import engine
from bot.care.practices.engine import AFTER, OVER, Onward
from bot.store.volatile import VolatileStore
from nlp.reading import Finding
from responses.closed import is_closed
from responses.model import Entry, Part
from responses.practice import Practice, Step, fits
from responses.practice_lint import ways
from tests.bot.care.conftest import VOICE, Chat, make_chat

PRACTICES = VOICE.library.practices
OWN = "a window that looks onto the yard"
LONGEST_MESSAGE = 620  # characters: what one screen of a phone holds
LONGEST_WAY = 10  # taps from the beginning to the closing


def onwards(practice: Practice, step: Step, flags: frozenset[str], words: str) -> Iterator[tuple[Onward, str]]:
    """Whatever may follow a step, each with the words that the next step is told of."""
    for choice in step.choices:
        found = engine.choose(practice, step.name, choice.name, flags, words)
        if found is None:
            assert not fits(choice, flags)
        else:
            yield found, ""
    yield engine.skip(practice, step.name, flags), ""
    for hard in (False, True):
        written = engine.write(practice, step.name, OWN, flags | {"words"}, hard=hard)
        assert (written is None) is (step.own is None)
        if written is not None:
            yield written, OWN


@pytest.mark.parametrize("name", PRACTICES)
def test_every_way_ends_and_every_line_can_be_said(name: str) -> None:
    practice, reached = PRACTICES[name], set()
    for flags in ways(practice):
        todo = deque([(engine.begin(practice, flags), "", 1)])
        seen = set()
        while todo:
            onward, words, length = todo.popleft()
            assert length <= LONGEST_WAY
            assert all(VOICE.library.at(moment) for moment in onward.said)
            assert len(set(onward.said)) == len(onward.said)
            reached.add(onward.step)
            if onward.step in (AFTER, OVER) or (onward.step, words) in seen:
                continue
            seen.add((onward.step, words))
            step = practice.step(onward.step)
            assert step is not None
            todo.extend((found, told, length + 1) for found, told in onwards(practice, step, flags, words))
    assert {step.name for step in practice.steps} <= reached, "a step that nobody can reach"
    assert (AFTER if practice.after else OVER) in reached


# -- as a client meets it


@cache
def plain_lines() -> frozenset[str]:
    return frozenset(text for entry in VOICE.library.live for text in entry.say if "{" not in text)


@cache
def slotted() -> tuple[Entry, ...]:
    return tuple(e for e in VOICE.library.live if e.id.startswith(("practices.", "around.")) and e.slots)


def check_words(text: str, typed: list[str]) -> None:
    """Every paragraph is a line of the library, its slots filled with what the person typed."""
    assert len(text) <= LONGEST_MESSAGE
    paragraphs = text.split("\n\n")
    assert len(paragraphs) == len(set(paragraphs)), "the same line twice in one message"
    for paragraph in paragraphs:
        said = paragraph in plain_lines() or any(
            is_closed(Part(e.id, e.technique, paragraph), e, typed) for e in slotted()
        )
        assert said, f"no line of the library: {paragraph}"


Act = tuple[str, str]  # ("press", data) or ("say", text)


async def does(chat: Chat, act: Act) -> list[tuple[str, list[str]]]:
    """What came back to one act: (text, data of its buttons) each."""
    rows = await (chat.presses(act[1]) if act[0] == "press" else chat.says(act[1]))
    chat.clock.pass_(seconds=70)
    rows += await chat.sent()
    client = await chat.client()
    assert client is not None
    for row in rows:
        if row.out.text != client.memory["last_said"]:  # a listening reply has its own tests
            check_words(row.out.text, [OWN, "the hard one"])
    return [(row.out.text, [b.data for line in row.out.buttons for b in line]) for row in rows]


async def begun(name: str, path: tuple[Act, ...]) -> tuple[Chat, list[str]]:
    """A chat at the end of a path, and the buttons then open."""
    chat = make_chat()
    chat.understands("the hard one", self_talk=(Finding("shame", "test"),), language="en")
    await chat.agrees()
    said: list[str] = []
    found: list[tuple[str, list[str]]] = []
    for act in (("press", f"practice:{name}"), *path):
        found = await does(chat, act)
        said += [line for text, _ in found for line in text.split("\n\n")]
    assert len(said) == len(set(said)), "the same line twice in one run"
    return chat, (found[-1][1] if found else [])


async def flow(chat: Chat) -> dict[str, object]:
    client = await chat.client()
    assert client is not None
    return dict(client.memory["flow"])


@pytest.mark.parametrize("name", PRACTICES)
async def test_a_client_can_go_every_way(name: str) -> None:
    """Each button and each kind of words at each place, reached by the shortest path."""
    todo, places = deque([()]), set()
    while todo:
        path: tuple[Act, ...] = todo.popleft()
        chat, buttons = await begun(name, path)
        here = await flow(chat)
        place = (here.get("step"), tuple(buttons))
        if place in places or any(act[1].startswith("practice:grounding") for act in path if name != "grounding"):
            continue
        places.add(place)
        assert isinstance(chat.room.store, VolatileStore)
        own = [data for data in buttons if data.startswith("practice:")]
        todo.extend((*path, ("press", data)) for data in own)
        if here:
            todo.extend([(*path, ("say", OWN)), (*path, ("say", "the hard one"))])
            await left_alone(name, path)
            await stopped(name, path)
            await spoken(name, path)
    assert len(places) > len([step for step in PRACTICES[name].steps if not step.needs])


async def left_alone(name: str, path: tuple[Act, ...]) -> None:
    """After hours of silence words are talk again, and nothing was sent meanwhile."""
    chat, _ = await begun(name, path)
    chat.clock.pass_(hours=7)
    assert await chat.sent() == []
    assert await chat.says("good morning")
    assert await flow(chat) == {}


async def stopped(name: str, path: tuple[Act, ...]) -> None:
    """ "Stop" ends the practice and nothing else."""
    chat, _ = await begun(name, path)
    (row,) = await chat.says("stop")
    assert row.out.text in VOICE.library.entries["around.practices.stopped"].say
    client = await chat.client()
    assert client is not None and not client.settings.paused
    assert await flow(chat) == {}


async def spoken(name: str, path: tuple[Act, ...]) -> None:
    """A voice message is answered honestly, and the practice waits where it was."""
    chat, _ = await begun(name, path)
    before = await flow(chat)
    assert await chat.does({"what": "voice"})
    assert await flow(chat) == before
