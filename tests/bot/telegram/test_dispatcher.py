"""Whatever arrives, in whatever batches and however often: each thing a person did is answered once, in order."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.volatile import VolatileStore
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.intake import Intake
from bot.telegram.parse import Heard, parse
from bot.telegram.ports import DoorSettings
from bot.telegram.tally import Tally
from tests.bot.telegram.conftest import HandClock, Pauses, message, row, until
from tests.fakes.echo_care import EchoCare


class Signs:
    def __init__(self) -> None:
        self.typed: list[int] = []
        self.pressed: list[str] = []
        self.left: list[int] = []

    async def typing(self, chat: int) -> None:
        self.typed.append(chat)

    async def answered(self, query: str) -> None:
        self.pressed.append(query)

    async def leave(self, chat: int, words: str) -> None:
        self.left.append(chat)


class Bench:
    """A dispatcher over the volatile store, with everything it touches at hand."""

    def __init__(self, settle: float = 0.0, store: VolatileStore | None = None) -> None:
        self.store = store or VolatileStore()
        self.care, self.signs, self.clock, self.tally = EchoCare(self.store), Signs(), HandClock(), Tally()
        chosen = DoorSettings("1:T", settle_seconds=settle)
        self.wakes = 0
        self.dispatcher = Dispatcher(
            self.store.inbox, self.care, self.clock, self.signs, chosen, self.tally, self._wake, Pauses()
        )
        self.intake = Intake(self.store.inbox, self.clock, self.dispatcher.arrived, self.tally)

    def _wake(self) -> None:
        self.wakes += 1

    async def texts(self) -> list[str]:
        await asyncio.wait_for(self.dispatcher.idle(), 10)
        return [i.text for _, batch in self.care.batches for i in batch]


def said(number: int, text: str = "hi", chat: int = 7) -> dict[str, Any]:
    return {"update_id": number, "message": message(text, chat) | {"message_id": number}}


texts = st.text(alphabet=st.characters(), max_size=12)
bodies = st.one_of(
    st.builds(lambda t, c: {"message": message(t, c)}, texts, st.integers(1, 3)),
    st.builds(lambda t, c: {"edited_message": message(t, c)}, texts, st.integers(1, 3)),
    st.builds(
        lambda k: {"message": message(None, 2, **{k: {}})}, st.sampled_from(["voice", "sticker", "pinned_message"])
    ),
    st.just({"message": message("hi", -5, "group")}),
    st.sampled_from([{"message": None}, {"message": {"chat": 3}}, {"callback_query": {"id": "q"}}, {"poll": {}}, {}]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(bodies, max_size=12), st.randoms(use_true_random=False))
def test_each_is_answered_once_and_in_order(contents: list[dict[str, Any]], rng: Any) -> None:
    updates = []
    for number, content in enumerate(contents, start=1):
        update: dict[str, Any] = {"update_id": number, **content}
        if isinstance(body := update.get("message"), dict) and "message_id" in body:
            update["message"] = {**body, "message_id": number}
        updates.append(update)

    async def run() -> Bench:
        bench = Bench()
        for start in range(0, len(updates), 3):
            await bench.intake.accept(updates[start : start + 3])
            if rng.random() < 0.5:  # delivered again
                await bench.intake.accept(updates[: start + 2])
        await bench.texts()
        assert await bench.store.inbox.waiting_chats() == []
        return bench

    bench = asyncio.run(run())
    parsed = [parse(row(json.dumps(u).encode())) for u in updates]
    expected: dict[int, list[str]] = {}
    for one in parsed:
        if isinstance(one, Heard):
            expected.setdefault(one.incoming.chat, []).append(one.incoming.text)
    heard: dict[int, list[str]] = {}
    for chat, batch in bench.care.batches:
        heard.setdefault(chat, []).extend(i.text for i in batch)
    assert heard == expected
    assert bench.tally.turns_failed == 0


async def test_an_update_that_came_late_still_goes_in_its_place() -> None:
    bench = Bench()
    bench.care.may.clear()
    await bench.intake.accept([said(1, "a")])
    await bench.care.took.wait()
    await bench.intake.accept([said(3, "c")])
    await bench.intake.accept([said(2, "b")])
    bench.care.may.set()
    assert await bench.texts() == ["a", "b", "c"]


async def test_a_chat_that_hangs_stops_nobody() -> None:
    bench = Bench()
    stuck = asyncio.Event()
    take = bench.care.take_turn

    async def hang(chat: int, batch: Any) -> None:
        if chat == 1:
            await stuck.wait()
        await take(chat, batch)

    bench.care.take_turn = hang  # type: ignore[method-assign]
    await bench.intake.accept([said(1, "stuck", 1), said(2, "free", 2)])
    await asyncio.wait_for(bench.care.took.wait(), 5)
    assert [chat for chat, _ in bench.care.batches] == [2]
    stuck.set()
    assert sorted(await bench.texts()) == ["free", "stuck"]


async def test_work_at_once_is_bounded() -> None:
    bench = Bench()
    running, most = 0, 0

    async def count(chat: int, batch: Any) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1
        async with bench.store.work(chat) as work:
            await work.handled([i.inbox for i in batch])
            await work.commit()

    bench.care.take_turn = count  # type: ignore[method-assign]
    await bench.intake.accept([said(n, "x", n) for n in range(1, 60)])
    await bench.texts()
    assert most == 16


async def test_another_replica_that_was_quicker_is_not_answered_over() -> None:
    bench = Bench()

    async def beaten(chat: int, batch: Any) -> None:
        await bench.store.inbox.seal([i.inbox for i in batch])
        raise RuntimeError("handled already")

    bench.care.take_turn = beaten  # type: ignore[method-assign]
    await bench.intake.accept([said(1)])
    await bench.texts()
    assert (bench.tally.turns, bench.tally.safe_turns) == (1, 0)


async def test_a_quick_read_that_fails_counts_as_urgent() -> None:
    bench = Bench(settle=3.0)

    def broken(text: str) -> bool:
        raise RuntimeError("no ear")

    bench.care.urgent = broken  # type: ignore[method-assign]
    await bench.intake.accept([said(1)])
    assert await bench.texts() == ["hi"]


async def test_the_store_failing_for_a_while_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench()
    waiting, tries = bench.store.inbox.waiting, []

    async def stumble(chat: int) -> Any:
        tries.append(chat)
        if len(tries) < 4:
            raise OSError("locked")
        return await waiting(chat)

    monkeypatch.setattr(bench.store.inbox, "waiting", stumble)
    await bench.intake.accept([said(1)])
    assert await bench.texts() == ["hi"]


async def test_a_button_is_answered_once_however_long_it_waits() -> None:
    bench = Bench(settle=3.0)
    press = {"id": "q", "data": "a:b", "message": message(None)}
    await bench.intake.accept([said(1), {"update_id": 2, "callback_query": press}])
    await bench.texts()
    assert bench.signs.pressed == ["q"]
    assert [i.what for i in bench.care.batches[0][1]] == ["text", "button"]


async def test_stop_leaves_what_waits_for_the_next_start() -> None:
    bench = Bench(settle=3.0)
    await bench.intake.accept([said(1, "half a burst")])
    await asyncio.sleep(0)
    await bench.dispatcher.stop()
    assert bench.care.batches == []
    after = Bench(settle=3.0, store=bench.store)
    after.clock.move(60)
    await after.dispatcher.start()
    assert await after.texts() == ["half a burst"]


async def test_what_a_kill_hit_is_taken_up_one_at_a_time() -> None:
    """So a second kill accuses one of them, not all that were beside it."""
    bench = Bench()
    bench.care.may.clear()
    await bench.intake.accept([said(n, "x", n) for n in range(1, 6)])
    await until(lambda: len(bench.care.batches) == 5)
    await bench.dispatcher.stop(0.0)
    for _ in range(2):
        bench = Bench(store=bench.store)
        bench.care.may.clear()
        await bench.dispatcher.start()
        await until(lambda: bench.care.batches)  # noqa: B023
        await asyncio.sleep(0.01)
        assert len(bench.care.batches) == 1
        await bench.dispatcher.stop(0.0)
        assert bench.tally.safe_turns <= 1
    last = Bench(store=bench.store)
    await last.dispatcher.start()
    await last.texts()
    assert bench.tally.safe_turns + last.tally.safe_turns == 2
    assert len(last.care.batches) == 3
