"""After a practice: softer, about the same, or harder, and what each answer gets (S-04).

"Harder" ends it: that is common and no failure, something steadying is there if wanted, and practices of that kind
rest for two weeks. "Softer" may be put into the person's own words and kept (B22).
"""

from bot.care import flows
from bot.care.buttons import rows
from bot.care.flows import Heard
from bot.care.practices import engine, runs, scene
from bot.care.practices.engine import Keep
from bot.care.practices.runs import Run
from bot.care.records import Button
from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.practice import Practice

SOFTENED, WORDS = "softened", "changed"  # steps after the question: an offer to write, and the writing
_HOW = ("softer", "same", "harder", "skip")
_STEADYING = "grounding"


def buttons(visit: Visit, practice: Practice) -> tuple[tuple[Button, ...], ...]:
    found = [
        Button(visit.say(f"button.practice-after-{how}").text, f"practice:{practice.name}:{engine.AFTER}:{how}")
        for how in _HOW
    ]
    return (tuple(found[:2]), tuple(found[2:]))


async def pressed(visit: Visit, practice: Practice, run: Run, at: str, choice: str) -> None:
    """A button of one of the three steps here."""
    if at == engine.AFTER and choice in _HOW:
        await _answered(visit, practice, run, choice)
    elif at == SOFTENED and choice == "tell":
        run.done.append(at)
        flows.move(visit, WORDS, done=run.done)
        visit.answer(Reply(visit.say("practice.different").parts, (_row(visit, practice, WORDS, "enough"),)))
    elif at in (SOFTENED, WORDS):
        flows.end(visit)
        visit.answer(visit.say("practice.that-is-all"))
    else:
        visit.answer(visit.say("practice.gone-by"))


async def words(visit: Visit, practice: Practice, run: Run, at: str, heard: Heard) -> bool:
    """Typed words at one of these steps; False when they are something else, which is listened to."""
    if at == WORDS:
        hard = scene.is_hard(heard.reading)
        await scene.keep(visit, run, None if hard else Keep("helped", "text", heard.text.strip()))
        flows.end(visit)
        visit.answer(visit.say("practice.not-kept" if hard else "practice.kept"))
        return True
    said = heard.text.lower().strip(" .!")
    labels = {visit.say(f"button.practice-after-{how}").text.lower(): how for how in _HOW}
    how = labels.get(said, said if said in _HOW else "")
    if at != engine.AFTER or not how:
        return False
    await _answered(visit, practice, run, how)
    return True


async def _answered(visit: Visit, practice: Practice, run: Run, how: str) -> None:
    run.done.append(engine.AFTER)
    await runs.note(visit.work, run, runs.DONE, "" if how == "skip" else how)
    said = visit.say(f"practice.after-{how}").parts
    if how == "softer":
        flows.move(visit, SOFTENED, done=run.done, record=run.record)
        visit.answer(Reply(said, (_row(visit, practice, SOFTENED, "tell", "enough"),)))
        return
    flows.end(visit)
    visit.answer(Reply(said, _ways_on(visit, practice) if how == "harder" else ()))


def _row(visit: Visit, practice: Practice, at: str, *names: str) -> tuple[Button, ...]:
    return tuple(
        Button(visit.say(f"button.practice-{name}").text, f"practice:{practice.name}:{at}:{name}") for name in names
    )


def _ways_on(visit: Visit, practice: Practice) -> tuple[tuple[Button, ...], ...]:
    """Something steadying if this was not it, listening, people."""
    steadying = () if practice.family == _STEADYING else (f"practice:{_STEADYING}",)
    return rows(visit.room.voice, [*steadying, "practice:listen", "help_now"])
