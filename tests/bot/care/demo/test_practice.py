"""The invented practice: enough of everything that its pages look like a real week, and the same for the same seed."""

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
from tests.bot.care.conftest import BEGIN, VOICE, make_chat


@pytest.mark.parametrize("clients", [1, 40])
async def test_an_invented_practice_has_people_links_plans_and_alerts(clients: int) -> None:
    room = make_chat().room
    for number in range(clients):
        async with room.store.work(FIRST_CHAT + number) as work:
            await work.add_client(Client(f"c{number}", BEGIN, [Consent("talk", True, "1", BEGIN)]))
            await work.commit()
    wanted = Demo(clients, 45, 1, BEGIN)
    counts = await DemoPractice.of(room.store, wanted, VOICE.library.entries).write()
    book = room.store.staff
    members = {member.role: member for member in await book.people.all()}
    assert set(members) == set(Role)
    assert counts == {"members": 4, "links": len(await book.links.all()), "open_alerts": min(clients, 2)}
    ana = next(member for member in await book.people.all() if member.name == "Ana Sol")
    shown = await open_for(replace(room, rota=KeptRota(room.rota, book)), ana, BEGIN)
    assert [one.held_by for one in shown] == ["", "Ana Sol"][: len(shown)]
    states = set()
    for link in await book.links.all():
        async with room.store.work(await book.links.chat(link.client) or 0) as work:
            states |= {plan.status for plan in await work.plans()}
    assert states >= ({Status.PROPOSED, Status.DECLINED} if clients > 1 else {Status.DECLINED})
    [proposal] = await book.proposals.all()
    assert proposal.was == "\n".join(VOICE.library.entries[proposal.entry].say)
