"""A practice as the client meets it: opened, begun, walked step by step, left at any time. Risk came before."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from bot.care import flows
from bot.care.buttons import rows
from bot.care.episode import current
from bot.care.flows import Heard
from bot.care.practices import after, engine, runs, scene, waiting
from bot.care.practices.runs import Run
from bot.care.records import Button
from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.model import Part
from responses.practice import LENGTHS, Practice

FLOW = "practice"
STOP = re.compile(r"\W*(please )?stop( (it|this|here))?\W*", re.I)
_SKIP = re.compile(r"\W*(skip|pass|next|skip (this|it)|not this one|no|nothing|none)\W*", re.I)
_ON = re.compile(r"\W*(ok|okay|yes|done|ready|next|go on|finished|continue|yep|yeah|sure)\W*", re.I)
# In a few words these speak to the listener: the practice is left and they are answered. So is somebody
# who tells of what was done to them: no practice may take that up or say it back (T-08).
_NO_ANSWER = frozenset(
    "goodbye refusal complaint wants_person are_you_human privacy_question asks_repeat wants_listening off_limits "
    "asks_diagnosis asks_advice question_to_listener correction".split()
)
_FEW = 8  # words
_TWICE = timedelta(seconds=10)  # two taps within these are one
_AFTER = (engine.AFTER, after.SOFTENED, after.WORDS)


async def open_(visit: Visit, name: str) -> None:
    """How long it takes, what it is, and the ways to begin or not. In an episode it is kindly put off."""
    practice = visit.room.voice.library.practices.get(name)
    if practice is None:
        visit.answer(visit.say("system.old-button"))
    elif not await allowed(visit):
        return
    elif practice.at_once:
        if not _just_begun(visit, practice):
            await _begin(visit, practice, "", opening=await _opening(visit, practice))
    else:
        visit.answer(Reply(tuple(await _opening(visit, practice)), _ways_in(visit, practice), apart=True))


async def allowed(visit: Visit) -> bool:
    """Whether practices may be given now; else it is said why not. Never in an episode (S-07)."""
    if visit.client is None or not visit.talk:
        visit.answer(visit.say("consent.notice"))
        return False
    if current(visit.client.episode, visit.now) is not None:
        visit.answer(visit.say("practice.not-now"))
        return False
    return True


async def press(visit: Visit, data: str) -> None:
    """Any button of a practice: "practice:NAME", "practice:NAME:begin:short", "practice:NAME:STEP:CHOICE"."""
    match data.split(":")[1:]:
        case [("no" | "listen") as turned_down]:
            visit.answer(visit.say(f"practice.{turned_down}"))
        case [name]:
            await open_(visit, name)
        case [name, "begin", how]:
            practice = visit.room.voice.library.practices.get(name)
            if practice is None or how not in _hows(practice):
                visit.answer(visit.say("system.old-button"))
            elif await allowed(visit) and not _just_begun(visit, practice):
                await _begin(visit, practice, how)
        case [name, at, choice]:
            await _pressed(visit, name, at, choice)
        case _:
            visit.answer(visit.say("system.old-button"))


async def answer(visit: Visit, heard: Heard) -> bool:
    """Words while a practice is under way; False when they are no answer to its step."""
    run = _run(visit)
    practice = visit.room.voice.library.practices.get(run.practice)
    at = flows.step_of(visit, FLOW)
    if practice is None or _turns_away(heard):
        return False
    if at in _AFTER:
        return await after.words(visit, practice, run, at, heard)
    onward = _meant(practice, at, run, heard)
    if onward is None:
        visit.answer(visit.say("practice.left-to-listen"), silent=True)
        return False
    await _go(visit, practice, run, at, onward)
    return True


async def stop(visit: Visit) -> bool:
    """Leave the practice under way, at once and without a question; False when there is none."""
    if not flows.step_of(visit, FLOW):
        return False
    await runs.note(visit.work, _run(visit), runs.STOPPED)
    flows.end(visit)
    visit.answer(visit.say("practice.stopped"))
    return True


def _turns_away(heard: Heard) -> bool:
    sure = {act.name for act in heard.reading.acts if act.sure}
    if len(heard.text.split()) <= _FEW and sure & _NO_ANSWER:
        return True
    return any(found.name == "past_trauma" and found.sure for found in heard.reading.situations)


def _meant(practice: Practice, at: str, run: Run, heard: Heard) -> engine.Onward | None:
    """What typed words mean at a step: a button's label, a word to pass on or go on, or words of their own."""
    step = practice.step(at)
    if step is None:
        return None
    text = heard.text.strip()
    choices = engine.offered(step, run.told)
    named = next((c.name for c in choices if _folded(c.label) == _folded(text)), "")
    if not named and len(choices) == 1 and _ON.fullmatch(text):
        named = choices[0].name
    if named:
        return engine.choose(practice, at, named, run.told)
    if _SKIP.fullmatch(text) or (heard.reading.did("dont_know") and len(text.split()) <= _FEW):
        return engine.skip(practice, at, run.told)
    return engine.write(practice, at, text, run.told, hard=scene.is_hard(heard.reading))


def _folded(text: str) -> str:
    return text.lower().replace("’", "'").strip(" .!?")


def _just_begun(visit: Visit, practice: Practice) -> bool:
    """A second tap on the same button: the first step was said a moment ago."""
    run = _run(visit) if flows.step_of(visit, FLOW) else None
    same = run is not None and run.practice == practice.name and not run.done
    return run is not None and same and visit.now - datetime.fromisoformat(run.started) < _TWICE


async def _begin(visit: Visit, practice: Practice, how: str, opening: Sequence[Part] = ()) -> None:
    flags = await scene.flags(visit, practice, how)
    run = Run(practice.name, sorted(flags), visit.now.isoformat(), length=how if how in LENGTHS else "")
    onward = engine.begin(practice, flags)
    await runs.note(visit.work, run)
    flows.begin(visit, FLOW, onward.step, **asdict(run))
    await _say(visit, practice, run, onward, opening)


async def _pressed(visit: Visit, name: str, at: str, choice: str) -> None:
    """A button of a step. One that was pressed before in this run is passed over in silence: a double tap."""
    practice, here = visit.room.voice.library.practices.get(name), flows.step_of(visit, FLOW)
    run = _run(visit) if here else None
    if practice is None or run is None or run.practice != name or here != at:
        if run is None or run.practice != name or at not in run.done:
            visit.answer(visit.say("practice.gone-by"))
        elif practice is not None:
            await _tapped_again(visit, practice, run, here)
        return
    if not await allowed(visit):
        flows.end(visit)
    elif choice == "stop":
        await stop(visit)
    elif at in _AFTER:
        await after.pressed(visit, practice, run, at, choice)
    else:
        skips = choice == "skip"
        onward = engine.skip(practice, at, run.told) if skips else engine.choose(practice, at, choice, run.told)
        if onward is None:
            visit.answer(visit.say("practice.gone-by"))
        else:
            await _go(visit, practice, run, at, onward)


async def _go(visit: Visit, practice: Practice, run: Run, at: str, onward: engine.Onward) -> None:
    run.done.append(at)
    run.said = dict(onward.told.said)
    await scene.keep(visit, run, onward.keep)
    over = onward.step == engine.OVER
    await runs.note(visit.work, run, runs.DONE if over or onward.step == engine.AFTER else runs.LEFT)
    if over:
        flows.end(visit)
    else:
        flows.move(visit, onward.step, **asdict(run))
    await _say(visit, practice, run, onward)


async def _say(visit: Visit, practice: Practice, run: Run, onward: engine.Onward, opening: Sequence[Part] = ()) -> None:
    slots = await scene.slots(visit, run)
    parts = [*opening, *(visit.say(moment, slots=slots).parts[0] for moment in onward.said)]
    buttons = _buttons(visit, practice, run, onward.step)
    visit.memory.last_entries, visit.memory.last_trail = [p.entry for p in parts], [f"practice:{practice.name}"]
    if not onward.wait:
        visit.answer(Reply(tuple(parts), buttons, apart=True))
        return
    if parts[:-1]:
        visit.answer(Reply(tuple(parts[:-1]), apart=True))
    await waiting.later(visit, Reply((parts[-1],), buttons), onward.wait)


async def _tapped_again(visit: Visit, practice: Practice, run: Run, here: str) -> None:
    """A double tap is passed over in silence; a line still to come, taken back by it, comes after all."""
    step = practice.step(here)
    left = waiting.left_of(visit, step.wait) if step else 0.0
    if left:
        line = visit.say(f"practice.{practice.name}.{here}", slots=await scene.slots(visit, run))
        await waiting.later(visit, Reply(line.parts, _buttons(visit, practice, run, here)), left)


def _run(visit: Visit) -> Run:
    values = {k: v for k, v in flows.values_of(visit).items() if k != "later"}
    return Run(**values)


async def _opening(visit: Visit, practice: Practice) -> list[Part]:
    parts = [visit.say(f"practice.{practice.name}").parts[0]]
    if practice.note:
        parts.append(visit.say(f"practice.{practice.name}.note").parts[0])
    stirring = {p.name for p in visit.room.voice.library.practices.values() if p.after}
    if practice.after and not await runs.begun_before(visit.work, stirring):
        parts.append(visit.say("practice.first-time").parts[0])
    return parts


def _hows(practice: Practice) -> tuple[str, ...]:
    return (*(LENGTHS if practice.lengths else ("go",)), *(("plain",) if practice.plain else ()))


def _ways_in(visit: Visit, practice: Practice) -> tuple[tuple[Button, ...], ...]:
    found = []
    for how in _hows(practice):
        own = f"button.practice:{practice.name}:begin:{how}"
        moment = own if visit.room.voice.library.at(own) else f"button.practice-{how}"
        found.append((Button(visit.say(moment).text, f"practice:{practice.name}:begin:{how}"),))
    return (*found, *rows(visit.room.voice, ["practice:no"]))


def _buttons(visit: Visit, practice: Practice, run: Run, at: str) -> tuple[tuple[Button, ...], ...]:
    if at == engine.OVER:
        return ()
    if at == engine.AFTER:
        return after.buttons(visit, practice)
    step = practice.step(at)
    choices = engine.offered(step, run.told) if step else []
    chosen = rows(visit.room.voice, [f"practice:{practice.name}:{at}:{c.name}" for c in choices])
    ways_out = [
        Button(visit.say(f"button.practice-{way}").text, f"practice:{practice.name}:{at}:{way}")
        for way in ("skip", "stop")
    ]
    return (*chosen, tuple(ways_out))
