"""A client's own words, kept for them: hopes, kinder sentences, what helped, kindnesses. Seen and erased one by one."""

from collections.abc import Sequence

from bot.care.memory import touches
from bot.care.ports import Work
from bot.care.records import Button, Keepsake
from bot.care.reply import Reply
from bot.care.visit import Visit
from responses.fill import shortened
from responses.model import Part

KINDS = ("hope", "kinder", "helped", "kindness")
_PAGE = 4  # to a page: each with its own button
_LABEL = 22  # characters of their words on a button


async def latest(work: Work, kind: str, avoid: Sequence[str] = ()) -> str:
    """The newest of a kind in the client's own words, for a reply, a check-in or a practice to say back; "" if none.

    What touches a topic of `avoid` is passed over: nothing off-limits is brought up (T-05).
    """
    kept = [text_of(keepsake) for keepsake in await work.kept(kind)]
    return next((text for text in reversed(kept) if text and not touches(text, avoid)), "")


def text_of(keepsake: Keepsake) -> str:
    return str(keepsake.value.get("text", "")).strip()


async def all_kept(work: Work, kinds: Sequence[str] = KINDS) -> list[Keepsake]:
    """Everything of these kinds, newest first."""
    return sorted((k for k in await work.kept() if k.kind in kinds), key=lambda k: k.at, reverse=True)


async def press(visit: Visit, data: str) -> None:
    """ "words:page:2", "words:erase:ID", "words:clear" and its second tap "words:clear:yes"."""
    if visit.client is None:
        visit.answer(visit.say("system.nothing-kept"))
        return
    match data.split(":")[1:]:
        case ["page", number] if number.isdecimal():
            await show(visit, int(number))
        case ["erase", keepsake]:
            await _erase(visit, keepsake)
        case ["clear"]:
            visit.answer(visit.say("words.clear-ask"))
        case ["clear", "yes"]:
            for kept in await all_kept(visit.work):
                await visit.work.let_go(kept.id)
            visit.answer(visit.say("words.cleared"))
        case ["clear", "no"]:
            visit.answer(visit.say("words.clear-kept"))
        case _:
            visit.answer(visit.say("system.old-button"))


async def show(visit: Visit, page: int = 1, kinds: Sequence[str] = KINDS, heading: str = "words.title") -> None:
    """A page of them, newest first, each with a button that erases it."""
    kept = await all_kept(visit.work, kinds)
    shown = kept[(page - 1) * _PAGE : page * _PAGE]
    if not shown:
        visit.answer(visit.say("words.none"))
        return
    lines = [visit.say(heading).parts[0], *(line(visit, k) for k in shown)]
    more = () if len(kept) <= page * _PAGE else ((Button(_label(visit, "more"), f"words:page:{page + 1}"),),)
    erase = tuple(
        (Button(_label(visit, "erase", shortened(text_of(k), _LABEL)), f"words:erase:{k.id}"),) for k in shown
    )
    visit.answer(Reply(tuple(lines), (*erase, *more), apart=True))


def line(visit: Visit, keepsake: Keepsake) -> Part:
    """One of them in a line that says what it is."""
    return visit.say(f"words.{keepsake.kind}", slots={"value": text_of(keepsake)}).parts[0]


async def _erase(visit: Visit, keepsake: str) -> None:
    if keepsake not in {k.id for k in await all_kept(visit.work)}:
        visit.answer(visit.say("words.gone"))
        return
    await visit.work.let_go(keepsake)
    visit.answer(visit.say("words.erased"))


def _label(visit: Visit, name: str, value: str = "") -> str:
    return visit.say(f"button.words-{name}", slots={"value": value}).text
