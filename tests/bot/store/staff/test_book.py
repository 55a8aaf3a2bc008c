"""The people's side over every place: members, codes, links, looks, doors, notes, proposals."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.care.checkins.plan import Plan, Slot, SlotState, Status
from bot.care.records import Client, Settings
from bot.care.staff.records import (
    Code,
    CodeKind,
    Link,
    Member,
    Note,
    NoteState,
    Proposal,
    Role,
    Session,
    SignIn,
    Standing,
)
from bot.store.errors import StoreError
from bot.store.opening import open_store
from bot.store.rotation import rotate
from tests.bot.store.conftest import KEY, NOW, Place

ANA = Member("ana0", Role.PRACTITIONER, "Ana Sol", NOW, chat=71, zone="Europe/Lisbon", desk={"name": "x"})
BEN = Member("ben0", Role.LEAD, "Ben Ode", NOW + timedelta(days=1), chat=72)
LATER = NOW + timedelta(days=2)
NEW_KEY = bytes(range(32, 64))


def code(hash_: str, kind: CodeKind = CodeKind.STAFF, **more: Any) -> Code:
    return Code(hash_, kind, LATER, NOW, **more)


async def staffed(place: Place) -> Any:
    """A store with two members, and a client of Ana's in chat 1."""
    store = await place.open()
    for member in (ANA, BEN):
        await store.staff.people.add_code(code(member.id))
        assert await store.staff.people.join(member, member.id)
    async with store.work(1) as work:
        await work.add_client(Client("client1", NOW))
        await work.commit()
    await store.staff.people.add_code(code("c1", CodeKind.CLIENT, name="Sam", member="ana0"))
    assert await store.staff.links.link(LINK)
    return store


LINK = Link("link1", "client1", "ana0", "Sam", NOW, code="c1")


async def test_a_code_lets_one_person_in_once(place: Place) -> None:
    store = await place.open()
    people = store.staff.people
    given = code("h1", name="Ana Sol", role=Role.LEAD)
    await people.add_code(given)
    assert await people.code("h1") == given
    assert await people.codes() == [given]
    assert await people.join(ANA, "h1")
    assert await people.code("h1") is None
    assert not await people.join(BEN, "h1")
    assert await people.all() == [ANA]


async def test_a_chat_is_one_member_and_its_code_is_not_used_up(place: Place) -> None:
    store = await staffed(place)
    await store.staff.people.add_code(code("h2"))
    with pytest.raises(StoreError, match="belongs to a member"):
        await store.staff.people.join(replace(BEN, id="ben1"), "h2")
    assert await store.staff.people.code("h2") is not None


async def test_a_member_is_found_by_chat_until_they_leave(place: Place) -> None:
    people = (await staffed(place)).staff.people
    assert await people.at(71) == ANA
    assert await people.at(73) is None
    gone = replace(ANA, chat=0, left=LATER, name="Ana")
    await people.save(gone)
    assert await people.at(71) is None
    assert await people.member("ana0") == gone
    assert await people.all() == [gone, BEN]


async def test_a_link_is_made_once_changed_and_ended(place: Place) -> None:
    links = (await staffed(place)).staff.links
    assert not await links.link(replace(LINK, id="link2"))
    assert await links.one("link1") == LINK
    changed = replace(LINK, member="ben0", label="S.", notes=False)
    await links.change(changed)
    assert await links.of_member("ana0") == []
    assert await links.of_member("ben0") == await links.of_client("client1") == await links.all() == [changed]
    assert await links.chat("client1") == 1
    assert await links.chat("nobody") is None
    await links.end("link1")
    assert await links.all() == []


async def test_a_link_knows_who_paused(place: Place) -> None:
    store = await staffed(place)
    async with store.work(1) as work:
        await work.save(replace(await work.client(), settings=Settings(paused=True)))
        await work.commit()
    assert (await store.staff.links.one("link1")).paused
    async with store.work(1) as work:
        await work.save(replace(await work.client(), settings=Settings()))
        await work.commit()
    assert not (await store.staff.links.one("link1")).paused


async def test_looks_are_kept_newest_first(place: Place) -> None:
    store = await staffed(place)
    looks = store.staff.looks
    await looks.add("ana0", ["client1"], "plan", NOW)
    await looks.add("ben0", ["client1"], "list", LATER)
    assert [(look.name, look.what) for look in await looks.of_client("client1")] == [
        ("Ben Ode", "list"),
        ("Ana Sol", "plan"),
    ]
    practice = await looks.of_practice()
    assert [(look.link, look.label) for look in practice] == [("", ""), ("link1", "Sam")]
    assert len(await looks.of_practice("ana0")) == 1
    assert await looks.seen_since("ana0", "plan", NOW) == {"client1"}
    assert await looks.seen_since("ana0", "plan", LATER) == set()
    assert await looks.seen_since("ana0", "list", NOW) == set()


async def test_erasing_a_client_takes_the_link_and_the_note_and_leaves_the_look_without_a_name(place: Place) -> None:
    store = await staffed(place)
    await store.staff.looks.add("ana0", ["client1"], "plan", NOW)
    await store.staff.notes.add(Note("n1", "link1", "client1", "ana0", "Thinking of you.", NOW, NOW))
    async with store.work(1) as work:
        await work.erase()
        await work.commit()
    assert await store.staff.links.all() == []
    assert await store.staff.notes.due(LATER) == []
    assert await store.staff.looks.of_client("client1") == []
    assert [(look.what, look.label) for look in await store.staff.looks.of_practice("ana0")] == [("plan", "")]


async def test_a_sign_in_link_belongs_to_the_first_browser_and_is_used_once(place: Place) -> None:
    doors = (await staffed(place)).staff.doors
    await doors.add_sign_in(SignIn("s1", "ana0", LATER), NOW)
    assert await doors.bind("s1", "firefox")
    assert await doors.bind("s1", "firefox")
    assert not await doors.bind("s1", "other")
    assert not await doors.bind("unknown", "firefox")
    assert await doors.use_sign_in("s1")
    assert not await doors.use_sign_in("s1")
    assert await doors.sign_in("s1") == SignIn("s1", "ana0", LATER, "firefox", used=True)
    assert await doors.sign_in("unknown") is None
    assert await doors.recent_sign_ins("ana0", NOW) == 1
    assert await doors.recent_sign_ins("ana0", LATER) == 0


async def test_sessions_end_one_by_one_and_all_at_once(place: Place) -> None:
    doors = (await staffed(place)).staff.doors
    for name in ("a", "b", "c"):
        await doors.open(f"hash-{name}", Session(name, "ana0", "Firefox", NOW, NOW, LATER))
    await doors.open("hash-d", Session("d", "ben0", "Firefox", NOW, NOW, LATER))
    await doors.add_sign_in(SignIn("s1", "ana0", LATER), NOW)
    await doors.touch("b", NOW + timedelta(minutes=1))
    assert next(session.id for session in await doors.sessions("ana0")) == "b"
    assert await doors.close("ben0", "a") == 0  # not theirs
    assert await doors.close("ana0", "a") == 1
    assert await doors.session("hash-a") is None
    assert await doors.close("ana0") == 2
    assert await doors.sign_in("s1") is None
    assert await doors.session("hash-d") is not None


async def test_what_is_past_its_time_goes(place: Place) -> None:
    store = await staffed(place)
    await store.staff.doors.open("hash-a", Session("a", "ana0", "Firefox", NOW, NOW, LATER))
    await store.staff.doors.add_sign_in(SignIn("s1", "ana0", LATER), NOW)
    await store.staff.people.add_code(code("h3"))
    await store.staff.doors.tidy(LATER)
    assert await store.staff.doors.session("hash-a") is not None
    await store.staff.doors.tidy(LATER + timedelta(seconds=1))
    assert await store.staff.doors.session("hash-a") is None
    assert await store.staff.doors.sign_in("s1") is None
    assert await store.staff.people.codes() == []


async def test_a_note_leaves_waiting_once_and_its_words_go(place: Place) -> None:
    notes = (await staffed(place)).staff.notes
    early, late = (
        Note(name, "link1", "client1", "ana0", "Thinking of you.", due, NOW)
        for name, due in (("n1", NOW), ("n2", LATER))
    )
    await notes.add(late)
    await notes.add(early)
    assert await notes.due(NOW) == [early]
    assert await notes.of_link("link1") == [late, early]
    assert await notes.settle("n1", NoteState.SENT)
    assert not await notes.settle("n1", NoteState.WITHDRAWN)
    assert await notes.due(NOW) == []
    assert (await notes.of_link("link1"))[1] == replace(early, state=NoteState.SENT, text="")


async def test_proposals_are_kept_and_settled(place: Place) -> None:
    proposals = (await staffed(place)).staff.proposals
    wanted = Proposal("p1", "ana0", "Ana Sol", "talk.thanks.plain", "was", "wanted", "warmer", NOW)
    await proposals.add(wanted)
    assert await proposals.all() == [wanted]
    await proposals.settle("p1", "taken")
    assert (await proposals.all())[0].state == "taken"


async def test_names_and_labels_stand_nowhere_in_clear(lasting: Place, tmp_path: Any) -> None:
    store = await staffed(lasting)
    await store.staff.notes.add(Note("n1", "link1", "client1", "ana0", "Thinking of you.", NOW, NOW))
    rows = await store.engine.read(_everything)
    assert b"client1" in rows
    for needle in (b"Ana Sol", b"Sam", b"Thinking", b"Lisbon"):
        assert needle not in rows


def _everything(connection: Any) -> bytes:
    from bot.store.tables import metadata

    rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    return repr(rows).encode() + b"".join(v for row in rows for v in row if isinstance(v, bytes))


async def test_a_new_key_opens_all_of_it(lasting: Place) -> None:
    store = await staffed(lasting)
    await store.staff.notes.add(Note("n1", "link1", "client1", "ana0", "Thinking of you.", NOW, NOW))
    await store.staff.proposals.add(Proposal("p1", "ana0", "Ana Sol", "talk.thanks.plain", "was", "new", "why", NOW))
    await store.staff.people.add_code(code("h3", name="Cleo"))
    await store.close()
    await rotate(lasting.url, KEY, NEW_KEY)
    again = await open_store(lasting.url, NEW_KEY)
    lasting.opened.append(again)
    assert await again.staff.people.all() == [ANA, BEN]
    assert await again.staff.links.all() == [LINK]
    assert [note.text for note in await again.staff.notes.due(NOW)] == ["Thinking of you."]
    assert [proposal.wanted for proposal in await again.staff.proposals.all()] == ["new"]
    assert [c.name for c in await again.staff.people.codes()] == ["Cleo"]


async def test_how_check_ins_stand_is_counted_from_the_last_answer(place: Place) -> None:
    store = await staffed(place)
    plan = Plan("p1", "UTC", at=time(9))
    async with store.work(1) as work:
        await work.client()
        await work.put_plan(plan)
        for ago, state in (
            (9, SlotState.SENT),
            (8, SlotState.ANSWERED),
            (7, SlotState.SKIPPED),
            (6, SlotState.SENT),
            (5, SlotState.UNKNOWN),
        ):
            at = NOW - timedelta(days=ago)
            await work.put_slot(Slot(f"s{ago}", "p1", at.date(), 0, "how_are_you", state, "", at, at))
        await work.commit()
    found = await store.staff.links.standings("ana0", NOW - timedelta(days=14))
    assert found["client1"] == Standing(2, NOW - timedelta(days=5), NOW - timedelta(days=8), None)
    later = await store.staff.links.standings("ana0", NOW - timedelta(days=7))
    assert later["client1"] == Standing(2, NOW - timedelta(days=5), None, None)
    assert await store.staff.links.standings("ben0", NOW - timedelta(days=14)) == {}


async def test_a_proposal_stands_as_asked_until_it_is_answered(place: Place) -> None:
    store = await staffed(place)
    since = NOW - timedelta(days=14)
    first, second = NOW - timedelta(days=3), NOW - timedelta(days=1)
    plan = Plan("p1", "UTC", at=time(9), status=Status.PROPOSED, origin="ana0", made=first)

    async def keep(plan: Plan) -> None:
        async with store.work(1) as work:
            await work.client()
            await work.put_plan(plan)
            await work.commit()

    async def asked() -> datetime | None:
        return (await store.staff.links.standings("ana0", since))["client1"].asked

    assert await asked() is None
    await keep(replace(plan, id="p2", made=second))
    await keep(plan)
    assert await asked() == first, "the one that waits longest"
    await keep(replace(plan, status=Status.DECLINED))
    assert await asked() == second
    await keep(replace(plan, id="p2", status=Status.ACCEPTED))
    assert await asked() is None
    assert (await store.staff.links.standings("ana0", since, ["client1"]))["client1"].asked is None
