"""What somebody of the practice does in another person's chat: done there, before their own turn opens.

A turn holds one chat and never a second: two people who look after each other, acting in the same moment, would wait
for one another for ever. The errand commits in the chat it is about, and the turn after it only says what came of it.
A kill in between repeats it, which an alert's record bears; a message or a proposal may then be there twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care import relay
from bot.care.alerts import answers
from bot.care.incoming import Incoming
from bot.care.records import Outgoing
from bot.care.rota import Rota
from bot.care.staff import desk_plans
from bot.care.visit import Room
from nlp.reading import Reading


@dataclass(frozen=True, slots=True)
class Done:
    """What came of the errands, and what of the batch the turn still has to answer."""

    outgoing: list[Outgoing]
    left: list[Incoming]


async def run(room: Room, chat: int, batch: Sequence[Incoming], reading: Reading | None) -> Done:
    """Do every errand of the batch. Raises whatever a part raises; errands done by then stay done."""
    now = room.clock.now()
    rota = await room.rota.at(now)
    done = Done([], [])
    for incoming in batch:
        if incoming.staff:
            done.outgoing.append(await answers.answer(room, rota, incoming, now))
        elif incoming.button.startswith(desk_plans.SEND):
            done.outgoing.append(await desk_plans.propose(room, chat, incoming.button))
        else:
            done.left.append(incoming)
    return await _pass_on(room, rota, chat, done, reading, now)


async def _pass_on(room: Room, rota: Rota, chat: int, done: Done, reading: Reading | None, now: datetime) -> Done:
    """What somebody on call writes to a client is passed on and is no talk of their own."""
    texts = [i for i in done.left if i.what == "text" and i.text.strip()]
    said = await relay.from_contact(room, rota, chat, [i.text for i in texts], reading, now) if texts else None
    if said is None:
        return done
    return Done([*done.outgoing, said], [i for i in done.left if i not in texts])
