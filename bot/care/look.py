"""The monthly look, only if they ask for it: five short questions about the last four weeks, shown to them (A34).

Written for Warmline; no licensed scale, no score, no norm. What was answered last time stands beside it, without a word
about better or worse.
"""

from bot.care import flows
from bot.care.flows import Heard
from bot.care.records import Button
from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.model import Part

FLOW = "look"
KIND = "look"  # value: {"answers": {question: 1 (never) .. 5 (most days)}}
QUESTIONS = ("notice", "gentle", "company", "voice", "rest")
ANSWERS = range(1, 6)


async def press(visit: Visit, data: str) -> None:
    """ "look:open", "look:begin", "look:QUESTION:3", "look:QUESTION:skip", "look:QUESTION:stop"."""
    match data.split(":")[1:]:
        case ["open"]:
            visit.answer(visit.say("look.open" if visit.talk else "consent.notice"))
        case ["begin"] if visit.talk:
            flows.begin(visit, FLOW, QUESTIONS[0], answers={})
            _ask(visit, QUESTIONS[0])
        case [question, answer] if question in QUESTIONS:
            await _answered(visit, question, answer)
        case _:
            visit.answer(visit.say("system.old-button"))


async def answer(visit: Visit, heard: Heard) -> bool:
    """A typed answer counts when it is one of the buttons' words; anything else is talk, and the look is left."""
    question = flows.step_of(visit, FLOW)
    said = heard.text.lower().strip(" .!")
    found = next((n for n in ANSWERS if said in (str(n), _answer(visit, n).lower())), None)
    if found is None and said != "skip":
        return False
    await _answered(visit, question, str(found or "skip"))
    return True


async def _answered(visit: Visit, question: str, answer: str) -> None:
    at = flows.step_of(visit, FLOW)
    if at != question:
        if not at or QUESTIONS.index(question) > QUESTIONS.index(at):
            visit.answer(visit.say("practice.gone-by"))
        return  # of a question answered before: a double tap
    if answer == "stop":
        flows.end(visit)
        visit.answer(visit.say("look.stopped"))
        return
    if answer in map(str, ANSWERS):
        flows.values_of(visit)["answers"][question] = int(answer)
    follows = QUESTIONS[QUESTIONS.index(question) + 1 :]
    if follows:
        flows.move(visit, follows[0])
        _ask(visit, follows[0])
    else:
        await _finish(visit)


def _ask(visit: Visit, question: str) -> None:
    buttons = [Button(_answer(visit, n), f"look:{question}:{n}") for n in ANSWERS]
    ways_out = [Button(visit.say(f"button.practice-{way}").text, f"look:{question}:{way}") for way in ("skip", "stop")]
    visit.answer(Reply(visit.say(f"look.{question}").parts, (tuple(buttons[:3]), tuple(buttons[3:]), tuple(ways_out))))


async def _finish(visit: Visit) -> None:
    answers = dict(flows.values_of(visit)["answers"])
    flows.end(visit)
    before = await visit.work.kept(KIND, limit=1)
    if not answers:
        visit.answer(visit.say("look.empty"))
        return
    await visit.work.keep(KIND, {"answers": answers}, visit.now)
    earlier = before[-1].value.get("answers", {}) if before else {}
    lines = [_line(visit, question, answers, earlier) for question in QUESTIONS if question in answers]
    close = visit.say("look.close")
    visit.answer(Reply((*visit.say("look.result").parts, *lines, *close.parts), apart=True))


def _line(visit: Visit, question: str, answers: dict[str, int], earlier: dict[str, int]) -> Part:
    slots = {"value": _answer(visit, answers[question]).lower()}
    if question in earlier:
        slots["before"] = _answer(visit, earlier[question]).lower()
        return visit.say(f"look.{question}.both", slots=slots).parts[0]
    return visit.say(f"look.{question}.now", slots=slots).parts[0]


def _answer(visit: Visit, number: int) -> str:
    return visit.say(f"button.look-{number}").text
