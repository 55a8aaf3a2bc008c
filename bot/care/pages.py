"""Pages a client asks for: `/hopes`, `/everyday`, `/others`."""

from bot.care import own_words
from bot.care.buttons import rows
from bot.care.reply import Reply
from bot.care.visit import Visit

WHEN = ("morning", "after-work", "before-sleep", "other")


async def hopes(visit: Visit) -> None:
    """Their hopes, each erasable, and a way to write one down. Never scored."""
    if not visit.talk:
        visit.answer(visit.say("consent.notice"))
        return
    kept = await own_words.all_kept(visit.work, ("hope",))
    if kept:
        await own_words.show(visit, kinds=("hope",), heading="words.hopes")
    said = visit.say("hopes.more" if kept else "hopes.none")
    visit.answer(Reply(said.parts, rows(visit.room.voice, ["practice:hope", *(["practice:fits"] if kept else [])])))


async def everyday(visit: Visit) -> None:
    """When in the day a kind word would help most; the answer becomes a check-in only if they set one (B24)."""
    visit.answer(visit.say("everyday.ask" if visit.talk else "consent.notice"))


async def everyday_chosen(visit: Visit, data: str) -> None:
    """ "everyday:morning" ... leads to setting a check-in at that time, which they may still change or leave."""
    when = data.removeprefix("everyday:")
    visit.answer(visit.say(f"everyday.{when}" if when in WHEN else "system.old-button"))


async def others(visit: Visit) -> None:
    """Other people: peer lines of the country that was named, and notes by people who have been through hard times."""
    country = visit.client.settings.country if visit.client else ""
    line = visit.room.helplines.line(country, "peer")
    slots = {"directory": visit.room.helplines.directory}
    if line is not None:
        slots |= {"helpline": line.name, "number": line.number}
    parts = [visit.say("others.lines", slots=slots, world=frozenset({"peer"} if line else ())).parts[0]]
    parts += visit.say("others.note").parts
    visit.answer(Reply(tuple(parts), apart=True))
