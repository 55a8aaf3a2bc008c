"""Hopes said back in talk: when they come to speak of it, once, not at once, not in sorrow, nothing off-limits."""

import pytest

from bot.care.practices.hoped import telling
from nlp.labels import Mood
from nlp.reading import Finding
from tests.bot.care.conftest import VOICE, Chat, make_chat

LINES = VOICE.library.entries["around.own_words.remind-hope"].say
HOPE = "to sing in a choir again"
SAID = {line.format(value=HOPE) for line in LINES}


async def hoping(hope: str = HOPE) -> Chat:
    chat = make_chat()
    await chat.agrees()
    await chat.presses("practice:hope:begin:go")
    await chat.says(hope)
    await chat.presses("practice:hope:why:stop")
    chat.clock.pass_(hours=20)
    return chat


async def said_back(chat: Chat, text: str, mood: Mood = Mood.POSITIVE, tries: int = 6, **found: object) -> int:
    """How often the hope came back while this was said, each time with other words round it."""
    count = 0
    for number in range(tries):  # beside a question nothing is said, so there are several
        rows = await chat.says(chat.understands(f"{text}{'!' * number}", mood=mood, language="en", **found))
        count += sum(row.out.text in SAID for row in rows)
    return count


async def test_a_hope_comes_back_when_they_speak_of_it_and_only_once() -> None:
    chat = await hoping()
    assert await said_back(chat, "I went to the choir on Monday") == 1
    chat.clock.pass_(days=30)
    assert await said_back(chat, "the choir was lovely") == 0


@pytest.mark.parametrize(
    ("text", "mood"), [("I will never manage the choir", Mood.NEGATIVE), ("we had soup and bread", Mood.POSITIVE)]
)
async def test_not_in_sorrow_and_not_for_other_things(text: str, mood: Mood) -> None:
    assert await said_back(await hoping(), text, mood) == 0


async def test_not_in_the_talk_in_which_it_was_written() -> None:
    chat = await hoping()
    chat.clock.pass_(hours=-19)
    assert await said_back(chat, "I went to the choir on Monday") == 0


async def test_not_what_is_off_limits_nor_what_was_erased() -> None:
    for erased in (False, True):
        chat = await hoping()
        if erased:
            async with chat.room.store.work(chat.number) as work:
                (hope,) = await work.kept("hope")
            await chat.presses(f"words:erase:{hope.id}")
        else:
            off = chat.understands(
                "please don't bring up the choir", acts=(Finding("off_limits", "test"),), language="en"
            )
            await chat.says(off)
            client = await chat.client()
            assert client is not None
            client.settings.off_limits = ["the choir"]
            async with chat.room.store.work(chat.number) as work:
                await work.client()
                await work.save(client)
                await work.commit()
        assert await said_back(chat, "I went to the choir on Monday") == 0


async def test_to_whoever_wants_only_listening_nothing_is_said_back() -> None:
    chat = await hoping()
    await chat.presses("me:pace:listening")
    assert await said_back(chat, "I went to the choir on Monday") == 0


def test_what_tells_something() -> None:
    assert telling("More mornings with my garden") == telling("the gardens today") == {"garden"}
    assert telling("I want to feel better and have more time for things") == set()
