"""The safety card: the client's own steps for bad hours, filled in a calm one, called up at once (`/card`).

Six small questions, each may be skipped. What is kept is the client's own words; each line can be changed or erased by
itself.
"""

from bot.care import episode as episodes
from bot.care import flows
from bot.care.crisis_words import help_row
from bot.care.flows import Heard
from bot.care.records import Button, Keepsake
from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.fill import shortened
from responses.model import Part, Technique

KIND, FLOW = "card", "card"
STEPS = ("signs", "alone", "company", "ask", "place", "reason")  # in the order in which they are asked and shown
_CHANGE = "change"
_MOST = 300  # characters kept of one line
_LABEL = 24  # characters of a line on a button


async def show(visit: Visit) -> None:
    """The card as it stands; without one, the offer to fill it, in a calm hour only."""
    if not visit.talk:
        visit.answer(visit.say("safetycard.before-consent"))
        return
    lines = await _lines(visit)
    if lines:
        visit.answer(_shown(visit, lines))
    elif _in_episode(visit):
        visit.answer(_with_help(visit, visit.say("safetycard.none-now")))
    else:
        visit.answer(visit.say("safetycard.none"))


async def press(visit: Visit, data: str) -> None:
    """Data "safetycard:" and then "fill", "skip", "done", "edit", "drop:ID" or "change:ID"."""
    match data.split(":")[1:]:
        case _ if not visit.talk:
            visit.answer(visit.say("safetycard.before-consent"))
        case ["fill"]:
            await _fill(visit)
        case ["skip"] if flows.step_of(visit, FLOW) in STEPS:
            await _next(visit, flows.step_of(visit, FLOW))
        case ["done"]:
            flows.end(visit)
            await show(visit)
        case ["edit"]:
            await _edit(visit)
        case ["drop", kept]:
            await _drop(visit, kept)
        case ["change", kept]:
            await _change(visit, kept)
        case _:
            visit.answer(visit.say("system.old-button"))


async def step(visit: Visit, heard: Heard) -> bool:
    """Words after one of the questions are kept as that line."""
    at = flows.step_of(visit, FLOW)
    if not at or not heard.text.strip():
        return False
    await _keep(visit, at, heard.text)
    if at in STEPS:
        await _next(visit, at)
    else:
        flows.end(visit)
        await show(visit)
    return True


async def keep_before_leaving(visit: Visit, text: str) -> None:
    """A line of the card may itself read as risk: the crisis words come first, and the line is kept all the same."""
    if visit.talk and text.strip() and (at := flows.step_of(visit, FLOW)):
        await _keep(visit, at, text)


async def _fill(visit: Visit) -> None:
    if _in_episode(visit):
        visit.answer(_with_help(visit, visit.say("safetycard.none-now")))
        return
    first = await _first_empty(visit)
    flows.begin(visit, FLOW, first)
    _ask(visit, first, "safetycard.begin")


async def _first_empty(visit: Visit) -> str:
    filled = {kept.value["step"] for kept in await visit.work.kept(KIND)}
    return next((name for name in STEPS if name not in filled), STEPS[0])


def _ask(visit: Visit, name: str, before: str = "") -> None:
    asked = visit.say(f"safetycard.ask-{name}")
    lead = visit.say(before).parts if before else ()
    visit.answer(Reply((*lead, *asked.parts), asked.buttons, asked.trail, apart=True))


async def _next(visit: Visit, after: str) -> None:
    left = STEPS[STEPS.index(after) + 1 :]
    if left:
        flows.move(visit, left[0])
        _ask(visit, left[0])
        return
    flows.end(visit)
    lines = await _lines(visit)
    visit.answer(_shown(visit, lines, "safetycard.filled") if lines else visit.say("safetycard.none"))


async def _keep(visit: Visit, at: str, text: str) -> None:
    words, name = " ".join(text.split())[:_MOST], at
    if at not in STEPS:  # a line that is being changed
        name = str(flows.values_of(visit).get("of", STEPS[0]))
        await visit.work.let_go(str(flows.values_of(visit).get("kept", "")))
    await visit.work.keep(KIND, {"step": name, "text": words}, visit.now)
    if visit.client is not None:
        visit.client.settings.card = True


async def _lines(visit: Visit) -> list[Keepsake]:
    kept = [k for k in await visit.work.kept(KIND) if k.value.get("step") in STEPS]
    return sorted(kept, key=lambda k: (STEPS.index(k.value["step"]), k.at))


def _shown(visit: Visit, lines: list[Keepsake], title: str = "safetycard.title") -> Reply:
    head = visit.say(title)
    parts = [*head.parts]
    last = ""
    for kept in lines:
        if kept.value["step"] != last:
            last = kept.value["step"]
            parts.append(visit.say(f"safetycard.line-{last}").parts[0])
        parts.append(Part(head.parts[0].entry, Technique.INFORMATION, f"– {kept.value['text']}"))
    buttons = (help_row(visit.room.voice),) if _in_episode(visit) else head.buttons
    return Reply(tuple(parts), buttons, head.trail, apart=True)


async def _edit(visit: Visit) -> None:
    lines = await _lines(visit)
    rows = [
        (
            Button(_label(visit, "change", kept), f"safetycard:change:{kept.id}"),
            Button(_label(visit, "drop", kept), f"safetycard:drop:{kept.id}"),
        )
        for kept in lines
    ]
    found = visit.say("safetycard.edit" if lines else "safetycard.none")
    visit.answer(Reply(found.parts, (*rows, *found.buttons), found.trail))


def _label(visit: Visit, what: str, kept: Keepsake) -> str:
    return visit.room.voice.line(f"button.safetycard:{what}", {"value": shortened(str(kept.value["text"]), _LABEL)})


async def _drop(visit: Visit, kept: str) -> None:
    await visit.work.let_go(kept)
    lines = await _lines(visit)
    if visit.client is not None:
        visit.client.settings.card = bool(lines)
    visit.answer(visit.say("safetycard.dropped"))


async def _change(visit: Visit, kept: str) -> None:
    line = next((k for k in await _lines(visit) if k.id == kept), None)
    if line is None:
        visit.answer(visit.say("system.old-button"))
        return
    flows.begin(visit, FLOW, _CHANGE, kept=kept, of=line.value["step"])
    visit.answer(visit.say("safetycard.change"))


def _in_episode(visit: Visit) -> bool:
    return visit.client is not None and episodes.current(visit.client.episode, visit.now) is not None


def _with_help(visit: Visit, reply: Reply) -> Reply:
    return Reply(reply.parts, (*reply.buttons, help_row(visit.room.voice)), reply.trail)
