"""Caring-contact notes: written by a human for one client, signed by name, asking for nothing (S-13, B11, W-07).

They are never written by the program, never sent to several at once, and look unlike anything the program says.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.care.episode import Episode, is_live
from bot.care.ports import Store
from bot.care.records import Button, Client, Delivery, Outgoing, Priority
from bot.care.staff import tokens
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Link, Member, Note, NoteState
from responses.voice import Voice

LONGEST, SHORTEST = 400, 8
EARLIEST, LATEST = time(9), time(21)  # in the client's own zone
FURTHEST = timedelta(days=400)
KEPT = "note"  # kind of keepsake: the client's own copy
# When contact has been made in the studies that tried it (S-13): day 1, week 1, months 1-4, then every 2 months.
RHYTHM = tuple(timedelta(days=days) for days in (1, 7, 30, 61, 91, 122, 183, 244, 304, 365))
_LINK = re.compile(r"(https?:|www\.|\b[a-z0-9-]+\.(com|org|net|info|io|me|co)\b|@\w{3,}|t\.me)", re.I)


def check(text: str) -> str:
    """The note as it would be sent. Raises StaffError with what S-13 asks of it."""
    note = "\n".join(line.strip() for line in text.strip().splitlines())
    note = re.sub(r"\n{3,}", "\n\n", "".join(c for c in note if c == "\n" or c.isprintable()))
    if len(note) < SHORTEST:
        raise StaffError("Write a few words first.")
    if len(note) > LONGEST:
        raise StaffError(f"A note is brief: at most {LONGEST} characters. This one has {len(note)}.")
    if "?" in note:
        raise StaffError("A caring note asks nothing, so that nobody owes an answer. Please leave out the question.")
    if _LINK.search(note):
        raise StaffError("A caring note holds no links or addresses. Please leave them out.")
    return note


def shown(voice: Voice, member: Member, text: str) -> str:
    """As the client gets it. The first line is all a locked screen shows, so it names nobody (T-01)."""
    head = voice.line("people.note.head")
    return f"{head}\n\n{member.name}:\n{text}"


def next_due(link: Link, now: datetime) -> datetime:
    """The next day of the rhythm after which a note is due by custom; the last one when all are past."""
    return next((link.since + after for after in RHYTHM if link.since + after > now), link.since + RHYTHM[-1])


def civil(moment: datetime, zone: str) -> datetime:
    """The moment itself between 9 and 21 in the client's zone, else the next 9 o'clock there."""
    here = moment.astimezone(ZoneInfo(zone or "UTC"))
    if EARLIEST <= here.time() < LATEST:
        return moment
    day = here.date() if here.time() < EARLIEST else here.date() + timedelta(days=1)
    return datetime.combine(day, EARLIEST, here.tzinfo).astimezone(moment.tzinfo)


async def write(store: Store, member: Member, link: Link, text: str, due: datetime, now: datetime) -> Note:
    """Keep a note until it is due. Raises StaffError when it is no caring note or the client takes none."""
    note = check(text)
    if not link.notes:
        raise StaffError("This client has asked for no notes.")
    if due > now + FURTHEST:
        raise StaffError("That is too far ahead; choose a day within a year.")
    kept = Note(tokens.new_id(), link.id, link.client, member.id, note, due=max(due, now), made=now)
    await store.staff.notes.add(kept)
    return kept


@dataclass(frozen=True, slots=True)
class _Ready:
    note: Note
    link: Link
    member: Member
    chat: int


async def send_due(store: Store, voice: Voice, now: datetime) -> int:
    """Queue every note that is due; returns how many. What cannot be sent is closed with the reason."""
    queued = 0
    for note in await store.staff.notes.due(now):
        ready = await _ready(store, note)
        if ready is None:
            await store.staff.notes.settle(note.id, NoteState.SKIPPED, "link ended")
        else:
            queued += await _send(store, voice, ready, now)
    return queued


async def _ready(store: Store, note: Note) -> _Ready | None:
    link, member = await store.staff.links.one(note.link), await store.staff.people.member(note.member)
    chat = await store.staff.links.chat(note.client)
    if link is None or chat is None or member is None or link.member != member.id or not member.active:
        return None
    return _Ready(note, link, member, chat)


async def _send(store: Store, voice: Voice, ready: _Ready, now: datetime) -> int:
    note = ready.note
    async with store.work(ready.chat) as work:
        client = await work.client()
        why = _against(client, ready.link)
        if client is None or why:
            await store.staff.notes.settle(note.id, NoteState.SKIPPED, why)
            return 0
        if civil(now, client.settings.zone) != now or is_live(Episode.load(client.episode), now):
            return 0  # later: it is looked at again
        if not await store.staff.notes.settle(note.id, NoteState.SENT):
            return 0
        await work.keep(KEPT, {"from": ready.member.name, "text": note.text}, now)
        stop = voice.line("people.button.no-notes")
        await work.send(
            Outgoing(
                shown(voice, ready.member, note.text),
                ((Button(stop, f"link:notes-off:{ready.link.id}"),),),
                priority=Priority.NOTE,
                delivery=Delivery.AT_MOST_ONCE,
            )
        )
        await work.commit()
    return 1


def _against(client: Client | None, link: Link) -> str:
    """Why a note may not be sent at all; "" when it may."""
    if client is None or not client.consented("talk"):
        return "no talk consent"
    if client.settings.paused:
        return "paused"
    return "" if link.notes else "notes refused"
