"""The client's side of being looked after: agreeing to it, seeing who looked, ending it. Nothing is shared by linking.

Practitioners are told plainly what changed, by the name they gave the client, and never why.
"""

from dataclasses import replace
from datetime import timedelta

from bot.care import doorstep
from bot.care.buttons import rows
from bot.care.records import Button, Outgoing, Priority
from bot.care.reply import Reply
from bot.care.staff import tokens
from bot.care.staff.joining import find_code
from bot.care.staff.records import Code, CodeKind, Link, Look, Member
from bot.care.visit import Visit
from responses.model import Part

SHARED = ("marks", "answers", "alert_content")  # consents that concern a practitioner
_SHOWN_FOR = timedelta(days=30)
_SHOWN = 12


async def start(visit: Visit, typed: str) -> bool:
    """`/start CODE`: offer the link the code stands for. False when it is no code at all."""
    if not tokens.plain_code(typed):
        return False
    code, member = await _found(visit, typed)
    if code is None or member is None:
        visit.answer(visit.say("people.link.bad-code"))
    elif not visit.talk:
        _offer_talk_first(visit, typed)
    else:
        await _offer(visit, typed, code, member)
    return True


async def _found(visit: Visit, typed: str) -> tuple[Code | None, Member | None]:
    if not visit.room.policy.practitioners:
        return None, None
    code = await find_code(visit.room.store.staff, typed, CodeKind.CLIENT, visit.now)
    member = await visit.room.store.staff.people.member(code.member) if code is not None else None
    return code, member if member is not None and member.active else None


def _offer_talk_first(visit: Visit, typed: str) -> None:
    """The notice comes before everything; the code waits in its button, because nothing is kept before the yes."""
    notice = visit.say("consent.notice")
    yes = visit.room.voice.line("button.consent:talk")
    more = rows(visit.room.voice, ["do:privacy"])
    begin = Button(yes, f"link:begin:{tokens.plain_code(typed)}")
    visit.answer(Reply(notice.parts, ((begin,), *more), notice.trail))


async def _offer(visit: Visit, typed: str, code: Code, member: Member) -> None:
    if visit.client is None:
        return
    store = visit.room.store.staff
    if any(link.member == member.id for link in await store.links.of_client(visit.client.id)):
        visit.answer(visit.say("people.link.already", slots=_names(visit, member)))
        return
    plain = tokens.plain_code(typed)
    buttons = [(Button(visit.room.voice.line("people.button.link"), f"link:link:{plain}"),)]
    if not visit.room.policy.reviewed and visit.client.settings.country in ("", "US"):
        buttons.append((Button(visit.room.voice.line("people.button.barred"), "link:barred"),))
    buttons.append((Button(visit.room.voice.line("people.button.no-link"), "link:no-link"),))
    offered = visit.say("people.link.ask", slots=_names(visit, member))
    visit.answer(Reply(offered.parts, tuple(buttons), offered.trail))


async def press(visit: Visit, data: str) -> None:
    """A button of the client's: "link:link:CODE", "link:end:LINK" ..."""
    match data.split(":")[1:]:
        case ["begin", code]:
            if not visit.talk:
                await doorstep.agree(visit)
            await start(visit, code)
        case ["link", code]:
            await _link(visit, code)
        case ["no-link"]:
            visit.answer(visit.say("people.link.declined"))
        case ["barred"]:
            visit.answer(visit.say("people.link.barred"))
        case ["looks"]:
            await _show_looks(visit)
        case [("end" | "end-yes" | "notes-off" | "notes-on") as what, link]:
            await _change(visit, what, link)
        case _:
            visit.answer(visit.say("system.old-button"))


async def _link(visit: Visit, typed: str) -> None:
    """The client agreed. What they share is asked for apart, and nothing of it is pre-set."""
    code, member = await _found(visit, typed)
    if visit.client is None or not visit.talk:
        visit.answer(visit.say("consent.notice-first"))
        return
    link = None
    if code is not None and member is not None:
        link = Link(tokens.new_id(), visit.client.id, member.id, code.name, visit.now, code=code.hash)
        if not await visit.room.store.staff.links.link(link):
            link = None
    if link is None or member is None:
        again = [mine for mine in await mine_of(visit) if mine.code == tokens.code_hash(typed)]
        visit.answer(visit.say("people.link.old-button" if again else "people.link.bad-code"))
        return
    done = visit.say("people.link.done", slots=_names(visit, member))
    visit.answer(Reply(done.parts, rows(visit.room.voice, ["do:consent"]), done.trail))
    await tell(visit, member, "people.told.linked", link)


async def mine_of(visit: Visit) -> list[Link]:
    """The links of this client."""
    return await visit.room.store.staff.links.of_client(visit.client.id) if visit.client is not None else []


async def _change(visit: Visit, what: str, wanted: str) -> None:
    link = next((link for link in await mine_of(visit) if link.id == wanted), None)
    member = await visit.room.store.staff.people.member(link.member) if link is not None else None
    if link is None or member is None:
        visit.answer(visit.say("system.old-button"))
    elif what == "end":
        sure = visit.say("people.link.end-ask", slots=_names(visit, member))
        yes = Button(visit.room.voice.line("people.button.end-yes"), f"link:end-yes:{link.id}")
        visit.answer(Reply(sure.parts, ((yes,),), sure.trail))
    elif what == "end-yes":
        await visit.room.store.staff.links.end(link.id)
        visit.answer(visit.say("people.link.ended", slots=_names(visit, member)))
        await tell(visit, member, "people.told.ended", link)
    else:
        await _notes(visit, link, member, on=what == "notes-on")


async def _notes(visit: Visit, link: Link, member: Member, *, on: bool) -> None:
    await visit.room.store.staff.links.change(replace(link, notes=on))
    state = "on" if on else "off"
    visit.answer(visit.say(f"people.notes.now-{state}", slots=_names(visit, member)))
    await tell(visit, member, f"people.told.notes-{state}", link)


async def tell_consent(visit: Visit, purpose: str, given: bool) -> None:
    """A consent that concerns practitioners changed: they are told at once."""
    if purpose not in SHARED:
        return
    moment = f"people.told.{purpose.replace('_', '-')}-{'on' if given else 'off'}"
    for link, member in await _practitioners(visit):
        await tell(visit, member, moment, link)


async def tell_erased(visit: Visit) -> None:
    """Before a client's data goes: who looked after them learns that it did, and no more."""
    for link, member in await _practitioners(visit):
        await tell(visit, member, "people.told.erased", link)


async def _practitioners(visit: Visit) -> list[tuple[Link, Member]]:
    people = visit.room.store.staff.people
    found = [(link, await people.member(link.member)) for link in await mine_of(visit)]
    return [(link, member) for link, member in found if member is not None and member.active]


async def tell(visit: Visit, member: Member, moment: str, link: Link) -> None:
    """A short line to a member's own chat about one of their clients; sent with the client's own turn."""
    text = visit.room.voice.line(moment, {"client": link.label})
    await visit.work.send(Outgoing(text, priority=Priority.NOTE, to=member.chat, silent=True))


async def lines(visit: Visit) -> tuple[list[Part], list[tuple[Button, ...]]]:
    """For /me: who looks after this client and how often they looked, with buttons to see more and to end it."""
    parts: list[Part] = []
    buttons: list[tuple[Button, ...]] = []
    found = await _practitioners(visit)
    looks = await visit.room.store.staff.looks.of_client(visit.client.id) if visit.client else []  # on call too
    recent = [look for look in looks if visit.now - look.at <= _SHOWN_FOR]
    for link, member in found:
        times = sum(look.member == member.id for look in recent)
        slots = {**_names(visit, member), "value": str(times)}
        parts.append(visit.say(f"people.me.{'looked' if times else 'unlooked'}", slots=slots).parts[0])
        end = visit.say("people.button.end", slots=_names(visit, member)).text
        notes = "off" if link.notes else "on"
        said = visit.say(f"people.button.notes-{notes}", slots=_names(visit, member)).text
        buttons += [(Button(said, f"link:notes-{notes}:{link.id}"),), (Button(end, f"link:end:{link.id}"),)]
    if recent:
        buttons.insert(0, (Button(visit.room.voice.line("people.button.looks"), "link:looks"),))
    return parts, buttons


async def _show_looks(visit: Visit) -> None:
    """Each look at this client's data, newest first, grouped by day."""
    looks = await visit.room.store.staff.looks.of_client(visit.client.id) if visit.client is not None else []
    head = visit.say("people.looks.head" if looks else "people.looks.none").parts[0]
    shown = tuple(_look(visit, look) for look in looks[:_SHOWN])
    visit.answer(Reply((head, *shown), apart=True))


def _look(visit: Visit, look: Look) -> Part:
    what = visit.room.voice.line(f"people.looks.of-{look.what}")
    slots = {"name": look.name, "value": what, "when": look.at.strftime("%d.%m.%Y, %H:%M UTC")}
    return visit.say("people.looks.line", slots=slots).parts[0]


def _names(visit: Visit, member: Member) -> dict[str, str]:
    return {"name": member.name, "practice": visit.room.policy.practice or "Warmline"}
