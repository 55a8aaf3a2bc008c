"""Every practice walked through every branch: each choice, own words, skip, stop, voice, silence, at every step.

First by the engine alone, in every way the flags can fall; then as a client meets it, with the whole turn round it.
"""

from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache

import pytest

from bot.care.practices import engine
from bot.care.practices.engine import AFTER, OVER, Onward, Told
from nlp.labels import Kind, Tier
from nlp.reading import Finding
from responses.closed import is_closed
from responses.fill import can_fill
from responses.model import Entry, Part
from responses.practice import Practice, Step, fits
from responses.practice_lint import ways
from tests.bot.care.conftest import VOICE, Chat, HandClock, make_chat, risk

pytestmark = pytest.mark.evidence  # takes long; run by make evidence

PRACTICES = VOICE.library.practices
OWN = "a window that looks onto the yard"
LONGEST_MESSAGE = 620  # characters: what one screen of a phone holds
LONGEST_WAY = 10  # taps from the beginning to the closing


def onwards(practice: Practice, step: Step, told: Told) -> Iterator[Onward]:
    """Whatever may follow a step."""
    for choice in step.choices:
        found = engine.choose(practice, step.name, choice.name, told)
        assert (found is None) is not fits(choice, told.now)
        if found is not None:
            yield found
    yield engine.skip(practice, step.name, told)
    for hard in (False, True):
        written = engine.write(practice, step.name, OWN, told, hard=hard)
        assert (written is None) is (step.own is None)
        if written is not None:
            yield written


def can_be_said(onward: Onward) -> bool:
    known = {**onward.told.said, **{kind: OWN for kind in ("hope", "kinder") if kind in onward.told.flags}}
    return all(
        any(all(can_fill(text, known) for text in entry.say) for entry in VOICE.library.at(moment))
        for moment in onward.said
    )


@pytest.mark.parametrize("name", PRACTICES)
def test_every_way_ends_and_every_line_can_be_said(name: str) -> None:
    practice, reached = PRACTICES[name], set()
    for flags in ways(practice):
        todo, seen = deque([(engine.begin(practice, flags), 1)]), set()
        while todo:
            onward, length = todo.popleft()
            assert length <= LONGEST_WAY
            assert can_be_said(onward)
            assert len(set(onward.said)) == len(onward.said)
            reached.add(onward.step)
            place = (onward.step, onward.told.now)
            if onward.step in (AFTER, OVER) or place in seen:
                continue
            seen.add(place)
            step = practice.step(onward.step)
            assert step is not None
            todo.extend((found, length + 1) for found in onwards(practice, step, onward.told))
    assert {step.name for step in practice.steps} <= reached, "a step that nobody can reach"
    assert (AFTER if practice.after else OVER) in reached


# -- as a client meets it


@cache
def plain_lines() -> frozenset[str]:
    return frozenset(text for entry in VOICE.library.live for text in entry.say if "{" not in text)


@cache
def slotted() -> tuple[Entry, ...]:
    return tuple(e for e in VOICE.library.live if e.id.startswith(("practices.", "around.")) and e.slots)


@cache
def labels() -> tuple[str, ...]:
    return tuple(c.label for p in PRACTICES.values() for s in p.steps if s.own_label for c in s.choices)


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
            check_words(row.out.text, [OWN, *labels()])
    return [(row.out.text, [b.data for line in row.out.buttons for b in line]) for row in rows]


@dataclass
class Place:
    """A chat as it stands after some acts, the buttons then open, and every line said on the way."""

    chat: Chat
    buttons: list[str]
    said: list[str]

    def again(self) -> Chat:
        """The same chat once more as after a restart: nothing of it but what the store holds."""
        clock = HandClock(self.chat.clock.time)
        room = replace(self.chat.room, store=deepcopy(self.chat.room.store), clock=clock)
        return Chat(room, clock, self.chat.readings, _updates=self.chat._updates)

    async def then(self, act: Act) -> "Place":
        chat = self.again()
        found = await does(chat, act)
        said = self.said + [line for text, _ in found for line in text.split("\n\n")]
        assert len(said) == len(set(said)), "the same line twice in one run"
        return Place(chat, found[-1][1] if found else [], said)


# Clients whose past or settings change a practice, and the flags by which they do.
SORTS: dict[str, frozenset[str]] = {
    "anyone": frozenset(),
    "gentle": frozenset({"gentle", "plain", "company"}),
    "harmed": frozenset({"harmed"}),
    "bereaved": frozenset({"company"}),
    "hopeful": frozenset({"hope"}),
}
_TOLD = {"harmed": "bullying", "bereaved": "death_of_loved_one"}


def flags_of(practice: Practice) -> frozenset[str]:
    """The flags that any of its steps or choices asks for."""
    parts = [*practice.steps, *(choice for step in practice.steps for choice in step.choices)]
    return frozenset().union(*(part.needs | part.unless for part in parts))


WALKS = [
    (name, sort) for name, p in PRACTICES.items() for sort in SORTS if sort == "anyone" or SORTS[sort] & flags_of(p)
]


async def begun(name: str, sort: str) -> Place:
    chat = make_chat()
    chat.understands("the hard one", self_talk=(Finding("shame", "test"),), language="en")
    await chat.agrees()
    if sort == "gentle":
        await chat.presses("me:gentle:on")
    if sort in _TOLD:
        await chat.says(chat.understands("what was", situations=(Finding(_TOLD[sort], "test"),), language="en"))
    if sort == "hopeful":
        async with chat.room.store.work(chat.number) as work:
            await work.keep("hope", {"text": OWN}, chat.clock.now())
            await work.commit()
    return await Place(chat, [], []).then(("press", f"practice:{name}"))


async def flow(chat: Chat) -> dict[str, object]:
    client = await chat.client()
    assert client is not None
    return dict(client.memory["flow"])


def test_every_flag_has_a_client_who_walks() -> None:
    walked = {"short", "long"}.union(*SORTS.values())
    used = {flag for p in PRACTICES.values() for flag in flags_of(p) if not flag.startswith("has-")}
    assert used <= walked


@pytest.mark.parametrize(("name", "sort"), WALKS, ids=lambda part: part)
async def test_a_client_can_go_every_way(name: str, sort: str) -> None:
    """Each button and each kind of words at each place, every place once, each after a restart."""
    todo, seen = deque([await begun(name, sort)]), set()
    while todo:
        place = todo.popleft()
        here = await flow(place.chat)
        mark = (here.get("step"), tuple(place.buttons))
        if mark in seen:
            continue
        seen.add(mark)
        acts = [("press", data) for data in place.buttons if data.startswith(f"practice:{name}")]
        await tapped_twice(place, [data for data in place.buttons if data.startswith(f"practice:{name}:")])
        if here:
            acts += [("say", OWN), ("say", "the hard one")]
            await endangered(place)
            await spoken(place)
            await stopped(place)
            await left_alone(place)
        todo.extend([await place.then(act) for act in acts])
    assert len(seen) > len([step for step in PRACTICES[name].steps if not step.needs])


async def tapped_twice(place: Place, buttons: list[str]) -> None:
    """The second tap changes nothing and is passed over in silence, unless the practice is over by then."""
    for data in buttons:
        chat = place.again()
        await chat.presses(data)
        after_one = await flow(chat)
        again = await chat.presses(data)
        assert without_row(await flow(chat)) == without_row(after_one)
        assert again == [] or not after_one, data
        assert len(again) <= 1


def without_row(here: dict[str, object]) -> tuple[object, bool]:
    """The flow, and whether a line is still to come; its row has a number of its own each time."""
    values = dict(here.get("values") or {})  # type: ignore[call-overload]
    return {**here, "values": {k: v for k, v in values.items() if k != "later"}}, "later" in values


async def endangered(place: Place) -> None:
    """Words of risk are answered as risk wherever they fall, and the practice is left."""
    chat = place.again()
    rows = await chat.says(chat.understands("I want to die", **risk(Kind.WISH_DEAD, Tier.T2)))
    assert rows and not any("practice:" in b.data for row in rows for line in row.out.buttons for b in line)
    assert await flow(chat) == {}


async def left_alone(place: Place) -> None:
    """After hours of silence words are talk again, and nothing was sent meanwhile."""
    chat = place.again()
    chat.clock.pass_(hours=7)
    assert await chat.sent() == []
    assert await chat.says("good morning")
    assert await flow(chat) == {}


async def stopped(place: Place) -> None:
    """ "Stop" ends the practice and nothing else."""
    chat = place.again()
    (row,) = await chat.says("stop")
    assert row.out.text in VOICE.library.entries["around.practices.stopped"].say
    client = await chat.client()
    assert client is not None and not client.settings.paused
    assert await flow(chat) == {}


async def spoken(place: Place) -> None:
    """A voice message is answered honestly, and the practice waits where it was; a line still to come is taken back."""
    chat = place.again()
    before = await flow(chat)
    before.get("values", {}).pop("later", None)
    assert await chat.does({"what": "voice"})
    assert await flow(chat) == before
