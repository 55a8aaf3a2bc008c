"""What a client can see, change, take along and erase: `/me`, `/export`, `/forget` (W-13, A30)."""

import json
from dataclasses import asdict
from typing import Any

from bot.care import alerts, reach
from bot.care.buttons import rows
from bot.care.checkins import keeping
from bot.care.checkins.plan import Plan, Status
from bot.care.checkins.shown import days_in_words, place_of, time_in_words
from bot.care.memory import CLAUSES, Memory
from bot.care.records import Outgoing
from bot.care.reply import Reply
from bot.care.staff import linking
from bot.care.visit import Visit
from responses.model import Part

_MANY = 100_000  # more check-ins than a life holds
_SHOWN = 8  # people and things shown in /me


async def show_me(visit: Visit) -> None:
    """Everything remembered, in plain lines, with buttons that change it."""
    client = visit.client
    if client is None:
        visit.answer(visit.say("system.nothing-kept"))
        return
    settings, names = client.settings, [p.text for p in visit.memory.phrases if p.what not in CLAUSES][-_SHOWN:]
    facts = {
        "pace": settings.pace,
        "gentle": "on" if settings.gentle else "off",
        "country": settings.country,
        "name": settings.name,
        "pronouns": settings.pronouns,
        "off-limits": ", ".join(settings.off_limits),
        "named": ", ".join(dict.fromkeys(names)),
    }
    left = await reach.left(visit)
    if visit.rota.staffed or left:
        facts |= {"reach": left.get("me", ""), "trusted": left.get("trusted", "")}
    lines = [visit.say("me.title").parts[0]]
    for fact, value in facts.items():
        lines.append(_line(visit, fact, value))
    lines += await _check_ins(visit)
    names = [f"reach:drop:{what}" if left.get(what) else f"reach:{what}" for what in ("me", "trusted")]
    more = rows(visit.room.voice, names) if visit.rota.staffed or left else ()
    looked_after, buttons = await linking.lines(visit)
    keyboard = (*visit.say("me.buttons").buttons, *more, *buttons)
    visit.answer(Reply((*lines, *looked_after), keyboard, apart=True))


async def _check_ins(visit: Visit) -> list[Part]:
    """When they come, as the client would say it."""
    plans = await keeping.live_plans(visit)
    if not plans:
        return [visit.say("me.no-check-ins").parts[0]]
    return [_plan(visit, plan) for plan in plans]


def _plan(visit: Visit, plan: Plan) -> Part:
    slots = {"days": days_in_words(plan.days), "time": time_in_words(plan), "place": place_of(plan.zone)}
    paused = plan.status is Status.PAUSED or (visit.client is not None and visit.client.settings.paused)
    return visit.say("me.check-ins-paused" if paused else "me.check-ins", slots=slots).parts[0]


def _line(visit: Visit, fact: str, value: str) -> Part:
    if not value:
        return visit.say(f"me.no-{fact}").parts[0]
    known = f"me.{fact}-{value}"
    if visit.room.voice.library.at(known):
        return visit.say(known).parts[0]
    return visit.say(f"me.{fact}", slots={"value": value}).parts[0]


async def change(visit: Visit, data: str) -> None:
    """A button of /me: "me:pace:listening", "me:gentle:on", "me:clear:memory" ..."""
    if visit.client is None:
        visit.answer(visit.say("system.nothing-kept"))
        return
    settings = visit.client.settings
    match data.split(":")[1:]:
        case ["pace", ("normal" | "listening") as pace]:
            settings.pace = pace
            visit.answer(visit.say(f"me.now-pace-{pace}"))
        case ["gentle", ("on" | "off") as state]:
            settings.gentle = state == "on"
            visit.answer(visit.say(f"me.now-gentle-{state}"))
        case ["clear", "memory"]:
            kept = Memory(
                turn=visit.memory.turn,
                last_heard=visit.memory.last_heard,
                last_notice=visit.memory.last_notice,
                offers=visit.memory.offers,  # a refusal is a choice, not a memory
            )
            visit.memory = kept
            visit.answer(visit.say("me.now-memory-cleared"))
        case ["clear", "off-limits"]:
            settings.off_limits = []
            visit.answer(visit.say("me.now-off-limits-cleared"))
        case _:
            visit.answer(visit.say("system.old-button"))


async def export(visit: Visit) -> None:
    """Everything kept, as one JSON file, at once."""
    if visit.client is None:
        visit.answer(visit.say("system.nothing-kept"))
        return
    visit.answer(visit.say("system.export-ready"))
    visit.outgoing.append(Outgoing(await exported(visit), document="warmline-export.json"))


async def exported(visit: Visit) -> str:
    if visit.client is None:
        return "{}"
    whole: dict[str, Any] = {
        "client": asdict(visit.client) | {"memory": visit.memory.raw()},
        "turns": [asdict(turn) for turn in await visit.work.turns()],
        "check_ins": {
            "plans": [asdict(plan) for plan in await visit.work.plans()],
            "sent_and_skipped": [asdict(slot) for slot in await visit.work.slots(_MANY)],
        },
        "kept": [asdict(keepsake) for keepsake in await visit.work.kept()],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str)


async def ask_forget(visit: Visit) -> None:
    """Nothing irreversible without two taps."""
    visit.answer(visit.say("system.forget-ask" if visit.client else "system.nothing-kept"))


async def forget(visit: Visit, data: str) -> None:
    """The second tap. On-call learns that the person erased their data, never more."""
    if visit.client is None:
        visit.answer(visit.say("system.nothing-kept"))
        return
    if data != "forget:yes":
        visit.answer(visit.say("system.forget-kept"))
        return
    farewell = visit.say("system.forgotten")
    await alerts.client_erased(visit.work, visit.rota, visit.room.voice, visit.now)
    await visit.work.unlink_alerts()
    await linking.tell_erased(visit)
    await visit.work.erase()
    visit.client, visit.memory, visit.erased = None, Memory(), True
    visit.outgoing.clear()
    visit.answer(farewell)
