"""A talk of several steps that waits for the client's next words: a wizard, a practice, the safety card.

One at a time, kept in the memory, so that it outlives restarts. Risk, commands and buttons come before it; while an
episode is open none is begun and one under way is left. Left alone longer than a session's gap it is over: what the
client then says is talk.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.care.memory import SESSION_GAP
from bot.care.visit import Visit
from nlp.reading import Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """What a flow is told: the client's own words and what was understood of them."""

    text: str
    reading: Reading


# True: answered. False: this is no answer to the step; the flow is left and the words are listened to.
Step = Callable[[Visit, Heard], Awaitable[bool]]


def begin(visit: Visit, name: str, step: str, **values: Any) -> None:
    """From now on the client's words go to the flow of that name. Takes the place of one under way."""
    visit.memory.flow = {"name": name, "step": step, "at": visit.now.isoformat(), "values": values}


def step_of(visit: Visit, name: str) -> str:
    """The step that the flow `name` waits at; "" when it is not under way."""
    flow = visit.memory.flow
    return str(flow["step"]) if flow and flow["name"] == name and not _stale(visit) else ""


def values_of(visit: Visit) -> dict[str, Any]:
    """What the flow under way has gathered: JSON, may be changed in place."""
    values: dict[str, Any] = visit.memory.flow.setdefault("values", {})
    return values


def move(visit: Visit, step: str, **values: Any) -> None:
    """On to the next step, with more values."""
    visit.memory.flow.update(step=step, at=visit.now.isoformat())
    values_of(visit).update(values)


async def take_back(visit: Visit) -> None:
    """What a flow put off for later is not said any more once the client does anything."""
    rows = visit.memory.flow.get("values", {}).pop("later", [])
    if rows:
        await visit.work.recall(rows)


def end(visit: Visit) -> None:
    visit.memory.flow = {}


async def answer(visit: Visit, heard: Heard, table: Mapping[str, Step]) -> bool:
    """Give the words to the flow under way (`table`: by name); False when there is none or it let go of them."""
    flow = visit.memory.flow
    if not flow:
        return False
    step = table.get(str(flow["name"]))
    if step is None or _stale(visit) or not await step(visit, heard):
        end(visit)
        return False
    return True


def _stale(visit: Visit) -> bool:
    return visit.now - datetime.fromisoformat(str(visit.memory.flow["at"])) > SESSION_GAP
