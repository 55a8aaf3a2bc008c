"""The practitioner's side of the chat: who they are to the bot, their clients, codes, notes, the way to the console.

A member of a practice needs no talk consent for this, and nothing they write here is listened to as a client's words.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.care import flows
from bot.care.incoming import Incoming
from bot.care.records import Button, Outgoing
from bot.care.reply import Reply
from bot.care.staff import desk_client, duty, joining, signing_in
from bot.care.staff.access import Act, may
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Member
from bot.care.visit import Visit
from nlp.labels import Tier
from nlp.reading import Reading

PREFIX = "staff."  # of the names of flows
_LABEL, _PAGE = "staff.label", 20
_WRITTEN = {"text", "edit"}


async def command(visit: Visit, words: str) -> None:
    """`/practitioner`: join by a code, or open the desk."""
    member = await visit.room.store.staff.people.at(visit.chat)
    if member is not None:
        await _menu(visit, member)
        return
    if not words:
        visit.answer(visit.say("people.join.how"))
        return
    policy = visit.room.policy
    joined = None
    if policy.practitioners:
        joined = await joining.join(visit.room.store.staff, words, visit.chat, policy.zone, visit.now)
        visit.room.rota.changed()
    if joined is None:
        visit.answer(visit.say("people.join.bad-code"))
        return
    role = visit.say(f"people.role.{joined.role}").text
    visit.answer(visit.say("people.join.done", slots={"name": joined.name, "value": role}))
    await _menu(visit, joined)


async def _menu(visit: Visit, member: Member) -> None:
    names = []
    if may(member, Act.INVITE_CLIENT):
        names += ["clients", "code"]
    if visit.room.policy.console:
        names.append("console")
    names += await _duty_names(visit, member)
    names.append("lost")
    buttons = tuple((Button(visit.room.voice.line(f"people.button.{name}"), f"staff:{name}"),) for name in names)
    desk = visit.say("people.desk.menu", slots={"name": member.name})
    visit.answer(Reply(desk.parts, buttons, desk.trail))


async def _duty_names(visit: Visit, member: Member) -> list[str]:
    """The button that steps back from being on call, or comes back; none without a place on the rota."""
    rota = await duty.kept(visit.room.store.staff)
    mine = next((row for row in rota.rows if row.member == member.id), None) if rota is not None else None
    return [] if mine is None else ["duty-off" if mine.back else "duty-on"]


async def _duty(visit: Visit, member: Member, *, back: bool) -> None:
    if not await duty.step(visit.room.store.staff, member, back=back):
        visit.answer(visit.say("people.desk.no-duty"))
        return
    visit.room.rota.changed()
    visit.answer(visit.say("people.desk.duty-on" if back else "people.desk.duty-off"))


async def _step_back(visit: Visit, member: Member) -> None:
    await _duty(visit, member, back=False)


async def _come_back(visit: Visit, member: Member) -> None:
    await _duty(visit, member, back=True)


async def press(visit: Visit, data: str) -> None:
    """A button of the desk: "staff:clients", "staff:client:LINK", "staff:note-send:LINK" ..."""
    member = await visit.room.store.staff.people.at(visit.chat)
    if member is None:
        visit.answer(visit.say("system.old-button"))
        return
    flow = _borrow(visit, member)
    what, *rest = data.split(":")[1:]
    try:
        if what in _PRESSES and not rest:
            await _PRESSES[what](visit, member)
        elif what == "clients" and rest[0].isdecimal():
            await _clients(visit, member, int(rest[0]))
        else:
            await desk_client.press(visit, member, what, rest)
    except StaffError as refused:
        _say_plainly(visit, refused)
    await _return(visit, member, flow)


async def hears(visit: Visit, mine: Sequence[Incoming], reading: Reading | None) -> bool:
    """Words typed into a step of the desk, which are about somebody else. False: they are the writer's own.

    Should they tell of danger, help is named with the answer: they might be the writer's own after all.
    """
    if not all(i.what in _WRITTEN for i in mine) or not any(i.text.strip() for i in mine):
        return False
    member = None
    if not str(visit.memory.flow.get("name", "")).startswith(PREFIX):
        if visit.talk:
            return False
        member = await visit.room.store.staff.people.at(visit.chat)
        if member is None or not str(member.desk.get("name", "")).startswith(PREFIX):
            return False
    member = member or await visit.room.store.staff.people.at(visit.chat)
    if member is None:
        flows.end(visit)
        return False
    flow = _borrow(visit, member)
    text = "\n".join(i.text for i in mine)
    answered = await flows.answer(visit, flows.Heard(text, reading or Reading(text)), FLOWS)
    if answered and reading is not None and reading.tier >= Tier.T2:
        visit.answer(visit.say("people.note.help"))
    await _return(visit, member, flow)
    return answered


async def idle(visit: Visit) -> bool:
    """Words that belong to no step, from a member who is no client: the desk is shown. False for everybody else."""
    member = await visit.room.store.staff.people.at(visit.chat)
    if member is None:
        return False
    await _menu(visit, member)
    return True


def _borrow(visit: Visit, member: Member) -> dict[str, object]:
    """A member who is no client has no memory; the step they are at is kept with the member."""
    if visit.client is None:
        visit.memory.flow = dict(member.desk)
    return dict(visit.memory.flow)


async def _return(visit: Visit, member: Member, before: dict[str, object]) -> None:
    if visit.client is None and visit.memory.flow != before:
        await visit.room.store.staff.people.save(replace(member, desk=dict(visit.memory.flow)))


async def _clients(visit: Visit, member: Member, page: int = 0) -> None:
    links = await visit.room.store.staff.links.of_member(member.id)
    if not links:
        none = visit.say("people.desk.no-clients")
        visit.answer(
            Reply(none.parts, ((Button(visit.room.voice.line("people.button.code"), "staff:code"),),), none.trail)
        )
        return
    shown = links[page * _PAGE : (page + 1) * _PAGE]
    paused = visit.room.voice.line("people.desk.paused")
    rows = [
        (Button(f"{link.label} {paused}" if link.paused else link.label, f"staff:client:{link.id}"),) for link in shown
    ]
    if len(links) > (page + 1) * _PAGE:
        rows.append((Button(visit.room.voice.line("people.button.more"), f"staff:clients:{page + 1}"),))
    await desk_client.looked(visit, member, [link.client for link in shown], "list")
    heading = visit.say("people.desk.clients", slots={"value": str(len(links))})
    visit.answer(Reply(heading.parts, tuple(rows), heading.trail))


async def _ask_label(visit: Visit, member: Member) -> None:
    if not may(member, Act.INVITE_CLIENT):
        raise StaffError("Your role has no clients.")
    flows.begin(visit, _LABEL, "name")
    visit.answer(visit.say("people.desk.ask-label"))


async def _label_given(visit: Visit, heard: flows.Heard) -> bool:
    member = await visit.room.store.staff.people.at(visit.chat)
    if member is None:
        return False
    try:
        code = await joining.client_code(visit.room.store.staff, member, heard.text, visit.now)
    except StaffError as refused:
        _say_plainly(visit, refused)
        return True
    flows.end(visit)
    where = visit.room.policy.bot
    plain = code.replace("-", "")
    how = f"https://t.me/{where}?start={plain}" if where else f"/start {plain}"
    visit.answer(visit.say("people.desk.code", slots={"code": code, "address": how}))
    return True


async def _console(visit: Visit, member: Member) -> None:
    if not visit.room.policy.console:
        visit.answer(visit.say("people.desk.no-console"))
        return
    token = await signing_in.new_link(visit.room.store.staff, member, visit.now)
    if token is None:
        visit.answer(visit.say("people.desk.too-many-links"))
        return
    address = f"{visit.room.policy.console}/console/enter/{token}"
    visit.answer(visit.say("people.desk.link", slots={"address": address}))


async def _lost(visit: Visit, member: Member) -> None:
    """A lost phone or a shared computer: every session and unused link ends."""
    ended = await visit.room.store.staff.doors.close(member.id)
    visit.answer(visit.say("people.desk.sessions-ended", slots={"value": str(ended)}))


def _say_plainly(visit: Visit, refused: StaffError) -> None:
    visit.outgoing.append(Outgoing(str(refused)))


_PRESSES: dict[str, Callable[[Visit, Member], Awaitable[None]]] = {
    "menu": _menu,
    "clients": _clients,
    "code": _ask_label,
    "console": _console,
    "lost": _lost,
    "duty-off": _step_back,
    "duty-on": _come_back,
}
# Steps of the desk that wait for typed words, by the name of their flow.
FLOWS: dict[str, flows.Step] = {_LABEL: _label_given, desk_client.NOTE: desk_client.note_written}
