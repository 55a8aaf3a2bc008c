"""`/month`: the client's own marks as a calm picture, its content in words, and a looking-back note.

Nothing is rated: no average, no better or worse, no count of days left open. The note holds only what they wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care import own_words
from bot.care.buttons import rows
from bot.care.checkins.marks import KIND, Source, kept_as
from bot.care.crisis import help_row
from bot.care.records import Keepsake, Outgoing
from bot.care.reply import Reply
from bot.care.visit import Visit

LEVELS = range(1, 6)
FILE = "warmline-month.png"
_DAYS = 28
_NOTE = 4  # of their own words in the looking-back note
_CAPTION = 1000  # characters; Telegram allows 1,024
_TWICE = timedelta(minutes=1)  # the same mark again so soon is a double tap


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """What a picture shows: marks by local day in order of time, and every word that stands in it."""

    marks: tuple[tuple[date, int], ...]
    first: date
    last: date
    levels: tuple[str, ...]  # words of the marks 1 to 5
    title: str
    dark: bool


async def month(visit: Visit) -> None:
    """The picture, then the note if there is anything to look back on."""
    client = visit.client
    if client is None or not visit.talk:
        visit.answer(visit.say("consent.notice"))
        return
    zone = ZoneInfo(client.settings.zone or "UTC")
    last = visit.now.astimezone(zone).date()
    first = last - timedelta(days=_DAYS - 1)
    marks = _marks(await visit.work.kept(KIND), zone, first)
    if marks:
        await _picture(visit, MonthPicture(marks, first, last, levels(visit), "", client.settings.dark_pictures))
    else:
        visit.answer(Reply(visit.say("month.none").parts, rows(visit.room.voice, ["month:mark", "look:open"])))
    await _look_back(visit, datetime.combine(first, datetime.min.time(), zone))


async def press(visit: Visit, data: str) -> None:
    """ "month:dark", "month:light", "month:mark" and "month:mark:3"."""
    if visit.client is None or not visit.talk:
        visit.answer(visit.say("consent.notice"))
        return
    match data.split(":")[1:]:
        case [("dark" | "light") as side]:
            visit.client.settings.dark_pictures = side == "dark"
            await month(visit)
        case ["mark"]:
            buttons = rows(visit.room.voice, [f"month:mark:{n}" for n in LEVELS])
            visit.answer(Reply(visit.say("month.ask").parts, (*buttons, *rows(visit.room.voice, ["practice:no"]))))
        case ["mark", value] if value in map(str, LEVELS):
            await _mark(visit, int(value))
        case _:
            visit.answer(visit.say("system.old-button"))


def levels(visit: Visit) -> tuple[str, ...]:
    return tuple(visit.say(f"button.month:mark:{n}").text for n in LEVELS)


def shown(day: date) -> str:
    return f"{day.day} {day:%b}"


async def _mark(visit: Visit, value: int) -> None:
    last = await visit.work.kept(KIND, limit=1)
    if last and last[-1].value.get("value") == value and visit.now - last[-1].at < _TWICE:
        return
    await visit.work.keep(KIND, kept_as(value, Source.MONTH), visit.now)
    said = visit.say("month.marked-low" if value == LEVELS[0] else "month.marked")
    visit.answer(Reply(said.parts, (help_row(visit.room.voice),) if value == LEVELS[0] else ()))


def _marks(kept: Sequence[Keepsake], zone: ZoneInfo, first: date) -> tuple[tuple[date, int], ...]:
    local = ((k.at.astimezone(zone).date(), int(k.value["value"])) for k in kept if k.value.get("value") in LEVELS)
    return tuple((day, value) for day, value in local if day >= first)


async def _picture(visit: Visit, plan: MonthPicture) -> None:
    span = {"first": shown(plan.first), "last": shown(plan.last)}
    title = visit.say("month.title", slots=span).text
    picture = MonthPicture(plan.marks, plan.first, plan.last, plan.levels, title, plan.dark)
    told = "; ".join(f"{shown(day)} {plan.levels[value - 1].lower()}" for day, value in plan.marks)
    words = visit.say("month.alt", slots={**span, "value": told}).text
    if len(words) > _CAPTION:
        words = visit.say("month.alt-long", slots=span).text
    buttons = rows(visit.room.voice, ["month:light" if plan.dark else "month:dark", "month:mark", "look:open"])
    drawn = await visit.room.draw(picture)
    visit.outgoing.append(Outgoing(words, buttons, document=FILE if drawn else "", picture=drawn))


async def _look_back(visit: Visit, since: datetime) -> None:
    kept = [k for k in await own_words.all_kept(visit.work) if k.at >= since][:_NOTE]
    if kept:
        head = visit.say("month.look-back").parts
        visit.answer(Reply((*head, *(own_words.line(visit, k) for k in kept)), apart=True))
