"""Words between a client and one named person of on-call, both ways, until either ends it.

The person's side stands in the alert's record: their newest step says whether they are writing. The client's side
stands in their own record. Risk is read before a client's words are passed on; a person's words are a person's, marked
as such, and are changed in nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.alerts.notes import buttons, say
from bot.care.alerts.record import WRITING
from bot.care.crisis_words import help_row
from bot.care.ports import Work
from bot.care.records import AlertState, AlertStep, Button, Client, Outgoing, Priority
from bot.care.rota import Contact, Rota
from bot.care.visit import Room, Visit
from nlp.labels import Tier
from nlp.reading import Reading
from responses.voice import Voice

WROTE, ENDED = "wrote", "ended"
PASSED_ON = "relay:passed_on"  # in the trail of a turn whose words went to a person
OPEN_FOR = timedelta(hours=1)  # since the contact's last word; later words of theirs are asked about, not passed on
LEAVE = timedelta(hours=12)  # after which a contact's words are their own talk again
_END = "relay:end"
_BRIEF = timedelta(minutes=15)
SENT = "staff.sent"  # what a contact is told of words that were passed on


# -- the client's side


async def begin(work: Work, client: Client, number: int, code: str) -> None:
    """From now on what the client writes goes to this contact."""
    said = client.relay.get("said", "") if client.relay.get("code") == code else ""
    client.relay = {"alert": number, "code": code, "said": said}
    await work.save(client)


async def stop(work: Work, voice: Voice, client: Client) -> bool:
    """End it from the other side; the client is told if there was one."""
    if not client.relay:
        return False
    client.relay = {}
    await work.save(client)
    await work.send(Outgoing(say(voice, "crisis.relay.over"), (help_row(voice),), Priority.ALERT))
    return True


def partner(client: Client | None, rota: Rota) -> Contact | None:
    """Who the client's words go to; None when they go to nobody."""
    contact = rota.coded(str(client.relay.get("code", ""))) if client is not None else None
    return contact if contact is not None and contact.chat is not None else None


async def from_client(visit: Visit, text: str, *, risk: bool = False) -> bool:
    """Pass a client's words on; False when nobody is at the other end. `risk`: the crisis shelf answered already."""
    client, voice = visit.client, visit.room.voice
    contact = partner(client, visit.rota)
    if client is None or contact is None:
        return False
    number, alias = int(client.relay["alert"]), f"client-{client.id[:4]}"
    told = say(voice, "staff.relay", {"alias": alias, "alert": str(number)}, {"risk"} if risk else ())
    rows = (buttons(voice, number, ("end", "close")),)
    visit.outgoing.append(Outgoing(f"{told}\n\n{text}", rows, Priority.ALERT, to=contact.chat, alert=number))
    visit.outgoing.append(_passed_on(visit, contact, client))
    client.relay["said"] = visit.now.isoformat()
    return True


def _passed_on(visit: Visit, contact: Contact, client: Client) -> Outgoing:
    last = str(client.relay.get("said", ""))
    brief = bool(last) and visit.now - datetime.fromisoformat(last) < _BRIEF
    world = {"brief"} if brief else set()
    text = visit.room.voice.say(
        "crisis.relay.passed", visit.random, slots={"name": called(visit.room.voice, contact)}, world=world
    )
    return Outgoing(text.text, _client_rows(visit.room.voice), Priority.ALERT, silent=brief)


async def end_by_client(visit: Visit, data: str) -> None:
    """The button below a person's words. The person is told, and nothing more is asked."""
    contact, client = partner(visit.client, visit.rota), visit.client
    if client is None or not client.relay:
        visit.answer(visit.say("system.old-button"))
        return
    number = int(client.relay["alert"])
    client.relay = {}
    visit.answer(visit.say("crisis.relay.ended"))
    if contact is None:
        return
    if (alert := await visit.work.alert(number)) is not None:
        await visit.work.step(AlertStep(number, alert.state, visit.now, contact.code, ENDED))
    text = say(visit.room.voice, "staff.relay.ended", {"alias": f"client-{client.id[:4]}", "alert": str(number)})
    rows = (buttons(visit.room.voice, number, ("write", "close")),)
    visit.outgoing.append(Outgoing(text, rows, Priority.ALERT, to=contact.chat, alert=number))


async def client_lost(work: Work, voice: Voice, rota: Rota, client: Client) -> None:
    """The client blocked the bot: the person at the other end must not wait for an answer."""
    contact = partner(client, rota)
    if contact is None:
        return
    number = int(client.relay["alert"])
    client.relay = {}
    text = say(voice, "staff.relay.lost", {"alias": f"client-{client.id[:4]}", "alert": str(number)})
    await work.send(Outgoing(text, (), Priority.ALERT, to=contact.chat, alert=number))


def called(voice: Voice, contact: Contact) -> str:
    """How the person is named to the client."""
    return contact.name or say(voice, "crisis.buttons.someone", world={"on_call"})


# -- the contact's side


async def from_contact(
    room: Room, rota: Rota, chat: int, texts: Sequence[str], reading: Reading | None, now: datetime
) -> Outgoing | None:
    """A contact's own words: passed on while they are writing to a client, asked about if that was long ago.

    Returns what the contact in `chat` is told. None: they are not writing to anybody, and the words are their own talk.
    Long after their last word to the client a sign of risk counts as their own.
    """
    contact = rota.who(chat)
    step = await room.store.last_step(contact.code, (WRITING, WROTE, ENDED)) if contact is not None else None
    if contact is None or step is None or step.why == ENDED or now - step.at > LEAVE:
        return None
    late = now - step.at > OPEN_FOR
    if late and reading is not None and reading.tier > Tier.T0:
        return None
    sent = await (_too_late(room, step.number) if late else pass_on(room, contact, step.number, texts, now))
    actions = ("end",) if sent.arrived else ("write", "end")
    rows = (buttons(room.voice, step.number, actions),) if sent.arrived or late else ()
    text = say(room.voice, sent.moment, {"alert": str(step.number), "alias": sent.alias})
    return Outgoing(text, rows, Priority.ALERT, silent=sent.arrived)


def idle(visit: Visit) -> bool:
    """Somebody on call writes and is writing to nobody: said so, lest they think that a client reads it."""
    if visit.client is not None or visit.rota.who(visit.chat) is None:
        return False
    visit.answer(visit.say("staff.write.nobody"))
    return True


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of a contact's words: a moment of the staff shelf, and who the client is to staff."""

    moment: str
    alias: str = ""

    @property
    def arrived(self) -> bool:
        return self.moment == SENT


async def _too_late(room: Room, number: int) -> Passed:
    async with room.store.work(await room.store.alert_chat(number) or 0) as work:
        alert = await work.alert(number)
        return Passed("staff.write.late", alert.alias if alert is not None else "")


async def pass_on(room: Room, contact: Contact, number: int, texts: Sequence[str], now: datetime) -> Passed:
    """Words of whoever has the alert, to its client, in the client's own transaction."""
    chat = await room.store.alert_chat(number)
    if chat is None:
        return Passed("staff.erased")
    if chat == contact.chat:
        return Passed("staff.unknown")  # nobody writes to themselves
    async with room.store.work(chat) as work:
        client, alert = await work.client(), await work.alert(number)
        if client is None or alert is None or alert.state is AlertState.CLOSED:
            return Passed("staff.closed")
        await work.step(AlertStep(number, AlertState.SEEN, now, contact.code, WROTE))
        await begin(work, client, number, contact.code)
        for text in texts:
            await work.send(_from_person(room.voice, contact, text))
        await work.commit()
    return Passed(SENT, alert.alias)


def _from_person(voice: Voice, contact: Contact, text: str) -> Outgoing:
    """A person's words as the client gets them: marked as a person's, whole, with a way to end it."""
    head = say(voice, "crisis.relay.from", {"name": called(voice, contact)})
    return Outgoing(f"{head}\n\n{text}", _client_rows(voice), Priority.ALERT)


def _client_rows(voice: Voice) -> tuple[tuple[Button, ...], ...]:
    return ((Button(say(voice, "crisis.buttons.relay_end"), _END),), help_row(voice))
