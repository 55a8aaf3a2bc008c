"""`/why`: the trail of the last reply in plain words (T-02)."""

from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.model import Part

_SAID = ("feeling", "situation", "act", "self_talk")


async def explain(visit: Visit) -> None:
    """What was heard, why that kind of reply, and what its entry is for."""
    trail = visit.memory.last_trail
    if not trail:
        visit.answer(visit.say("why.nothing-yet"))
        return
    parts = [visit.say("why.intro").parts[0], *_heard(visit, trail), *_purposes(visit)]
    visit.answer(Reply(tuple(dict.fromkeys(parts)), apart=True))


def _heard(visit: Visit, trail: list[str]) -> list[Part]:
    found = []
    for step in dict.fromkeys(trail):
        name, _, value = step.partition(":")
        if name == "need" and visit.room.voice.library.at(f"why.need-{value}"):
            found.append(visit.say(f"why.need-{value.replace('_', '-')}").parts[0])
        elif name in _SAID:
            found.append(visit.say(f"why.{name.replace('_', '-')}", slots={"value": value.replace("_", " ")}).parts[0])
    return found


def _purposes(visit: Visit) -> list[Part]:
    entries = visit.room.voice.library.entries
    purposes = [entries[e].purpose for e in visit.memory.last_entries if e in entries]
    return [visit.say("why.purpose", slots={"value": p}).parts[0] for p in dict.fromkeys(purposes)]
