"""Their own words are theirs: seen page by page, erased one by one or all at once, after two taps."""

from bot.care.own_words import latest
from bot.store.errors import StoreError
from tests.bot.care.conftest import Chat


async def keep(chat: Chat, *kept: tuple[str, str]) -> None:
    async with chat.room.store.work(chat.number) as work:
        for kind, text in kept:
            chat.clock.pass_(minutes=1)
            await work.keep(kind, {"text": text}, chat.clock.now())
        await work.commit()


async def left(chat: Chat) -> list[str]:
    async with chat.room.store.work(chat.number) as work:
        return [k.value["text"] for k in await work.kept()]


async def test_they_are_shown_newest_first_by_pages_and_each_can_be_erased(chat: Chat) -> None:
    await chat.agrees()
    await keep(chat, *[("kinder", f"line number {n}") for n in range(6)])
    (row,) = await chat.presses("words:page:1")
    assert row.out.text.index("line number 5") < row.out.text.index("line number 2")
    *erase, more = [b for line in row.out.buttons for b in line]
    assert len(erase) == 4 and more.data == "words:page:2"
    assert all("line number" in button.label for button in erase)
    await chat.presses(erase[0].data)
    assert "line number 5" not in await left(chat)
    assert len(await left(chat)) == 5
    (row,) = await chat.presses(erase[0].data)
    assert "gone" in row.out.text


async def test_all_of_them_take_two_taps(chat: Chat) -> None:
    await chat.agrees()
    await keep(chat, ("hope", "a garden"), ("kindness", "soup from next door"))
    await chat.presses("words:clear")
    assert len(await left(chat)) == 2
    await chat.presses("words:clear:no")
    assert len(await left(chat)) == 2
    await chat.presses("words:clear:yes")
    assert await left(chat) == []


async def test_marks_and_practices_are_not_own_words(chat: Chat) -> None:
    await chat.agrees()
    await keep(chat, ("mark", "3"), ("practice", "break"))
    (row,) = await chat.presses("words:page:1")
    assert row.out.buttons == ()
    await chat.presses("words:clear:yes")
    assert len(await left(chat)) == 2


async def test_hopes_are_shown_and_one_can_be_written(chat: Chat) -> None:
    await chat.agrees()
    (row,) = await chat.commands("hopes")
    assert [b.data for line in row.out.buttons for b in line] == ["practice:hope"]
    await chat.presses("practice:hope:begin:go")
    await chat.says("calmer mornings")
    await chat.says("the day starts softer")
    await chat.presses("practice:hope:piece:fine")
    page, more = await chat.commands("hopes")
    assert "“calmer mornings”" in page.out.text
    assert [b.data for line in more.out.buttons for b in line] == ["practice:hope", "practice:fits"]
    async with chat.room.store.work(chat.number) as work:
        (hope,) = await work.kept("hope")
        assert hope.value == {"text": "calmer mornings", "matters": "the day starts softer"}
        assert await latest(work, "hope") == "calmer mornings"
        assert await latest(work, "kinder") == ""


async def test_a_hope_is_held_next_to_a_habit_in_their_words(chat: Chat) -> None:
    await chat.agrees()
    await keep(chat, ("hope", "calmer mornings"))
    await chat.presses("practice:fits:begin:go")
    (row,) = await chat.says("checking mail in bed")
    assert "“checking mail in bed”" in row.out.text and "“calmer mornings”" in row.out.text


async def test_forget_takes_them_along(chat: Chat) -> None:
    await chat.agrees()
    await keep(chat, ("hope", "a garden"))
    await chat.presses("forget:yes")
    await chat.agrees()
    assert await left(chat) == []


async def test_before_the_first_yes_there_is_nothing(chat: Chat) -> None:
    for data in ("words:page:1", "words:clear:yes", "words:erase:x"):
        (row,) = await chat.presses(data)
        assert "nothing" in row.out.text
    try:
        await keep(chat, ("hope", "a garden"))
    except StoreError:
        return
    raise AssertionError("something was kept for nobody")
