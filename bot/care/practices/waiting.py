"""A line that ends a quiet while: put off, and taken back when the person does anything (bot.care.flows.take_back)."""

from datetime import datetime, timedelta

from bot.care import flows
from bot.care.records import Outgoing
from bot.care.reply import Reply
from bot.care.visit import Visit


async def later(visit: Visit, reply: Reply, seconds: float) -> None:
    """Say it after so many seconds, unless the person does anything before that."""
    due = visit.now + timedelta(seconds=seconds)
    row = await visit.work.send(Outgoing(reply.text, reply.buttons, silent=True, not_before=due))
    flows.values_of(visit)["later"] = [row]


def left_of(visit: Visit, seconds: int) -> float:
    """What is left of a while that began with the step under way; 0 when it is over."""
    passed = visit.now - datetime.fromisoformat(str(visit.memory.flow["at"]))
    return max(0.0, seconds - passed.total_seconds())
