"""Marks and the month's picture, the monthly look, a name: theirs, shown to them, without a verdict."""

from dataclasses import replace
from datetime import date

import pytest

from bot.care.month import FILE, MonthPicture
from bot.care.records import Outgoing
from tests.bot.care.conftest import VOICE, Chat, make_chat

PICTURE = b"\x89PNG a picture"


@pytest.fixture
def drawn() -> list[MonthPicture]:
    return []


@pytest.fixture
def drawing(drawn: list[MonthPicture]) -> Chat:
    chat = make_chat()

    async def draw(plan: MonthPicture) -> bytes:
        drawn.append(plan)
        return PICTURE

    chat.room = replace(chat.room, draw=draw)
    return chat


async def marks(chat: Chat, *values: int, days: float = 1) -> None:
    for value in values:
        await chat.presses(f"month:mark:{value}")
        chat.clock.pass_(days=days)


async def test_a_mark_says_what_asked_for_it(chat: Chat) -> None:
    await chat.agrees()
    await marks(chat, 2)
    async with chat.room.store.work(chat.number) as work:
        (kept,) = await work.kept("mark")
    assert kept.value == {"value": 2, "from": "month"}


def data_of(out: Outgoing) -> list[str]:
    return [b.data for line in out.buttons for b in line]


async def test_without_marks_one_can_be_made_and_nothing_is_drawn(drawing: Chat, drawn: list[MonthPicture]) -> None:
    await drawing.agrees()
    (row,) = await drawing.commands("month")
    assert data_of(row.out) == ["month:mark", "look:open"]
    assert drawn == []
    (row,) = await drawing.presses("month:mark")
    assert data_of(row.out)[:5] == [f"month:mark:{n}" for n in range(1, 6)]


async def test_the_picture_carries_its_content_in_words(drawing: Chat, drawn: list[MonthPicture]) -> None:
    await drawing.agrees()
    await marks(drawing, 2, 4)
    (row,) = await drawing.commands("month")
    assert (row.out.picture, row.out.document) == (PICTURE, FILE)
    assert "2 Mar hard; 3 Mar all right" in row.out.text
    assert drawn[0].marks == ((date(2026, 3, 2), 2), (date(2026, 3, 3), 4))
    assert (drawn[0].last - drawn[0].first).days == 27


async def test_marks_stand_on_the_clients_own_day_and_leave_after_four_weeks(
    drawing: Chat, drawn: list[MonthPicture]
) -> None:
    await drawing.agrees()
    async with drawing.room.store.work(drawing.number) as work:
        client = await work.client()
        assert client is not None
        client.settings.zone = "Pacific/Auckland"
        await work.save(client)
        await work.commit()
    await marks(drawing, 3, days=20)
    await marks(drawing, 5, days=7)
    await drawing.commands("month")
    assert drawn[-1].marks == ((date(2026, 3, 3), 3), (date(2026, 3, 23), 5))
    drawing.clock.pass_(days=1)
    await drawing.commands("month")
    assert drawn[-1].marks == ((date(2026, 3, 23), 5),)


async def test_dark_is_remembered(drawing: Chat, drawn: list[MonthPicture]) -> None:
    await drawing.agrees()
    await marks(drawing, 3)
    await drawing.presses("month:dark")
    (row,) = await drawing.commands("month")
    assert [plan.dark for plan in drawn] == [True, True]
    assert "month:light" in data_of(row.out)


async def test_without_a_hand_to_draw_the_words_are_sent(chat: Chat) -> None:
    await chat.agrees()
    await marks(chat, 3)
    (row,) = await chat.commands("month")
    assert row.out.picture == b"" and row.out.document == ""
    assert "so-so" in row.out.text


async def test_many_marks_make_no_caption_that_cannot_be_sent(drawing: Chat) -> None:
    await drawing.agrees()
    await marks(drawing, *[1, 5] * 60, days=0.2)
    (row,) = await drawing.commands("month")
    assert len(row.out.text) <= 1024


async def test_a_double_tap_is_one_mark_and_the_lowest_brings_help(drawing: Chat) -> None:
    await drawing.agrees()
    (row,) = await drawing.presses("month:mark:1")
    assert data_of(row.out) == ["help_now"]
    assert await drawing.presses("month:mark:1") == []
    async with drawing.room.store.work(drawing.number) as work:
        assert [k.value for k in await work.kept("mark")] == [{"value": 1, "from": "month"}]


async def test_looking_back_holds_their_words_of_these_weeks_only(drawing: Chat) -> None:
    await drawing.agrees()
    async with drawing.room.store.work(drawing.number) as work:
        await work.keep("hope", {"text": "an old hope"}, drawing.clock.now())
        await work.commit()
    drawing.clock.pass_(days=40)
    async with drawing.room.store.work(drawing.number) as work:
        await work.keep("kindness", {"text": "soup from next door"}, drawing.clock.now())
        await work.commit()
    *_, note = await drawing.commands("month")
    assert "“soup from next door”" in note.out.text
    assert "an old hope" not in note.out.text


# -- the monthly look


async def look(chat: Chat, *answers: str) -> str:
    await chat.presses("look:open")
    await chat.presses("look:begin")
    text = ""
    for question, answer in zip(("notice", "gentle", "company", "voice", "rest"), answers, strict=False):
        (row,) = await chat.presses(f"look:{question}:{answer}")
        text = row.out.text
    return text


async def test_the_look_shows_them_their_own_answers_and_no_score(chat: Chat) -> None:
    await chat.agrees()
    text = await look(chat, "2", "3", "skip", "5", "1")
    assert "hard time: seldom" in text and "last word: most days" in text
    assert "other" not in text.split("\n\n", 1)[1].split("They're kept")[0]
    async with chat.room.store.work(chat.number) as work:
        (kept,) = await work.kept("look")
    assert kept.value == {"answers": {"notice": 2, "gentle": 3, "voice": 5, "rest": 1}}


async def test_the_next_look_stands_beside_the_last(chat: Chat) -> None:
    await chat.agrees()
    await look(chat, "2", "3", "3", "5", "1")
    text = await look(chat, "4", "3", "3", "4", "skip")
    assert "seldom last time, often now" in text


async def test_the_look_can_be_stopped_and_then_nothing_is_kept(chat: Chat) -> None:
    await chat.agrees()
    await look(chat, "2", "stop")
    async with chat.room.store.work(chat.number) as work:
        assert await work.kept("look") == []


async def test_the_look_takes_typed_answers_skips_double_taps_and_leaves_for_talk(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("look:begin")
    await chat.says("often")
    assert await chat.presses("look:notice:1") == []
    (row,) = await chat.presses("look:rest:1")
    assert row.out.text in VOICE.library.entries["around.practices.gone-by"].say
    await chat.says("my mother rang")
    client = await chat.client()
    assert client is not None and client.memory["flow"] == {}


# -- a name and pronouns


async def test_a_name_and_pronouns_only_if_offered_and_gone_at_a_tap(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("called:name")
    await chat.says("Robin.")
    await chat.presses("called:pronouns")
    await chat.says("they/them")
    (row,) = await chat.commands("me")
    assert "Name: Robin." in row.out.text and "Pronouns: they/them." in row.out.text
    await chat.presses("called:name:none")
    await chat.presses("called:pronouns:none")
    client = await chat.client()
    assert client is not None and (client.settings.name, client.settings.pronouns) == ("", "")


async def test_what_is_no_name_is_listened_to(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("called:name")
    await chat.says("actually I would much rather talk about what happened at work today")
    client = await chat.client()
    assert client is not None and client.settings.name == ""
    assert client.memory["turn"] == 1


@pytest.mark.parametrize("data", ["month:x", "month:mark:9", "look:x:1", "look:open:now", "called:x"])
async def test_forged_buttons_are_old_ones(chat: Chat, data: str) -> None:
    await chat.agrees()
    (row,) = await chat.presses(data)
    assert row.out.text in VOICE.library.entries["system.commands.old-button"].say
