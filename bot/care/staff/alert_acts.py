"""What a member does with an alert on a page: the same as the buttons below its note, by the same use cases."""

from datetime import datetime

from bot.care import relay
from bot.care.alerts import answers, record
from bot.care.alerts.answers import CALLED
from bot.care.alerts.notes import buttons
from bot.care.alerts.record import REASONS
from bot.care.records import Outgoing, Priority
from bot.care.rota import Contact
from bot.care.staff.alerting import Looker
from bot.care.staff.changes import Teller
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Member
from bot.care.visit import Room

PLAIN = ("seen", CALLED, "end", *REASONS)  # without anything to choose or to write
LONGEST = 2000  # of words to a client; Telegram takes about twice that
_UNKNOWN = "There is no such alert any more, or it is not yours to see."


async def act(room: Room, member: Member, number: int, action: str, now: datetime) -> str:
    """One of PLAIN; returns the moment of the staff shelf that tells what came of it. Raises StaffError."""
    if action not in PLAIN:
        raise StaffError(_UNKNOWN)
    looker = await _looker(room, member, number, now)
    return (await answers.do(room, looker.rota, number, looker.contact, (action,), now)).moment


async def hand_on(room: Room, member: Member, number: int, code: str, now: datetime) -> str:
    """To one of the contacts that `Shown.others` names, who then has to confirm it. Raises StaffError."""
    looker = await _looker(room, member, number, now)
    if code == looker.contact.code or looker.rota.coded(code) is None:
        raise StaffError("Choose who takes it over.")
    return (await answers.do(room, looker.rota, number, looker.contact, ("to", code), now)).moment


async def write(room: Room, member: Member, number: int, words: str, now: datetime) -> str:
    """Words to the client under the member's name; with the first ones the alert is theirs. Raises StaffError."""
    text = words.strip()
    if not text:
        raise StaffError("Write a few words first.")
    if len(text) > LONGEST:
        raise StaffError(f"That is too long: {LONGEST} characters at most.")
    looker = await _looker(room, member, number, now)
    if not await _is_writing(room, looker.contact, number):
        begun = await answers.do(room, looker.rota, number, looker.contact, ("write",), now)
        if begun.moment != "staff.write":
            return begun.moment
        # Their chat is the other end of it from now on, and must say so.
        said, rows = begun.text(room.voice, number), (buttons(room.voice, number, ("end",)),)
        await Teller.apart(room.store, room.voice).send(Outgoing(said, rows, Priority.ALERT, to=member.chat))
    return (await relay.pass_on(room, looker.contact, number, [text], now)).moment


async def _is_writing(room: Room, contact: Contact, number: int) -> bool:
    step = await room.store.last_step(contact.code, (record.WRITING, relay.WROTE, relay.ENDED))
    under_way = step is not None and step.number == number and step.why != relay.ENDED
    return under_way and record.holder(await room.store.alert_steps(number)) == contact.code


async def _looker(room: Room, member: Member, number: int, now: datetime) -> Looker:
    """The member, if this alert is open and theirs to act on. Raises StaffError."""
    looker = await Looker.of(room, member, now)
    alert = next((alert for _, alert in await room.store.unclosed() if alert.number == number), None)
    if alert is None:
        raise StaffError(_UNKNOWN)
    if not looker.why(alert, await room.store.alert_steps(number)):
        raise StaffError(_UNKNOWN)
    return looker
