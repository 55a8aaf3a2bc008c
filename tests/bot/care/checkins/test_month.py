"""A month by the clock, three times: who answers, who never does, who pauses and comes back.

The whole room runs over the in-memory twin, with the real words. What was said stands in docs/transcripts; it is
written by `python -m pytest tests/bot/care/checkins/test_month.py --write-transcripts`, and a drift fails.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.care.checkins import plan as plans_module
from bot.care.checkins.plan import Slot, SlotState, Status
from bot.care.ports import OutboxRow
from nlp.labels import Intensity, Mood
from nlp.reading import Feeling, Span
from tests.bot.care.aloud import aloud
from tests.bot.care.checkins.conftest import plans, slots, tick
from tests.bot.care.conftest import Chat

FOLDER = Path(__file__).parents[4] / "docs" / "transcripts"
ZONE = ZoneInfo("Europe/Berlin")
DAYS = 31
_STEP = timedelta(minutes=15)


@dataclass
class Month:
    """One client's month, as it is read later. It holds the change of the clocks of 29 March 2026."""

    chat: Chat
    lines: list[str] = field(default_factory=list)
    came: list[OutboxRow] = field(default_factory=list)

    def note(self, who: str, text: str, rows: list[OutboxRow] | None = None) -> None:
        at = self.chat.clock.time.astimezone(ZONE)
        labels = [button.label for row in (rows or [])[-1:] for line in row.out.buttons for button in line]
        self.lines.append(f"- {at:%a} {at.day} {at:%b}, {at:%H:%M} **{who}**: {aloud(text, labels)}")

    def heard(self, rows: list[OutboxRow]) -> None:
        for row in rows:
            self.note("Warmline", row.out.text, [row])

    async def says(self, text: str) -> None:
        self.note("client", text)
        self.heard(await self.chat.says(text))

    async def taps(self, label: str, row: OutboxRow) -> None:
        data = next(b.data for line in row.out.buttons for b in line if b.label == label)
        self.note("client", f"[{label}]")
        self.heard(await self.chat.presses(data))

    async def commands(self, name: str) -> None:
        self.note("client", f"/{name}")
        self.heard(await self.chat.commands(name))

    async def set_up(self) -> None:
        await self.chat.agrees()
        await self.chat.sent()
        await self.commands("checkins")
        await self.says("Berlin")
        self.note("client", "[Yes, like that]")
        self.heard(await self.chat.presses("checkin:save"))

    async def go_by(self, answer: Callable[["Month", OutboxRow, int], Awaitable[None]], days: int = DAYS) -> None:
        """In quarter hours; `answer` is what this client does with what comes, and its number."""
        at = self.chat.clock.time
        end = at + timedelta(days=days)
        while at < end:
            at += _STEP
            self.chat.clock.time = at
            for row in await tick(self.chat):
                self.came.append(row)
                self.note("Warmline", row.out.text, [row])
                self.chat.clock.time = at + timedelta(minutes=7)
                await answer(self, row, len(self.came))

    async def written(self, title: str, about: str) -> str:
        kept = await slots(self.chat)
        table = [f"| {_day(s)} | {s.kind.replace('_', ' ')} | {s.state} | {s.why.replace('_', ' ')} |" for s in kept]
        head = ["| day | asked about | what became of it | why |", "|---|---|---|---|"]
        return "\n".join(
            [
                f"# {title}",
                "",
                about,
                "",
                "## What was said",
                "",
                *self.lines,
                "",
                "## Every slot",
                "",
                *head,
                *table,
                "",
            ]
        )


def _day(slot: Slot) -> str:
    return f"{slot.day:%a} {slot.day.day} {slot.day:%b}"


@pytest.fixture
def month(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Month:
    """Ids in order instead of at random: they choose among the wordings."""
    numbers: Iterator[int] = iter(range(10_000))
    monkeypatch.setattr(plans_module, "token_hex", lambda size: f"{next(numbers):0{size * 2}x}")
    chat.clock.time = datetime(2026, 3, 15, 16, 0, tzinfo=ZoneInfo("UTC"))
    lonely = Feeling("loneliness", Intensity.MIDDLE, "self", Span(0, 1), "test", word="lonely")
    chat.understands("I felt lonely at lunch", feelings=(lonely,), mood=Mood.NEGATIVE, language="en")
    chat.understands("my neighbour waved, that was nice", mood=Mood.POSITIVE, language="en")
    return Month(chat)


def kept(name: str, text: str, write: bool) -> None:
    path = FOLDER / name
    if write:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"docs/transcripts/{name} no longer shows what is said"


async def test_a_client_who_answers(month: Month, write_transcripts: bool) -> None:
    said = ["I felt lonely at lunch", "my neighbour waved, that was nice", "not much", "sleep, or the lack of it"]

    async def answer(month: Month, row: OutboxRow, number: int) -> None:
        if row.out.buttons[0][0].label == "Very hard":
            await month.taps("So-so" if number < 8 else "All right", row)
        elif number % 5 == 0:
            await month.taps("Not today", row)
        else:
            await month.says(said[number % len(said)])

    await month.set_up()
    await month.go_by(answer)
    found = await slots(month.chat)
    assert {slot.state for slot in found} == {SlotState.ANSWERED}
    assert 12 <= len(found) <= 14  # three a week
    assert len({row.out.text for row in month.came}) == len(month.came)
    assert {(at.hour, at.minute) for at in month_times(found)} == {
        (18, 30)
    }  # on either side of the change of the clocks
    about = 'Three evenings a week, answered by a tap, in words, or with a "not today". On 29 March the clocks change.'
    kept("month-answers.md", await month.written("A month with a client who answers", about), write_transcripts)


def month_times(found: list[Slot]) -> list[datetime]:
    return [slot.due.astimezone(ZONE) for slot in found]


async def test_a_client_who_never_answers(month: Month, write_transcripts: bool) -> None:
    async def answer(month: Month, row: OutboxRow, number: int) -> None:
        return None

    await month.set_up()
    await month.go_by(answer)
    assert len(month.came) <= 6
    assert "?" not in month.came[-1].out.text
    assert (await plans(month.chat))[0].status is Status.ENDED
    about = "After three without an answer the rate is halved; after five one line says that it will be quiet now."
    kept("month-silent.md", await month.written("A month with a client who never answers", about), write_transcripts)


async def test_a_client_who_pauses_and_returns(month: Month, write_transcripts: bool) -> None:
    async def answer(month: Month, row: OutboxRow, number: int) -> None:
        if number == 3:
            await month.says("stop")
        elif row.out.buttons[0][0].label == "Very hard":
            await month.taps("Hard", row)
        else:
            await month.says("my neighbour waved, that was nice")

    await month.set_up()
    await month.go_by(answer, 15)
    await month.commands("resume")
    await month.says("I felt lonely at lunch")
    await month.go_by(answer, DAYS - 15)
    found = await slots(month.chat)
    reasons = {slot.why for slot in found if slot.state is SlotState.SKIPPED}
    assert reasons == {"paused"}
    assert {slot.state for slot in found if slot.why == ""} == {SlotState.ANSWERED}
    about = '"stop" pauses everything at once; nothing is made up for after the return.'
    kept(
        "month-pause.md", await month.written("A month with a client who pauses and returns", about), write_transcripts
    )
