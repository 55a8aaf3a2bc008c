"""A practice round its steps: when it may begin, how it is left, what each ending gets, what is kept."""

from dataclasses import replace

import pytest

from bot.care.practices import after, engine, runs
from bot.care.records import Keepsake
from nlp.labels import Kind, Mood, Tier
from nlp.reading import Finding
from responses.practice_lint import TAKEN
from tests.bot.care.conftest import VOICE, Chat, make_chat, risk


@pytest.fixture
async def begun(chat: Chat) -> Chat:
    """The kind break under way, at its first step."""
    await chat.agrees()
    await chat.presses("practice:break")
    await chat.presses("practice:break:begin:short")
    return chat


async def kept(chat: Chat, kind: str) -> list[Keepsake]:
    async with chat.room.store.work(chat.number) as work:
        return await work.kept(kind)


async def step(chat: Chat) -> str:
    client = await chat.client()
    assert client is not None
    return str(client.memory["flow"].get("step", ""))


def says(text: str, entry: str) -> bool:
    return any(line in text for line in VOICE.library.entries[entry].say)


async def walk(chat: Chat, *choices: str) -> str:
    text = ""
    for choice in choices:
        rows = await chat.presses(f"practice:break:{choice}")
        text = rows[-1].out.text
    return text


TO_THE_END = ("notice:hurts", "others:human", "wish:rest")


async def test_length_is_said_first_and_the_warning_before_the_first_practice_only(chat: Chat) -> None:
    await chat.agrees()
    (row,) = await chat.presses("practice:breath")
    assert "minute" in row.out.text.split(".")[0]
    assert says(row.out.text, "around.practices.first-time")
    await chat.presses("practice:breath:begin:short")
    (row,) = await chat.presses("practice:break")
    assert not says(row.out.text, "around.practices.first-time")


async def test_nothing_before_the_first_yes(chat: Chat) -> None:
    (row,) = await chat.presses("practice:break:begin:short")
    assert "program" in row.out.text
    assert await chat.client() is None


@pytest.mark.parametrize("tier", [Tier.T1, Tier.T2, Tier.T3])
async def test_no_practice_in_an_episode_and_one_under_way_is_left(begun: Chat, tier: Tier) -> None:
    await begun.says(begun.understands("the end of it", **risk(Kind.WISH_DEAD, tier)))
    assert await step(begun) == ""
    for act in ("practice:break", "practice:break:begin:short", "practice-more"):
        (row,) = await begun.presses(act)
        assert says(row.out.text, "around.practices.not-now")
        assert row.out.buttons[0][0].data == "help_now"
    (row,) = await begun.commands("soothe")
    assert says(row.out.text, "around.practices.not-now")
    assert await step(begun) == ""
    (run,) = await kept(begun, runs.KIND)
    assert run.value["ended"] == "left"


async def test_risk_in_an_answer_is_answered_as_risk(begun: Chat) -> None:
    rows = await begun.says(begun.understands("I want it to end", **risk(Kind.WISH_DEAD, Tier.T2)))
    assert not any("practice" in button.data for row in rows for line in row.out.buttons for button in line)
    assert await kept(begun, "kinder") == []


async def test_it_goes_on_where_it_was_after_a_restart(begun: Chat) -> None:
    again = Chat(replace(begun.room), begun.clock, begun.readings)
    again._updates = 50
    await again.presses("practice:break:notice:hurts")
    assert await step(again) == "others"


async def test_a_double_tap_is_passed_over_in_silence(begun: Chat) -> None:
    assert await begun.presses("practice:break:notice:hurts")
    assert await begun.presses("practice:break:notice:much") == []
    assert await step(begun) == "others"


@pytest.mark.parametrize(
    "data", ["practice:breath:slow:done", "practice:break:wish:rest", "practice:break:notice:x", "practice:break:x:y"]
)
async def test_buttons_of_another_step_or_practice_change_nothing(begun: Chat, data: str) -> None:
    (row,) = await begun.presses(data)
    assert says(row.out.text, "around.practices.gone-by")
    assert await step(begun) == "notice"


@pytest.mark.parametrize("data", ["practice:nothing", "practice:break:begin:huge", "practice:a:b:c:d"])
async def test_forged_buttons_are_old_ones(chat: Chat, data: str) -> None:
    await chat.agrees()
    (row,) = await chat.presses(data)
    assert says(row.out.text, "system.commands.old-button")


@pytest.mark.parametrize(
    ("typed", "then"), [("this hurts", "others"), ("Skip", "others"), ("it stings a bit", "others"), ("none", "others")]
)
async def test_typed_words_stand_for_buttons(begun: Chat, typed: str, then: str) -> None:
    await begun.says(typed)
    assert await step(begun) == then


async def test_not_knowing_is_passing_over(begun: Chat) -> None:
    unsure = begun.understands("no idea", acts=(Finding("dont_know", "test"),), language="en")
    await begun.says(unsure)
    assert await step(begun) == "others"


async def test_what_turns_to_the_listener_is_listened_to(begun: Chat) -> None:
    question = begun.understands("are you real?", acts=(Finding("are_you_human", "test"),), language="en")
    rows = await begun.says(question)
    assert any("program" in row.out.text for row in rows)
    assert await step(begun) == ""


async def test_words_where_none_are_asked_for_leave_it_and_are_heard(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("practice:breath:begin:short")
    first, second = await chat.says("my sister called again")
    assert says(first.out.text, "around.practices.left-to-listen")
    assert second.out.text
    assert await step(chat) == ""


async def test_pause_pauses_everything_and_ends_it(begun: Chat) -> None:
    await begun.says("pause")
    client = await begun.client()
    assert client is not None and client.settings.paused
    assert await step(begun) == ""


async def test_softer_may_be_put_in_words_that_are_kept(begun: Chat) -> None:
    await walk(begun, *TO_THE_END, "after:softer", "softened:tell")
    await begun.says("my shoulders came down")
    assert [k.value for k in await kept(begun, "helped")] == [{"text": "my shoulders came down"}]
    (run,) = await kept(begun, runs.KIND)
    assert run.value == {"name": "break", "length": "short", "ended": "done", "after": "softer", "steps": 4}


async def test_after_softer_other_words_are_talk_and_not_kept(begun: Chat) -> None:
    await walk(begun, *TO_THE_END, "after:softer")
    await begun.says("thanks, I'm going to bed")
    assert await kept(begun, "helped") == []
    assert await step(begun) == ""


async def test_the_same_is_an_answer(begun: Chat) -> None:
    assert says(await walk(begun, *TO_THE_END, "after:same"), "around.practices.after-same")
    assert await step(begun) == ""


async def test_harder_ends_it_says_that_is_common_and_offers_ground_and_people(begun: Chat) -> None:
    await walk(begun, *TO_THE_END)
    (row,) = await begun.presses("practice:break:after:harder")
    assert says(row.out.text, "around.practices.after-harder")
    assert [b.data for line in row.out.buttons for b in line] == ["practice:grounding", "practice:listen", "help_now"]
    assert await step(begun) == ""
    (run,) = await kept(begun, runs.KIND)
    assert run.value["after"] == "harder"


@pytest.mark.parametrize(("days", "rests"), [(0, True), (13, True), (14, False)])
async def test_after_harder_its_family_rests_for_two_weeks(begun: Chat, days: int, rests: bool) -> None:
    await walk(begun, *TO_THE_END, "after:harder")
    begun.clock.pass_(days=days)
    families = {p.name: p.family for p in VOICE.library.practices.values()}
    found = runs.resting(await kept(begun, runs.KIND), families, begun.clock.now())
    assert found == ({"kindness"} if rests else set())


@pytest.mark.parametrize("typed", ["Harder", "harder."])
async def test_how_it_is_may_be_typed(begun: Chat, typed: str) -> None:
    await walk(begun, *TO_THE_END)
    (row,) = await begun.says(typed)
    assert says(row.out.text, "around.practices.after-harder")


async def test_words_hard_on_the_self_are_not_said_back_nor_kept(begun: Chat) -> None:
    await walk(begun, "notice:hurts", "others:human", "wish:need")
    hard = begun.understands("nothing, I'm worthless", self_talk=(Finding("shame", "test"),), mood=Mood.NEGATIVE)
    (row,) = await begun.says(hard)
    assert "worthless" not in row.out.text
    assert await kept(begun, "kinder") == []
    assert await step(begun) == "after"


async def test_kept_only_after_a_yes(begun: Chat) -> None:
    await walk(begun, "notice:hurts", "others:human", "wish:need")
    await begun.says("you can put it down now")
    await begun.presses("practice:break:keep:no")
    assert await kept(begun, "kinder") == []


async def test_words_of_an_earlier_step_are_not_kept_by_a_later_one(begun: Chat) -> None:
    await begun.says("it stings")
    await walk(begun, "others:human", "wish:need", "hear:skip")
    assert await step(begun) == "after"


async def test_others_are_not_mentioned_after_a_loss_nor_in_gentle_mode() -> None:
    for words, gentle in (("she died in spring", False), ("tired", True)):
        chat = make_chat()
        await chat.agrees()
        loss = (Finding("death_of_loved_one", "test"),) if not gentle else ()
        await chat.says(chat.understands(words, situations=loss, mood=Mood.NEGATIVE, language="en"))
        if gentle:
            await chat.presses("me:gentle:on")
        await chat.presses("practice:break:begin:short")
        await walk(chat, "notice:hurts")
        assert await step(chat) == "heavy"


async def test_gentle_mode_has_no_breath_and_no_touch_unless_asked(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("me:gentle:on")
    await chat.presses("practice:breath:begin:short")
    assert await step(chat) == "edge"


async def test_a_quiet_minute_ends_with_one_line(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("reset")
    (row,) = await chat.presses("practice:reset:pick:sit")
    assert "minute" in row.out.text
    assert await chat.sent() == []
    chat.clock.pass_(seconds=61)
    (line,) = await chat.sent()
    assert line.out.silent and says(line.out.text, "practices.reset.back")


async def test_a_second_tap_takes_nothing_of_the_quiet_minute_away(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("reset")
    await chat.presses("practice:reset:pick:sit")
    chat.clock.pass_(seconds=2)
    assert await chat.presses("practice:reset:pick:sit") == []
    chat.clock.pass_(seconds=57)
    assert await chat.sent() == []
    chat.clock.pass_(seconds=2)
    (line,) = await chat.sent()
    assert says(line.out.text, "practices.reset.back")
    chat.clock.pass_(seconds=60)
    assert await chat.presses("practice:reset:pick:sit") == [] and await chat.sent() == []


@pytest.mark.parametrize("tier", [Tier.T0, Tier.T2])
async def test_whoever_speaks_within_the_minute_is_heard_and_the_line_is_not_said(chat: Chat, tier: Tier) -> None:
    await chat.agrees()
    await chat.commands("reset")
    await chat.presses("practice:reset:pick:sit")
    chat.clock.pass_(seconds=20)
    found = risk(Kind.WISH_DEAD, tier) if tier else {"language": "en"}
    assert await chat.says(chat.understands("it came over me again", **found))
    chat.clock.pass_(seconds=120)
    assert await chat.sent() == []


async def test_what_was_done_to_someone_is_taken_up_by_no_practice(begun: Chat) -> None:
    told = begun.understands(
        "when I was small he used to hit me", situations=(Finding("past_trauma", "test"),), language="en"
    )
    (row,) = await begun.says(told)
    assert "hit" not in row.out.text
    assert await step(begun) == ""


@pytest.mark.parametrize("name", ["purpose", "belief"])
async def test_what_may_be_heavy_says_so_first(chat: Chat, name: str) -> None:
    await chat.agrees()
    (row,) = await chat.presses(f"practice:{name}")
    assert says(row.out.text, f"practices.{name}.note")
    assert await step(chat) == ""


async def test_what_was_meant_and_how_it_landed_stand_side_by_side(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("practice:impact:begin:go")
    await chat.says("I wanted her to rest")
    (row,) = await chat.says("she felt sent away")
    assert "“I wanted her to rest”" in row.out.text and "“she felt sent away”" in row.out.text
    assert " and " in row.out.text.lower() or "Both" in row.out.text
    assert " but " not in row.out.text


async def test_what_it_costs_now_is_asked_only_after_a_yes(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("practice:purpose:begin:go")
    await chat.presses("practice:purpose:habit:quiet")
    (row,) = await chat.presses("practice:purpose:did:peace")
    assert await step(chat) == "ask"
    assert not says(row.out.text, "practices.purpose.cost")
    await chat.presses("practice:purpose:ask:no")
    assert await step(chat) == "after"


async def test_after_harm_only_the_gentle_way_round_is_open(chat: Chat) -> None:
    await chat.agrees()
    told = chat.understands("they bullied me at school", situations=(Finding("bullying", "test"),), language="en")
    await chat.says(told)
    (row,) = await chat.presses("practice:friend:begin:go")
    data = [b.data for line in row.out.buttons for b in line]
    assert "practice:friend:way:gentle" in data and "practice:friend:way:friend" not in data
    (row,) = await chat.presses("practice:friend:way:friend")
    assert says(row.out.text, "around.practices.gone-by")


async def test_what_a_kindness_changed_is_kept_beside_it(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("practice:kindness:begin:go")
    await chat.says("he waited for me")
    (row,) = await chat.says("my hands stopped shaking")
    assert says(row.out.text, "practices.kindness.different-own")
    assert [k.value for k in await kept(chat, "kindness")] == [
        {"text": "he waited for me", "different": "my hands stopped shaking"}
    ]
    assert await kept(chat, "helped") == []


@pytest.mark.parametrize(
    ("practice", "before", "step_"), [("hope", "a garden", "piece"), ("kindness", "he waited", "different")]
)
async def test_what_turns_against_them_is_not_put_with_a_kept_thing(
    chat: Chat, practice: str, before: str, step_: str
) -> None:
    await chat.agrees()
    await chat.presses(f"practice:{practice}:begin:go")
    await chat.says(before)
    if practice == "hope":
        await chat.presses("practice:hope:why:skip")
    hard = chat.understands("I never deserve it anyway", self_talk=(Finding("shame", "test"),), language="en")
    (row,) = await chat.says(hard)
    assert says(row.out.text, f"practices.{practice}.{step_}-hard")
    assert [k.value for k in await kept(chat, practice)] == [{"text": before}]


@pytest.mark.parametrize(("at", "then"), [("notice", "others"), ("others", "wish")])
async def test_words_against_the_self_are_not_approved_of(begun: Chat, at: str, then: str) -> None:
    if at == "others":
        await walk(begun, "notice:hurts")
    hard = begun.understands("it is all my weakness", self_talk=(Finding("shame", "test"),), language="en")
    (row,) = await begun.says(hard)
    assert says(row.out.text, f"practices.break.{at}-hard")
    assert await step(begun) == then


def test_every_step_that_takes_words_knows_what_to_say_to_hard_ones() -> None:
    """But for the two that ask for them."""
    asked = {("kinder", "voice"), ("mistake", "shame")}
    steps = {(p.name, s.name) for p in VOICE.library.practices.values() for s in p.steps if s.own and not s.own.hard}
    assert steps == asked


def test_the_names_of_steps_that_every_practice_has_are_taken() -> None:
    assert {engine.AFTER, after.SOFTENED, after.WORDS} <= TAKEN


@pytest.mark.parametrize("choice", ["fits", "sad"])
async def test_mending_is_looked_at_only_by_who_would_like_to(chat: Chat, choice: str) -> None:
    await chat.agrees()
    await chat.presses("practice:impact:begin:go")
    await chat.presses("practice:impact:meant:peace")
    await chat.presses("practice:impact:landed:hurt")
    await chat.presses(f"practice:impact:both:{choice}")
    assert await step(chat) == "after"


async def test_whoever_passes_over_what_to_do_is_not_asked_about_mending(chat: Chat) -> None:
    await chat.agrees()
    await chat.presses("practice:mistake:begin:go")
    for at in ("happened", "shame", "kind", "after-it"):
        await chat.presses(f"practice:mistake:{at}:skip")
    assert await step(chat) == "after"


@pytest.mark.parametrize("name", ["hope", "kindness", "reset"])
async def test_what_begins_at_once_begins_once(chat: Chat, name: str) -> None:
    await chat.agrees()
    (row,) = await chat.presses(f"practice:{name}")
    assert "minute" in row.out.text.split(".")[0]
    assert await chat.presses(f"practice:{name}") == []
    chat.clock.pass_(minutes=1)
    assert len(await chat.presses(f"practice:{name}")) == 1


async def test_the_warning_comes_before_the_first_practice_also_after_a_note_of_a_kindness(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("kindness")
    await chat.presses("practice:kindness:what:none")
    (row,) = await chat.presses("practice:mistake")
    assert says(row.out.text, "around.practices.first-time")
    await chat.presses("practice:mistake:begin:go")
    (row,) = await chat.presses("practice:letter")
    assert not says(row.out.text, "around.practices.first-time")
