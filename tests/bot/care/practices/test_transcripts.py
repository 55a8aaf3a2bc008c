"""Each practice as it reads aloud, walked by clients of several minds through the whole room.

What was said stands in docs/transcripts; it is written by
`python -m pytest tests/bot/care/practices/test_transcripts.py --write-transcripts`, and a drift fails.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from bot.care.ports import OutboxRow
from bot.care.practices import after, engine
from nlp.labels import Mood
from nlp.reading import Finding
from responses.practice import Practice, Step
from tests.bot.care.aloud import aloud
from tests.bot.care.checkins.test_month import kept
from tests.bot.care.conftest import VOICE, Chat, make_chat

PRACTICES = VOICE.library.practices
HARD = "it only shows how useless I am"
_MOST = 20  # acts in one walk

# What somebody might write at the steps that take words.
WORDS = {
    "belief": {"rule": "don't let anyone see you cry", "from": "my gran's kitchen, I think"},
    "break": {
        "notice": "my shoulders are up at my ears",
        "others": "half the night bus looks like this",
        "wish": "may tomorrow be slower",
    },
    "fits": {"wanted": "evenings with a book", "habit": "answering mail until midnight"},
    "friend": {"picture": "you were tired, and you still came", "once": "I carried a bee outside"},
    "grounding": {
        "see": "lamp, mug, sock, door, tree",
        "hear": "the fridge",
        "colour": "green, four times",
        "where": "kitchen, Tuesday, about nine",
    },
    "hope": {"what": "to sing in a choir again", "why": "it was the one place I breathed", "piece": "sing in the car"},
    "impact": {
        "meant": "I wanted her to rest",
        "landed": "she felt sent away",
        "mend": "ask her what she would have liked",
    },
    "kinder": {"voice": "that I ruin everything I touch", "carry": "I am learning this late, and I am learning it"},
    "kindness": {"what": "the man at the till waited for me", "different": "my hands stopped shaking"},
    "letter": {
        "hard": "the move was too much",
        "true-too": "you packed every box yourself",
        "wish": "a week with nothing in it",
        "sign": "your older self",
    },
    "mistake": {
        "happened": "I sent the invoice to the wrong client",
        "shame": "that I can't be trusted with anything",
        "kind": "three deadlines and no lunch",
        "mend": "write to both of them",
    },
    "purpose": {
        "habit": "making jokes when it gets serious",
        "did": "nobody looked closer",
        "cost": "nobody looks closer",
    },
}


@dataclass
class Walk:
    """One walk through a practice, as it is read later."""

    practice: Practice
    chat: Chat = field(default_factory=make_chat)
    lines: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)  # buttons: label, data

    def heard(self, rows: Sequence[OutboxRow]) -> None:
        for row in rows:
            self.open = [(b.label, b.data) for line in row.out.buttons for b in line]
            self.lines.append(f"- **Warmline**: {aloud(row.out.text, [label for label, _ in self.open])}")

    async def presses(self, end: str) -> None:
        """The button whose data ends like this."""
        label, data = next(pair for pair in self.open if pair[1].endswith(end))
        self.lines.append(f"- **client**: [{label}]")
        self.open = []
        self.heard(await self.chat.presses(data))
        self.chat.clock.pass_(seconds=70)
        self.heard(await self.chat.sent())

    async def says(self, text: str) -> None:
        self.lines.append(f"- **client**: {text}")
        self.open = []
        self.heard(await self.chat.says(text))

    async def at(self) -> str:
        client = await self.chat.client()
        assert client is not None
        return str(client.memory["flow"].get("step", ""))


@dataclass(frozen=True)
class Mind:
    """How one client goes about it."""

    about: str
    begin: Sequence[str]  # ways in, the one they would rather have first
    choose: Callable[[list[str]], str]  # which of a step's buttons
    words: Callable[[Practice, Step], str]
    end: str  # how it is after


def first(found: list[str]) -> str:
    return found[0]


def last(found: list[str]) -> str:
    return found[-1]


MINDS = (
    Mind("By buttons", ("short", "go"), first, lambda practice, step: "", "softer"),
    Mind(
        "In their own words",
        ("long", "go"),
        last,
        lambda practice, step: WORDS.get(practice.name, {}).get(step.name, ""),
        "same",
    ),
    Mind(
        "On a day when everything turns against them",
        ("plain", "short", "go"),
        last,
        lambda practice, step: HARD if step.own else "",
        "harder",
    ),
    Mind("With every step left out", ("go", "long"), lambda found: "skip", lambda practice, step: "", "skip"),
)


async def walked(practice: Practice, mind: Mind) -> list[str]:
    walk = Walk(practice)
    walk.chat.understands(HARD, self_talk=(Finding("shame", "test"),), mood=Mood.NEGATIVE, language="en")
    await walk.chat.agrees()
    walk.lines.append(f"- **client**: [{practice.title}]")
    walk.heard(await walk.chat.presses(f"practice:{practice.name}"))
    if not practice.at_once:
        ways = [data.rsplit(":", 1)[1] for _, data in walk.open if ":begin:" in data]
        await walk.presses(f":begin:{next(way for way in mind.begin if way in ways)}")
    for _ in range(_MOST):
        at = await walk.at()
        if not at:
            return walk.lines
        await step(walk, mind, at)
    raise AssertionError("the walk has no end")


async def step(walk: Walk, mind: Mind, at: str) -> None:
    if at == engine.AFTER:
        await walk.presses(f":after:{mind.end}")
    elif at == after.SOFTENED:
        await walk.presses(":tell")
    elif at == after.WORDS:
        await walk.says("the knot in my neck let go a bit")
    else:
        here = walk.practice.step(at)
        assert here is not None
        words = mind.words(walk.practice, here)
        if words:
            await walk.says(words)
            return
        names = [data.rsplit(":", 1)[1] for _, data in walk.open]
        chosen = [name for name in names if name not in ("skip", "stop")]
        await walk.presses(f":{at}:{mind.choose(chosen) if chosen else 'skip'}")


@pytest.mark.parametrize("name", PRACTICES)
async def test_every_line_stands_in_the_transcript(name: str, write_transcripts: bool) -> None:
    practice = PRACTICES[name]
    pages = [
        f"# {practice.title}",
        "",
        f"{practice.purpose} Walked by four invented clients, as `{practice.path.rsplit('/', 1)[-1]}` has it. "
        "Each line was drafted by a language model, and read by one against the standards of self-compassion "
        "work; no clinician has read it yet.",
    ]
    for mind in MINDS:
        pages += ["", f"## {mind.about}", "", *await walked(practice, mind)]
    kept(f"practice-{name}.md", "\n".join([*pages, ""]), write_transcripts)


@pytest.mark.parametrize("name", PRACTICES)
async def test_every_word_given_to_a_client_of_the_transcripts_has_its_step(name: str) -> None:
    steps = {step.name for step in PRACTICES[name].steps if step.own}
    assert set(WORDS.get(name, {})) <= steps
