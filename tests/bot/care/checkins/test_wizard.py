"""Setting check-ins up, changing and ending them, by buttons and by words; nothing is kept before it was shown."""

from datetime import time

import pytest

from bot.care.checkins.plan import KINDS, Status
from bot.care.records import Button
from nlp.labels import Intensity, Kind, Mood, Tier
from nlp.reading import Feeling, Span
from tests.bot.care.checkins.conftest import plans, set_up, slots, tick, until_sent
from tests.bot.care.conftest import Chat, risk


def labels(buttons: tuple[tuple[Button, ...], ...]) -> list[str]:
    return [button.label for row in buttons for button in row]


async def test_a_city_and_one_tap_set_up_three_evenings_a_week(chat: Chat) -> None:
    await chat.agrees()
    (offer,) = await chat.commands("checkins")
    assert "Which city" in offer.out.text
    (shown,) = await chat.says("Berlin")
    assert shown.out.text.count("18:30") == 8  # the plan, and the next seven sends in Berlin's time
    assert await plans(chat) == []
    (kept,) = await chat.presses("checkin:save")
    assert "Monday, Wednesday and Friday" in kept.out.text
    (plan,) = await plans(chat)
    assert (plan.days, plan.at, plan.zone) == (("mon", "wed", "fri"), time(18, 30), "Europe/Berlin")
    assert plan.status is Status.ACCEPTED and plan.next is not None


async def test_words_do_what_buttons_do(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("I live in Berlin")
    await chat.says("tuesdays and thursdays between 5 and 8")
    await chat.says("yes please")
    (plan,) = await plans(chat)
    assert (plan.days, plan.window) == (("tue", "thu"), (time(17), time(20)))


async def test_a_known_zone_is_not_asked_again(chat: Chat) -> None:
    plan = await set_up(chat)
    await chat.presses(f"checkin:end:{plan.id}")
    (shown,) = await chat.commands("checkins")
    assert "Berlin time" in shown.out.text and "Yes, like that" in labels(shown.out.buttons)


async def test_namesakes_are_asked_for_and_unknown_places_answered_kindly(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    (unknown,) = await chat.says("Atlantis")
    assert "larger city nearby" in unknown.out.text
    (which,) = await chat.says("Birmingham")
    assert labels(which.out.buttons) == ["Birmingham, GB", "Birmingham, AL, US"]
    (shown,) = await chat.presses("checkin:zone:America/Chicago")
    assert "Chicago time" in shown.out.text


async def test_a_shared_place_gives_its_zone_and_is_not_kept(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    (shown,) = await chat.does({"what": "location", "point": (52.5, 13.4)})
    assert "Berlin time" in shown.out.text
    client = await chat.client()
    assert client is not None and "52.5" not in str(client)


async def test_a_shared_place_at_sea_is_not_known(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    (answer,) = await chat.does({"what": "location", "point": (-10.0, -140.0)})
    assert "don't know that place" in answer.out.text


async def test_a_place_shared_without_being_asked_is_answered_as_before(chat: Chat) -> None:
    await chat.agrees()
    (answer,) = await chat.does({"what": "location", "point": (52.5, 13.4)})
    assert "city" not in answer.out.text


async def test_an_offset_is_told_to_follow_no_change_of_clocks(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    (shown,) = await chat.says("UTC+2")
    assert "UTC+2 time" in shown.out.text and "same all year" in shown.out.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("25:00", "No clock shows that time"),
        ("30 February", "not in the calendar"),
        ("until 30 february", "not in the calendar"),
        ("between 20:00 and 17:00", "end before it begins"),
        ("at 10pm", "quiet hours"),
        ("3 am", "quiet hours"),
    ],
)
async def test_what_cannot_be_gets_a_kind_clear_answer(chat: Chat, words: str, answer: str) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("Berlin")
    (row,) = await chat.says(words)
    assert answer in row.out.text
    (after,) = await chat.says("whenever")
    assert "between 10:00 and 20:00" in after.out.text


async def test_an_end_in_the_past_is_not_kept(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("Berlin")
    (row,) = await chat.says("until 2026-03-01")
    assert "no check-in would come" in row.out.text
    (again,) = await chat.presses("checkin:open")
    assert "The next ones" in again.out.text


async def test_days_are_ticked_in_the_same_message_and_the_last_one_stays(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("Berlin")
    await chat.presses("checkin:days")
    for day in ("mon", "wed", "fri"):
        (row,) = await chat.does({"button": f"checkin:day:{day}", "what": "button", "message": 44})
        assert row.out.edit == 44
    assert "✓ Fri" in labels(row.out.buttons)
    await chat.presses("checkin:review")
    await chat.presses("checkin:save")
    assert (await plans(chat))[0].days == ("fri",)


async def test_kinds_quiet_hours_and_times_by_button(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("Berlin")
    await chat.presses("checkin:kinds")
    for kind in KINDS[2:]:
        await chat.presses(f"checkin:kind:{kind}")
    await chat.presses("checkin:quiet")
    await chat.says("22 to 8")
    await chat.presses("checkin:time")
    await chat.presses("checkin:at:morning")
    await chat.presses("checkin:save")
    (plan,) = await plans(chat)
    assert plan.kinds == KINDS[:2]
    assert (plan.quiet, plan.window) == ((time(22), time(8)), (time(9), time(11, 30)))


async def test_a_no_changes_nothing(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    (row,) = await chat.says("no thanks")
    assert "Nothing has been changed" in row.out.text
    assert await plans(chat) == []


async def test_what_is_told_instead_of_an_answer_is_listened_to(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    sad = chat.understands(
        "I feel so alone tonight",
        feelings=(Feeling("loneliness", Intensity.HIGH, "self", Span(0, 3), "test"),),
        mood=Mood.NEGATIVE,
    )
    (row,) = await chat.says(sad)
    assert "place" not in row.out.text and "city" not in row.out.text


async def test_risk_comes_before_the_wizard(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    (row,) = await chat.says(chat.understands("tonight", **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    assert "112" in row.out.text or "911" in row.out.text
    (rest,) = await chat.commands("checkins")
    assert "rest for the moment" in rest.out.text


async def test_an_old_button_shows_how_things_stand(chat: Chat) -> None:
    await set_up(chat)
    (row,) = await chat.presses("checkin:save")
    assert "Your check-ins" in row.out.text
    (row,) = await chat.presses("checkin:change:of-nobody")
    assert "Your check-ins" in row.out.text
    assert len(await plans(chat)) == 1


async def test_a_double_tap_keeps_one_plan(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("Berlin")
    await chat.does(*[{"button": "checkin:save", "what": "button"}] * 2)
    assert len(await plans(chat)) == 1


async def test_buttons_before_consent_start_nothing(chat: Chat) -> None:
    await chat.presses("checkin:save")
    await chat.commands("checkins")
    assert await chat.client() is None


async def test_a_changed_plan_stays_the_same_plan(chat: Chat) -> None:
    plan = await set_up(chat)
    await chat.presses(f"checkin:change:{plan.id}")
    await chat.says("at half past five")
    await chat.presses("checkin:save")
    (changed,) = await plans(chat)
    assert (changed.id, changed.at) == (plan.id, time(17, 30))


async def test_a_plan_edited_while_due_sends_no_second_one_that_day(chat: Chat) -> None:
    plan = await set_up(chat)
    assert await until_sent(chat)
    await chat.presses(f"checkin:change:{plan.id}")
    await chat.says("every day at 20:00")
    await chat.presses("checkin:save")
    today = (await slots(chat))[0].day
    assert await until_sent(chat)
    assert [slot.day for slot in await slots(chat)] == [today, today.fromordinal(today.toordinal() + 1)]


async def test_moving_to_another_zone_moves_the_next_send(chat: Chat) -> None:
    plan = await set_up(chat)
    before = plan.next
    await chat.presses(f"checkin:change:{plan.id}")
    await chat.presses("checkin:place")
    await chat.says("UTC-5")
    await chat.presses("checkin:save")
    (moved,) = await plans(chat)
    assert before is not None and moved.next is not None
    assert (moved.next.at.hour, moved.zone) == (23, "Etc/GMT+5")
    client = await chat.client()
    assert client is not None and client.settings.zone == "Etc/GMT+5"


@pytest.mark.parametrize(
    "words", ["stop the check-ins", "No more check-ins please", "stop checking in on me", "end my checkins"]
)
async def test_plain_words_end_them_in_any_state(chat: Chat, words: str) -> None:
    plan = await set_up(chat)
    await chat.presses(f"checkin:change:{plan.id}")  # in the middle of the wizard
    (row,) = await chat.says(words)
    assert "no more check-ins" in row.out.text
    assert (await plans(chat))[0].status is Status.ENDED
    chat.clock.pass_(days=9)
    assert await tick(chat) == []


async def test_a_week_off_by_words(chat: Chat) -> None:
    await set_up(chat)
    (row,) = await chat.says("not this week")
    assert "Monday, 9 March" in row.out.text
    assert await until_sent(chat, days=6) == []
    assert await until_sent(chat, days=4)
    assert {slot.why for slot in (await slots(chat))[:-1]} == {"snoozed"}


async def test_pausing_and_going_on_makes_up_for_nothing(chat: Chat) -> None:
    plan = await set_up(chat)
    await chat.presses(f"checkin:pause:{plan.id}")
    assert await until_sent(chat, days=5) == []
    (row,) = await chat.presses(f"checkin:resume:{plan.id}")
    assert "stays missed" in row.out.text
    assert await tick(chat) == []
    assert await until_sent(chat)


async def test_the_pause_of_everything_holds_check_ins_back(chat: Chat) -> None:
    await set_up(chat)
    await chat.says("leave me alone")
    assert await until_sent(chat, days=8) == []
    assert {slot.why for slot in await slots(chat)} == {"paused"}
    await chat.commands("resume")
    assert await until_sent(chat)


async def test_the_export_holds_plans_and_slots(chat: Chat) -> None:
    await set_up(chat)
    await until_sent(chat)
    rows = await chat.commands("export")
    assert '"check_ins"' in rows[-1].out.text and "Europe/Berlin" in rows[-1].out.text


async def test_forgetting_ends_everything(chat: Chat) -> None:
    await set_up(chat)
    await chat.presses("forget:yes")
    assert await until_sent(chat, days=4) == []
    assert await plans(chat) == []


async def test_me_shows_when_they_come_and_that_they_are_paused(chat: Chat) -> None:
    await chat.agrees()
    (row,) = await chat.commands("me")
    assert "Check-ins: none." in row.out.text
    await chat.commands("checkins")
    await chat.says("Berlin")
    await chat.presses("checkin:save")
    (row,) = await chat.commands("me")
    assert "Check-ins: Monday, Wednesday and Friday, at 18:30, Berlin time." in row.out.text
    await chat.commands("pause")
    (row,) = await chat.commands("me")
    assert "Check-ins: paused. They were set for Monday, Wednesday and Friday, at 18:30, Berlin time." in row.out.text


@pytest.mark.parametrize(
    "words", ["I moved to Berlin", "berlin time please", "I'm in Berlin now", "Berlin", "near berlin"]
)
async def test_a_place_is_understood_where_the_plan_is_looked_at(chat: Chat, words: str) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("UTC+9")
    (shown,) = await chat.says(words)
    assert "Berlin time" in shown.out.text


@pytest.mark.parametrize(
    "words", ["nice", "Nice.", "all in good time", "in a while", "most of the time", "in a dark place"]
)
async def test_what_only_sounds_like_a_place_is_none(chat: Chat, words: str) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("UTC+9")
    rows = await chat.says(words)
    assert not any("This is how it would be" in row.out.text for row in rows)


async def test_namesakes_are_asked_for_there_as_well(chat: Chat) -> None:
    await chat.agrees()
    await chat.commands("checkins")
    await chat.says("UTC+9")
    (row,) = await chat.says("I moved to Birmingham")
    assert [b.label for line in row.out.buttons for b in line] == ["Birmingham, GB", "Birmingham, AL, US"]
    (shown,) = await chat.presses("checkin:zone:America/Chicago")
    assert "Chicago time" in shown.out.text
