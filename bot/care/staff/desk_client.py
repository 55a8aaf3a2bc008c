"""One client at the practitioner's desk in the chat: how things stand, a plan, a note, the end of the link."""

from collections.abc import Awaitable, Callable, Sequence

from bot.care import flows
from bot.care.records import Button, Outgoing
from bot.care.reply import Reply
from bot.care.staff import changes, desk_plans, looking, notes
from bot.care.staff.access import Act, may
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Link, Member
from bot.care.visit import Visit

NOTE = "staff.note"  # the flow that waits for a note's words
_ACTIONS = (("plan", "plan"), ("note", "note"), ("end-client", "end"))  # (label, what it does)


async def looked(visit: Visit, member: Member, clients: Sequence[str], what: str) -> None:
    """Put a look on the record that the clients see; looks at lists count once a day."""
    await looking.record(visit.room.store.staff.looks, member, clients, what, visit.now)


async def press(visit: Visit, member: Member, what: str, rest: Sequence[str]) -> None:
    """What a button about one client does. Raises StaffError."""
    if not rest:
        visit.answer(visit.say("system.old-button"))
        return
    link = await visit.room.store.staff.links.one(rest[0])
    if link is None or not may(member, Act.CARE_FOR_CLIENT, link):
        raise StaffError(desk_plans.UNKNOWN)
    if rest[1:] or what not in _PRESSES:
        visit.answer(visit.say("system.old-button"))
        return
    await _PRESSES[what](visit, member, link)


async def _show(visit: Visit, member: Member, link: Link) -> None:
    await looked(visit, member, [link.client], "plan")
    state = "paused" if link.paused else "usual"
    rows = tuple(
        (Button(visit.room.voice.line(f"people.button.{label}"), f"staff:{act}:{link.id}"),) for label, act in _ACTIONS
    )
    visit.answer(_with(visit, f"people.desk.client-{state}", rows, client=link.label))


async def _offer_plans(visit: Visit, member: Member, link: Link) -> None:
    said, rows = desk_plans.offered(visit.room.voice, link)
    visit.outgoing.append(Outgoing(said, rows))


async def _ask_note(visit: Visit, member: Member, link: Link) -> None:
    if not link.notes:
        raise StaffError("This client has asked for no notes.")
    flows.begin(visit, NOTE, "write", link=link.id)
    visit.answer(_with(visit, "people.note.ask", (), client=link.label))


async def note_written(visit: Visit, heard: flows.Heard) -> bool:
    """The words of a note: shown as the client would get it, before anything is sent."""
    found = await _note_of(visit)
    if found is None:
        return False
    member, link = found
    try:
        text = notes.check(heard.text)
    except StaffError as refused:
        visit.answer(visit.say("people.note.again", slots={"value": str(refused)}))
        return True
    flows.move(visit, "preview", text=text)
    rows = (
        (Button(visit.room.voice.line("people.button.note-send"), f"staff:note-send:{link.id}"),),
        (Button(visit.room.voice.line("people.button.note-drop"), f"staff:note-drop:{link.id}"),),
    )
    preview = notes.shown(visit.room.voice, member, text)
    visit.answer(_with(visit, "people.note.preview", rows, client=link.label, value=preview))
    return True


async def _send_note(visit: Visit, member: Member, link: Link) -> None:
    if flows.step_of(visit, NOTE) != "preview" or flows.values_of(visit).get("link") != link.id:
        visit.answer(visit.say("system.old-button"))
        return
    text = str(flows.values_of(visit)["text"])
    flows.end(visit)
    await notes.write(visit.room.store, member, link, text, visit.now, visit.now)
    visit.answer(_with(visit, "people.note.sent", (), client=link.label))


async def _note_of(visit: Visit) -> tuple[Member, Link] | None:
    store = visit.room.store.staff
    member, link = await store.people.at(visit.chat), await store.links.one(str(flows.values_of(visit).get("link")))
    if member is None or link is None or not may(member, Act.CARE_FOR_CLIENT, link):
        return None
    return member, link


async def _drop_note(visit: Visit, member: Member, link: Link) -> None:
    flows.end(visit)
    visit.answer(visit.say("people.note.dropped"))


async def _ask_end(visit: Visit, member: Member, link: Link) -> None:
    yes = Button(visit.room.voice.line("people.button.end-yes"), f"staff:end-yes:{link.id}")
    visit.answer(_with(visit, "people.desk.end-ask", ((yes,),), client=link.label))


async def _end(visit: Visit, member: Member, link: Link) -> None:
    async def send(out: Outgoing) -> None:
        visit.outgoing.append(out)  # with this turn: it holds one chat and may not open a second

    await changes.end(changes.Teller(visit.room.store, visit.room.voice, send), member, link)
    visit.answer(_with(visit, "people.desk.ended", (), client=link.label))


def _with(visit: Visit, moment: str, rows: tuple[tuple[Button, ...], ...], **slots: str) -> Reply:
    said = visit.say(moment, slots=slots)
    return Reply(said.parts, rows, said.trail)


_PRESSES: dict[str, Callable[[Visit, Member, Link], Awaitable[None]]] = {
    "client": _show,
    "plan": _offer_plans,
    "note": _ask_note,
    "note-send": _send_note,
    "note-drop": _drop_note,
    "end": _ask_end,
    "end-yes": _end,
}
