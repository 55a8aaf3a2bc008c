"""What one turn holds in its hands: the room it happens in, what came, who it is from, and what will be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from bot.care import episode as episodes
from bot.care.buttons import rows
from bot.care.checkins.ports import NoPlaces, Places
from bot.care.crisis_words import help_row
from bot.care.memory import Memory
from bot.care.ports import Clock, Store, Work
from bot.care.records import TALK, Client, Outgoing
from bot.care.reply import Reply
from bot.care.rota import Rota, RotaBook
from bot.care.troubles import Troubles
from bot.care.turn import Means
from nlp.reading import Reading
from responses.helplines import Helplines
from responses.voice import Voice


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator decided that a turn must know. Shown numbers come from here, so that words match practice."""

    text_days: int = 30
    trial: bool = True
    practice: str = ""  # name of the practice, "" if this deployment has none
    consent_version: str = "2"
    reading_version: str = ""  # of the ear's rules and weights, kept with each turn's labels
    console: str = ""  # address of the practice's pages, "" when there are none
    bot: str = ""  # the bot's name on Telegram, for links that open a chat with it
    zone: str = "UTC"  # of the practice: what a new member starts with
    practitioners: bool = True  # whether people of a practice may look after clients at all
    reviewed: bool = False  # a lawyer has looked at practitioner mode where W-11 asks for it
    seed: int | None = None  # fixed in tests and by --seed; else each turn draws from its own


async def no_picture(_plan: Any) -> bytes:
    """Where nothing draws: the words of a picture are then sent alone."""
    return b""


@dataclass(frozen=True, slots=True)
class Room:
    """Everything a turn needs from outside, put together by wiring."""

    store: Store
    read: Callable[[str], Awaitable[Reading]]
    floor: Callable[[str], Reading]  # the word floor: quick, plain Python, never fails for the parser's sake
    voice: Voice
    helplines: Helplines
    clock: Clock
    rota: RotaBook
    policy: Policy = field(default_factory=Policy)
    places: Places = field(default_factory=NoPlaces)
    troubles: Troubles = field(default_factory=Troubles)
    draw: Callable[[Any], Awaitable[bytes]] = no_picture  # of a bot.care.month.MonthPicture; b"": nothing can be drawn

    def means(self, rota: Rota) -> Means:
        """What an answer is made with while this rota holds."""
        return Means(self.voice, self.helplines, on_call=rota.staffed, hours=rota.hours)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The check-in that this turn answers."""

    slot: str
    kind: str


@dataclass(slots=True)
class Visit:
    """One transaction's worth of care for one chat. Handlers change `client` and `memory` and add to `outgoing`."""

    room: Room
    chat: int
    work: Work
    client: Client | None
    memory: Memory
    now: datetime
    random: Random
    rota: Rota = field(default_factory=Rota)  # as it holds now
    outgoing: list[Outgoing] = field(default_factory=list)
    erased: bool = False
    check_in: CheckIn | None = None
    message: int | None = None  # Telegram id of the message whose button was pressed

    @property
    def talk(self) -> bool:
        return self.client is not None and self.client.consented(TALK)

    def answer(self, reply: Reply, *, silent: bool = False) -> None:
        """Queue a reply for the client's own chat. In an episode none goes without the help button."""
        buttons = reply.buttons
        live = self.client is not None and episodes.current(self.client.episode, self.now) is not None
        if live and not any(button.data == "help_now" for row in buttons for button in row):
            buttons = (*buttons, help_row(self.room.voice))
        self.outgoing.append(Outgoing(reply.text, buttons, priority=reply.priority, silent=silent))

    def say(self, moment: str, *, slots: dict[str, str] | None = None, world: frozenset[str] = frozenset()) -> Reply:
        """A moment's line with the buttons its entry names."""
        values = {"days": str(self.room.policy.text_days), **(slots or {})}
        part = self.room.voice.say(moment, self.random, slots=values, world=world, used=self.memory.resting)
        buttons = rows(self.room.voice, self.room.voice.buttons(part.entry))
        return Reply((part,), buttons, trail=(f"moment:{moment}", f"entry:{part.entry}"))
