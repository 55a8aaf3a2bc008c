"""The practice in the chat: joining, linking, consents told plainly, notes by a human, ending, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.care.ports import OutboxRow
from bot.care.rota import Contact, Rota
from bot.care.staff import duty, joining, notes
from bot.care.staff.duty import KeptRota, code_of
from bot.care.staff.records import NoteState, Role
from bot.store.errors import StoreError
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import risk
from tests.bot.care.staff.conftest import ANA, BEN, KIM, SAM, Practice


async def test_an_invite_lets_one_person_in_once(practice: Practice) -> None:
    code = await joining.invite(practice.book, "Ana Sol", Role.LEAD, practice.chat.clock.now())
    assert "lead" in await practice.sends(ANA, "practitioner", code.lower())
    assert "doesn't work" in await practice.sends(BEN, "practitioner", code)
    assert "doesn't work" in await practice.sends(BEN, "practitioner", "nonsense")
    assert "Your desk, Ana Sol" in await practice.sends(ANA, "practitioner")
    assert "send /practitioner" in await practice.sends(BEN, "practitioner")
    assert [member.role for member in await practice.book.people.all()] == [Role.LEAD]


async def test_an_invite_ends_after_two_days(practice: Practice) -> None:
    code = await joining.invite(practice.book, "Ana Sol", Role.LEAD, practice.chat.clock.now())
    practice.chat.clock.pass_(days=2)
    assert "doesn't work" in await practice.sends(ANA, "practitioner", code)


async def test_a_client_code_is_no_invite_and_an_invite_no_client_code(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    code = await practice.code_for(ANA, "Sam")
    assert "doesn't work" in await practice.sends(BEN, "practitioner", code)
    invite = await joining.invite(practice.book, "Ben", Role.PRACTITIONER, practice.chat.clock.now())
    await practice.presses(SAM, "consent:talk")
    assert "doesn't work" in await practice.sends(SAM, "start", invite)


async def test_a_new_person_with_a_code_sees_the_notice_first_and_nothing_is_kept(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    plain = (await practice.code_for(ANA, "Sam")).replace("-", "")
    sent = await practice.at(SAM, command="start", what="command", text=plain)
    assert "I'm Warmline, a computer program" in sent[0].out.text
    assert sent[0].out.buttons[0][0].label == "I'm 18 or over, let's talk"
    assert len(sent[0].out.buttons[0][0].data) <= 64
    async with practice.chat.room.store.work(SAM) as work:
        assert await work.client() is None
    asked = await practice.presses(SAM, sent[0].out.buttons[0][0].data)
    assert "Ana Sol of Harbour would like to look after you" in asked
    assert await practice.book.links.all() == []
    assert "Nothing else is shared yet" in await practice.presses(SAM, f"link:link:{plain}")
    assert practice.arrived[ANA] == [
        "Sam has linked with you. What they share is theirs to choose; you will be told of each change."
    ]
    assert [link.label for link in await practice.book.links.all()] == ["Sam"]
    assert "done already" in await practice.presses(SAM, f"link:link:{plain}")
    assert "doesn't work" in await practice.presses(KIM, f"link:begin:{plain}")


async def test_a_client_may_say_no_and_nobody_is_told(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    code = await practice.code_for(ANA, "Sam")
    await practice.presses(SAM, "consent:talk")
    await practice.sends(SAM, "start", code)
    assert "nobody is told" in await practice.presses(SAM, "link:no-link")
    assert ANA not in practice.arrived
    assert await practice.book.links.all() == []


@pytest.mark.parametrize(
    ("country", "reviewed", "offered"),
    [("", False, True), ("US", False, True), ("DE", False, False), ("US", True, False)],
)
async def test_who_lives_where_this_may_not_be_offered_can_say_so(
    practice: Practice, country: str, reviewed: bool, offered: bool
) -> None:
    from dataclasses import replace

    await practice.hire(ANA, "Ana Sol")
    code = await practice.code_for(ANA, "Sam")
    await practice.presses(SAM, "consent:talk")
    async with practice.chat.room.store.work(SAM) as work:
        client = await work.client()
        client.settings.country = country
        await work.save(client)
        await work.commit()
    practice.chat.room = replace(practice.chat.room, policy=replace(practice.chat.room.policy, reviewed=reviewed))
    sent = await practice.at(SAM, command="start", what="command", text=code)
    assert ("link:barred" in [b.data for row in sent[0].out.buttons for b in row]) is offered
    assert "nothing was linked" in await practice.presses(SAM, "link:barred")


async def test_without_practitioner_mode_no_code_works(practice: Practice) -> None:
    from dataclasses import replace

    code = await joining.invite(practice.book, "Ana Sol", Role.LEAD, practice.chat.clock.now())
    practice.chat.room = replace(practice.chat.room, policy=replace(practice.chat.room.policy, practitioners=False))
    assert "doesn't work" in await practice.sends(ANA, "practitioner", code)


async def test_each_consent_is_told_at_once_and_only_those_that_concern_the_practice(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    await practice.take_on(ANA, SAM, "Sam")
    await practice.presses(SAM, "consent:marks:on")
    assert practice.arrived[ANA] == ["Sam now shares their check-in marks."]
    await practice.presses(SAM, "consent:marks:off")
    assert practice.arrived[ANA] == ["Sam no longer shares their check-in marks."]
    await practice.presses(SAM, "consent:research_labels:on")
    assert ANA not in practice.arrived


async def test_the_client_sees_who_looked_and_ends_it(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    link = await practice.take_on(ANA, SAM, "Sam")
    assert "have not looked" in await practice.sends(SAM, "me")
    await practice.presses(ANA, f"staff:client:{link}")
    await practice.presses(ANA, "staff:clients")
    await practice.presses(ANA, "staff:clients")
    sent = await practice.at(SAM, command="me", what="command")
    assert "last 30 days: 2." in sent[0].out.text  # a list counts once a day
    buttons = [b.data for row in sent[0].out.buttons for b in row]
    assert {"link:looks", f"link:end:{link}", f"link:notes-off:{link}"} <= set(buttons)
    looks = await practice.presses(SAM, "link:looks")
    assert "Ana Sol looked at your check-in times" in looks
    assert "Ana Sol looked at their list of clients" in looks
    assert "End the link with Ana Sol?" in await practice.presses(SAM, f"link:end:{link}")
    assert "sees nothing of yours" in await practice.presses(SAM, f"link:end-yes:{link}")
    assert practice.arrived[ANA] == ["Sam has ended the link with you. You no longer see anything of theirs here."]
    assert "not one of yours" in await practice.presses(ANA, f"staff:client:{link}")


async def test_erasing_everything_is_told_and_nothing_is_left(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    await practice.take_on(ANA, SAM, "Sam")
    await practice.sends(SAM, "forget")
    await practice.presses(SAM, "forget:yes")
    assert practice.arrived[ANA] == ["Sam has erased all their data here, and the link with it."]
    assert await practice.book.links.all() == []


async def test_nobody_reaches_another_practitioners_client(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    await practice.hire(BEN, "Ben Ode", Role.LEAD)
    link = await practice.take_on(ANA, SAM, "Sam")
    for action in ("client", "note", "note-send", "end", "end-yes"):
        assert "not one of yours" in await practice.presses(BEN, f"staff:{action}:{link}")
        assert "That button is from earlier" in await practice.presses(KIM, f"staff:{action}:{link}")
    assert [found.id for found in await practice.book.links.all()] == [link]
    for action in ("end", "end-yes", "notes-off"):  # nor does another client
        await practice.presses(KIM, f"practice:{action}:{link}")
    assert (await practice.book.links.one(link)).notes


async def test_a_note_is_seen_before_it_goes_and_looks_like_no_reply_of_the_program(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    link = await practice.take_on(ANA, SAM, "Sam")
    await practice.presses(ANA, f"staff:note:{link}")
    assert "leave out the question" in await practice.says(ANA, "How are you today?")
    assert "no links" in await practice.says(ANA, "Have a look at example.org today.")
    preview = await practice.says(ANA, "Thinking of you this week.")
    assert "A note from a person, not from the program.\n\nAna Sol:\nThinking of you this week." in preview
    assert SAM not in practice.arrived
    assert "On its way" in await practice.presses(ANA, f"staff:note-send:{link}")
    assert await notes.send_due(practice.chat.room.store, practice.chat.room.voice, practice.chat.clock.now()) == 1
    [row] = await practice.chat.sent()
    assert row.chat == SAM
    assert row.out.text == "A note from a person, not from the program.\n\nAna Sol:\nThinking of you this week."
    assert len(row.out.text.splitlines()[0]) <= 60
    assert "Ana" not in row.out.text.splitlines()[0]
    assert "That button is from earlier" in await practice.presses(ANA, f"staff:note-send:{link}")
    async with practice.chat.room.store.work(SAM) as work:
        await work.client()
        assert [kept.value["text"] for kept in await work.kept("note")] == ["Thinking of you this week."]
    await practice.presses(SAM, f"link:notes-off:{link}")
    assert "no notes" in await practice.presses(ANA, f"staff:note:{link}")


async def test_a_practitioners_words_are_for_the_client_and_help_is_named_beside_them(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    link = await practice.take_on(ANA, SAM, "Sam")
    await practice.presses(ANA, f"staff:note:{link}")
    words = practice.chat.understands(
        "I know you wrote of wanting to die. I am here on Monday.", **risk(Kind.WISH_DEAD, Tier.T2)
    )
    said = await practice.says(ANA, words)
    assert "would get this" in said
    assert "/help_now" in said
    await practice.presses(ANA, f"staff:note-drop:{link}")
    assert "findahelpline.com" in await practice.says(ANA, words)


async def test_a_member_who_also_talks_as_a_client_is_both(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    assert "Your desk" in await practice.says(ANA, "hello there")
    await practice.presses(ANA, "consent:talk")
    assert "Your desk" not in await practice.says(ANA, "hello there")
    link = await practice.take_on(ANA, ANA, "myself")
    await practice.presses(ANA, f"staff:note:{link}")
    assert "would get this" in await practice.says(ANA, "Thinking of you this week.")
    assert "Ended" in await practice.presses(ANA, f"staff:end-yes:{link}")


async def test_a_way_in_is_sent_a_few_times_and_a_lost_phone_ends_everything(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    for _ in range(5):
        assert "https://console.test/console/enter/" in await practice.presses(ANA, "staff:console")
    assert "wait ten minutes" in await practice.presses(ANA, "staff:console")
    assert "have ended: 0" in await practice.presses(ANA, "staff:lost")
    assert "That button is from earlier" in await practice.presses(SAM, "staff:console")


async def test_a_step_of_the_desk_survives_a_restart_and_ends_with_time(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    await practice.presses(ANA, "staff:code")
    practice.chat.clock.pass_(hours=7)
    assert "Your desk" in await practice.says(ANA, "Sam")
    assert await practice.book.people.codes() == []


@pytest.mark.parametrize("why", ["paused", "notes refused", "link ended", "no talk consent"])
async def test_a_note_that_may_not_be_sent_is_closed_with_the_reason(practice: Practice, why: str) -> None:
    ana = await practice.hire(ANA, "Ana Sol")
    link_id = await practice.take_on(ANA, SAM, "Sam")
    link, now = await practice.book.links.one(link_id), practice.chat.clock.now()
    await notes.write(practice.chat.room.store, ana, link, "Thinking of you.", now, now)
    match why:
        case "paused":
            await practice.sends(SAM, "pause")
        case "notes refused":
            await practice.presses(SAM, f"link:notes-off:{link_id}")
        case "link ended":
            await practice.hire(BEN, "Ben Ode")
            await joining.hand_over(practice.book, link, await practice.book.people.at(BEN))
        case _:
            await practice.presses(SAM, "consent:talk:off")
    assert await notes.send_due(practice.chat.room.store, practice.chat.room.voice, now) == 0
    [note] = await practice.book.notes.of_link(link_id)
    assert (note.state, note.why, note.text) == (NoteState.SKIPPED, why, "")


async def test_a_plan_is_proposed_from_a_template_and_starts_only_when_accepted(practice: Practice) -> None:
    await practice.hire(ANA, "Ana Sol")
    link = await practice.take_on(ANA, SAM, "Sam")
    sent = await practice.at(ANA, button=f"staff:plan:{link}", what="button")
    data = [b.data for row in sent[0].out.buttons for b in row]
    assert f"staff:plan-send:{link}:gentle" in data
    assert all(len(one) <= 64 for one in data)
    assert "Proposed to Sam: A gentle start" in await practice.presses(ANA, f"staff:plan-send:{link}:gentle")
    assert any("Tuesday and Friday" in text for text in practice.arrived[SAM])
    async with practice.chat.room.store.work(SAM) as work:
        await work.client()
        assert [plan.status for plan in await work.plans()] == ["proposed"]
    assert "That button is from earlier" in await practice.presses(ANA, f"staff:plan-send:{link}:no-such")


async def test_stepping_back_from_on_call_and_coming_back(practice: Practice) -> None:
    ana = await practice.hire(ANA, "Ana Sol")
    assert "no place on the rota" in await practice.presses(ANA, "staff:duty-off")
    await duty.keep(practice.book, duty.PracticeRota("UTC", (duty.Row(ana.id),)))
    menu = await practice.at(ANA, command="practitioner", what="command")
    assert "staff:duty-off" in [b.data for row in menu[0].out.buttons for b in row]
    assert "stepped back" in await practice.presses(ANA, "staff:duty-off")
    assert not (await duty.kept(practice.book)).rows[0].back
    assert "back on the rota" in await practice.presses(ANA, "staff:duty-on")
    assert (await duty.kept(practice.book)).rows[0].back


async def test_a_turn_cannot_hold_two_chats(practice: Practice) -> None:
    """The guard that makes a fault of this kind seen in tests and not in a night without answers."""
    store = practice.chat.room.store
    async with store.work(SAM):
        with pytest.raises(StoreError, match="one chat"):
            async with store.work(KIM):
                pass
    async with store.work(KIM):
        pass


async def test_who_joins_is_recognised_at_once(practice: Practice) -> None:
    """Also when the rota was looked up a moment before, and without a place on it."""
    room = practice.chat.room
    rota = KeptRota(room.rota, room.store.staff)
    practice.chat.room = replace(room, rota=rota)
    now = practice.chat.clock.now()
    assert (await rota.at(now)).who(ANA) is None
    await practice.hire(ANA, "Ana Sol")
    found = (await rota.at(now)).who(ANA)
    assert found is not None
    assert found.name == "Ana Sol"
    assert (await rota.at(now)).staffed is (await room.rota.at(now)).staffed, "being known is not being on call"


async def test_a_colleague_off_the_rota_acts_only_on_what_came_to_them(practice: Practice) -> None:
    room = practice.chat.room
    rota = KeptRota(Rota((Contact("anna", 901, "Anna"),), None), room.store.staff)
    practice.chat.room = replace(room, rota=rota)
    ben = await practice.hire(BEN, "Ben Ode")
    await practice.presses(SAM, "consent:talk")
    danger = practice.chat.understands("danger", **risk(Kind.WISH_DEAD, Tier.T2))
    await practice.says(SAM, danger)
    assert "no alert" in _text(await practice.chat.presses("alert:1:seen", staff=BEN), BEN)
    await practice.chat.presses("alert:1:seen", staff=901)
    await practice.chat.presses(f"alert:1:to:{code_of(ben)}", staff=901)
    assert "yours" in _text(await practice.chat.presses("alert:1:seen", staff=BEN), BEN)


def _text(rows: Sequence[OutboxRow], who: int) -> str:
    return "\n".join(row.out.text for row in rows if (row.out.to or row.chat) == who)
