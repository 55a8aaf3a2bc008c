"""Each command and button, before the first yes and after it."""

import json

import pytest

from bot.care.commands import COMMANDS, MENU
from nlp.labels import Mood
from nlp.reading import Clause, Phrase, Span
from tests.bot.care.conftest import Chat


@pytest.mark.parametrize("name", [*COMMANDS, "help_now", "nonsense"])
@pytest.mark.parametrize("agreed", [True, False])
async def test_every_command_is_answered_in_every_state(chat: Chat, name: str, agreed: bool) -> None:
    if agreed:
        await chat.agrees()
    rows = await chat.commands(name)
    assert rows
    assert all(row.out.text for row in rows)


def test_the_menu_offers_help_first_and_only_what_there_is() -> None:
    assert MENU[0] == "help_now"
    assert set(MENU) - {"help_now"} <= set(COMMANDS)


@pytest.mark.parametrize(
    "data", ["me:nonsense", "consent:x:on", "forget:maybe", "checkin:3", "do:nothing", "consent:talk:x"]
)
async def test_old_and_forged_buttons_get_an_answer_and_change_nothing(chat: Chat, data: str) -> None:
    await chat.agrees()
    before = await chat.client()
    assert await chat.presses(data)
    after = await chat.client()
    assert before is not None and after is not None
    assert (before.consents, before.settings) == (after.consents, after.settings)


@pytest.mark.parametrize("word", ["stop", "Pause.", "leave me alone", "please stop"])
async def test_stop_in_plain_words_pauses(chat: Chat, word: str) -> None:
    await chat.agrees()
    await chat.says(word)
    client = await chat.client()
    assert client is not None and client.settings.paused
    await chat.commands("resume")
    client = await chat.client()
    assert client is not None and not client.settings.paused


async def test_each_consent_by_itself(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("consent:marks:on")
    client = await chat.client()
    assert client is not None and client.consented("marks") and not client.consented("answers")
    await chat.presses("consent:marks:off")
    client = await chat.client()
    assert client is not None and not client.consented("marks")


async def test_talk_taken_back_leads_to_the_door_again(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("consent:talk:off")
    (row,) = await chat.says("hello")
    assert "program" in row.out.text
    await chat.presses("consent:talk")
    client = await chat.client()
    assert client is not None and client.consented("talk")


async def test_me_shows_and_changes_what_is_remembered(chat: Chat) -> None:
    await chat.agrees()
    phrase = Phrase("your sister", "person", Span(0, 1), "test")
    await chat.says(chat.understands("about her", phrases=(phrase,), mood=Mood.NEGATIVE, language="en"))
    (row,) = await chat.commands("me")
    assert "your sister" in row.out.text
    await chat.presses("me:pace:listening")
    await chat.presses("me:gentle:on")
    await chat.presses("me:clear:memory")
    (row,) = await chat.commands("me")
    assert "your sister" not in row.out.text
    client = await chat.client()
    assert client is not None and client.settings.gentle and client.settings.pace == "listening"


async def test_why_explains_the_last_reply(chat: Chat) -> None:
    await chat.agrees()
    clause = Clause("you miss the sea", "i_miss", "test", Span(0, 1), Mood.NEGATIVE)
    await chat.says(chat.understands("words", clauses=(clause,), mood=Mood.NEGATIVE, language="en"))
    (row,) = await chat.commands("why")
    assert len(row.out.text) > 60
    assert "listening." not in row.out.text  # plain words, no ids


async def test_export_holds_everything(chat: Chat) -> None:
    await chat.agrees()
    await chat.says("first thing")
    _words, file = await chat.commands("export")
    whole = json.loads(file.out.text)
    assert whole["turns"][0]["heard"] == "first thing"
    assert whole["client"]["consents"][0]["purpose"] == "talk"


async def test_forget_takes_two_taps_and_leaves_nothing(chat: Chat) -> None:
    await chat.agrees()
    await chat.says("first thing")
    await chat.commands("forget")
    await chat.presses("forget:no")
    assert await chat.client() is not None
    await chat.commands("forget")
    (row,) = await chat.presses("forget:yes")
    assert "erased" in row.out.text
    assert await chat.client() is None


async def test_media_is_answered_honestly(chat: Chat) -> None:
    await chat.agrees()
    for what in ("voice", "sticker", "photo", "file", "forwarded", "location", "other"):
        assert len(await chat.does({"what": what})) == 1
    (row,) = await chat.does({"what": "caption", "text": "look at my dog"})
    assert row.out.text
