"""kill -9 of the serving process under load: nothing received is lost, doubles stay in their bound, order holds.

Two or three kills of an echo run with the other tests; `make evidence` kills twenty times, and the real `serve` too.
"""

import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.store.keys import load_key
from bot.store.opening import open_store
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.killing import Load, Outcome, environment, kill_often

ECHO = [sys.executable, "-m", "tests.fakes.echo_serve"]
SERVE = [str(Path(sys.executable).with_name("warmline")), "serve"]
LOST = re.compile(r"m(\d+)")


def numbers(texts: list[str]) -> list[int]:
    """The message numbers an echo answered, in order."""
    return [int(number) for text in texts for number in LOST.findall(text)]


def check(outcome: Outcome, said: dict[int, int]) -> None:
    doubles = 0
    for chat, count in said.items():
        heard = numbers(outcome.answered[chat])
        firsts = list(dict.fromkeys(heard))
        assert firsts == list(range(count)), f"chat {chat}: lost or out of order"
        doubles += len(heard) - len(firsts)
    assert doubles <= outcome.in_flight
    assert outcome.exit_code == 0
    safe = sum(text.startswith("safe") for texts in outcome.answered.values() for text in texts)
    print(f"{outcome.messages} messages, {outcome.kills} kills: 0 lost, {doubles} doubled,", end=" ")
    print(f"{outcome.in_flight} sends in flight at the kills, {safe} safe entries")


async def run(tmp_path: Path, webhook: bool, kills: int, messages: int, seed: int) -> None:
    async with FakeBotApi() as api:
        load = Load(api.world, list(range(1, 41)), messages)
        outcome = await kill_often(api, ECHO, environment(api, tmp_path, webhook), kills, load, random.Random(seed))
        assert not api.world.updates
    check(outcome, load.said)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_two_kills(tmp_path: Path, webhook: bool) -> None:
    await run(tmp_path, webhook, kills=2, messages=200, seed=1)


@pytest.mark.evidence
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_twenty_kills(tmp_path: Path, webhook: bool, seed: int) -> None:
    await run(tmp_path, webhook, kills=20, messages=4000, seed=seed)


async def run_real(tmp_path: Path, webhook: bool, kills: int, messages: int, seed: int) -> None:
    """Clients who consented talk; what the store remembers of each is what they said, once each and in order."""
    async with FakeBotApi() as api:
        chats = list(range(1, 21))
        for chat in chats:
            api.world.client(chat).says("/start")
            api.world.client(chat).says("yes")  # as the button does, and in the order of the chat also by webhook
        load = Load(api.world, chats, messages)
        outcome = await kill_often(api, SERVE, environment(api, tmp_path, webhook), kills, load, random.Random(seed))
        assert not api.world.updates
    key = load_key(tmp_path / "key", make=False, database=tmp_path / "warmline.db")
    store = await open_store(f"sqlite:///{tmp_path}/warmline.db", key, create=False)
    unread = doubles = 0
    for chat in chats:
        async with store.work(chat) as work:
            turns = await work.turns()
        heard = numbers([turn.heard for turn in turns])
        sent, replies = Counter(outcome.answered[chat]), Counter(turn.said for turn in turns)
        assert not replies - sent, f"chat {chat}: a reply was kept and never sent"
        doubles += sum(sent[text] - count for text, count in replies.items())
        assert heard == sorted(set(heard)), f"chat {chat}: twice or out of order"
        unread += load.said[chat] - len(heard)
        assert len(outcome.answered[chat]) >= len(heard)
    counts = await store.counts()
    await store.close()
    assert doubles <= outcome.in_flight  # each is a send that a kill left without its mark
    # What two kills in a row interrupted is answered with the safe entry, which keeps no turn.
    assert unread <= 16 * outcome.safe_entries
    assert (counts.inbox_waiting, counts.inbox_aside, counts.outbox_pending, outcome.exit_code) == (0, 0, 0, 0)
    print(f"{outcome.messages} messages, {outcome.kills} kills, {unread} answered with the safe entry,", end=" ")
    print(f"{doubles} replies doubled, {outcome.in_flight} sends in flight at the kills")


@pytest.mark.evidence
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_twenty_kills_of_the_real_thing(tmp_path: Path, webhook: bool) -> None:
    await run_real(tmp_path, webhook, kills=20, messages=1500, seed=4)
