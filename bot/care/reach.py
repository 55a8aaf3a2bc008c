"""A way to be reached and a trusted person, left by the client for an alert and shown nowhere else (DESIGN 8)."""

from bot.care import flows
from bot.care.alerts.notes import ME, REACH, TRUSTED
from bot.care.flows import Heard
from bot.care.records import Keepsake
from bot.care.visit import Visit

FLOW = "reach"
_MOST = 300  # characters kept
_WHATS = (ME, TRUSTED)


async def press(visit: Visit, data: str) -> None:
    """ "reach:me", "reach:trusted" ask for it; "reach:drop:me" erases it; "reach:later" leaves the question."""
    match data.split(":")[1:]:
        case [what] if what in _WHATS and visit.talk:
            await _ask(visit, what)
        case ["drop", what] if what in _WHATS and visit.talk:
            await _drop(visit, what)
            visit.answer(visit.say(f"reach.dropped-{what}"))
        case ["later"]:
            flows.end(visit)
            visit.answer(visit.say("reach.later"))
        case _:
            visit.answer(visit.say("system.old-button"))


async def left(visit: Visit) -> dict[str, str]:
    """What stands there now: {"me": ..., "trusted": ...}."""
    return {str(kept.value["what"]): str(kept.value["text"]) for kept in await visit.work.kept(REACH)}


async def _ask(visit: Visit, what: str) -> None:
    if not visit.rota.staffed:
        visit.answer(visit.say("reach.nobody"))
        return
    flows.begin(visit, FLOW, what)
    visit.answer(visit.say(f"reach.ask-{what}"))


async def step(visit: Visit, heard: Heard) -> bool:
    """The words after the question are kept as they are."""
    what = flows.step_of(visit, FLOW)
    if what not in _WHATS or not heard.text.strip():
        return False
    await _drop(visit, what)
    await visit.work.keep(REACH, {"what": what, "text": " ".join(heard.text.split())[:_MOST]}, visit.now)
    flows.end(visit)
    visit.answer(visit.say(f"reach.kept-{what}"))
    return True


async def _drop(visit: Visit, what: str) -> None:
    for kept in await _of(visit, what):
        await visit.work.let_go(kept.id)


async def _of(visit: Visit, what: str) -> list[Keepsake]:
    return [kept for kept in await visit.work.kept(REACH) if kept.value["what"] == what]
