"""One turn of one chat: risk first, then what was asked of the program, then listening. One transaction, one reply.

The order in `_decide` is the promise of safety: no branch answers before the text was read for risk, and a text with
risk never reaches the calm part. A practitioner's words about a client are read too: help is named beside them. If
anything in here raises, the transaction is rolled back and the caller answers with `safe_turn`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.care import aftermath, alerts, card, commands, crisis, doorstep, errands, flows, media, notice, relay
from bot.care.checkins import answers as check_ins
from bot.care.incoming import Incoming
from bot.care.memory import Memory
from bot.care.practices import offer
from bot.care.records import Outgoing, Priority, Turn
from bot.care.reply import Reply
from bot.care.staff import desk
from bot.care.turn import Watch, answer_calm, watch
from bot.care.visit import Room, Visit
from nlp.labels import Tier
from nlp.reading import Reading

_HELP = "help_now"


def urgent(floor: Callable[[str], Reading], text: str) -> bool:
    """Whether a text must be answered without waiting for the rest of a burst."""
    return floor(text).tier >= Tier.T2


def group_words(room: Room) -> str:
    """Said once in a group before leaving it: talks are one to one."""
    return room.voice.line("system.group")


def menu_line(room: Room, command: str) -> str:
    """The description of a command in the chat's menu."""
    return room.voice.line(f"menu.{command}")


async def take_turn(room: Room, chat: int, batch: Sequence[Incoming]) -> None:
    """Answer everything in `batch` at once. Commits the replies together with the mark that the batch was handled.

    Raises whatever a part raises; nothing is then changed.
    """
    reading = await _read(room, batch)
    room.troubles.heard(reading)
    done = await errands.run(room, chat, batch, reading)
    if len(done.left) < len(batch):
        reading = await _read(room, done.left)
    async with room.store.work(chat) as work:
        client = await work.client()
        now = room.clock.now()
        memory = Memory.of(client.memory) if client else Memory()
        memory.forget_words_before(now - timedelta(days=room.policy.text_days))
        rota = await room.rota.at(now)
        visit = Visit(room, chat, work, client, memory, now, _random(room, chat, memory), rota)
        visit.outgoing += done.outgoing
        await check_ins.notice(visit, done.left)
        await _decide(visit, done.left, reading)
        await check_ins.hold_back(visit)
        if visit.client is not None and not visit.erased:
            visit.client.memory = visit.memory.raw()
            await work.save(visit.client)
        for out in visit.outgoing:
            await work.send(out)
        await work.handled([incoming.inbox for incoming in batch])
        await work.commit()


async def safe_turn(room: Room, chat: int, batch: Sequence[Incoming]) -> None:
    """What is answered when a turn could not be taken: honest, with help named (C-01). Touches as little as it can."""
    room.troubles.turn_failed()
    floor = max((room.floor(i.text).tier for i in batch if i.text), default=Tier.T0)
    async with room.store.work(chat) as work:
        client = await work.client()
        country = client.settings.country if client else ""
        reply = crisis.safe_reply(room.voice, room.helplines, country, Random(len(batch)))  # noqa: S311
        priority = Priority.CRISIS if floor >= Tier.T2 else Priority.REPLY
        await work.send(Outgoing(reply.text, reply.buttons, priority=priority))
        if client is not None and client.consented("talk") and floor >= Tier.T2:
            now = room.clock.now()
            rota, said = await room.rota.at(now), _text_of(batch)
            await alerts.raise_alert(work, rota, room.voice, client, floor, ("unread",), now, said)
        await work.handled([incoming.inbox for incoming in batch])
        await work.commit()


def merged(readings: Sequence[Reading], whole: Reading) -> Reading:
    """The burst as one, with every sign of risk that any message of it carried."""
    signals = tuple(dict.fromkeys([*whole.signals, *(s for r in readings for s in r.signals)]))
    tier = max([whole.tier, *(r.tier for r in readings)])
    faults = tuple(dict.fromkeys([*whole.faults, *(f for r in readings for f in r.faults)]))
    return replace(whole, signals=signals, tier=tier, faults=faults)


async def _read(room: Room, batch: Sequence[Incoming]) -> Reading | None:
    """The client's own words as one reading, with every sign of risk that any text of the batch carried."""
    texts = [i for i in batch if i.text.strip() and i.what != "button"]
    if not texts:
        return None
    own = [i.text for i in texts if i.what != "forwarded"]
    whole = await room.read("\n".join(own)) if own else Reading("")
    if len(texts) == 1 and own:
        return whole
    return merged([await room.read(i.text) for i in texts], whole)


def _random(room: Room, chat: int, memory: Memory) -> Random:
    seed = room.policy.seed if room.policy.seed is not None else chat
    return Random(f"{seed}:{memory.turn}:{memory.last_heard}")  # noqa: S311 - variety, not secrecy


async def _decide(visit: Visit, mine: Sequence[Incoming], reading: Reading | None) -> None:
    if not mine or await desk.hears(visit, mine, reading):
        return
    await flows.take_back(visit)
    seen = await _risk(visit, mine, reading)
    asked = await _commands(visit, mine)
    if visit.erased or seen.answered is not None:
        return
    if not visit.talk:
        if not asked and not await desk.idle(visit) and not relay.idle(visit):
            await doorstep.welcome(visit, mine, reading)
        return
    texts = [i for i in mine if i.text.strip() and not i.command and not i.button and i.what != "forwarded"]
    if reading is None or not texts:
        media.acknowledge(visit, [i for i in mine if not (asked and i.point)])  # a place that was asked for
    elif not asked:
        await _talk(visit, reading, _text_of(texts), seen.limited)


async def _commands(visit: Visit, mine: Sequence[Incoming]) -> bool:
    """Answer commands and buttons in their order; True when there was one. Nothing follows an erasure."""
    asked = False
    for incoming in mine:
        if not visit.erased and not _was_for_crisis(incoming):
            asked |= await commands.handle(visit, incoming)
    return asked


async def _risk(visit: Visit, mine: Sequence[Incoming], reading: Reading | None) -> Watch:
    """The crisis shelf's answer, if one is called for; nothing calm may then be said in this turn."""
    button = next((i.button or _HELP for i in reversed(mine) if _was_for_crisis(i)), "")
    seen = watch(visit.room.means(visit.rota), visit.client, reading, button, visit.talk, visit.now, visit.random)
    answered = seen.answered
    if answered is None:
        return seen
    text = _text_of(mine)
    await card.keep_before_leaving(visit, text)
    flows.end(visit)
    if visit.talk and reading is not None:
        visit.memory.open_turn(visit.now)
    answered = await aftermath.went_back(visit, answered) if answered.back else answered
    visit.answer(answered.reply)
    await aftermath.set_going(visit, answered, text)
    if visit.talk and reading is not None:
        await _keep(visit, reading, text, answered.reply, answered.tier)
    return seen


def _was_for_crisis(incoming: Incoming) -> bool:
    return incoming.command == _HELP or incoming.button.startswith(("crisis:", "country:", _HELP))


def _text_of(batch: Sequence[Incoming]) -> str:
    return "\n".join(i.text for i in batch if i.text)


async def _talk(visit: Visit, reading: Reading, text: str, limited: bool) -> None:
    """Words to a flow under way, else listening. An episode leaves every flow."""
    if await relay.from_client(visit, text):
        await _keep_passed_on(visit, reading, text)
        return
    if limited:
        flows.end(visit)
    elif await flows.answer(visit, flows.Heard(text, reading), commands.FLOWS) or await check_ins.marked_by_words(
        visit, text
    ):
        visit.memory.open_turn(visit.now)
        return
    await _listen(visit, reading, text, limited)


async def _keep_passed_on(visit: Visit, reading: Reading, text: str) -> None:
    """Words that went to a person: kept for the client like any others, answered by that person."""
    visit.memory.open_turn(visit.now)
    await _keep(visit, reading, text, Reply((), trail=(relay.PASSED_ON,)), reading.tier)


async def _listen(visit: Visit, reading: Reading, text: str, limited: bool) -> None:
    client = visit.client
    if client is None:
        return
    if notice.due(visit.memory, visit.now):
        notice.give(visit)
    means = visit.room.means(visit.rota)
    answered = answer_calm(means, client, visit.memory, reading, visit.now, visit.random, limited=limited)
    answered = check_ins.fitting(visit, reading, answered)
    visit.answer(answered.reply)
    await offer.beside(visit, reading, answered.reply, limited=limited)
    await _keep(visit, reading, text, answered.reply, reading.tier)


async def _keep(visit: Visit, reading: Reading, text: str, reply: Reply, tier: Tier) -> None:
    """The exchange for the client's own record, labels apart from words."""
    visit.memory.last_entries = [part.entry for part in reply.parts]
    visit.memory.last_trail = list(reply.trail)
    await visit.work.add_turn(
        Turn(
            at=visit.now,
            heard=text,
            said=reply.text,
            tier=tier,
            labels=labels(reading, reply.text, visit.room.policy.reading_version),
            trail=reply.trail,
            entries=tuple(part.entry for part in reply.parts),
            techniques=tuple(part.technique.value for part in reply.parts),
        )
    )


def labels(reading: Reading, said: str = "", version: str = "") -> dict[str, object]:
    """Names of what was found and numbers of words; no words of the message. They outlive it."""
    return {
        "feelings": [f.name for f in reading.feelings],
        "situations": [s.name for s in reading.situations],
        "acts": [a.name for a in reading.acts],
        "self_talk": [s.name for s in reading.self_talk],
        "themes": [s.name for s in reading.themes],
        "kinds": [k.value for k in reading.kinds],
        "rules": [s.rule for s in reading.signals],
        "mood": reading.mood.value,
        "sentiment": round(reading.sentiment, 1),
        "language": reading.language,
        "faults": list(reading.faults),
        "words": len(reading.text.split()),
        "reply_words": len(said.split()),
        "version": version,
    }
