"""Words between a client and a person of on-call: both ways, marked, with risk read first, until either ends it."""

import pytest

from bot.care.aftermath import client_blocked
from bot.care.ports import OutboxRow
from bot.care.rota import Contact, Rota
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import Chat, make_chat, risk

ANNA = Contact("anna", 901, "Anna")
ROTA = Rota((ANNA, Contact("ben", 902, "Ben")), Contact("operator", 903))
DANGER = "words of danger"


@pytest.fixture
async def writing() -> Chat:
    """A client in danger, and Anna, who has pressed Write to the client."""
    chat = make_chat(ROTA)
    await chat.agrees()
    await chat.says(chat.understands(DANGER, **risk(Kind.WISH_DEAD, Tier.T2)))
    await chat.presses("alert:1:seen", staff=901)
    await chat.presses("alert:1:write", staff=901)
    return chat


def to(rows: list[OutboxRow], chat: int) -> list[str]:
    return [row.out.text for row in rows if (row.out.to or row.chat) == chat]


async def test_a_persons_words_arrive_whole_and_marked(writing: Chat) -> None:
    rows = await writing.contact_says(901, "Hello, I'm Anna. Shall we talk at four?")
    (said,) = to(rows, 501)
    assert said.endswith("Hello, I'm Anna. Shall we talk at four?")
    assert "Anna" in said.split("\n")[0]
    assert "person" in said.split("\n")[0]
    assert to(rows, 901)[0].startswith("Sent to client-")
    data = [b.data for row in rows if row.chat == 501 for line in row.out.buttons for b in line]
    assert data == ["relay:end", "help_now"]


async def test_the_clients_answer_goes_to_that_person_and_to_nobody_else(writing: Chat) -> None:
    await writing.contact_says(901, "How are you?")
    rows = await writing.says("a bit better, thank you")
    (passed,) = to(rows, 901)
    assert passed.endswith("a bit better, thank you")
    assert to(rows, 902) == []
    (said,) = to(rows, 501)
    assert "Anna" in said
    brief = to(await writing.says("and tired"), 501)
    assert len(brief[0]) < 40


async def test_risk_is_read_first_and_the_words_are_passed_on_as_well(writing: Chat) -> None:
    await writing.contact_says(901, "How are you?")
    rows = await writing.says(writing.understands("it is happening", **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    client = to(rows, 501)
    assert "call" in client[0].lower()
    passed = next(text for text in to(rows, 901) if "it is happening" in text)
    assert "sign of danger" in passed
    assert any(row.out.alert == 2 and row.out.to == 901 for row in rows)  # the tier rose: a new alert


async def test_words_about_danger_by_the_person_are_no_risk_of_their_own(writing: Chat) -> None:
    writing.understands("are you thinking of dying?", **risk(Kind.WISH_DEAD, Tier.T2))
    rows = await writing.contact_says(901, "are you thinking of dying?")
    assert len(rows) == 2
    assert {row.out.to or row.chat for row in rows} == {901, 501}
    assert all(row.out.priority == 1 for row in rows)


async def test_either_ends_it(writing: Chat) -> None:
    await writing.contact_says(901, "one")
    rows = await writing.presses("relay:end")
    assert "ended" in to(rows, 901)[0]
    assert to(await writing.says("for the program"), 901) == []
    assert to(await writing.contact_says(901, "too late"), 501) == []
    await writing.presses("alert:1:write", staff=901)
    await writing.contact_says(901, "again")
    rows = await writing.presses("alert:1:end", staff=901)
    assert "program" in to(rows, 501)[0]
    assert to(await writing.says("for the program"), 901) == []


async def test_closing_and_handing_on_end_it(writing: Chat) -> None:
    await writing.presses("alert:1:to:ben", staff=901)
    assert to(await writing.says("who reads this"), 901) == []
    assert to(await writing.contact_says(901, "my own words now"), 501) == []


async def test_words_long_after_are_not_passed_on_by_accident(writing: Chat) -> None:
    await writing.contact_says(901, "one")
    writing.clock.pass_(hours=2)
    rows = await writing.contact_says(901, "meant for a friend")
    assert to(rows, 501) == []
    assert "was not sent" in to(rows, 901)[0]
    writing.clock.pass_(hours=20)
    assert "was not sent" not in "".join(to(await writing.contact_says(901, "hello"), 901))


async def test_a_sign_of_their_own_long_after_is_heard(writing: Chat) -> None:
    await writing.contact_says(901, "one")
    writing.clock.pass_(hours=2)
    rows = await writing.contact_says(901, writing.understands("mine", **risk(Kind.WISH_DEAD, Tier.T2)))
    assert to(rows, 501) == []
    assert "was not sent" not in "".join(to(rows, 901))


async def test_who_does_not_write_to_anybody_talks_for_themselves(writing: Chat) -> None:
    rows = await writing.contact_says(902, "hello there")
    assert to(rows, 501) == []
    assert to(rows, 902)


async def test_a_second_person_cannot_take_the_words_over(writing: Chat) -> None:
    rows = await writing.presses("alert:1:write", staff=902)
    assert "someone else" in to(rows, 902)[0]


async def test_a_client_who_blocks_the_bot_is_not_waited_for(writing: Chat) -> None:
    await writing.contact_says(901, "one")
    await client_blocked(writing.room, 501)
    (row,) = await writing.sent()
    assert row.out.to == 901
    assert "blocked" in row.out.text


async def test_words_that_cannot_be_delivered_bring_the_next_person(writing: Chat) -> None:
    await writing.contact_says(901, "one")
    store = writing.room.store
    original = writing.sent

    async def anna_is_gone() -> list[OutboxRow]:
        rows = await store.outbox.claim(writing.clock.now(), 50)
        for row in rows:
            if row.out.to == 901:
                await store.outbox.fail(row.id, writing.clock.now(), "forbidden")
            else:
                await store.outbox.sent(row.id, 1, writing.clock.now())
        return rows

    writing.sent = anna_is_gone  # type: ignore[method-assign]
    await writing.says("are you there")
    writing.sent = original  # type: ignore[method-assign]
    rows = await writing.ticks(minutes=1)
    assert {row.out.to or row.chat for row in rows} == {501, 902}
    assert to(await writing.says("hello"), 901) == []


async def test_after_erasure_nothing_finds_the_client(writing: Chat) -> None:
    await writing.contact_says(901, "one")
    await writing.presses("forget:yes")
    rows = await writing.contact_says(901, "still there?")
    assert to(rows, 501) == []
    assert "erased" in to(rows, 901)[0]


async def test_without_a_name_it_is_the_person_on_call() -> None:
    chat = make_chat(Rota((Contact("x", 901),)))
    await chat.agrees()
    await chat.says(chat.understands(DANGER, **risk(Kind.WISH_DEAD, Tier.T2)))
    await chat.presses("alert:1:write", staff=901)
    assert "the person on call" in to(await chat.contact_says(901, "hi"), 501)[0]


async def test_a_graver_alert_does_not_cut_the_words_off(writing: Chat) -> None:
    """The earlier number is closed by it, and what the person writes still arrives."""
    await writing.contact_says(901, "How are you?")
    await writing.says(writing.understands("it is happening", **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    assert await writing.ticks(minutes=9) == []
    assert to(await writing.ticks(minutes=2), 902)  # writing on is no confirmation: the next one is told
    rows = await writing.contact_says(901, "I'm calling you now")
    assert to(rows, 501)[0].endswith("I'm calling you now")
    assert to(await writing.says("ok"), 901)[0].endswith("ok")


async def test_the_client_is_not_told_what_the_exchange_shows(writing: Chat) -> None:
    await writing.contact_says(901, "How are you?")
    rows = await writing.presses("alert:1:seen", staff=901)
    assert to(rows, 501) == []


async def test_words_of_somebody_on_call_to_nobody_are_said_to_go_to_nobody(writing: Chat) -> None:
    await writing.presses("alert:1:end", staff=901)
    (said,) = to(await writing.contact_says(901, "are they all right?"), 901)
    assert "goes to nobody" in said
    (said,) = to(await writing.contact_says(902, "hello?"), 902)
    assert "goes to nobody" in said
