"""The whole turn over the in-memory twin: risk before all else, consent before keeping, one reply to a burst."""

import pytest

from bot.care.aftermath import client_blocked
from bot.care.conversation import safe_turn, take_turn, urgent
from bot.care.incoming import Incoming
from bot.care.ports import RawUpdate
from nlp.labels import Intensity, Kind, Mood, Tier
from nlp.reading import Feeling, Finding, Phrase, Reading, Span
from tests.bot.care.conftest import Chat, risk

DYING = "what the person wrote on the worst night"


def sad(chat: Chat, text: str) -> str:
    feeling = Feeling("sadness", Intensity.HIGH, "self", Span(0, 3), "test", word="sad")
    return chat.understands(text, feelings=(feeling,), mood=Mood.NEGATIVE, language="en")


async def test_nothing_is_kept_before_the_first_yes(chat: Chat) -> None:
    (row,) = await chat.says(sad(chat, "I am so sad"))
    assert "program" in row.out.text
    assert row.out.buttons[0][0].data == "consent:talk"
    assert await chat.client() is None


async def test_two_taps_to_the_first_reply(chat: Chat) -> None:
    await chat.commands("start")
    await chat.agrees()
    (row,) = await chat.says(sad(chat, "I am so sad"))
    assert "program" not in row.out.text  # the notice was given at the door
    client = await chat.client()
    assert client is not None and client.consented("talk")


async def test_a_typed_yes_is_the_button(chat: Chat) -> None:
    await chat.commands("start")
    await chat.says("Yes please!")
    client = await chat.client()
    assert client is not None and client.consented("talk")


async def test_a_burst_gets_one_reply(chat: Chat) -> None:
    await chat.agrees()
    rows = await chat.says("so", "today happened", sad(chat, "and I am sad"))
    assert len(rows) == 1


@pytest.mark.parametrize("agreed", [True, False])
async def test_risk_is_answered_before_consent_and_after(chat: Chat, agreed: bool) -> None:
    if agreed:
        await chat.agrees()
    (row,) = await chat.says(chat.understands(DYING, **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    assert "112" in row.out.text or "911" in row.out.text
    assert (await chat.client() is not None) is agreed


async def test_risk_in_one_message_of_a_burst_is_enough(chat: Chat) -> None:
    await chat.agrees()
    (row,) = await chat.says("fine day", chat.understands(DYING, **risk(Kind.WISH_DEAD, Tier.T2)), "anyway")
    client = await chat.client()
    assert client is not None and client.episode
    assert row.out.priority == 0


async def test_risk_is_heard_while_paused_and_beside_a_command(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("pause")
    assert await chat.says(chat.understands(DYING, **risk(Kind.WISH_DEAD, Tier.T2)))
    rows = await chat.does({"text": DYING}, {"command": "why", "what": "command"})
    assert rows[0].out.priority == 0
    assert len(rows) == 2


async def test_who_is_on_call_gets_a_note_after_the_client_got_theirs(watched: Chat) -> None:
    await watched.agrees()
    rows = await watched.says(watched.understands(DYING, **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    to = [row.chat if row.out.to is None else row.out.to for row in rows]
    assert to[0] == watched.number
    assert 901 in to
    note = next(row for row in rows if row.out.to == 901)
    assert DYING not in note.out.text


async def test_no_note_without_the_talk_consent(watched: Chat) -> None:
    rows = await watched.says(watched.understands(DYING, **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    assert {row.out.to for row in rows} == {None}


async def test_a_failing_turn_changes_nothing(chat: Chat) -> None:
    await chat.agrees()

    class BoomError(Exception):
        pass

    async def broken(text: str) -> Reading:
        raise BoomError

    room = chat.room
    object.__setattr__(room, "read", broken)
    await room.store.inbox.accept([RawUpdate(99, chat.number, None, b"x", chat.clock.now())])
    (waiting,) = await room.store.inbox.waiting(chat.number)
    batch = [Incoming(waiting.id, chat.number, chat.clock.now(), "x")]
    with pytest.raises(BoomError):
        await take_turn(room, chat.number, batch)
    assert await chat.sent() == []
    assert len(await room.store.inbox.waiting(chat.number)) == 1
    await safe_turn(room, chat.number, batch)
    (row,) = await chat.sent()
    assert "findahelpline" in row.out.text or "112" in row.out.text
    assert await room.store.inbox.waiting(chat.number) == []


async def test_the_safe_words_tell_a_human_when_the_floor_heard_danger(watched: Chat) -> None:
    await watched.agrees()
    text = watched.understands(DYING, **risk(Kind.WISH_DEAD, Tier.T2))
    await watched.room.store.inbox.accept([RawUpdate(99, watched.number, None, b"x", watched.clock.now())])
    (waiting,) = await watched.room.store.inbox.waiting(watched.number)
    await safe_turn(watched.room, watched.number, [Incoming(waiting.id, watched.number, watched.clock.now(), text)])
    assert {row.out.to for row in await watched.sent()} == {None, 901}


async def test_the_notice_comes_each_day_and_every_three_hours(chat: Chat) -> None:
    await chat.agrees()
    assert len(await chat.says(sad(chat, "one"))) == 1
    chat.clock.pass_(hours=2, minutes=59)
    assert len(await chat.says(sad(chat, "two"))) == 1
    chat.clock.pass_(minutes=1)
    notice, _reply = await chat.says(sad(chat, "three"))
    assert "program" in notice.out.text
    chat.clock.pass_(hours=4)  # past midnight in between
    assert len(await chat.says(sad(chat, "four"))) == 2
    chat.clock.pass_(days=8)
    notice, _reply = await chat.says(sad(chat, "five"))
    assert "It's been a while" in notice.out.text


async def test_a_client_who_blocks_is_paused(chat: Chat) -> None:
    await chat.agrees()
    await client_blocked(chat.room, chat.number)
    client = await chat.client()
    assert client is not None and client.settings.paused


async def test_turns_keep_labels_apart_from_words(chat: Chat) -> None:
    await chat.agrees()
    text = chat.understands("my words", acts=(Finding("thanks", "test"),), language="en")
    await chat.says(text)
    async with chat.room.store.work(chat.number) as work:
        (turn,) = await work.turns()
    assert turn.heard == "my words"
    assert turn.labels["acts"] == ["thanks"]
    assert "my words" not in repr((turn.labels, turn.trail, turn.entries))


def test_urgent_is_what_the_floor_calls_so(chat: Chat) -> None:
    chat.understands(DYING, **risk(Kind.WISH_DEAD, Tier.T2))
    assert urgent(chat.room.floor, DYING)
    assert not urgent(chat.room.floor, "a day like any other")


async def test_forwarded_words_are_read_for_risk_and_not_taken_for_their_own(chat: Chat) -> None:
    await chat.agrees()
    chat.understands(DYING, **risk(Kind.WISH_DEAD, Tier.T2))
    (row,) = await chat.does({"text": DYING, "what": "forwarded"})
    assert row.out.priority == 0
    rows = await chat.does({"text": "a poem that somebody sent", "what": "forwarded"})
    assert len(rows) == 1


async def test_phrases_go_with_the_messages_they_came_from(chat: Chat) -> None:
    await chat.agrees()
    phrase = Phrase("your sister", "person", Span(0, 1), "test")
    await chat.says(chat.understands("about her", phrases=(phrase,), language="en"))
    client = await chat.client()
    assert client is not None and "your sister" in repr(client.memory)
    chat.clock.pass_(days=31)
    await chat.says("hello again")
    client = await chat.client()
    assert client is not None and "your sister" not in repr(client.memory)
