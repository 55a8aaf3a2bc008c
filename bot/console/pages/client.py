"""One client: plan, marks, answers and timeline as shared, notes, the label, a hand-over, the end of the link."""

from dataclasses import replace
from datetime import date, datetime, time

from starlette.responses import Response

from bot.care.staff import alerting, changes, joining, looking, notes
from bot.care.staff.access import Act, may
from bot.care.staff.joining import StaffError
from bot.care.staff.records import NoteState
from bot.care.staff.view import view
from bot.console.marks import picture
from bot.console.seat import NOT_THERE, Page, PageError, Seat
from bot.console.shown import zone


async def show(seat: Seat, note: str = "", due: str = "", sentence: str = "") -> Response:
    link, store = seat.client, seat.house.store
    shown = await view(store, link, seat.now)
    if shown is None:
        raise PageError(404, NOT_THERE)
    looks = [name for name in ("marks", "answers") if getattr(shown, name) is not None]
    for name in ("timeline", *looks):
        await looking.record(store.staff.looks, seat.member, [link.client], name, seat.now)
    colleagues = [m for m in await store.staff.people.all() if m.id != seat.member.id and may(m, Act.INVITE_CLIENT)]
    waiting = [n for n in await store.staff.notes.of_link(link.id) if n.state is NoteState.WAITING]
    return seat.render(
        "client.html",
        status=400 if sentence else 200,
        view=shown,
        picture=picture(shown.marks, seat.now, zone(shown.zone)) if shown.marks else None,
        colleagues=colleagues,
        waiting=waiting,
        suggested=notes.next_due(link, seat.now),
        longest=notes.LONGEST,
        note=note,
        due=due,
        sentence=sentence,
        alerted=(await alerting.open_about(seat.house.room, seat.member, [link.client], seat.now)).get(link.client),
    )


async def preview_note(seat: Seat) -> Response:
    """What the client would get, before anything is kept; one with a fault comes back with the fault said."""
    text, due = seat.one("text", 2000), seat.one("due", 10)
    try:
        checked = notes.check(text)
        at = _due(seat, due)
    except StaffError as refused:
        return await show(seat, text, due, str(refused))
    shown = notes.shown(seat.house.voice, seat.member, checked)
    return seat.render("note.html", text=checked, due=due, at=at, shown=shown)


async def write_note(seat: Seat) -> Response:
    text, due = seat.one("text", 2000), seat.one("due", 10)
    if seat.one("change"):
        return await show(seat, text, due)
    try:
        at = _due(seat, due)
        await notes.write(seat.house.store, seat.member, seat.client, text, at, seat.now)
    except StaffError as refused:
        return await show(seat, text, due, str(refused))
    if at <= seat.now:
        await notes.send_due(seat.house.store, seat.house.voice, seat.now)
        seat.house.wake()
    return seat.to(f"/clients/{seat.client.id}", "note" if at <= seat.now else "note-later")


def _due(seat: Seat, given: str) -> datetime:
    """The morning of that day in the practitioner's zone; now when none was chosen. Raises StaffError."""
    if not given:
        return seat.now
    try:
        wanted = datetime.combine(date.fromisoformat(given), time(9), zone(seat.member.zone))
    except ValueError:
        raise StaffError("Choose a day of the calendar, or leave it empty to send the note now.") from None
    if wanted.date() < seat.now.astimezone(wanted.tzinfo).date():
        raise StaffError("That day is over. Choose a day to come, or leave it empty to send the note now.")
    return max(wanted, seat.now)


async def withdraw_note(seat: Seat) -> Response:
    wanted = seat.one("note", 32)
    mine = [note.id for note in await seat.house.store.staff.notes.of_link(seat.client.id)]
    if wanted in mine:
        await seat.house.store.staff.notes.settle(wanted, NoteState.WITHDRAWN)
    return seat.to(f"/clients/{seat.client.id}", "note-withdrawn")


async def rename(seat: Seat) -> Response:
    label = joining.clean_name(seat.one("label"))
    await seat.house.store.staff.links.change(replace(seat.client, label=label))
    return seat.to(f"/clients/{seat.client.id}", "label")


async def hand_over(seat: Seat) -> Response:
    to = await seat.house.store.staff.people.member(seat.one("to", 32))
    if to is None or not to.active:
        raise StaffError("Choose a colleague who takes over.")
    await changes.hand_over(seat.house.tell, seat.client, to)
    seat.house.wake()
    return seat.to("/clients", "handed")


async def end(seat: Seat) -> Response:
    if not seat.one("sure"):
        raise StaffError("Tick the box to say that you mean it.")
    await changes.end(seat.house.tell, seat.member, seat.client)
    seat.house.wake()
    return seat.to("/clients", "ended")


PAGES = (
    Page("/clients/{link}", Act.SEE_CLIENT, show, look="plan"),
    Page("/clients/{link}/note/preview", Act.CARE_FOR_CLIENT, preview_note, "POST"),
    Page("/clients/{link}/note", Act.CARE_FOR_CLIENT, write_note, "POST"),
    Page("/clients/{link}/note/withdraw", Act.CARE_FOR_CLIENT, withdraw_note, "POST"),
    Page("/clients/{link}/label", Act.CARE_FOR_CLIENT, rename, "POST"),
    Page("/clients/{link}/hand-over", Act.HAND_OVER, hand_over, "POST"),
    Page("/clients/{link}/end", Act.CARE_FOR_CLIENT, end, "POST"),
)
