"""Offers beside listening: rare, fitting, refused for good at a tap, and never where they would be in the way."""

import pytest

from bot.care.practices.offer import EVERY, FITTING
from nlp.labels import Kind, Mood, Tier
from nlp.reading import Finding
from tests.bot.care.conftest import VOICE, Chat, make_chat, risk

PRACTICES = VOICE.library.practices
HARD = ("I'm such a failure", "worthless, as always", "I hate how I am", "it is all my weakness")
OFFERS = VOICE.library.entries["around.practices.offer"].say


async def talking(self_talk: str = "shame", **found: object) -> Chat:
    chat = make_chat()
    await chat.agrees()
    await chat.presses("me:pace:normal")
    for text in HARD:
        chat.understands(text, self_talk=(Finding(self_talk, "test"),), mood=Mood.NEGATIVE, language="en", **found)
    return chat


async def offers(chat: Chat, *texts: str) -> list[str]:
    """The practices offered while these were said."""
    found = []
    for text in texts:
        rows = await chat.says(text)
        for row in rows:
            if row.out.text in OFFERS:
                found.append(row.out.buttons[0][0].data)
    return found


async def until_offered(chat: Chat) -> str:
    """Talk on until the rhythm of questions leaves room; the practice that was offered."""
    for text in HARD * 2:
        found = await offers(chat, text)
        if found:
            return found[0]
    raise AssertionError("nothing was offered")


async def test_nothing_is_offered_when_it_is_heard_once() -> None:
    chat = await talking()
    assert await offers(chat, HARD[0]) == []


@pytest.mark.parametrize("label", FITTING)
async def test_what_is_offered_fits_what_was_heard(label: str) -> None:
    chat = await talking(label)
    assert (await until_offered(chat)).removeprefix("practice:") == FITTING[label][0]


async def test_an_offer_has_three_ways_and_stands_beside_the_reply() -> None:
    chat = await talking()
    for text in HARD * 2:
        rows = await chat.says(text)
        if rows[-1].out.text in OFFERS:
            assert len(rows) == 2
            data = [b.data for line in rows[-1].out.buttons for b in line]
            assert data == ["practice:break", "offer:listen", "offer:never"]
            return
    raise AssertionError("nothing was offered")


async def talks_later(chat: Chat, talks: int) -> list[str]:
    found: list[str] = []
    for _ in range(talks):
        chat.clock.pass_(hours=7)
        found += await offers(chat, *HARD, *HARD)
    return found


async def test_at_most_one_in_three_talks() -> None:
    chat = await talking()
    await until_offered(chat)
    assert await offers(chat, *HARD) == []
    assert await talks_later(chat, EVERY - 1) == []
    assert len(await talks_later(chat, 1)) == 1


async def test_a_refusal_makes_the_wait_longer() -> None:
    chat = await talking()
    await until_offered(chat)
    await chat.presses("offer:listen")
    assert await talks_later(chat, 2 * EVERY - 1) == []
    assert len(await talks_later(chat, 1)) == 1


async def test_never_is_never_also_after_the_memory_was_cleared() -> None:
    chat = await talking()
    await until_offered(chat)
    await chat.presses("offer:never")
    await chat.presses("me:clear:memory")
    assert await talks_later(chat, 3 * EVERY) == []


async def test_nothing_is_offered_to_someone_who_wants_only_listening() -> None:
    chat = await talking()
    await chat.presses("me:pace:listening")
    assert await offers(chat, *HARD, *HARD) == []


async def test_nothing_is_offered_in_an_episode() -> None:
    chat = await talking()
    await chat.says(chat.understands("better off without me", **risk(Kind.HOPELESSNESS, Tier.T1)))
    await chat.presses("crisis:concern:no")
    assert await offers(chat, *HARD, *HARD) == []


@pytest.mark.parametrize(
    ("label", "instead"), [("shame", ["practice:kinder"]), ("guilt", []), ("should_rule", ["practice:kinder"])]
)
async def test_after_harm_only_what_is_safe_then_is_offered(label: str, instead: list[str]) -> None:
    """The break, the swap with a friend, what is about mistakes and about rules of childhood are not."""
    chat = await talking(label, situations=(Finding("past_trauma", "test"),))
    assert await offers(chat, *HARD, *HARD) == instead


@pytest.mark.parametrize(("label", "instead"), [("shame", []), ("guilt", ["practice:mistake"])])
async def test_what_was_harder_is_not_offered_for_two_weeks(label: str, instead: list[str]) -> None:
    """All that fit shame are of the family of the break; of what fits guilt the first is not."""
    chat = await talking(label)
    await chat.presses("practice:break:begin:short")
    for choice in ("notice:hurts", "others:human", "wish:rest", "after:harder"):
        await chat.presses(f"practice:break:{choice}")
    assert await offers(chat, *HARD, *HARD) == instead
    chat.clock.pass_(days=15)
    chat_later = await offers(chat, *HARD, *HARD)
    assert bool(chat_later) is (label == "shame")  # the other had its offer in the last three talks


async def test_a_kind_line_of_their_own_comes_before_any_practice() -> None:
    chat = await talking()
    async with chat.room.store.work(chat.number) as work:
        await work.keep("kinder", {"text": "I am doing what I can."}, chat.clock.now())
        await work.commit()
    said = []
    for text in HARD * 2:
        said += [row.out.text for row in await chat.says(text)]
    assert sum("“I am doing what I can”" in text for text in said) == 1
    assert not set(OFFERS) & set(said)


async def test_what_helped_before_is_said_when_they_ask_what_to_do() -> None:
    chat = await talking()
    async with chat.room.store.work(chat.number) as work:
        await work.keep("helped", {"text": "my shoulders came down"}, chat.clock.now())
        await work.commit()
    ask = (Finding("asks_advice", "test"),)
    said = []
    for number in range(12):  # beside a question nothing is said back, so it takes a while
        text = chat.understands(f"what do I do now, {number}", acts=ask, mood=Mood.NEGATIVE, language="en")
        said += [row.out.text for row in await chat.says(text)]
    back = [number for number, text in enumerate(said) if "“my shoulders came down”" in text]
    assert len(back) == 1
    assert "?" not in said[back[0] - 1]


def test_every_practice_that_may_be_offered_is_there_and_is_no_log() -> None:
    for names in FITTING.values():
        assert {PRACTICES[name].family for name in names} <= {"kindness", "meaning"}
