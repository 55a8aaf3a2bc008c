"""The invented practice: enough of everything that its pages look like a real week, and the same for the same seed."""

import re
from dataclasses import replace

import pytest

from bot.care.checkins.plan import Status
from bot.care.demo.fill import Demo
from bot.care.demo.people import FIRST_CHAT
from bot.care.demo.practice import DemoPractice
from bot.care.records import Client, Consent
from bot.care.staff.alerting import open_for
from bot.care.staff.duty import KeptRota
from bot.care.staff.records import Role
from bot.care.visit import Room
from tests.bot.care.conftest import BEGIN, VOICE, make_chat


async def invented(clients: int) -> tuple[Room, dict[str, int]]:
    room = make_chat().room
    for number in range(clients):
        async with room.store.work(FIRST_CHAT + number) as work:
            await work.add_client(Client(f"c{number}", BEGIN, [Consent("talk", True, "1", BEGIN)]))
            await work.commit()
    wanted = Demo(clients, 45, 1, BEGIN)
    counts = await DemoPractice.of(room.store, wanted, VOICE.library.entries).write()
    return replace(room, rota=KeptRota(room.rota, room.store.staff)), counts


@pytest.mark.parametrize("clients", [7, 40])
async def test_whoever_looks_around_has_three_clients_and_an_alert_to_take(clients: int) -> None:
    room, _ = await invented(clients)
    for member in await room.store.staff.people.all():
        if member.name in ("Ana Sol", "Dana Lee"):
            assert len(await room.store.staff.links.of_member(member.id)) >= 3, member.name
            shown = await open_for(room, member, BEGIN)
            assert [one for one in shown if one.link and not one.held_by], member.name


@pytest.mark.parametrize("clients", [1, 40])
async def test_an_invented_practice_has_people_links_plans_and_alerts(clients: int) -> None:
    room, counts = await invented(clients)
    book = room.store.staff
    members = {member.role: member for member in await book.people.all()}
    assert set(members) == set(Role)
    assert counts == {"members": 4, "links": len(await book.links.all()), "open_alerts": min(clients, 3)}
    ana = next(member for member in await book.people.all() if member.name == "Ana Sol")
    shown = await open_for(room, ana, BEGIN)
    assert [one.held_by for one in shown] == ["", "", "Ana Sol"][-len(shown) :] if clients > 1 else [""]
    states = set()
    for link in await book.links.all():
        async with room.store.work(await book.links.chat(link.client) or 0) as work:
            states |= {plan.status for plan in await work.plans()}
    assert states >= ({Status.PROPOSED, Status.DECLINED} if clients > 1 else {Status.DECLINED})
    [proposal] = await book.proposals.all()
    assert proposal.was == "\n".join(VOICE.library.entries[proposal.entry].say)


async def test_each_client_in_an_alert_has_a_number_of_their_own_from_those_kept_for_fiction() -> None:
    room, _ = await invented(40)
    numbers = []
    for chat, _alert in await room.store.unclosed():
        async with room.store.work(chat) as work:
            numbers += [kept.value["text"] for kept in await work.kept("reach")]
    assert len(set(numbers)) == len(numbers) == 3
    assert all(re.match(r"07700 900\d{3}\b", number) for number in numbers)  # Ofcom: 07700 900000 to 900999
