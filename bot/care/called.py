"""What a client would like to be called, and their pronouns: only if offered, from /me, and gone at a tap (A20)."""

from bot.care import flows
from bot.care.flows import Heard
from bot.care.visit import Visit

FLOW = "called"
FIELDS = ("name", "pronouns")
_LONGEST = 40  # characters


async def press(visit: Visit, data: str) -> None:
    """ "called:name" and "called:pronouns" ask; "called:name:none" takes it back."""
    match data.split(":")[1:]:
        case [("name" | "pronouns") as field] if visit.talk:
            flows.begin(visit, FLOW, field)
            visit.answer(visit.say(f"called.ask-{field}"))
        case [("name" | "pronouns") as field, "none"] if visit.client is not None:
            setattr(visit.client.settings, field, "")
            flows.end(visit)
            visit.answer(visit.say("called.none"))
        case _:
            visit.answer(visit.say("system.old-button"))


async def answer(visit: Visit, heard: Heard) -> bool:
    """A short line is what they are called; anything longer is talk."""
    field, text = flows.step_of(visit, FLOW), " ".join(heard.text.split())
    if visit.client is None or field not in FIELDS or len(text) > _LONGEST or "?" in text:
        return False
    setattr(visit.client.settings, field, text.strip(" .!,"))
    flows.end(visit)
    visit.answer(visit.say(f"called.now-{field}", slots={"value": text.strip(" .!,")}))
    return True
