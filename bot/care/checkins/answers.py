"""What a client does with a check-in: a mark, words, a "not today". Any sign of life counts as an answer (S-11)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.care import episode as episodes
from bot.care.checkins import marks
from bot.care.checkins.asking import MARKS
from bot.care.checkins.plan import SlotState
from bot.care.crisis import help_row
from bot.care.incoming import Incoming
from bot.care.reply import Reply
from bot.care.turn import Answered
from bot.care.visit import CheckIn, Visit
from nlp.labels import Mood
from nlp.reading import Reading
from responses.model import QUESTIONS, Part

FRESH = timedelta(hours=20)  # in which words are taken as the answer to what was asked
MARKABLE = timedelta(hours=36)  # in which a button still says how that day was
_GONE = (SlotState.SENT, SlotState.SENDING, SlotState.UNKNOWN, SlotState.ANSWERED)
_WEAK = ("lost.", "listening.plain.", "listening.mood.")
_ROOM = 24  # words of a reply beside which a line for the check-in has its place
_SILENT = ("blocked", "unblocked")


async def notice(visit: Visit, batch: Sequence[Incoming]) -> None:
    """Before a turn: whether it answers a check-in. `visit.check_in` then says which one."""
    open_ = visit.memory.check_in
    if not open_ or visit.client is None or all(i.what in _SILENT for i in batch):
        return
    slot = await visit.work.slot(str(open_["slot"]))
    if slot is not None and slot.state is SlotState.PLANNED:
        return  # not sent yet: what they write now has another reason
    visit.memory.check_in = {}
    if slot is None or slot.state not in _GONE:
        return
    await visit.work.answered(slot.id, visit.now)
    if visit.now - datetime.fromisoformat(str(open_["at"])) < FRESH:
        visit.check_in = CheckIn(slot.id, slot.kind)


async def hold_back(visit: Visit) -> None:
    """After a turn: a check-in that still waits to leave is taken back if the client paused or risk is raised."""
    client = visit.client
    if client is None or visit.erased or not visit.memory.check_in:
        return
    if client.settings.paused or episodes.current(client.episode, visit.now) is not None:
        await visit.work.withdraw("paused" if client.settings.paused else "episode")


async def pressed(visit: Visit, data: str) -> None:
    """A button under a check-in: "checkin:mark:SLOT:3" or "checkin:skip:SLOT"."""
    match data.split(":")[1:]:
        case ["mark", slot, value] if value in map(str, MARKS):
            await _marked(visit, slot, int(value))
        case ["skip", slot]:
            await _skipped(visit, slot)
        case _:
            visit.answer(visit.say("system.old-button"))


async def marked_by_words(visit: Visit, text: str) -> bool:
    """A mark in words ("3", "so-so") as the whole answer to "how are you"; False when it is none."""
    value = marks.mark_of(text) if visit.check_in is not None and visit.check_in.kind == "how_are_you" else None
    if visit.check_in is None or value is None:
        return False
    await _marked(visit, visit.check_in.slot, value)
    return True


async def _marked(visit: Visit, slot_id: str, value: int) -> None:
    slot = await visit.work.slot(slot_id)
    if slot is None:
        visit.answer(visit.say("system.old-button"))
        return
    if visit.now - slot.due > MARKABLE:
        visit.answer(visit.say("checkin.old"))
        return
    before = [k for k in await visit.work.kept(marks.KIND) if k.value.get("slot") == slot_id]
    if any(k.value.get("value") == value for k in before):
        return  # a double tap
    for keepsake in before:
        await visit.work.let_go(keepsake.id)
    await visit.work.keep(marks.KIND, marks.kept_as(value, marks.Source.CHECK_IN, slot_id), visit.now)
    await visit.work.answered(slot_id, visit.now)
    visit.answer(
        _said(visit, "checkin.changed-mark" if before else f"checkin.mark.{value}", help_now=value == MARKS[0])
    )


async def _skipped(visit: Visit, slot_id: str) -> None:
    slot = await visit.work.slot(slot_id)
    if slot is None:
        visit.answer(visit.say("system.old-button"))
        return
    await visit.work.answered(slot_id, visit.now)
    visit.answer(_said(visit, "checkin.skipped"))


def _said(visit: Visit, moment: str, *, help_now: bool = False) -> Reply:
    reply = line(visit, moment)
    return replace(reply, buttons=(*reply.buttons, help_row(visit.room.voice))) if help_now else reply


def line(visit: Visit, moment: str, world: frozenset[str] = frozenset()) -> Reply:
    """A line of the moment that was not said lately, and is remembered as said."""
    reply = visit.say(moment, world=world)
    part = reply.parts[0]
    visit.memory.used.append((visit.memory.turn, part.entry))
    visit.memory.last_entries, visit.memory.last_trail = [part.entry], list(reply.trail)
    return reply


def fitting(visit: Visit, reading: Reading, answered: Answered) -> Answered:
    """The listening reply, made to fit the check-in that was asked.

    A reply that only says that something was heard gives way to a line for that check-in; one that reflects keeps its
    place, and the line follows where there is room. What answers a question or repairs something is left alone.
    """
    asked = visit.check_in
    if asked is None:
        return answered
    parts = tuple(part for part in answered.reply.parts if part.technique not in QUESTIONS)  # never two running
    if not parts:
        return answered
    answered = replace(answered, reply=replace(answered.reply, parts=parts))
    heard = line(visit, f"checkin.heard.{asked.kind}", frozenset({_side(reading.mood)}))
    part = heard.parts[0]
    if parts[0].entry.startswith(_WEAK):
        kept: tuple[Part, ...] = (part,)
    elif all(p.entry.startswith("listening.") for p in parts) and _has_room(parts):
        kept = (parts[0], part)
    else:
        return answered
    trail = (*answered.reply.trail, f"checkin:{asked.kind}", *heard.trail)
    return replace(answered, reply=replace(answered.reply, parts=kept, trail=trail))


def _has_room(parts: Sequence[Part]) -> bool:
    words = sum(len(part.text.split()) for part in parts)
    return len(parts) == 1 and words <= _ROOM


def _side(mood: Mood) -> str:
    return {Mood.POSITIVE: "good", Mood.NEGATIVE: "hard", Mood.MIXED: "hard"}.get(mood, "plain")
