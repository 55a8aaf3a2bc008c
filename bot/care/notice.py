"""When Warmline says again that it is a program: daily, every three hours of talk, after a week away (W-01, W-05)."""

from datetime import datetime, timedelta

from bot.care.memory import Memory
from bot.care.visit import Visit

EVERY = timedelta(hours=3)
AWAY = timedelta(days=7)


def due(memory: Memory, now: datetime) -> bool:
    """Whether the notice must come before the next reply. The clock runs from the last notice, also over restarts."""
    if not memory.last_notice:
        return True
    last = datetime.fromisoformat(memory.last_notice)
    return now - last >= EVERY or now.date() != last.date()


def give(visit: Visit) -> None:
    """Queue the notice that fits: short within a talk, longer after a week away."""
    last = visit.memory.last_notice
    away = bool(last) and visit.now - datetime.fromisoformat(last) >= AWAY
    visit.answer(visit.say("system.notice-after-a-week" if away else "system.notice-again"), silent=True)
    given(visit.memory, visit.now)


def given(memory: Memory, now: datetime) -> None:
    memory.last_notice = now.isoformat()
