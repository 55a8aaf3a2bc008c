"""Pages with 1,000 clients and 100,000 check-ins on SQLite: 95 of 100 in under 0.1 s.

What a page costs the processor always counts. What the clock on the wall says counts where nothing else runs; on a busy
machine it tells how busy that is, and is only printed.
"""

import os
import time
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import insert

from bot.care.staff.records import Role
from bot.store.checkin_tables import State, slots
from bot.store.codec import micros
from tests.bot.console.conftest import Staffed

CLIENTS, EACH, ROUNDS, ALLOWED = 1000, 100, 25, 0.1


@pytest.mark.evidence
async def test_pages_answer_in_a_tenth_of_a_second(empty: Staffed, capsys: pytest.CaptureFixture[str]) -> None:
    dana = await empty.hire("Dana Lee", Role.LEAD, 73)
    for number in range(CLIENTS):
        await empty.client(f"Client {number}", dana, 1000 + number, "marks", "answers")
    await _fill(empty)
    browser = await empty.signed_in("Dana Lee")
    one = empty.links["Client 7"].id
    pages = ("/", "/clients", "/clients?page=9", f"/clients/{one}", "/plans/new", "/practice", "/people", "/rota")
    for path in (*pages, "/library", "/audit", "/settings", "/live"):
        wall, processor = [], []
        for _ in range(ROUNDS):
            began, used = time.perf_counter(), time.process_time()
            assert (await browser.get(f"/console{path}")).status_code == 200
            processor.append(time.process_time() - used)
            wall.append(time.perf_counter() - began)
        with capsys.disabled():
            said = ", ".join(
                f"{name} p50 {_part(taken, 0.5) * 1000:.0f} p95 {_part(taken, 0.95) * 1000:.0f} ms"
                for name, taken in (("processor", processor), ("wall", wall))
            )
            print(f"{path.replace(one, 'LINK')}: {said}")
        assert _part(processor, 0.95) < ALLOWED, path
        if os.getloadavg()[0] < 1.2:
            assert _part(wall, 0.95) < ALLOWED, path


def _part(taken: list[float], share: float) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


async def _fill(practice: Staffed) -> None:
    """A hundred check-ins for each client, three in four answered, the newest yesterday."""
    drawn, now = Random(1), practice.clock.now()
    rows = []
    for number, link in enumerate(practice.links.values()):
        for ago in range(1, EACH + 1):
            at = now - timedelta(days=ago)
            state = State.ANSWERED if drawn.random() < 0.75 else State.SENT
            rows.append(
                {
                    "id": f"s{number}-{ago}",
                    "client": link.client,
                    "plan": "p",
                    "day": at.toordinal(),
                    "number": 0,
                    "kind": "how_are_you",
                    "state": state.value,
                    "why": "",
                    "due": micros(at),
                    "changed": micros(at),
                    "words": "",
                }
            )
    await practice.store.engine.write(lambda connection: connection.execute(insert(slots), rows))
