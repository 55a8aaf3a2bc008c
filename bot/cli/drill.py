"""`warmline doctor --drill`: whether an alert would reach the people on call, by each of their ways."""

import asyncio
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import wiring
from bot.care import drill
from bot.care.drill import Found, Test
from bot.care.ports import Clock, Store
from bot.care.rota import TELEGRAM, Rota
from bot.care.staff.duty import KeptRota
from bot.channels.ports import SendError
from bot.cli.checkup import Check, State
from bot.clock import SystemClock
from bot.settings import Settings
from bot.telegram.note import send_note
from bot.ways import senders
from responses.voice import Voice

_LOOK = 0.2  # seconds between looks at the record


@dataclass(frozen=True, slots=True)
class Drill:
    """`running`: another program of this deployment sends what is in the outbox, so the whole way is tested."""

    settings: Settings
    store: Store
    voice: Voice
    clock: Clock
    running: bool
    seconds: float  # to wait for deliveries and confirmations

    async def run(self) -> list[Check]:
        rota = await self._rota()
        if not rota.everyone:
            return [Check(State.FAIL, "drill", "Nobody is on call, so nobody can be told.")]
        tests = await drill.begin(self.store, rota, self.voice, self.clock.now(), queue=self.running)
        if not self.running:
            await asyncio.gather(*(self._send(test) for test in tests))
        await self._wait(tests)
        lines = [line for test in tests for line in await self._lines(test)]
        await drill.end(self.store, tests, self.clock.now())
        return lines

    async def _rota(self) -> Rota:
        book = KeptRota(self.settings.on_call.duties, self.store.staff)
        return await book.at(self.clock.now())

    async def _send(self, test: Test) -> None:
        """Past the outbox: by each way at once, each tried once."""
        telegram, note = self.settings.telegram, drill.note(self.voice, test)
        if note is not None and note.to is not None:
            token = telegram.token.get_secret_value()
            why = await send_note(token, telegram.api_base, note.to, note) if token else "no_token"
            await drill.settled(self.store, self.voice, test, TELEGRAM, why, self.clock.now())
        known = senders(self.settings)
        for letter in drill.letters(self.voice, test):
            why = ""
            try:
                await known[letter.channel].send(letter)
            except KeyError:
                why = "not_configured"
            except SendError as refused:
                why = refused.why
            await drill.settled(self.store, self.voice, test, letter.channel, why, self.clock.now())

    async def _wait(self, tests: list[Test]) -> None:
        """Until everybody was reached by every way or not, and, where the program runs, confirmed it."""
        ends = time.monotonic() + self.seconds
        while time.monotonic() < ends:
            ways = [found for test in tests for found in await drill.found(self.store, test)]
            settled = all(found.seconds is not None or found.why for found in ways)
            if settled and (not self.running or all([await self._has_confirmed(test) for test in tests])):
                return
            await asyncio.sleep(_LOOK)

    async def _has_confirmed(self, test: Test) -> bool:
        return test.contact.chat is None or await drill.confirmed(self.store, test) is not None

    async def _lines(self, test: Test) -> list[Check]:
        ways = [self._line(found) for found in await drill.found(self.store, test)]
        if not self.running or test.contact.chat is None:
            return ways
        after = await drill.confirmed(self.store, test)
        what = f"drill {test.contact.code}"
        if after is None:
            return [*ways, Check(State.WARN, what, f"Has not pressed I have it within {self.seconds:.0f} s.")]
        return [*ways, Check(State.OK, what, f"Pressed I have it after {after:.1f} s.")]

    def _line(self, found: Found) -> Check:
        what = f"drill {found.contact}"
        if found.seconds is not None:
            return Check(State.OK, what, f"Reached by {found.way} after {found.seconds:.1f} s.")
        if found.why:
            return Check(State.FAIL, what, f"Not reached by {found.way}: {found.why.split(': ')[-1]}.")
        return Check(
            State.FAIL, what, f"Not reached by {found.way} within {self.seconds:.0f} s; it is still being tried."
        )


def run(config: Path | None, seconds: float) -> Iterator[Check]:
    """The drill, and first by which way it goes."""
    settings, home = wiring.read_settings(config)
    running = is_running(settings)
    if running:
        yield Check(State.OK, "drill", "serve is running here, so the test alerts go the whole way through it.")
    else:
        yield Check(State.WARN, "drill", "serve does not answer here, so each way is tried once from this command.")
    yield from asyncio.run(_run(settings, home, running, seconds))


async def _run(settings: Settings, home: Path, running: bool, seconds: float) -> list[Check]:
    store = await wiring.open_room_store(settings, home)
    try:
        voice = wiring.load_means(settings).voice
        return await Drill(settings, store, voice, SystemClock(), running, seconds).run()
    finally:
        await store.close()


def is_running(settings: Settings) -> bool:
    """Whether `serve` answers at the address that the settings give it."""
    host = "127.0.0.1" if settings.server.host in ("0.0.0.0", "::") else settings.server.host  # noqa: S104
    shown = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{shown}:{settings.server.port}/healthz", timeout=3) as answer:
            return bool(answer.status == 200 and answer.read(8).strip() == b"ok")
    except OSError:
        return False
