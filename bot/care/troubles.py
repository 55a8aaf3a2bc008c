"""What the operator is told when a part of Warmline fails (C-01), in plain words and with no word of anybody's.

Each kind of trouble is told at most once in six hours. That is remembered in this program alone: one that has just
started tells again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.care.alerts.notes import say
from bot.care.ports import Store
from bot.care.records import Channel, Letter, Outgoing, Priority
from bot.care.rota import Contact
from nlp.reading import Reading
from responses.voice import Voice

AGAIN = timedelta(hours=6)
SILENT = timedelta(minutes=2)  # nothing leaves for Telegram and something should: then it is an outage
NO_ALERT = 0  # the number under which letters go that belong to no alert


class Trouble(StrEnum):
    """A moment of the staff shelf each: "staff.trouble.ear"."""

    EAR = "ear"  # a part of the reading failed
    TURN = "turn"  # a message got the safe entry
    ASIDE = "aside"  # a message could not be answered at all
    LETTER = "letter"  # mail or webhook fails
    TELEGRAM = "telegram"
    DATABASE = "database"
    BACK = "back"  # the database answers again


class Troubles:
    """What went wrong since it was last told."""

    def __init__(self) -> None:
        self._new: set[Trouble] = set()
        self._told: dict[Trouble, datetime] = {}
        self._figures: dict[str, int] = {}
        self._silent_since: datetime | None = None

    def note(self, what: Trouble) -> None:
        self._new.add(what)

    def heard(self, reading: Reading | None) -> None:
        """A reading of which a part failed is trouble."""
        if reading is not None and reading.faults:
            self.note(Trouble.EAR)

    def turn_failed(self) -> None:
        self.note(Trouble.TURN)

    def count(self, what: Trouble, figure: int) -> None:
        """Trouble when the figure is higher than it was at the last call; at the first when it is not 0."""
        if figure > self._figures.get(what, 0):
            self.note(what)
        self._figures[what] = figure

    def sending(self, sent: int, put_off: int, ready: bool, now: datetime) -> None:
        """`sent` and `put_off` since the start; `ready`: Telegram has answered at all."""
        grew = {name: figure > self._figures.get(name, 0) for name, figure in (("s", sent), ("p", put_off))}
        self._figures |= {"s": sent, "p": put_off}
        if ready and grew["s"]:
            self._silent_since = None
        elif (grew["p"] or not ready) and self._silent_since is None:
            self._silent_since = now
        if self._silent_since is not None and now - self._silent_since >= SILENT:
            self.note(Trouble.TELEGRAM)

    def due(self, now: datetime, among: Iterable[Trouble] = Trouble) -> list[Trouble]:
        """Those of `among` to be told now, in a fixed order. Whoever calls it tells them: they count as told."""
        found = [what for what in among if what in self._new and self._may(what, now)]
        self._new -= set(among)
        self._told |= dict.fromkeys(found, now)
        return found

    def untold(self, found: Sequence[Trouble]) -> None:
        """Telling did not work: again at the next chance."""
        self._new |= set(found)
        for what in found:
            self._told.pop(what, None)

    def _may(self, what: Trouble, now: datetime) -> bool:
        told = self._told.get(what)
        return told is None or now - told >= AGAIN


async def tell(store: Store, voice: Voice, operator: Contact, found: Sequence[Trouble], now: datetime) -> None:
    """Put it into the outbox and among the letters, by every way the operator has. Raises what the store raises."""
    async with store.work(operator.chat or 0) as work:
        if operator.chat is not None:
            for what in found:
                await work.send(Outgoing(_said(voice, what, now), priority=Priority.ALERT, to=operator.chat))
        for letter in letters(voice, operator, found, now):
            await work.post(letter)
        await work.commit()


def letters(voice: Voice, operator: Contact, found: Sequence[Trouble], now: datetime) -> list[Letter]:
    """One for each trouble and each way beside Telegram."""
    addresses = {Channel.MAIL: operator.mail, Channel.WEBHOOK: ""}
    return [
        Letter(
            way,
            addresses[way],
            operator.code,
            NO_ALERT,
            say(voice, "staff.trouble.subject"),
            _said(voice, what, now),
            {"trouble": what.value, "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "how": [what.value]},
        )
        for what in found
        for way in Channel
        if way in operator.ways
    ]


def _said(voice: Voice, what: Trouble, now: datetime) -> str:
    return say(voice, f"staff.trouble.{what}", {"time": now.strftime("%H:%M UTC, %d.%m.%Y")})
