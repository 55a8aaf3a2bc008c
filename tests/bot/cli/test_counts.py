"""`counts`: what may be published of a year, and nothing that belongs to a person."""

import asyncio
from pathlib import Path

from bot.cli.counts import WHAT, rows
from bot.store.keys import load_key
from bot.store.opening import open_store
from nlp.labels import Kind, Tier
from tests.bot.care.conftest import Chat, risk
from tests.bot.care.conftest import watched as watched
from tests.bot.cli.conftest import Warmline


def test_each_year_shows_all_four_and_other_counters_stay_out() -> None:
    found = rows({"year:2026:referrals": 3, "year:2027:t2": 1, "something": 9})
    assert [(year, what, number) for year, what, number, _ in found] == [
        (2026, "referrals", 3), (2026, "t2", 0), (2026, "t3", 0), (2026, "alerts", 0),
        (2027, "referrals", 0), (2027, "t2", 1), (2027, "t3", 0), (2027, "alerts", 0),
    ]  # fmt: skip
    assert [row[0] for row in rows({"year:2026:t2": 1}, 2025)] == [2025] * len(WHAT)
    assert rows({}) == []


async def test_what_happens_is_counted_without_a_key(watched: Chat) -> None:
    await watched.agrees()
    await watched.says(watched.understands("a", **risk(Kind.WISH_DEAD, Tier.T2)))
    await watched.says(watched.understands("b", **risk(Kind.INTENT_OR_ATTEMPT_NOW, Tier.T3)))
    tallies = await watched.room.store.tallies()
    assert {row[1]: row[2] for row in rows(tallies)} == {"referrals": 2, "t2": 1, "t3": 1, "alerts": 2}
    client = await watched.client()
    assert client is not None
    assert not any(client.id in name or "501" in name for name in tallies)


def test_the_command_prints_csv(warmline: Warmline, home: Path) -> None:
    assert warmline("counts").code == 1
    home.mkdir(exist_ok=True)
    key = load_key(home / "key", make=True)

    async def begin() -> None:
        store = await open_store(f"sqlite:///{home / 'warmline.db'}", key)
        async with store.work(1) as work:
            await work.count("year:2026:referrals")
            await work.commit()
        await store.close()

    asyncio.run(begin())
    lines = warmline("counts", "--year", "2026").lines
    assert lines[0] == "year,what,count,meaning"
    assert lines[1].startswith("2026,referrals,1,")
    assert len(lines) == 5
