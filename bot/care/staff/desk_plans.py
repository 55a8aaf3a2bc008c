"""Proposing a plan at the desk in the chat: templates as buttons; anything finer is set in the console."""

from bot.care.records import Button, Outgoing
from bot.care.staff import planning, templates
from bot.care.staff.access import Act, may
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Link, Member
from bot.care.visit import Room
from responses.voice import Voice

SEND = "staff:plan-send:"  # + link:template
UNKNOWN = "That client is not one of yours any more."


def offered(voice: Voice, link: Link) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """The templates in words, and as buttons."""
    rows = tuple((Button(one.title, f"{SEND}{link.id}:{one.name}"),) for one in templates.TEMPLATES)
    said = "\n".join(f"{one.title}: {one.why}" for one in templates.TEMPLATES)
    return voice.line("people.desk.plans", {"client": link.label, "value": said}), rows


async def propose(room: Room, chat: int, data: str) -> Outgoing:
    """Propose what the button names, in the client's own transaction; returns what the member in `chat` is told."""
    wanted, _, name = data.removeprefix(SEND).partition(":")
    member, template = await room.store.staff.people.at(chat), templates.named(name)
    if member is None or template is None:
        return Outgoing(room.voice.line("system.old-button"))
    try:
        link = await _own_link(room, member, wanted)
        if await room.store.staff.links.chat(link.client) == chat:
            raise StaffError("This client is you: set up your own check-ins with /checkins.")
        [outcome] = await planning.propose_to(room, member, template.plan(), [link])
    except StaffError as refused:
        return Outgoing(str(refused))
    said = room.voice.line("people.desk.proposed", {"client": link.label, "value": template.title})
    return Outgoing(outcome.against or said)


async def _own_link(room: Room, member: Member, wanted: str) -> Link:
    link = await room.store.staff.links.one(wanted)
    if link is None or not may(member, Act.CARE_FOR_CLIENT, link):
        raise StaffError(UNKNOWN)
    return link
