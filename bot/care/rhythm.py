"""When a calm reply may hold a question: how often, and where only listening is wanted."""

from random import Random

from bot.care.closed import closes_it
from bot.care.memory import Memory
from bot.care.records import Settings
from nlp.reading import Reading

_EAGER, _SLOW = 0.75, 0.35  # chance of a question, after two replies without one and after one
_GENTLY = 0.6  # of that, where gentleness was asked for


def room_for_a_question(reading: Reading, memory: Memory, settings: Settings, random: Random) -> bool:
    """Never two questions running, never more than one to two reflections, none where only listening is wanted."""
    if settings.pace == "listening" or closes_it(reading) or memory.since_question < 1:
        return False
    owed = memory.reflections + 2 >= 2 * (memory.questions + 1)
    eager = _EAGER if memory.since_question >= 2 else _SLOW
    return owed and random.random() < (eager * (_GENTLY if settings.gentle else 1.0))
