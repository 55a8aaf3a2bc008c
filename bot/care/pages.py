"""Pages a client asks for: `/hopes`, `/everyday`, `/others`."""

from dataclasses import replace
from datetime import time

from bot.care import own_words
from bot.care.buttons import rows
from bot.care.checkins import wizard
from bot.care.checkins.drafts import new_draft
from bot.care.checkins.keeping import LIVE
from bot.care.checkins.plan import Span, Status
from bot.care.episode import current
from bot.care.reply import Reply
from bot.care.visit import Visit

KINDS = ("kind_words", "soothing")  # what such a check-in says
# Local times; none of them reaches into the usual quiet hours. "other": the usual time, to be changed.
WHEN: dict[str, Span | None] = {
    "morning": (time(9), time(11)),
    "after-work": (time(17), time(19)),
    "before-sleep": (time(20), time(21)),
    "other": None,
}


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
    """When in the day a kind word would help most; the answer becomes a check-in only if they keep it (B24)."""
    if visit.client is not None and visit.talk and current(visit.client.episode, visit.now) is not None:
        await wizard.show(visit)  # which says that check-ins rest
        return
    visit.answer(visit.say("everyday.ask" if visit.talk else "consent.notice"))


async def everyday_chosen(visit: Visit, data: str) -> None:
    """ "everyday:morning" ...: a plan of kind words at that time is drawn up and shown, and kept only by their own tap.

    Who has a plan already is shown that one: there is at most one message a day, whatever asks for it.
    """
    when = data.removeprefix("everyday:")
    if not visit.talk or visit.client is None or when not in WHEN:
        visit.answer(visit.say("system.old-button" if visit.talk else "consent.notice"))
        return
    mine = [plan for plan in await visit.work.plans() if plan.status in (*LIVE, Status.PROPOSED)]
    if mine or current(visit.client.episode, visit.now) is not None:
        await wizard.show(visit)
        return
    visit.answer(visit.say(f"everyday.{when}"))
    draft = new_draft(visit.client.settings.zone)
    window = WHEN[when]
    plan = replace(draft, kinds=KINDS, at=None if window else draft.at, window=window)
    await wizard.begin(visit, plan)


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
